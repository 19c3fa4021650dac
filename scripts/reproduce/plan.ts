/** What a reproduction is to train: the arguments of `npm run reproduce`, read strictly, and the link that says the same. */
import { Options } from '../../bench/options.ts';
import { sampleById } from '../../src/contracts/gallery.ts';
import { emptyExperiment, TRAINING_GRID_LIMITS, writeLink } from '../../src/contracts/link.ts';
import type { LinkedData } from '../../src/contracts/link/experiment.ts';
import { METHOD_METAS } from '../../src/contracts/methods.ts';
import { NETWORK_WIDTHS, NETWORKS } from '../../src/contracts/networks.ts';
import { isAllowed, rangeWords, type Amount, type Kind } from '../../src/core/settings.ts';
import {
  BACKEND_NAMES,
  DEFAULT_TRAINING_SETTINGS,
  TRAINING_SETTINGS,
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

/** Settings that are sides of the grid, or said by it. */
const OF_GRID: readonly (keyof TrainingSettings)[] = ['method', 'fraction', 'seed'];

/** A setting's option: its key in links, without the prefix that tells it from a table's there. */
function optionOf(name: keyof TrainingSettings, key: string | null): string {
  return name === 'network' ? 'model' : (key ?? name).replace(/^net-/, '');
}

function inRange(name: string, value: number, setting: Amount): number {
  if (isAllowed(setting, value)) return value;
  throw new Error(`--${name} is ${String(value)}; it has to be ${rangeWords(setting)}.`);
}

/** The value that an option gives to a setting, or null where it is not given. */
function given(options: Options, name: string, setting: Kind): unknown {
  const text = options.text(setting.kind === 'flag' ? `no-${name}` : name);
  if (text === null) return null;
  switch (setting.kind) {
    case 'amount': {
      const offered = setting.offered?.map(({ value }) => value);
      if (offered !== undefined) return among(name, [text], offered)[0];
      return inRange(name, options.number(name, 0), setting);
    }
    case 'choice':
      return among(
        name,
        [text],
        setting.choices.map(({ value }) => value),
      )[0];
    case 'plugin':
      return among(name, [text], setting.registry.names)[0];
    default:
      return false;
  }
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
  const settings = TRAINING_SETTINGS.all.flatMap(([name, setting]) =>
    OF_GRID.includes(name) ? [] : [{ name, setting, option: optionOf(name, setting.key) }],
  );
  const flags = settings.flatMap(({ option, setting }) => (setting.kind === 'flag' ? [`no-${option}`] : []));
  const options = new Options(args, new Set(['json', ...flags]));
  const training: Partial<TrainingSettings> = {};
  for (const { name, setting, option } of settings) {
    const value = given(options, option, setting);
    if (value !== null) Object.assign(training, { [name]: value });
  }
  training.epochs ??= DEFAULT_TRAINING_SETTINGS.epochs;
  training.evaluateEvery ??= training.epochs;

  const { method, fraction, seed } = DEFAULT_TRAINING_SETTINGS;
  const methods = among('methods', options.names('methods') ?? [method], METHOD_METAS.names);
  const fractions = numbers(options, 'fractions') ?? [fraction];
  for (const value of fractions) inRange('fractions', value, TRAINING_SETTINGS.of('fraction'));
  const seeds = options.wholes('seeds', [seed]);
  for (const value of seeds) inRange('seeds', value, TRAINING_SETTINGS.of('seed'));
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
