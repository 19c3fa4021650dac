/** The properties of a link that only pictures have. */
import * as v from 'valibot';
import { TABLE_SETTINGS } from '../../core/experiment/settings.ts';
import { rangeWords } from '../../core/settings.ts';
import { IMAGE_SETTINGS } from '../../core/images/settings.ts';
import { REPRESENTATION_METAS } from '../../core/images/representations/registry.ts';
import { TRANSFORM_METAS } from '../../core/images/transforms/registry.ts';
import { SWEEP_LIMITS } from './axes.ts';
import { property, type Property } from './property.ts';
import { TRAINING_SETTINGS } from '../trainingSettings.ts';
import { isDefault, settingProperties } from './settingProperties.ts';
import {
  nameText,
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
const DEPTHS = ['high', 'stretch'] as const;
const CLASS_SOURCES = ['labels', 'top-folders', 'last-folders'] as const;
/** Longest path of a file of labels and name of a column. */
const MOST_LETTERS = 4_096;

const FRACTION = TRAINING_SETTINGS.of('fraction');
const TAU = TABLE_SETTINGS.of('tau');

/** How pictures are read, which share of them is drawn, and over what encodings a sweep goes. */
const OTHERS: readonly Property[] = [
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
    'sixteen-bits',
    `one of ${DEPTHS.join(', ')}`,
    oneOf(DEPTHS),
    ({ images }, value) => {
      images.reading.depth = value;
    },
    ({ images }) => images.reading.depth ?? null,
  ),
  property(
    'classes-from',
    `one of ${CLASS_SOURCES.join(', ')}`,
    oneOf(CLASS_SOURCES),
    ({ images }, value) => {
      images.reading.classesFrom = value;
    },
    ({ images }) => images.reading.classesFrom ?? null,
  ),
  property(
    'labels',
    `a path of 1 to ${MOST_LETTERS} characters`,
    nameText(MOST_LETTERS),
    ({ images }, value) => {
      images.reading.labels = value;
    },
    ({ images }) => images.reading.labels ?? null,
  ),
  property(
    'label-column',
    `a name of 1 to ${MOST_LETTERS} characters`,
    nameText(MOST_LETTERS),
    ({ images }, value) => {
      images.reading.labelColumn = value;
    },
    ({ images }) => images.reading.labelColumn ?? null,
  ),
  property(
    'fraction',
    `a number ${rangeWords(FRACTION)}`,
    numberText(FRACTION.min, FRACTION.max),
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
    `whole numbers from ${TAU.min} to ${TAU.max}, at most ${SWEEP_LIMITS.values} of them`,
    numbersText(TAU.min, TAU.max, SWEEP_LIMITS.values),
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

const settings = settingProperties(IMAGE_SETTINGS, ({ images }) => images.settings, isDefault);

/** What a table's settings say with the same keys is not said again. */
export function imageProperties(): readonly Property[] {
  const said = new Set(TABLE_SETTINGS.all.map(([, { key }]) => key));
  return [...settings().filter(({ key }) => !said.has(key)), ...OTHERS];
}
