/** The axes of a sweep in words. */
import type { AnalyticsOrder } from '../../../contracts/codec.ts';
import { AXIS_DOMAINS, type AxisValue, type SweepAxisName } from '../../../contracts/link.ts';
import { CODEC_METAS } from '../../../contracts/plugins.ts';
import { formatCount } from '../../../ui/format.ts';

interface AxisWords {
  /** In the list of axes. */
  label: string;
  /** On an axis of a figure, in a legend and in a table's header. */
  noun: string;
  /** After a count: "3 codecs". */
  short: (count: number) => string;
  /** One sentence below its values. */
  hint: string;
}

const plural = (one: string, many: string) => (count: number) => (count === 1 ? one : many);

const RANGE = 'A list or a range: 5, 8, 13 or 8..20 or 8..20 step 4.';

export const AXIS_WORDS: Readonly<Record<SweepAxisName, AxisWords>> = {
  beta: { label: 'Analytics bits β', noun: 'analytics bits β', short: () => 'β', hint: RANGE },
  tau: {
    label: 'Plateau threshold τ',
    noun: 'plateau threshold τ',
    short: () => 'τ',
    hint: 'Steps of the base search without a gain before it stops: 4, 16, 64.',
  },
  codec: {
    label: 'Codec',
    noun: 'codec',
    short: plural('codec', 'codecs'),
    hint: 'Each compresses the training records in its own way.',
  },
  order: {
    label: 'Order of the analytics bits',
    noun: 'order of the analytics bits',
    short: plural('order', 'orders'),
    hint: 'Which bits become analytics bits first.',
  },
  ratio: {
    label: 'Ratio mapping',
    noun: 'ratio mapping',
    short: () => 'ratio',
    hint: 'With and without storing exact quotients as two whole numbers.',
  },
  learningRate: {
    label: 'Learning rate α',
    noun: 'learning rate α',
    short: plural('rate', 'rates'),
    hint: 'A list: 0.001, 0.003, 0.01. Full training runs once for each.',
  },
  split: {
    label: 'Split',
    noun: 'split',
    short: plural('split', 'splits'),
    hint: 'Each seed divides the records in its own way: 1..5 or 3, 7.',
  },
};

const ORDER_WORDS: Record<AnalyticsOrder, string> = {
  layered: 'layered',
  pool: 'pool',
  descending: 'descending',
  ascending: 'ascending',
  random: 'random',
};

export function isCategorical(name: SweepAxisName): boolean {
  return AXIS_DOMAINS[name].kind === 'choice';
}

/** A value of an axis as legends, tables and messages write it. */
export function valueWords(name: SweepAxisName, value: AxisValue): string {
  if (name === 'codec') return CODEC_METAS.find(String(value))?.label ?? String(value);
  if (name === 'order') return ORDER_WORDS[value as AnalyticsOrder] ?? String(value);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  // Rates are given with few digits; counts and seeds are whole.
  return name === 'learningRate' || name === 'split' ? String(value) : formatCount(Number(value));
}

/** "β 8", "codec GreedyGD": a value that names its axis. */
export function pointWords(name: SweepAxisName, value: AxisValue): string {
  const words = valueWords(name, value);
  if (name === 'codec') return words;
  const signs: Partial<Record<SweepAxisName, string>> = { beta: 'β', tau: 'τ', learningRate: 'α' };
  return `${signs[name] ?? AXIS_WORDS[name].noun} ${words}`;
}

/** Values to begin with, at least two of them. */
export function usualValues(name: SweepAxisName, mostBits: number): AxisValue[] {
  const domain = AXIS_DOMAINS[name];
  if (domain.kind === 'choice') return [...domain.choices];
  if (name === 'tau') return [4, 16, 64, 256];
  if (name === 'learningRate') return [0.0003, 0.001, 0.003, 0.01, 0.03];
  if (name === 'split') return [1, 2, 3, 4, 5];
  const fitting = [8, 10, 12, 14, 16, 18, 20].filter((beta) => beta <= mostBits);
  return fitting.length >= 2 ? fitting : Array.from({ length: Math.max(1, mostBits) }, (_, k) => k + 1);
}
