/** The axes of a sweep in words. */
import { axisDomain, type AxisValue, type SweepAxisName } from '../../../contracts/link.ts';
import { TABLE_SETTINGS } from '../../../contracts/settings.ts';
import { valueWords as settingValue } from '../../settings/words.ts';
import { betasAround } from './plan.ts';

interface AxisWords {
  /** After a count: "3 codecs". */
  short: (count: number) => string;
  /** One sentence below its values. */
  hint: string;
  /** In front of a value, where that needs no noun. */
  sign?: string;
}

const plural = (one: string, many: string) => (count: number) => (count === 1 ? one : many);

const RANGE = 'A list or a range: 5, 8, 13 or 8..20 or 8..20 step 4.';

export const AXIS_WORDS: Readonly<Record<SweepAxisName, AxisWords>> = {
  beta: { short: () => 'β', hint: RANGE, sign: 'β' },
  tau: {
    short: () => 'τ',
    hint: 'Steps of the base search without a gain before it stops: 4, 16, 64.',
    sign: 'τ',
  },
  codec: {
    short: plural('codec', 'codecs'),
    hint: 'Each compresses the training records in its own way.',
  },
  order: {
    short: plural('order', 'orders'),
    hint: 'Which bits become analytics bits first.',
  },
  ratio: {
    short: () => 'ratio',
    hint: 'With and without storing exact quotients as two whole numbers.',
  },
  learningRate: {
    short: plural('rate', 'rates'),
    hint: 'A list: 0.001, 0.003, 0.01. Full training runs once for each.',
    sign: 'α',
  },
  split: {
    short: plural('split', 'splits'),
    hint: 'Each seed divides the records in its own way: 1..5 or 3, 7.',
  },
};

/** On an axis of a figure, in a legend and in a table's header: "order of the analytics bits". */
export function axisNoun(name: SweepAxisName): string {
  return TABLE_SETTINGS.any(name).noun;
}

/** In the list of axes. */
export function axisLabel(name: SweepAxisName): string {
  const noun = axisNoun(name);
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}

export function isCategorical(name: SweepAxisName): boolean {
  return axisDomain(name).kind === 'choice';
}

/** A value of an axis as legends, tables and messages write it. */
export function valueWords(name: SweepAxisName, value: AxisValue): string {
  return settingValue(TABLE_SETTINGS.any(name), value) ?? '';
}

/** "β 8", "GreedyGD": a value that names its axis. */
export function pointWords(name: SweepAxisName, value: AxisValue): string {
  const words = valueWords(name, value);
  return name === 'codec' ? words : `${AXIS_WORDS[name].sign ?? axisNoun(name)} ${words}`;
}

/** Values to begin with, of β around the current one. */
export function usualValues(name: SweepAxisName, beta: number, mostBits: number): AxisValue[] {
  const domain = axisDomain(name);
  if (domain.kind === 'choice') return [...domain.choices];
  if (name === 'tau') return [4, 16, 64, 256];
  if (name === 'learningRate') return [0.0003, 0.001, 0.003, 0.01, 0.03];
  if (name === 'split') return [1, 2, 3, 4, 5];
  return betasAround(beta, mostBits);
}
