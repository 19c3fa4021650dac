/** Words that alone keep a column from being numbers or times: perhaps they stand for missing cells. */
import type { TextColumn } from '../../core/table/table.ts';
import { readTime } from '../../core/table/time.ts';
import { TEXT_WORD } from './cells.ts';
import { storageFor } from './columnReader.ts';
import { Evidence, type NumberDialect } from './evidence.ts';
import type { MissingMarkers } from './missing.ts';
import { NumberReader } from './numbers.ts';

/** More different words than these are no marks of missing cells. */
const MOST_WORDS = 5;
const LONGEST_WORD = 40;

export interface StrayWords {
  /** What the other cells are. */
  type: 'number' | 'time';
  /** Cells that are so. */
  cells: number;
  /** The words with the cells that have them, the most frequent first. */
  words: { text: string; cells: number }[];
}

/**
 * @param passed words that are missing cells anyway where the others are numbers
 * @returns null where the other cells are no numbers or times of one kind, or no more than the words
 */
export function strayWords(
  { dictionary, codes, missing }: TextColumn,
  passed: MissingMarkers,
  dialect: NumberDialect,
): StrayWords | null {
  const encoder = new TextEncoder();
  const numbers = new NumberReader();
  const evidence = new Evidence();
  const time = { value: 0, shape: 0 };
  const out = { why: 0 };
  const strays = new Map<number, number>();
  const others = new Uint8Array(dictionary.length);
  for (const [code, entry] of dictionary.entries()) {
    const bytes = encoder.encode(entry.trim());
    if (bytes.length === 0 || passed.matches(bytes, 0, bytes.length)) continue;
    out.why = TEXT_WORD;
    const isNumber = numbers.stylesOf(bytes, 0, bytes.length, out) !== 0;
    if (!isNumber && out.why === TEXT_WORD && !readTime(bytes, 0, bytes.length, time)) {
      if (strays.size === MOST_WORDS || bytes.length > LONGEST_WORD) return null;
      strays.set(code, 0);
      continue;
    }
    others[code] = 1;
    evidence.see(numbers, bytes, 0, bytes.length, 0);
    if (evidence.offence !== null) return null;
  }
  if (strays.size === 0 || !evidence.seen) return null;
  const { kind } = storageFor(evidence, dialect);
  if (kind !== 'number' && kind !== 'time') return null;
  let cells = 0;
  let strayCells = 0;
  for (let i = 0; i < codes.length; i++) {
    if (missing !== null && missing[i] === 1) continue;
    if (others[codes[i]] === 1) cells++;
    const count = strays.get(codes[i]);
    if (count === undefined) continue;
    strays.set(codes[i], count + 1);
    strayCells++;
  }
  if (cells <= strayCells) return null;
  const words = [...strays].map(([code, count]) => ({ text: dictionary[code].trim(), cells: count }));
  return { type: kind, cells, words };
}
