/** Which column of a table names the pictures, and which says their classes. */
import { LabError } from '../../core/errors.ts';
import type { CellTable } from './cellTable.ts';
import { cleanName } from './labels.ts';
import { cleanPictureName, type PictureNames } from './pictureNames.ts';

const PICTURE_NAME = /\.(?:png|jpe?g|jfif|webp|gif|bmp|dib|tiff?)$/i;
const PICTURE_COLUMN =
  /^(?:file|file_?names?|image|image_?(?:id|names?|paths?)|id|names?|paths?|pictures?)$/i;
const LABEL_COLUMN =
  /^(?:labels?|class|class_?(?:id|names?|labels?)|category|category_?(?:id|names?)|y|targets?|ground_?truth|diagnosis|breed|species)$/i;

/** Cells in which the names of pictures are looked for; of larger tables rows are taken at equal distances. */
const MOST_LOOKED_AT = 500_000;

export interface LabelColumns {
  hasHeader: boolean;
  /** Null where labels stand in the order of the pictures. */
  picture: number | null;
  /** One column, or one for every class, of which one is 1 in each row. */
  labels: number[];
  /** Whether the name of the column says that it holds labels, or there is no other. */
  isCertain: boolean;
}

/** Whether the name of a column, or the only line above a list, says that labels follow. */
export function isLabelHeader(name: string): boolean {
  return LABEL_COLUMN.test(name);
}

function rowOf(table: CellTable, row: number): string[] {
  return Array.from({ length: table.cellsIn(row) }, (_, column) => table.cell(row, column));
}

/** Rows below the header that are looked at. */
function* someRows(table: CellTable, from: number, width: number): Generator<number> {
  const step = Math.max(1, Math.ceil(((table.rows - from) * width) / MOST_LOOKED_AT));
  for (let row = from; row < table.rows; row += step) yield row;
}

/** How many different pictures the cells of every column may name. */
function picturesNamed(table: CellTable, from: number, width: number, names: PictureNames): number[] {
  return Array.from({ length: width }, (_, column) => {
    const found = new Set<number>();
    for (const row of someRows(table, from, width)) {
      const number = names.anyNamed(cleanPictureName(table.cell(row, column)));
      if (number >= 0) found.add(number);
    }
    return found.size;
  });
}

/** The column of the pictures: the one that names most of them, else by its own name, else by the look of its cells. */
function findPicture(table: CellTable, first: readonly string[], names: PictureNames | null): number | null {
  // The first row may be a header.
  const from = table.rows > 1 ? 1 : 0;
  const sample = rowOf(table, from);
  const counts = names === null ? null : picturesNamed(table, from, first.length, names);
  const rank = (column: number): number =>
    4 * (counts?.[column] ?? 0) +
    2 * Number(PICTURE_NAME.test(sample[column] ?? '')) +
    Number(PICTURE_COLUMN.test(first[column]));
  let best = 0;
  for (let column = 1; column < first.length; column++) if (rank(column) > rank(best)) best = column;
  return rank(best) > 0 ? best : null;
}

/** Whether the first row names the columns: it names no picture where the others do. */
function isHeader(
  first: readonly string[],
  picture: number | null,
  names: PictureNames | null,
  asked: string | undefined,
): boolean {
  if (asked !== undefined && first.includes(asked)) return true;
  if (first.some((cell) => PICTURE_NAME.test(cell))) return false;
  const saysColumns =
    first.some((cell) => PICTURE_COLUMN.test(cell)) && first.some((cell) => LABEL_COLUMN.test(cell));
  if (saysColumns || picture === null || names === null) return true;
  return names.anyNamed(cleanPictureName(first[picture])) < 0;
}

const IS_SET: ReadonlyMap<string, number> = new Map([
  ['1', 1],
  ['1.0', 1],
  ['true', 1],
  ['0', 0],
  ['0.0', 0],
  ['false', 0],
  ['', 0],
]);

/** What a cell of a column that stands for one class says of the picture: 1 that it is of the class; NaN for no flag. */
export function flagOf(cell: string): number {
  return IS_SET.get(cell.toLowerCase()) ?? NaN;
}

/**
 * Columns of flags of which one is set in most rows and never two are.
 *
 * @returns the columns, none where there are none; or in words why they do not say one class
 */
function oneHotColumns(table: CellTable, others: readonly number[]): number[] | string {
  const flags = others.filter((column) => {
    for (let row = 1; row < table.rows; row++)
      if (Number.isNaN(flagOf(table.cell(row, column)))) return false;
    return true;
  });
  if (flags.length < 2) return [];
  let set = 0;
  for (let row = 1; row < table.rows; row++) {
    const count = flags.reduce((sum, column) => sum + flagOf(table.cell(row, column)), 0);
    if (count > 1) return `its columns of 0 and 1 give row ${row + 1} ${count} classes`;
    set += count;
  }
  return 2 * set >= table.rows - 1 ? flags : [];
}

/** Whether a column may hold classes: words or whole numbers of which some are the same. */
function mayBeClasses(table: CellTable, from: number, column: number): boolean {
  const values = new Set<string>();
  let filled = 0;
  for (let row = from; row < table.rows; row++) {
    const cell = table.cell(row, column);
    if (cell === '') continue;
    if (/^[+-]?\d*\.\d*[1-9]/.test(cell)) return false;
    filled++;
    values.add(cell);
  }
  return values.size > 1 && 2 * values.size <= filled;
}

/**
 * Finds the columns of pictures and labels.
 *
 * @param names the pictures that there are; without them labels may also stand in their order, in a column that says so
 * @param asked name of the column of labels that someone has chosen
 * @returns the columns, or in words what was looked for
 * @throws LabError COLUMN_UNKNOWN for a chosen column that is not there
 */
export function findLabelColumns(
  table: CellTable,
  path: string,
  names: PictureNames | null,
  asked: string | undefined,
): LabelColumns | string {
  const first = rowOf(table, 0);
  const picture = findPicture(table, first, names);
  const hasHeader = isHeader(first, picture, names, asked);
  const from = hasHeader ? 1 : 0;
  const others = first.map((_, column) => column).filter((column) => column !== picture);
  if (asked !== undefined) {
    const label = hasHeader ? first.indexOf(asked) : -1;
    if (label < 0)
      throw new LabError('COLUMN_UNKNOWN', `${cleanName(path)} has no column "${cleanName(asked)}".`);
    return { hasHeader, picture: picture === label ? null : picture, labels: [label], isCertain: true };
  }
  const columns = hasHeader
    ? `its columns are ${first
        .slice(0, 12)
        .map((name) => `"${cleanName(name)}"`)
        .join(', ')}${first.length > 12 ? ` and ${first.length - 12} more` : ''}`
    : `its first row is ${first
        .slice(0, 4)
        .map((cell) => `"${cleanName(cell)}"`)
        .join(', ')}`;
  const named = hasHeader ? others.find((column) => LABEL_COLUMN.test(first[column])) : undefined;
  if (picture === null) {
    if (names === null && named !== undefined)
      return { hasHeader, picture: null, labels: [named], isCertain: true };
    return `no column names the pictures, as "${cleanName(names?.paths.at(0) ?? 'cat.png')}" does; ${columns}`;
  }
  if (named !== undefined) return { hasHeader, picture, labels: [named], isCertain: true };
  if (others.length === 0) return 'it lists pictures, without a class for each';
  if (others.length === 1) return { hasHeader, picture, labels: others, isCertain: true };
  const flags = hasHeader ? oneHotColumns(table, others) : [];
  if (flags.length > 0 && typeof flags !== 'string')
    return { hasHeader, picture, labels: flags, isCertain: true };
  const possible = others.filter((column) => mayBeClasses(table, from, column));
  if (possible.length === 1) return { hasHeader, picture, labels: possible, isCertain: false };
  if (typeof flags === 'string') return `${flags}; ${columns}`;
  return `no column is called "label" or "class", and ${possible.length === 0 ? 'none' : 'more than one'} of the others may be one of classes; ${columns}`;
}
