/** The cells of a file's first rows, from which is told where its table starts and what its columns are. */
import { readTime } from '../../core/table/time.ts';
import { MISSING_MARKERS, MISSING_WORDS, TEXT_WORD } from './cells.ts';
import { trimmed, type Head, type HeadRow } from './dialect.ts';
import { Evidence } from './evidence.ts';
import { MissingMarkers } from './missing.ts';
import { NumberReader } from './numbers.ts';

/** Cells that stand for a missing value. */
export interface Markers {
  /** In any column. */
  always: MissingMarkers;
  /** In columns that the user wants as text, in which NA is a text like any other. */
  bare: MissingMarkers;
  /** In columns that are otherwise numbers or times. */
  amongNumbers: MissingMarkers;
}

/** @param extra markers of the user */
export function markersFor(extra: readonly string[], decimal: '.' | ','): Markers {
  return {
    always: new MissingMarkers(MISSING_MARKERS, extra, decimal),
    bare: new MissingMarkers([], extra, decimal),
    amongNumbers: new MissingMarkers(MISSING_WORDS, [], decimal),
  };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const numbers = new NumberReader();
const time = { value: 0, shape: 0 };
const out = { why: 0 };

export const textOf = ({ bytes }: Head, row: HeadRow, cell: number): string =>
  decoder.decode(bytes.subarray(row.starts[cell], row.ends[cell])).trim();

/** What a cell is by itself: a code is digits that no number keeps. */
export type CellKind = 'missing' | 'word' | 'number' | 'code' | 'time';

export function kindOf({ bytes }: Head, row: HeadRow, cell: number, markers: Markers): CellKind {
  const [start, end] = trimmed(bytes, row.starts[cell], row.ends[cell]);
  if (
    start === end ||
    markers.always.matches(bytes, start, end) ||
    markers.amongNumbers.matches(bytes, start, end)
  )
    return 'missing';
  if (numbers.stylesOf(bytes, start, end, out) !== 0) return 'number';
  if (out.why !== TEXT_WORD) return 'code';
  return readTime(bytes, start, end, time) ? 'time' : 'word';
}

/** What the cells of the rows from a line on have in common, per column; rows of another width are left out. */
export function gatherEvidence(head: Head, fromLine: number, { always, amongNumbers }: Markers): Evidence[] {
  const { bytes, width } = head;
  const columns = Array.from({ length: width }, () => new Evidence());
  for (const row of head.rows) {
    if (row.line < fromLine || row.cells !== width) continue;
    for (let c = 0; c < Math.min(width, row.starts.length); c++) {
      const [start, end] = trimmed(bytes, row.starts[c], row.ends[c]);
      if (
        start < end &&
        !always.matches(bytes, start, end) &&
        // In a column that is text by another cell it is a word, and says nothing new.
        !amongNumbers.matches(bytes, start, end)
      )
        columns[c].see(numbers, bytes, start, end, row.line);
    }
  }
  return columns;
}
