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
  TRAINING_RANGES,
  type BackendWish,
  type SubsetMethod,
  type TrainingSettings,
} from '../../src/contracts/training.ts';

const BACKENDS: readonly BackendWish[] = ['auto', ...BACKEND_NAMES];
const SAMPLES = ['mnist', 'cifar10'];

export const USAGE = `Usage: npm run -s reproduce -- DATASET [options]
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
  --json                  nothing but the JSON objects on the standard output
  --help                  print this`;

export interface Reproduction {
  dataset: { kind: 'sample'; id: string } | { kind: 'files'; paths: string[] };
  training: Partial<TrainingSettings>;
  backend: BackendWish;
  grid: { fractions: number[]; methods: SubsetMethod[]; seeds: number[] };
  isJsonOnly: boolean;
}

type Amount = Exclude<keyof typeof TRAINING_RANGES, 'fraction' | 'seed'>;

function inRange(
  name: string,
  value: number,
  { min, max }: { min: number; max: number },
  isWhole: boolean,
): number {
  if (value >= min && value <= max && (!isWhole || Number.isInteger(value))) return value;
  throw new Error(
    `--${name} is ${value}; it has to be ${isWhole ? 'a whole number ' : ''}from ${min} to ${max}.`,
  );
}

function numbers(options: Options, name: string): number[] | null {
  const texts = options.names(name);
  if (texts === null) return null;
  return texts.map((text) => {
    const value = Number(text);
    if (text === '' || Number.isNaN(value)) throw new Error(`--${name} has “${text}”, which is no number.`);
    return value;
  });
}

function among<T extends string | number>(
  name: string,
  values: readonly string[],
  choices: readonly T[],
): T[] {
  return values.map((text) => {
    const found = choices.find((choice) => String(choice) === text);
    if (found === undefined) throw new Error(`--${name} has “${text}”; there is ${choices.join(', ')}.`);
    return found;
  });
}

/** Ascending, each once, and not more than a grid of trainings takes. */
function side(name: string, values: readonly number[], most: number): number[] {
  const ascending = [...new Set(values)].sort((a, b) => a - b);
  if (ascending.length > most)
    throw new Error(`--${name} has ${ascending.length} values; at most ${most} are taken.`);
  return ascending;
}

function readDataset(rest: readonly string[]): Reproduction['dataset'] {
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
  const flags = new Set(['json', 'no-nesterov', 'no-prefetch']);
  const options = new Options(args, flags);
  const training: Partial<TrainingSettings> = {};
  const amount = (name: string, field: Amount, isWhole: boolean) => {
    if (options.text(name) === null) return;
    training[field] = inRange(name, options.number(name, 0), TRAINING_RANGES[field], isWhole);
  };
  const choice = <K extends 'network' | 'width' | 'decay' | 'augment' | 'sampling'>(
    name: string,
    field: K,
    choices: readonly TrainingSettings[K][],
  ) => {
    const text = options.text(name);
    if (text === null) return;
    const [value] = among(name, [text], choices);
    training[field] = value;
  };
  choice('model', 'network', NETWORKS.names);
  choice('width', 'width', NETWORK_WIDTHS);
  choice('decay', 'decay', ['cosine', 'none']);
  choice('augment', 'augment', ['none', 'crop-flip']);
  choice('sampling', 'sampling', ['uniform', 'stratified']);
  amount('epochs', 'epochs', true);
  amount('batch', 'batch', true);
  amount('rate', 'rate', false);
  amount('momentum', 'momentum', false);
  amount('weight-decay', 'weightDecay', false);
  amount('evaluate-every', 'evaluateEvery', true);
  training.epochs ??= DEFAULT_TRAINING_SETTINGS.epochs;
  training.evaluateEvery ??= training.epochs;
  if (options.flag('no-nesterov')) training.nesterov = false;
  if (options.flag('no-prefetch')) training.prefetch = false;

  const { method, fraction, seed } = DEFAULT_TRAINING_SETTINGS;
  const methods = among('methods', options.names('methods') ?? [method], METHOD_METAS.names);
  const fractions = numbers(options, 'fractions') ?? [fraction];
  for (const value of fractions) inRange('fractions', value, TRAINING_RANGES.fraction, false);
  const seeds = options.wholes('seeds', [seed]);
  for (const value of seeds) inRange('seeds', value, TRAINING_RANGES.seed, true);
  const reproduction: Reproduction = {
    dataset: readDataset(options.rest),
    training,
    backend: options.oneOf('backend', BACKENDS, 'auto'),
    grid: {
      fractions: side('fractions', fractions, TRAINING_GRID_LIMITS.fractions),
      methods: METHOD_METAS.names.filter((one) => methods.includes(one)),
      seeds: side('seeds', seeds, TRAINING_GRID_LIMITS.seeds),
    },
    isJsonOnly: options.flag('json'),
  };
  options.end();
  return reproduction;
}

/** How many trainings it comes to: full training has one fraction. */
export function countRuns({ grid: { fractions, methods, seeds } }: Reproduction): number {
  const each = methods.map((one) => (METHOD_METAS.byName(one).usesFraction ? fractions.length : 1));
  return seeds.length * each.reduce((sum, count) => sum + count, 0);
}

/** The link that opens the lab on this dataset and plan, without the leading '#'. */
export function linkOf({ training, backend, grid }: Reproduction, data: LinkedData): string {
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
