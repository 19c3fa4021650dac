/** The properties of a link that only pictures have. */
import * as v from 'valibot';
import { BLOCK_BYTES_CHOICES, DEFAULT_IMAGE_SETTINGS } from '../../core/images/settings.ts';
import { SETTING_RANGES } from '../../core/experiment/validate.ts';
import { REPRESENTATION_METAS } from '../../core/images/representations/registry.ts';
import { TRANSFORM_METAS } from '../../core/images/transforms/registry.ts';
import { SWEEP_LIMITS } from './axes.ts';
import { property, type Property } from './property.ts';
import { TRAINING_RANGES } from '../training.ts';
import {
  numbersText,
  numberText,
  oneOf,
  OUTSIDE,
  someOf,
  wholeText,
  writeNumbers,
  type Text,
} from './texts.ts';

/** Largest side of a picture that a link asks for. */
const MOST_PIXELS = 4_096;
/** Most pictures that a sweep measures. */
const MOST_PICTURES = 1_000_000;

/** "32x32" */
const sizeText: Text<{ width: number; height: number }> = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}x\d{1,5}$/),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const [width, height] = dataset.value.split('x').map(Number) as [number, number];
    if (width < 1 || height < 1 || width > MOST_PIXELS || height > MOST_PIXELS) {
      addIssue({ message: OUTSIDE });
      return NEVER;
    }
    return { width, height };
  }),
);

/** How many base tables there are, in words. */
const TABLES = ['class', 'all'] as const;
const tablesWord = (classWise: boolean): (typeof TABLES)[number] => (classWise ? 'class' : 'all');

const RULES = ['only', 'resize', 'crop'] as const;
const COLOURS = ['grey', 'rgb'] as const;
const SPLITS = ['given', 'made'] as const;

export const IMAGE_PROPERTIES: readonly Property[] = [
  property(
    'transform',
    () => `one of ${TRANSFORM_METAS.names.join(', ')}`,
    oneOf(() => TRANSFORM_METAS.names),
    ({ images }, value) => {
      images.settings.transform = value;
    },
    // Written always: which transform is usual depends on the pictures.
    ({ images }) => images.settings.transform ?? null,
  ),
  property(
    'representation',
    () => `one of ${REPRESENTATION_METAS.names.join(', ')}`,
    oneOf(() => REPRESENTATION_METAS.names),
    ({ images }, value) => {
      images.settings.representation = value;
    },
    ({ images: { settings } }) =>
      settings.representation === DEFAULT_IMAGE_SETTINGS.representation
        ? null
        : (settings.representation ?? null),
  ),
  property(
    'tables',
    `one of ${TABLES.join(', ')}`,
    oneOf(TABLES),
    ({ images }, value) => {
      images.settings.classWise = value === 'class';
    },
    ({ images: { settings } }) => (settings.classWise === false ? tablesWord(false) : null),
  ),
  property(
    'block',
    `one of ${BLOCK_BYTES_CHOICES.join(', ')}`,
    v.pipe(v.string(), v.picklist(BLOCK_BYTES_CHOICES.map(String)), v.transform(Number)),
    ({ images }, value) => {
      images.settings.blockBytes = value;
    },
    ({ images: { settings } }) =>
      settings.blockBytes === undefined || settings.blockBytes === DEFAULT_IMAGE_SETTINGS.blockBytes
        ? null
        : String(settings.blockBytes),
  ),
  property(
    'size',
    `width x height like 32x32, each from 1 to ${MOST_PIXELS}`,
    sizeText,
    ({ images }, value) => {
      images.reading.size = value;
    },
    ({ images: { reading } }) =>
      reading.size === undefined ? null : `${reading.size.width}x${reading.size.height}`,
  ),
  property(
    'fit',
    `one of ${RULES.join(', ')}`,
    oneOf(RULES),
    ({ images }, value) => {
      images.reading.rule = value;
    },
    ({ images }) => images.reading.rule ?? null,
  ),
  property(
    'colour',
    `one of ${COLOURS.join(', ')}`,
    oneOf(COLOURS),
    ({ images }, value) => {
      images.reading.colour = value;
    },
    ({ images }) => images.reading.colour ?? null,
  ),
  property(
    'test-pictures',
    `one of ${SPLITS.join(', ')}`,
    oneOf(SPLITS),
    ({ images }, value) => {
      images.reading.split = value;
    },
    ({ images }) => images.reading.split ?? null,
  ),
  property(
    'fraction',
    `a number from ${TRAINING_RANGES.fraction.min} to ${TRAINING_RANGES.fraction.max}`,
    numberText(TRAINING_RANGES.fraction.min, TRAINING_RANGES.fraction.max),
    ({ images }, value) => {
      images.fraction = value;
    },
    ({ images }) => (images.fraction === null ? null : String(images.fraction)),
  ),
  property(
    'sweep-transforms',
    () => `some of ${TRANSFORM_METAS.names.join(', ')}, separated by commas`,
    someOf(() => TRANSFORM_METAS.names),
    ({ images }, value) => {
      images.sweep.transforms = value;
    },
    ({ images: { sweep } }) => sweep.transforms?.join(',') ?? null,
  ),
  property(
    'sweep-representations',
    () => `some of ${REPRESENTATION_METAS.names.join(', ')}, separated by commas`,
    someOf(() => REPRESENTATION_METAS.names),
    ({ images }, value) => {
      images.sweep.representations = value;
    },
    ({ images: { sweep } }) => sweep.representations?.join(',') ?? null,
  ),
  property(
    'sweep-taus',
    `whole numbers from ${SETTING_RANGES.tau.min} to ${SETTING_RANGES.tau.max}, at most ${SWEEP_LIMITS.values} of them`,
    numbersText(SETTING_RANGES.tau.min, SETTING_RANGES.tau.max, SWEEP_LIMITS.values),
    ({ images }, value) => {
      images.sweep.taus = value;
    },
    ({ images: { sweep } }) => (sweep.taus === undefined ? null : writeNumbers(sweep.taus)),
    true,
  ),
  property(
    'sweep-tables',
    `some of ${TABLES.join(', ')}, separated by commas`,
    someOf(TABLES),
    ({ images }, value) => {
      images.sweep.classWise = value.map((word) => word === 'class');
    },
    ({ images: { sweep } }) => sweep.classWise?.map(tablesWord).join(',') ?? null,
  ),
  property(
    'sweep-pictures',
    `a whole number from 1 to ${MOST_PICTURES}`,
    wholeText(1, MOST_PICTURES),
    ({ images }, value) => {
      images.sweep.limit = value;
    },
    ({ images: { sweep } }) => (sweep.limit === undefined ? null : String(sweep.limit)),
  ),
];
