/**
 * How a table is laid out that keeps all pixels of a picture in a single cell: its label, "70 80 82 …" and perhaps the
 * part to which it belongs.
 */
import { LabError } from '../../core/errors.ts';
import type { ImageShape } from '../../core/images/imageSet.ts';
import { RowScanner } from '../csv/rowScanner.ts';
import type { ImageReading } from '../imageReading.ts';
import { cleanName } from '../labels/labels.ts';
import { isPartColumn, nameFacts } from '../labels/pairing.ts';
import { LABEL_NAME, OTHER_NAME } from './pixelCsvPlan.ts';
import { sideOf } from './side.ts';

/** Rows that are looked at. */
const HEAD_ROWS = 50;
const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Fewer numbers in a cell are no picture. */
const LEAST_PIXELS = 16;

const SPACE = 32;
const decoder = new TextDecoder();

/** The columns of such a table, and the size of its pictures. */
export interface PackedPlan {
  delimiter: number;
  hasHeader: boolean;
  columns: number;
  pixels: number;
  label: number;
  /** Null where no column says the part. */
  part: { column: number; name: string } | null;
  shape: ImageShape;
}

/** Text without its byte order mark. */
export const withoutMark = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;

const cellsOf = ({ bytes, starts, ends, cells }: RowScanner): string[] =>
  Array.from({ length: Math.min(cells, starts.length) }, (_, c) =>
    decoder.decode(bytes.subarray(starts[c], ends[c])).trim(),
  );

/** The first rows by a delimiter; those that a faulty quote hides are left out. */
function headRows(head: Uint8Array, isWhole: boolean, delimiter: string): string[][] {
  const scanner = new RowScanner(delimiter.charCodeAt(0));
  scanner.append(head);
  if (isWhole) scanner.finish();
  const rows: string[][] = [];
  try {
    while (rows.length < HEAD_ROWS && scanner.next()) if (!scanner.blank) rows.push(cellsOf(scanner));
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown;
  }
  return rows;
}

/** How many whole numbers from 0 to 255 stand in a cell, with nothing but separators between; 0 where it has others. */
function pixelsIn(cell: string): number {
  let count = 0;
  let value = -1;
  for (let at = 0; at <= cell.length; at++) {
    const code = at < cell.length ? cell.charCodeAt(at) : SPACE;
    if (code >= 48 && code <= 57) {
      value = Math.max(0, value) * 10 + code - 48;
      if (value > 255) return 0;
    } else if (!isBetween(code)) return 0;
    else if (value >= 0) {
      count++;
      value = -1;
    }
  }
  return count >= LEAST_PIXELS ? count : 0;
}

function shapeFor(pixels: number, size: ImageReading['size']): ImageShape | null {
  for (const channels of [1, 3] as const)
    if (size !== undefined && size.width * size.height * channels === pixels) return { ...size, channels };
  return sideOf(pixels);
}

/** The column that says the part: by its name, or because all its words do. */
function partColumn(
  names: readonly string[] | null,
  rows: readonly string[][],
  free: readonly number[],
): number {
  const named = free.find((c) => names !== null && isPartColumn(names[c]));
  return named ?? free.find((c) => rows.every((row) => nameFacts(row[c]).part !== null)) ?? -1;
}

/**
 * Lays out such a table by its first rows.
 *
 * @param isWhole whether the head is the whole file, so that its last row is complete
 * @returns null where it is none
 * @throws LabError COLUMN_UNKNOWN where the label column that was asked for does not exist
 */
export function planPackedCsv(
  head: Uint8Array,
  isWhole: boolean,
  reading: ImageReading,
  path: string,
): PackedPlan | null {
  if (head.includes(0)) return null;
  for (const delimiter of DELIMITERS) {
    const all = headRows(withoutMark(head), isWhole, delimiter);
    if (all.length === 0 || all[0].length < 2 || all.some((row) => row.length !== all[0].length)) continue;
    const hasHeader = !all[0].some((cell) => pixelsIn(cell) > 0);
    const rows = hasHeader ? all.slice(1) : all;
    const names = hasHeader ? all[0] : null;
    if (rows.length === 0) continue;
    const columns = all[0].map((_, c) => c);
    const pixels = columns.find((c) => {
      const count = pixelsIn(rows[0][c]);
      return count > 0 && rows.every((row) => pixelsIn(row[c]) === count);
    });
    const shape = pixels === undefined ? null : shapeFor(pixelsIn(rows[0][pixels]), reading.size);
    if (pixels === undefined || shape === null) continue;
    const free = columns.filter((c) => c !== pixels);
    const asked = reading.labelColumn;
    if (asked !== undefined && names?.includes(asked) !== true)
      throw new LabError('COLUMN_UNKNOWN', `${cleanName(path)} has no column "${cleanName(asked)}".`);
    const named = asked ?? names?.find((name) => LABEL_NAME.test(name));
    const others = free.filter((c) => names === null || names[c] !== named);
    const part = partColumn(names, rows, others);
    const label =
      named !== undefined
        ? names!.indexOf(named)
        : (others.find((c) => c !== part && (names === null || !OTHER_NAME.test(names[c]))) ?? -1);
    if (label < 0 || label === pixels) continue;
    return {
      delimiter: delimiter.charCodeAt(0),
      hasHeader,
      columns: columns.length,
      pixels,
      label,
      part: part < 0 ? null : { column: part, name: names?.[part] ?? `column ${part + 1}` },
      shape,
    };
  }
  return null;
}

/** What may stand between pixels: white space, commas, semicolons and brackets. */
export function isBetween(byte: number): boolean {
  return (
    byte === SPACE || (byte >= 9 && byte <= 13) || byte === 44 || byte === 59 || byte === 91 || byte === 93
  );
}
