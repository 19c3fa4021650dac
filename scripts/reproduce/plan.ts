/** What a reproduction is to train: the arguments of `npm run reproduce`, read strictly, and the link that says the same. */
import { Options } from '../../bench/options.ts';
import { sampleById } from '../../src/contracts/gallery.ts';
import { emptyExperiment, TRAINING_GRID_LIMITS, writeLink } from '../../src/contracts/link.ts';
import type { LinkedData } from '../../src/contracts/link/experiment.ts';
import { METHOD_METAS } from '../../src/contracts/methods.ts';
import { NETWORK_WIDTHS, NETWORKS } from '../../src/contracts/networks.ts';
import {
  BACKEND_NAMES,
  DEFAULT_TRAINING_SETTINGS,
  type BackendWish,
  type SubsetMethod,
  type TrainingSettings,
} from '../../src/contracts/training.ts';
import {
  methodOptionLines,
  readFractions,
  readMethods,
  readSeeds,
  readSettings,
  settingFlags,
  side,
} from './options.ts';

export const BACKENDS: readonly BackendWish[] = ['auto', ...BACKEND_NAMES];
const SAMPLES = ['mnist', 'cifar10'];

export const USAGE = `Usage: npm run -s reproduce -- DATASET [options]
       npm run -s reproduce -- table N [options]    (table --help)
Trains networks in the lab itself, in a headless Chromium, and prints one JSON object a line for every
method, fraction and seed; then a table.

  DATASET                 ${SAMPLES.join(' or ')} (the latter after: npm run samples -- cifar10), or pictures of
                          your own: a zip, a folder, or several files

  --methods LIST          of ${METHOD_METAS.names.join(', ')} (default ${DEFAULT_TRAINING_SETTINGS.method})
  --fractions LIST        shares of the training pictures that an epoch sees (default ${DEFAULT_TRAINING_SETTINGS.fraction})
  --seeds LIST            like 1,2 or 1..3 (default ${DEFAULT_TRAINING_SETTINGS.seed})
  --epochs N              (default ${DEFAULT_TRAINING_SETTINGS.epochs})
  --model NAME            ${NETWORKS.names.join(', ')} (default: what is usual for the pictures)
  --width N               ${NETWORK_WIDTHS.join(', ')}: channels of ResNet18's first stage (default ${DEFAULT_TRAINING_SETTINGS.width})
  --backend NAME          ${BACKENDS.join(', ')} (default auto)
  --batch N               (default ${DEFAULT_TRAINING_SETTINGS.batch})
  --rate X                learning rate of the first epoch (default ${DEFAULT_TRAINING_SETTINGS.rate})
  --decay NAME            cosine or none (default ${DEFAULT_TRAINING_SETTINGS.decay})
  --momentum X            (default ${DEFAULT_TRAINING_SETTINGS.momentum})
  --no-nesterov           plain momentum
  --weight-decay X        (default ${DEFAULT_TRAINING_SETTINGS.weightDecay})
  --augment NAME          none or crop-flip (default: what is usual for the pictures)
  --sampling NAME         uniform or stratified (default ${DEFAULT_TRAINING_SETTINGS.sampling})
  --no-prefetch           fetch an epoch's pictures when the one before has ended
  --evaluate-every N      epochs from one look at the test pictures to the next (default: the last epoch alone)
  --out FILE              writes every result into this file, in the place of the same run's
  --profile FOLDER        keeps the browser's profile there: a run that was stopped goes on from its last checkpoint
  --json                  nothing but the JSON objects on the standard output
  --help                  print this

Of some methods alone:

${methodOptionLines()}`;

export type Dataset = { kind: 'sample'; id: string } | { kind: 'files'; paths: string[] };

/** What the page is asked to train at a time: the runs of a grid. */
export interface Grid {
  /** What is not said is left to the page, which decides by the pictures. */
  training: Partial<TrainingSettings>;
  backend: BackendWish;
  grid: { fractions: number[]; methods: SubsetMethod[]; seeds: number[] };
}

export interface Reproduction extends Grid {
  dataset: Dataset;
  /** File of results, or null. */
  out: string | null;
  /** Folder of a profile that is kept, or null. */
  profile: string | null;
  isJsonOnly: boolean;
}

function readDataset(rest: readonly string[]): Dataset {
  if (rest.length === 0) throw new Error('No dataset is given.');
  const [first] = rest;
  if (rest.length === 1 && sampleById(first)?.kind === 'images') return { kind: 'sample', id: first };
  return { kind: 'files', paths: [...rest] };
}

/**
 * The arguments as what is to be trained. What they leave out stays out where the page decides by the pictures.
 *
 * @throws Error with a sentence on the first argument that is wrong
 */
export function readReproduction(args: readonly string[]): Reproduction {
  const options = new Options(args, new Set(['json', ...settingFlags()]));
  const training = readSettings(options);
  training.epochs ??= DEFAULT_TRAINING_SETTINGS.epochs;
  training.evaluateEvery ??= training.epochs;
  const { method, fraction, seed } = DEFAULT_TRAINING_SETTINGS;
  const reproduction: Reproduction = {
    dataset: readDataset(options.rest),
    training,
    backend: options.oneOf('backend', BACKENDS, 'auto'),
    grid: {
      fractions: side('fractions', readFractions(options) ?? [fraction], TRAINING_GRID_LIMITS.fractions),
      methods: readMethods(options) ?? [method],
      seeds: side('seeds', readSeeds(options, [seed]), TRAINING_GRID_LIMITS.seeds),
    },
    out: options.text('out'),
    profile: options.text('profile'),
    isJsonOnly: options.flag('json'),
  };
  options.end();
  return reproduction;
}

/** How many trainings it comes to: full training has one fraction. */
export function countRuns({ grid: { fractions, methods, seeds } }: Grid): number {
  const each = methods.map((one) => (METHOD_METAS.byName(one).usesFraction ? fractions.length : 1));
  return seeds.length * each.reduce((sum, count) => sum + count, 0);
}

/** The link that opens the lab on this dataset and plan, without the leading '#'. */
export function linkOf({ training, backend, grid }: Grid, data: LinkedData): string {
  const experiment = emptyExperiment();
  return writeLink({
    ...experiment,
    data,
    station: 'sweep',
    images: {
      ...experiment.images,
      training,
      // Not left out where it is "auto": the lab forgets what was forced before by a link alone.
      backend,
      grid,
    },
  });
}
