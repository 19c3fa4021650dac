/** The runs of one of the paper's tables: its arguments, and in which order they are run. */
import { basename } from 'node:path';
import { Options } from '../../bench/options.ts';
import { sampleById } from '../../src/contracts/gallery.ts';
import { METHOD_METAS } from '../../src/contracts/methods.ts';
import { unusualSettings, type RecordedResult } from '../../src/contracts/results.ts';
import {
  DEFAULT_TRAINING_SETTINGS,
  fractionOf,
  usesFraction,
  usualTraining,
  widthOf,
  type BackendWish,
  type TrainingSettings,
} from '../../src/contracts/training.ts';
import {
  isSameShare,
  PAPER_SETS,
  PAPER_TABLES,
  paperSetting,
  type PaperSet,
  type PaperTable,
} from '../../src/stations/training/paper/tables.ts';
import { readFractions, readMethods, readSeeds, readSettings, settingFlags } from './options.ts';
import { BACKENDS, type Dataset, type Grid } from './plan.ts';
import type { Subject } from './record.ts';
import { identityOf } from './resultsFile.ts';

/** The file that the lab ships. */
const SHIPPED = 'public/paper/results.json';
/** Epochs from one look at the test pictures to the next: ten points on the paper's curves of 100 epochs. */
const LOOK_EVERY = 10;
/** Pictures of these sets have so many channels, by which their usual augmentation goes. */
const CHANNELS: Readonly<Record<PaperSet, number>> = { mnist: 1, cifar10: 3, cifar100: 3 };

export const TABLE_USAGE = `Usage: npm run -s reproduce -- table N [options]
Trains what Table N of the paper (1 to 6) is made of, with its settings, one run after the other in a headless
Chromium. Every result is written into the file as soon as it is there; Ctrl-C stops at any time.

  --resume                leaves out what the file has
  --dry-run               prints the runs in their order, and how long they may take
  --markdown              prints the table from the file: the paper's numbers, the measured ones, and the commands
  --out FILE              (default ${SHIPPED})
  --dataset NAME          ${PAPER_SETS.join(', ')}: the table's runs on other pictures
  --files LIST            the pictures, where they are no sample of the lab: a zip, a folder, or several files
  --methods LIST          of ${METHOD_METAS.names.join(', ')}
                          (default: those of the table; full training runs with the first seed alone)
  --fractions LIST        (default: those of the table)
  --seeds LIST            like 1,2 or 1..3 (default ${DEFAULT_TRAINING_SETTINGS.seed})
  --evaluate-every N      epochs from one look at the test pictures to the next (default ${LOOK_EVERY})
  --profile FOLDER        keeps the browser's profile there: a run that was stopped goes on from its last checkpoint;
                          without it, it begins again
  --untimed               other work runs beside it: the seconds of the results are marked as no measurement
  --json                  nothing but the JSON objects on the standard output
  --epochs, --model, --width, --backend, --batch and the others as for a dataset (--help)`;

/** Runs that are left out, and why. */
interface LeftOut {
  method: string;
  fraction: number;
  reason: string;
}

export interface TableReproduction {
  table: PaperTable;
  /** What the runs are on: the table's own pictures unless others are asked for. */
  set: PaperSet;
  /** Null where nothing is trained and no files are named. */
  dataset: Dataset | null;
  /** What the page is told of every run. */
  training: Partial<TrainingSettings>;
  backend: BackendWish;
  /** All runs, in the order in which they are to be run. */
  runs: TrainingSettings[];
  leftOut: LeftOut[];
  out: string;
  profile: string | null;
  isResumed: boolean;
  /** Whether no other work runs beside it. */
  isTimed: boolean;
  isJsonOnly: boolean;
  /** What is done: training, or only printing. */
  action: 'train' | 'list' | 'markdown';
}

function readTableNumber(text: string | undefined): PaperTable {
  const table = PAPER_TABLES.find(({ number }) => String(number) === text);
  if (table !== undefined) return table;
  const numbers = PAPER_TABLES.map(({ number }) => number);
  throw new Error(
    `${text === undefined ? 'No table is named' : `There is no table ${text}`}; the paper has ${numbers.join(', ')}.`,
  );
}

function datasetOf(set: PaperSet, files: readonly string[] | null): Dataset | null {
  if (files !== null) return { kind: 'files', paths: [...files] };
  return sampleById(set)?.kind === 'images' ? { kind: 'sample', id: set } : null;
}

/**
 * The arguments behind "table".
 *
 * @throws Error with a sentence on the first argument that is wrong
 */
export function readTable(args: readonly string[]): TableReproduction {
  const flags = ['resume', 'dry-run', 'markdown', 'untimed', 'json', ...settingFlags()];
  const options = new Options(args, new Set(flags));
  const [number, ...more] = options.rest;
  const table = readTableNumber(number);
  if (more.length > 0) throw new Error(`“${more[0]}” is too much; files are named with --files.`);
  const set = options.oneOf('dataset', PAPER_SETS, table.set);
  const { network, width, epochs, batch, reselectEvery } = paperSetting(set);
  const training: Partial<TrainingSettings> = {
    ...{ network, ...(width !== null && { width: width as TrainingSettings['width'] }) },
    ...{ epochs, batch, reselect: reselectEvery, evaluateEvery: LOOK_EVERY },
    ...readSettings(options),
  };
  const [isListed, isMarkdown] = [options.flag('dry-run'), options.flag('markdown')];
  const methods = readMethods(options);
  const fractions = readFractions(options);
  const seeds = [...new Set(readSeeds(options, [DEFAULT_TRAINING_SETTINGS.seed]))];
  const plan: TableReproduction = {
    ...{ table, set, training },
    dataset: datasetOf(set, options.names('files')),
    backend: options.oneOf('backend', BACKENDS, 'auto'),
    ...runsOf(table, set, {
      ...{ training, fractions, seeds },
      // Whatever was measured is printed.
      methods: methods ?? (isMarkdown ? METHOD_METAS.names : null),
    }),
    out: options.text('out') ?? SHIPPED,
    profile: options.text('profile'),
    isResumed: options.flag('resume'),
    isTimed: !options.flag('untimed'),
    isJsonOnly: options.flag('json'),
    action: isListed ? 'list' : isMarkdown ? 'markdown' : 'train',
  };
  options.end();
  if (plan.action === 'train' && plan.dataset === null)
    throw new Error(`${set} is no sample of the lab: name its files with --files.`);
  return plan;
}

interface Wanted {
  training: Partial<TrainingSettings>;
  methods: readonly string[] | null;
  fractions: readonly number[] | null;
  seeds: readonly number[];
}

/**
 * One seed after the other, and of each the small shares of all methods first, so that there is soon something to
 * compare; full training, which takes longest, comes once, behind the first seed's.
 */
function runsOf(
  table: PaperTable,
  set: PaperSet,
  { training, methods, fractions, seeds }: Wanted,
): Pick<TableReproduction, 'runs' | 'leftOut'> {
  const base: TrainingSettings = {
    ...DEFAULT_TRAINING_SETTINGS,
    ...usualTraining(CHANNELS[set]),
    ...training,
  };
  const ofTable = [...new Set(table.rows.map(({ method }) => method))];
  const wanted = methods ?? METHOD_METAS.names.filter((name) => ofTable.includes(name));
  const shares = [...(fractions ?? table.rows.map(({ fraction }) => fraction).filter((one) => one < 1))];
  const ascending = [...new Set(shares)].sort((a, b) => a - b);
  const leftOut: LeftOut[] = [];
  const subsets = ascending.flatMap((fraction) =>
    wanted.filter(usesFraction).flatMap((method) => {
      const isNothing = PAPER_TABLES.some(
        (one) =>
          one.set === set &&
          one.rows.some(
            (row) => row.method === method && isSameShare(row.fraction, fraction) && row.values === null,
          ),
      );
      if (isNothing)
        leftOut.push({ method, fraction, reason: 'NA in the paper: a bin of a class gives none' });
      return isNothing ? [] : [{ ...base, method, fraction }];
    }),
  );
  const whole = wanted
    .filter((method) => !usesFraction(method))
    .map((method) => ({ ...base, method, fraction: fractionOf({ method, fraction: 1 }) }));
  const runs = seeds.flatMap((seed, k) =>
    [...subsets, ...(k === 0 ? whole : [])].map((run) => ({ ...run, seed })),
  );
  return { runs, leftOut };
}

/** What the page is asked for one run. */
export function gridOf({ training, backend }: TableReproduction, run: TrainingSettings): Grid {
  const { method, fraction, seed } = run;
  return { training, backend, grid: { fractions: [fraction], methods: [method], seeds: [seed] } };
}

/** The results are of the paper's set, also where its pictures come from files. */
export function tableSubject({ table, set, dataset }: TableReproduction): Subject {
  if (dataset?.kind === 'sample') return { name: set, opening: [dataset.id] };
  const files = dataset?.paths.map((path) => basename(path)).join(',') ?? 'FILES';
  const other = set === table.set ? [] : ['--dataset', set];
  return { name: set, opening: ['table', String(table.number), ...other, '--files', files] };
}

/** Results of a run's network, method, share and settings, of whatever seed; of any backend where none is asked for. */
export function resultsOfGroup(
  { set, backend }: Pick<TableReproduction, 'set' | 'backend'>,
  run: TrainingSettings,
  results: readonly RecordedResult[],
): RecordedResult[] {
  const { network, method, fraction, epochs } = run;
  const settings = unusualSettings(run, CHANNELS[set]);
  const own = { dataset: set, model: network, width: widthOf(run), method, fraction, epochs, settings };
  return results.filter(
    (one) =>
      identityOf(one, null) === identityOf({ ...own, seed: one.seed }, null) &&
      (backend === 'auto' || one.backend === backend),
  );
}

/** The runs that are still to be run. */
export function missingRuns(
  plan: Pick<TableReproduction, 'set' | 'backend' | 'isResumed' | 'runs'>,
  results: readonly RecordedResult[],
): TrainingSettings[] {
  if (!plan.isResumed) return [...plan.runs];
  return plan.runs.filter((run) => !resultsOfGroup(plan, run, results).some(({ seed }) => seed === run.seed));
}
