/**
 * What one experiment on pictures is: every choice that its archive depends on, and nothing else. The same settings on
 * the same dataset give the same archive bytes everywhere.
 */
import type { Effort, Objective } from '../codecs/codec.ts';
import { hasBases, TABLE_SETTINGS, WITHOUT_SEARCH } from '../experiment/settings.ts';
import { SettingsTable } from '../settings.ts';
import { CODEC_METAS } from '../codecs/registry.ts';
import { REPRESENTATION_METAS } from './representations/registry.ts';
import { TRANSFORM_METAS } from './transforms/registry.ts';

/** Colour and frequency transform in front of the codec, by its registered name. */
export type TransformName = string;

/** How a signed coefficient becomes an unsigned integer, by its registered name. */
export type RepresentationName = string;

export interface ImageSettings {
  /** Codec by its registered name. */
  codec: string;
  transform: TransformName;
  /** Without effect where the transform gives unsigned values. */
  representation: RepresentationName;
  /** Whether every class has a base table of its own, or all share one. */
  classWise: boolean;
  /** Plateau threshold τ: steps without improvement before the base search stops. */
  tau: number;
  objective: Objective;
  /** What the codec may spend on making pictures small, of one that asks. */
  effort: Effort;
  /** Bytes that a block of records aims at: what is fetched for one picture. */
  blockBytes: number;
  /** Analytics bits β of the condensed pictures, per class. */
  beta: number;
  /** Seed of the split, where the dataset brings none. */
  split: number;
  /** Share of test pictures of every class, where the dataset brings no split. */
  testFraction: number;
  /** Seed of everything random but the split: which pictures a sample draws. */
  seed: number;
}

/** The transform that suits a number of channels: pixels of grey pictures as they are, colour in frequencies. */
export function usualTransform(channels: 1 | 3): TransformName {
  return channels === 1 ? 'none' : 'dct';
}

/** What decides how pictures become bits; without a codec, any that is given what the transform gives. */
type Encoding = Pick<ImageSettings, 'transform' | 'representation'> & Partial<Pick<ImageSettings, 'codec'>>;

/** Whether a codec is given pictures as they are, whatever the transform. */
const takesPixels = (codec: string | undefined): boolean =>
  codec !== undefined && CODEC_METAS.find(codec)?.takesPixels === true;

/** The effort that is made: null of a codec that knows of none. */
export function effortOf({ codec, effort }: Pick<ImageSettings, 'codec' | 'effort'>): Effort | null {
  return CODEC_METAS.find(codec)?.hasEffort === true ? effort : null;
}

/** The transform that is used: none where the codec takes pixels as they are. */
export function transformOf({ codec, transform }: Omit<Encoding, 'representation'>): TransformName {
  return takesPixels(codec) ? usualTransform(1) : transform;
}

/** The representation that decides anything: null where the transform needs none. */
export function representationOf(encoding: Encoding): RepresentationName | null {
  const meta = TRANSFORM_METAS.find(transformOf(encoding));
  return meta?.usesRepresentation === false ? null : encoding.representation;
}

/** What is worked out of pictures. */
export const IMAGE_PARTS = ['bits', 'archive', 'sample', 'condensed', 'peers', 'sweep'] as const;
export type ImagePart = (typeof IMAGE_PARTS)[number];

const ENCODING: readonly ImagePart[] = ['bits', 'archive', 'sample', 'peers', 'sweep'];

/** Sentence on a transform that loses a little. */
export const NEAR_LOSSLESS = 'Near-lossless: pixels may come back a few levels off.';

/** The settings of an experiment on pictures. */
export const IMAGE_SETTINGS = new SettingsTable<ImageSettings, ImagePart>({
  codec: {
    ...TABLE_SETTINGS.shared('codec'),
    panels: ['bits', 'archive'],
    affects: ENCODING,
  },
  transform: {
    kind: 'plugin',
    default: 'none',
    registry: TRANSFORM_METAS,
    key: 'transform',
    // Which transform is usual depends on the pictures.
    isAlwaysLinked: true,
    panels: ['bits', 'archive'],
    affects: ENCODING,
    label: 'Transform',
    noun: 'transform',
    comesTo: transformOf,
    hint({ codec, transform }) {
      if (takesPixels(codec))
        return 'Without effect: this codec takes pixels as they are, and finds by itself what neighbours have in common.';
      const meta = TRANSFORM_METAS.find(transform);
      if (meta === undefined) return undefined;
      return `What the codec sees: ${meta.seen}. ${meta.isLossless ? 'Lossless.' : NEAR_LOSSLESS}`;
    },
    more: [
      'Pixels as they are suit pictures with much that never changes, such as digits on black. Colour photographs have hardly a bit in common; as frequencies of brightness and colour most of their values are small.',
      'The discrete cosine transform (DCT) is rounded to whole numbers. That costs a few levels of some pixels, which the archive states as PSNR, largest error and share of exact values.',
    ],
  },
  representation: {
    kind: 'plugin',
    default: 'zigzag',
    registry: REPRESENTATION_METAS,
    key: 'representation',
    panels: ['bits', 'archive'],
    affects: ENCODING,
    comesTo: representationOf,
    label: 'Signed values as bits',
    noun: 'representation',
    hint: (settings) =>
      representationOf(settings) === null
        ? 'Pixels are unsigned already: this is for frequencies.'
        : REPRESENTATION_METAS.find(settings.representation)?.sentence,
    more: [
      'Frequencies have a sign. How it is written decides which of their bits are the same in most pictures and can go to the bases. Every column is as narrow as its own values allow.',
    ],
  },
  classWise: {
    kind: 'flag',
    default: true,
    spelt: ['all', 'class'],
    key: 'tables',
    panels: ['bits', 'archive'],
    affects: ENCODING,
    label: 'A base table for every class',
    noun: 'base table for every class',
    hint: ({ codec, classWise }) =>
      !hasBases(codec)
        ? `The codec has no bases: the archive’s one model serves all pictures, kept ${classWise ? 'class by class' : 'together'}.`
        : classWise
          ? 'Pictures of one class share bases: they have the most in common.'
          : 'All pictures share one table, as the comparison: it is usually larger.',
  },
  tau: {
    ...TABLE_SETTINGS.shared('tau'),
    panels: ['bits', 'archive'],
    affects: ENCODING,
    comesTo: ({ codec, tau }) => (hasBases(codec) ? tau : null),
    hint: ({ codec }) =>
      hasBases(codec)
        ? 'How many bits in a row may fail to help before the search for the base stops.'
        : WITHOUT_SEARCH,
    more: [
      'Bits are added to the base one at a time, the most predictable first, and the size is counted exactly after each. A larger τ looks further beyond a bump and takes longer.',
    ],
  },
  objective: {
    ...TABLE_SETTINGS.shared('objective'),
    panels: ['archive'],
    affects: ENCODING,
    comesTo: ({ codec, objective }) => (hasBases(codec) ? objective : null),
    hint: ({ codec }) =>
      hasBases(codec) ? 'What the search for the base makes as small as it can.' : WITHOUT_SEARCH,
  },
  effort: {
    kind: 'choice',
    default: 'fast',
    key: 'effort',
    panels: ['archive'],
    affects: ENCODING,
    comesTo: effortOf,
    choices: [
      {
        value: 'fast',
        label: 'Fast',
        description:
          'What surrounds a pixel is looked up: pictures are read about as fast as they are fetched.',
      },
      {
        value: 'smallest',
        label: 'Smallest',
        description: 'More of what surrounds a pixel is asked for: a few per cent smaller, and half as fast.',
      },
    ],
    label: 'Effort',
    noun: 'effort',
    hint: (settings) =>
      effortOf(settings) === null
        ? 'Only for codecs that can spend more on making pictures smaller.'
        : 'Tells for pictures with much flat ground, such as digits; photographs are predicted either way.',
  },
  blockBytes: {
    kind: 'amount',
    default: 65_536,
    min: 512,
    max: 1 << 22,
    whole: true,
    offered: [
      {
        value: 4_096,
        label: '4\u202fKiB',
        description: 'One picture, or a small share, is fetched with hardly anything else.',
      },
      { value: 16_384, label: '16\u202fKiB', description: 'For samples of a few per cent.' },
      { value: 65_536, label: '64\u202fKiB', description: 'For samples of a tenth and more.' },
      {
        value: 262_144,
        label: '256\u202fKiB',
        description: 'The fewest reads: nearly the whole archive for any sample.',
      },
    ],
    key: 'block',
    panels: ['archive'],
    affects: ['archive', 'sample', 'peers', 'sweep'],
    label: 'Block of pictures',
    noun: 'block size',
    more: [
      'Pictures are read block by block. Large blocks need fewer reads and fewer index entries; a random sample then touches nearly all of them, and reads more than it uses. Learn shows how many bytes a sample has read. A codec that opens every picture alone keeps those of more than a kilobyte in blocks of one to four, so that a tenth of them is at most about a third of the bytes.',
    ],
  },
  // Its control stands beside the condensed pictures.
  beta: { ...TABLE_SETTINGS.shared('beta'), default: 5, panels: [], affects: ['condensed'] },
  testFraction: {
    ...TABLE_SETTINGS.shared('testFraction'),
    panels: ['data'],
    affects: IMAGE_PARTS,
    hint: 'Pictures that are kept for testing, the same share of every class.',
  },
  split: {
    ...TABLE_SETTINGS.shared('split'),
    noun: 'seed of the split',
    panels: ['data'],
    affects: IMAGE_PARTS,
    hint: 'Which pictures are test pictures; the same seed picks the same ones.',
  },
  seed: {
    ...TABLE_SETTINGS.shared('seed'),
    label: 'Seed of the sample',
    // Its control stands beside the sample.
    panels: [],
    // The next sample is drawn with it; the one that is shown names its own.
    affects: [],
  },
});

export const DEFAULT_IMAGE_SETTINGS = IMAGE_SETTINGS.defaults;
