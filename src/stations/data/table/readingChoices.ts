/** What can be said about how a file is read, as the controls of the station say it. */
import type { ColumnSummary, ColumnType, DatasetSummary, ReadingOptions } from '../../../contracts/codec.ts';

/** As many as a link carries. */
const MOST_MARKERS = 32;

/** The reading with one thing said, or with `undefined` left to be found out. */
export function withChoice<K extends 'delimiter' | 'header' | 'decimal' | 'encoding' | 'emptyRecords'>(
  reading: ReadingOptions,
  name: K,
  value: ReadingOptions[K] | undefined,
): ReadingOptions {
  const { [name]: _, ...rest } = reading;
  return value === undefined ? rest : { ...rest, [name]: value };
}

export function withMarkers(reading: ReadingOptions, markers: readonly string[]): ReadingOptions {
  const { missing: _, ...rest } = reading;
  const distinct = [...new Set(markers)].slice(0, MOST_MARKERS);
  return distinct.length === 0 ? rest : { ...rest, missing: distinct };
}

/** The reading with a column's type said, or with null left to be found out. */
export function withType(reading: ReadingOptions, column: string, type: ColumnType | null): ReadingOptions {
  const { types = [], ...rest } = reading;
  const others = types.filter((one) => one.column !== column);
  const said = type === null ? others : [...others, { column, type }];
  return said.length === 0 ? rest : { ...rest, types: said };
}

export function typeSaid(reading: ReadingOptions, column: string): ColumnType | null {
  return reading.types?.find((one) => one.column === column)?.type ?? null;
}

/** "-200, n.d." → ["-200", "n.d."] */
export function markersIn(text: string): string[] {
  return [...new Set(text.split(',').map((marker) => marker.trim()))]
    .filter((marker) => marker !== '')
    .slice(0, MOST_MARKERS);
}

/** How many things one reading says that the other does not; a column's type is one, and so are all markers. */
export function countChanges(a: ReadingOptions, b: ReadingOptions): number {
  let changes = 0;
  for (const name of ['delimiter', 'header', 'decimal', 'encoding', 'emptyRecords'] as const)
    if (a[name] !== b[name]) changes++;
  const markers = ({ missing = [] }: ReadingOptions) => JSON.stringify([...missing].sort());
  if (markers(a) !== markers(b)) changes++;
  const types = new Map((a.types ?? []).map(({ column, type }) => [column, type]));
  for (const { column, type } of b.types ?? []) {
    if (types.get(column) !== type) changes++;
    types.delete(column);
  }
  return changes + types.size;
}

/** Numbers that loggers and archives write where nothing was measured. */
const SENTINELS: readonly number[] = [-99, -200, -999, -9999, -99_999, 999, 9999, 99_999];

export interface MarkerHint {
  marker: string;
  columns: string[];
}

/**
 * Numbers that look as if they stood for a missing cell: a well-known one, at the end of a column's range, more than
 * once, and with a gap to all others. The histogram tells: the last but one of its bins is empty.
 */
export function suggestedMarkers(
  columns: readonly ColumnSummary[],
  { missing = [] }: ReadingOptions,
): MarkerHint[] {
  const said = new Set(missing.map(Number));
  const hints = new Map<number, string[]>();
  for (const { name, kind, min, max, distinct, histogram } of columns) {
    if (kind !== 'number' || histogram.length < 3 || (distinct !== null && distinct < 3)) continue;
    const ends = [
      { value: min, count: histogram[0], beside: histogram[1] },
      { value: max, count: histogram[histogram.length - 1], beside: histogram[histogram.length - 2] },
    ];
    for (const { value, count, beside } of ends) {
      if (value === null || count < 2 || beside > 0) continue;
      if (!SENTINELS.includes(value) || said.has(value)) continue;
      const names = hints.get(value);
      if (names === undefined) hints.set(value, [name]);
      else names.push(name);
    }
  }
  return [...hints].map(([value, names]) => ({ marker: String(value), columns: names }));
}

/** Words that alone keep columns from being numbers or times, each with its columns. */
export function strayWords({ decisions }: Pick<DatasetSummary, 'decisions'>): MarkerHint[] {
  const hints = new Map<string, string[]>();
  for (const { column, words = [] } of decisions) {
    for (const word of words) {
      const names = hints.get(word);
      if (names === undefined) hints.set(word, [column]);
      else names.push(column);
    }
  }
  return [...hints].map(([marker, columns]) => ({ marker, columns }));
}

/** Columns that would keep as text what stood in cells that were read as missing. */
export function lossyColumns({ notices }: Pick<DatasetSummary, 'notices'>): string[] {
  return notices.flatMap(({ code, column }) =>
    (code === 'missing-spelt' || code === 'infinite-times') && column !== null ? [column] : [],
  );
}

/** The beginning of a table with its first row read in one way. */
export interface HeaderReading {
  /** What `header` of the reading says then. */
  header: boolean;
  isTaken: boolean;
  names: string[];
  rows: (string | null)[][];
}

/** Records that are shown of either reading. */
const SHOWN_RECORDS = 3;

/** Both ways to read a first row that is in doubt, names first; null where there is none. */
export function headerReadings({
  doubtfulRow,
  columns,
  preview,
  dialect,
}: Pick<DatasetSummary, 'doubtfulRow' | 'columns' | 'preview' | 'dialect'>):
  | [HeaderReading, HeaderReading]
  | null {
  if (doubtfulRow === null || preview.length === 0) return null;
  const width = Math.min(doubtfulRow.length, preview[0].length);
  const cells = doubtfulRow.slice(0, width);
  const isNamed = dialect.find(({ name }) => name === 'Header')?.value !== 'none';
  const named = isNamed ? columns.slice(0, width).map(({ name }) => name) : cells;
  const records = isNamed ? preview : preview.slice(1);
  return [
    { header: true, isTaken: isNamed, names: named, rows: records.slice(0, SHOWN_RECORDS) },
    {
      header: false,
      isTaken: !isNamed,
      names: cells.map((_, c) => `column${c + 1}`),
      rows: [cells, ...records].slice(0, SHOWN_RECORDS),
    },
  ];
}
