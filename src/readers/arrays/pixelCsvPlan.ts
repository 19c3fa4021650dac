/** How a table of pixels is laid out, told from its first rows: delimiter, label column, order and size of pictures. */
import { LabError } from '../../core/errors.ts';
import type { ImageShape } from '../../core/images/imageSet.ts';
import type { ImageReading } from '../imageReading.ts';
import { cleanName } from '../labels/labels.ts';
import { sideOf } from './side.ts';

/** Rows that are looked at. */
const HEAD_ROWS = 50;
const DELIMITERS = [',', ';', '\t', '|', ' '] as const;
export const LABEL_NAME = /^(?:labels?|class|class_?(?:id|name|label)|y|targets?|category|emotion)$/i;
/** Columns that are neither label nor pixels. */
export const OTHER_NAME = /^(?:|id|index|idx|unnamed.*|usage|split|file_?name)$/i;
/** "1x28", "28x28": names that count rows and columns, as in tables of MNIST. */
const PLACE_NAME = /^\D*(\d{1,4})x(\d{1,4})$/i;

/** A place of a column that is no pixel. */
export const LABEL = -1;
export const IGNORED = -2;

export interface PixelPlan {
  delimiter: number;
  hasHeader: boolean;
  shape: ImageShape;
  /** For every column the byte of the picture that it is, LABEL or IGNORED. */
  places: Int32Array;
}

function rowsOf(head: string, isWhole: boolean): string[] {
  const lines = head.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  if (!isWhole) lines.pop();
  return lines.filter((line) => line.trim() !== '').slice(0, HEAD_ROWS);
}

/** Cells of a line without their quotes; a delimiter between quotes is part of its cell. */
function cellsOf(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let start = 0;
  let inQuotes = false;
  for (let at = 0; at <= line.length; at++) {
    if (line[at] === '"') inQuotes = !inQuotes;
    if (at < line.length && (line[at] !== delimiter || inQuotes)) continue;
    cells.push(
      line
        .slice(start, at)
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    );
    start = at + 1;
  }
  return cells;
}

function isPixel(cell: string): boolean {
  return /^\d{1,3}(?:\.0*)?$/.test(cell) && Number(cell) <= 255;
}

/** The column of the label by its name, or where no names are: the last one when it alone can be it, else the first. */
function findLabel(
  header: string[] | null,
  rows: string[][],
  asked: string | undefined,
  path: string,
): number {
  const columns = rows[0].length;
  if (asked !== undefined) {
    const found = header?.indexOf(asked) ?? -1;
    if (found < 0)
      throw new LabError('COLUMN_UNKNOWN', `${cleanName(path)} has no column "${cleanName(asked)}".`);
    return found;
  }
  const named = header?.findIndex((name) => LABEL_NAME.test(name)) ?? -1;
  if (named >= 0) return named;
  const isWord = (column: number): boolean => rows.some((row) => !isPixel(row[column]));
  if (isWord(0) !== isWord(columns - 1)) return isWord(0) ? 0 : columns - 1;
  // A corner of a picture is often the same in all of them, a label hardly.
  const isSame = (column: number): boolean => rows.every((row) => row[column] === rows[0][column]);
  return rows.length > 1 && isSame(0) && !isSame(columns - 1) ? columns - 1 : 0;
}

function shapeFor(pixels: number, names: string[] | null, size: ImageReading['size']): ImageShape | null {
  for (const channels of [1, 3] as const)
    if (size !== undefined && size.width * size.height * channels === pixels) return { ...size, channels };
  const last = names === null ? null : PLACE_NAME.exec(names[names.length - 1]);
  if (last !== null && Number(last[1]) * Number(last[2]) === pixels)
    return { height: Number(last[1]), width: Number(last[2]), channels: 1 };
  return sideOf(pixels);
}

/** Whether columns come plane after plane: all reds first, by their names. */
function isPlanar(names: string[] | null, pixels: number): boolean {
  if (names === null) return false;
  const plane = pixels / 3;
  return ['r', 'g', 'b'].every(
    (colour, c) =>
      names[c * plane].toLowerCase().startsWith(colour) &&
      names[(c + 1) * plane - 1].toLowerCase().startsWith(colour),
  );
}

function placesFor(
  columns: number,
  label: number,
  header: string[] | null,
  reading: ImageReading,
): Pick<PixelPlan, 'shape' | 'places'> | null {
  const all = Array.from({ length: columns }, (_, c) => c).filter((c) => c !== label);
  const named = header === null ? all : all.filter((c) => !OTHER_NAME.test(header[c]));
  for (const pixels of [all, named]) {
    const names = header === null ? null : pixels.map((c) => header[c]);
    const shape = shapeFor(pixels.length, names, reading.size);
    if (shape === null) continue;
    const places = new Int32Array(columns).fill(IGNORED);
    places[label] = LABEL;
    const plane = shape.width * shape.height;
    const planar = shape.channels === 3 && isPlanar(names, pixels.length);
    pixels.forEach((c, p) => (places[c] = planar ? (p % plane) * 3 + Math.floor(p / plane) : p));
    return { shape, places };
  }
  return null;
}

/**
 * Lays out a table of pixels by its first rows.
 *
 * @param isWhole whether the head is the whole file, so that its last row is complete
 * @returns the plan, or in words why this is no table of pixels
 * @throws LabError COLUMN_UNKNOWN where the label column that was asked for does not exist
 */
export function planPixelCsv(
  head: Uint8Array,
  isWhole: boolean,
  reading: ImageReading,
  path: string,
): PixelPlan | string {
  if (head.includes(0)) return 'it is no text';
  const lines = rowsOf(new TextDecoder().decode(head), isWhole);
  if (lines.length === 0) return 'it has no complete row in its beginning';
  const last = lines[lines.length - 1];
  const counts = DELIMITERS.map((delimiter) => cellsOf(last, delimiter).length);
  const most = Math.max(...counts);
  const delimiter = DELIMITERS[counts.indexOf(most)];
  const cells = lines.map((line) => cellsOf(line, delimiter));
  const columns = cells[0].length;
  if (most < 17) return `its rows have ${most} values, too few for a picture and its label`;
  const uneven = cells.findIndex((row) => row.length !== columns);
  if (uneven >= 0)
    return `its row ${uneven + 1} has ${cells[uneven].length} values, the first one ${columns}`;
  const hasHeader =
    cells[0].filter((cell) => !isPixel(cell)).length > 3 ||
    cells[0].some((cell) => LABEL_NAME.test(cell) || cell === reading.labelColumn);
  const header = hasHeader ? cells[0] : null;
  const rows = hasHeader ? cells.slice(1) : cells;
  if (rows.length === 0) return 'it has no complete row in its beginning';
  const label = findLabel(header, rows, reading.labelColumn, path);
  const layout = placesFor(columns, label, header, reading);
  if (layout === null)
    return `its rows have ${columns - 1} values beside the label, which make no square picture`;
  for (const [r, row] of rows.entries()) {
    const wrong = row.findIndex((cell, c) => layout.places[c] >= 0 && !isPixel(cell));
    if (wrong >= 0)
      return `its row ${r + 1} has "${cleanName(row[wrong]).slice(0, 40)}" where a whole number from 0 to 255 belongs`;
  }
  return { delimiter: delimiter.charCodeAt(0), hasHeader, ...layout };
}
