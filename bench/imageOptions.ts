/** What the command line of `bench images` asks for. */
import { REPRESENTATION_METAS } from '../src/core/images/representations/registry.ts';
import { TRANSFORM_METAS } from '../src/core/images/transforms/registry.ts';
import { CODECS } from '../src/core/codecs/registry.ts';
import { DEFAULT_IMAGE_SETTINGS, usualTransform, type ImageSettings } from '../src/core/images/settings.ts';
import type { DepthRule } from '../src/readers/imageReading.ts';
import { Options } from './options.ts';

const CODEC_NAMES = CODECS.names;

export const IMAGES_USAGE = `bench images PATH… [--labels PATH] [--sixteen-bits high|stretch] [--transform ${TRANSFORM_METAS.names.join('|')}]
  [--representation ${REPRESENTATION_METAS.names.join('|')}] [--codec ${CODEC_NAMES.join('|')}] [--tau N]
  [--objective true|eq1] [--effort fast|smallest] [--one-table] [--block BYTES] [--limit N] [--split N] [--test-fraction F] [--sample F]
  [--peers] [--best] [--peer-pictures N] [--quick] [--json]
PATH is a file, a folder or a zip; several files (CIFAR .bin, IDX images and labels) are one dataset. The transform is
none for grey pictures and dct for colour unless given. Bytes and ratios are of the training part with every header,
label, index and checksum; decoding is of all pictures. Where the files bring no test pictures all are training
pictures, unless --split (a seed) or --test-fraction asks for some. --limit takes N pictures, spread over the classes. Times are
warm, on one core and on two worker threads; --quick takes each once. --sample is the random share that an epoch
fetches (0.1). --peers measures other ways to keep pictures on N training pictures (2000), with --best at their best
efforts as well.`;

const FLAGS = new Set(['one-table', 'peers', 'best', 'quick', 'json', 'help']);

export interface ImagesAsked {
  help: boolean;
  paths: string[];
  labels: string | null;
  /** What becomes of 16 bits a value. */
  depth: DepthRule;
  /** The settings, for pictures of so many channels. */
  settings(channels: 1 | 3): ImageSettings;
  limit: number | null;
  /** Share of the training pictures that is sampled. */
  sample: number;
  peers: boolean;
  /** Whether the peers are measured at their best efforts too. */
  bestPeers: boolean;
  peerPictures: number;
  /** Whether a split is made where the dataset brings none; else every picture is a training picture. */
  makesSplit: boolean;
  quick: boolean;
  json: boolean;
}

function share(options: Options, name: string, standard: number): number {
  const value = options.number(name, standard);
  if (!(value > 0 && value <= 1))
    throw new Error(`--${name} is ${value}; it has to be above 0 and at most 1.`);
  return value;
}

/** A whole number from 1 on. */
function count(options: Options, name: string, standard: number): number {
  const value = options.number(name, standard);
  if (!(Number.isInteger(value) && value >= 1))
    throw new Error(`--${name} is ${value}; it has to be a whole number from 1 on.`);
  return value;
}

export function readImagesOptions(args: readonly string[]): ImagesAsked {
  const options = new Options(args, FLAGS);
  const usual = DEFAULT_IMAGE_SETTINGS;
  const transform =
    options.text('transform') === null
      ? null
      : options.oneOf('transform', TRANSFORM_METAS.names, usual.transform);
  const base: ImageSettings = {
    ...usual,
    codec: options.oneOf('codec', CODEC_NAMES, usual.codec),
    representation: options.oneOf('representation', REPRESENTATION_METAS.names, usual.representation),
    classWise: !options.flag('one-table'),
    tau: options.number('tau', usual.tau),
    objective: options.oneOf('objective', ['true', 'eq1'], 'true') === 'eq1' ? 'equation1' : 'true',
    effort: options.oneOf('effort', ['fast', 'smallest'], usual.effort),
    blockBytes: options.number('block', usual.blockBytes),
    split: options.number('split', usual.split),
    testFraction: options.number('test-fraction', usual.testFraction),
  };
  const asked: ImagesAsked = {
    help: options.flag('help'),
    paths: options.rest,
    labels: options.text('labels'),
    depth: options.oneOf('sixteen-bits', ['high', 'stretch'], 'high'),
    settings: (channels) => ({ ...base, transform: transform ?? usualTransform(channels) }),
    limit: options.text('limit') === null ? null : count(options, 'limit', 1),
    sample: share(options, 'sample', 0.1),
    peers: options.flag('peers'),
    bestPeers: options.flag('best'),
    peerPictures: count(options, 'peer-pictures', 2_000),
    makesSplit: options.text('split') !== null || options.text('test-fraction') !== null,
    quick: options.flag('quick'),
    json: options.flag('json'),
  };
  options.end();
  if (!asked.help && asked.paths.length === 0) throw new Error(`Which pictures? Usage: ${IMAGES_USAGE}`);
  return asked;
}
