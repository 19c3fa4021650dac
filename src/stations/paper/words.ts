/** Measures, methods and values of the paper's tables in words. */
import { METHOD_METAS } from '../../contracts/methods.ts';
import { formatCount, formatSeconds } from '../../ui/format.ts';
import type { PaperMeasure, PaperTable, PaperValue } from '../training/paper/tables.ts';
import { fractionWords } from '../training/words.ts';
import { PAPER_PICTURES } from './sets.ts';
import type { SheetEntry } from './sheet.ts';

interface MeasureWords {
  /** Head of its columns, with the unit: values stand without. */
  head: string;
  /** What it is, in a sentence. */
  about: string;
}

export const MEASURE_WORDS: Readonly<Record<PaperMeasure, MeasureWords>> = {
  accuracy: {
    head: 'Accuracy, %',
    about: 'Test pictures that are classified correctly after the last epoch.',
  },
  time: {
    head: 'Time, % of full’s',
    about:
      'Steps, waiting for pictures and selecting, as a share of full training’s time on the same machine; where no full training stands there, its seconds.',
  },
  seconds: {
    head: 'Time, seconds',
    about: 'Steps, waiting for pictures and selecting, with what is trained before the first selection.',
  },
  storage: {
    head: 'Storage, %',
    about: 'Bytes that the training pictures take, as a share of the raw ones.',
  },
  csMemory: {
    head: 'Selection memory, %',
    about: 'Share of the training pictures that choosing a subset has to look at.',
  },
  trainMemory: { head: 'Training memory, %', about: 'Share of the training pictures that an epoch holds.' },
  dataAccess: {
    head: 'Data access, %',
    about: 'Share of the training pictures that has to stay at hand once training has begun.',
  },
};

/** Digits after the point, least and most; accuracies that were counted here have two. */
const DIGITS: Readonly<Record<PaperMeasure, readonly [number, number]>> = {
  accuracy: [1, 2],
  time: [0, 1],
  seconds: [0, 0],
  storage: [0, 1],
  csMemory: [0, 1],
  trainMemory: [0, 1],
  dataAccess: [0, 1],
};

const format = (value: number, [least, most]: readonly [number, number]): string =>
  new Intl.NumberFormat('en-US', { minimumFractionDigits: least, maximumFractionDigits: most }).format(value);

/** "99.05 ± 0.07", "846": without the unit, which stands above. */
export function valueWords(measure: PaperMeasure, { mean, std }: PaperValue, isCounted = false): string {
  const scale = measure === 'seconds' ? 1 : 100;
  const digits = measure === 'accuracy' && isCounted ? ([2, 2] as const) : DIGITS[measure];
  const value = format(mean * scale, digits);
  const spread = measure === 'accuracy' ? ([2, 2] as const) : ([1, 1] as const);
  return std === null ? value : `${value} ± ${format(std * scale, spread)}`;
}

/** What an entry says in a measure; where no full training stands beside it, its seconds in place of the share. */
export function entryWords(measure: PaperMeasure, { values, evidence }: SheetEntry): string | null {
  const value = values[measure];
  if (value !== undefined) return valueWords(measure, value, evidence.length > 0);
  if (measure === 'time' && values.seconds !== undefined) return formatSeconds(values.seconds.mean);
  return null;
}

/** "GRAD-MATCH"; of a method that the lab does not have, the name that the paper's tables are written with. */
export function labelOf(method: string): string {
  return METHOD_METAS.find(method)?.label ?? method;
}

/** "GRAD-MATCH, 10 %", "Full" */
export function rowWords({ method, fraction }: { method: string; fraction: number }): string {
  return fraction === 1 ? labelOf(method) : `${labelOf(method)}, ${fractionWords(fraction)}`;
}

/** "MNIST: every measure at 10 %", "CIFAR-10: accuracy and time" */
export function tableTitle({ set, measures, rows }: PaperTable): string {
  const shares = [...new Set(rows.map(({ fraction }) => fraction))].filter((fraction) => fraction < 1);
  const list = new Intl.ListFormat('en-GB').format(shares.map(fractionWords));
  const what = measures.includes('seconds')
    ? 'accuracy and time'
    : measures.includes('dataAccess')
      ? 'accuracy, time, storage, memory and access'
      : 'accuracy, time and storage';
  return `${PAPER_PICTURES[set].title}: ${what} at ${list}`;
}

/** "3 seeds" */
export function seedsWords(count: number): string {
  return count === 1 ? '1 seed' : `${formatCount(count)} seeds`;
}
