/** A result as it is recorded: with its day, its machine, and the command that makes it again. */
import { availableParallelism, cpus } from 'node:os';
import { basename } from 'node:path';
import { METHOD_METAS } from '../../src/contracts/methods.ts';
import type { RecordedResult, SavedResult } from '../../src/contracts/results.ts';
import type { TrainingResult, TrainingSettings } from '../../src/contracts/training.ts';
import { settingArguments } from './options.ts';
import type { Dataset } from './plan.ts';

/** What a result is recorded as being of. */
export interface Subject {
  /** How results name the dataset; null: as the page does. */
  name: string | null;
  /** Arguments of the command that open it: "mnist". */
  opening: readonly string[];
}

/** A dataset of a sample goes by the sample's name; no folder of one's own is named. */
export function subjectOf(dataset: Dataset): Subject {
  return dataset.kind === 'sample'
    ? { name: dataset.id, opening: [dataset.id] }
    : { name: null, opening: dataset.paths.map((path) => basename(path)) };
}

/**
 * A result of the page on its way to a file.
 *
 * @param isTimed whether no other work ran beside it
 */
export function recorded(
  saved: SavedResult,
  subject: Subject,
  { isTimed = true, now = new Date() }: { isTimed?: boolean; now?: Date } = {},
): RecordedResult {
  const { device, settings, unusual, curve, ...result } = saved;
  const { evaluateEvery } = settings;
  const { epochs } = result;
  return rounded({
    ...result,
    dataset: subject.name ?? result.dataset,
    date: now.toISOString().slice(0, 10),
    machine: machineWords(device),
    command: commandOf(subject.opening, result, [result.seed], {
      ...unusual,
      ...(evaluateEvery < epochs && { evaluateEvery }),
    }),
    curve,
    ...(Object.keys(unusual).length > 0 && { settings: unusual }),
    ...(!isTimed && { untimed: true }),
  });
}

/** The command that makes runs which differ in the seed alone. */
export function commandOf(
  opening: readonly string[],
  result: Pick<TrainingResult, 'model' | 'width' | 'method' | 'fraction' | 'epochs' | 'backend'>,
  seeds: readonly number[],
  settings: Partial<TrainingSettings>,
): string {
  const { model, width, method, fraction, epochs, backend } = result;
  const given = { network: model, ...(width !== null && { width }), epochs, ...settings };
  const words = [
    ...opening,
    ...['--methods', method],
    ...(METHOD_METAS.find(method)?.usesFraction === false ? [] : ['--fractions', String(fraction)]),
    ...['--seeds', seedsWords(seeds)],
    ...settingArguments(given),
    ...['--backend', backend],
  ];
  return `npm run -s reproduce -- ${words.map(quoted).join(' ')}`;
}

/** "1..3", "1,4" */
function seedsWords(seeds: readonly number[]): string {
  const [first] = seeds;
  const isRow = seeds.length > 1 && seeds.every((seed, k) => seed === first + k);
  return isRow ? `${first}..${seeds[seeds.length - 1]}` : seeds.join(',');
}

const quoted = (word: string): string =>
  /^[\w.,:@%+/=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** "2 cores, AMD EPYC 7B13, WebAssembly SIMD" */
function machineWords(device: string): string {
  const cores = availableParallelism();
  const model = (cpus().at(0)?.model ?? '')
    .replace(/\((?:R|TM)\)/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
  return [`${cores} ${cores === 1 ? 'core' : 'cores'}`, model, device]
    .filter((part) => part !== '')
    .join(', ');
}

const hundredth = (seconds: number): number => Math.round(seconds * 100) / 100;
const sixDigits = (share: number): number => Number(share.toFixed(6));
const sixFigures = (value: number): number => Number(value.toPrecision(6));

function eachOf<T extends object>(values: T, round: (value: number) => number): T {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, round(value as number)]),
  ) as T;
}

/** Numbers with the digits that say something. */
function rounded(result: RecordedResult): RecordedResult {
  const { selection, storageRatio } = result;
  return {
    ...result,
    fraction: sixDigits(result.fraction),
    accuracy: sixDigits(result.accuracy),
    seconds: eachOf(result.seconds, hundredth),
    residentBytes: Math.round(result.residentBytes),
    tensorBytes: Math.round(result.tensorBytes),
    storageRatio: storageRatio === null ? null : sixDigits(storageRatio),
    selection: selection && {
      ...selection,
      seconds: eachOf(selection.seconds, hundredth),
      bytes: Math.round(selection.bytes),
      weights: selection.weights && eachOf(selection.weights, sixFigures),
    },
    curve: result.curve.map(({ epoch, accuracy }) => ({ epoch, accuracy: sixDigits(accuracy) })),
  };
}
