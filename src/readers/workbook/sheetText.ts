/**
 * A sheet's cells as CSV text, of which the readers of delimited text make the table: every row on its own line, numbers
 * as the shortest digits of their double, dates and times by one pattern for each column.
 */
import type { StreamRow } from 'hucre/xlsx';
import { LabError } from '../../core/errors.ts';
import { counted } from '../../core/limits.ts';
import { spellCell } from '../csv/spellCell.ts';

type Value = StreamRow['values'][number];

/** Rows of a sheet, as Excel counts them. */
const MOST_ROWS = 1_048_576;
/** Most bytes of the text: a Uint8Array of no more is certain to exist. */
const MAX_TEXT_BYTES = 2 ** 30;
const PIECE_BYTES = 1 << 18;

const DAY_MS = 86_400_000;
/** A number below 1 with the format of a date is a time of the day, which is counted from here. */
const DAY_ZERO = Date.UTC(1899, 11, 31);

/** How the dates and times of a column are written: the finest that any of them needs. */
interface TimeForm {
  hasDates: boolean;
  hasTimes: boolean;
  hasFractions: boolean;
}

/** What has to be known of a sheet before its first row can be written. */
export interface SheetShape {
  /** First and last column that have a value, and rows up to the last that has one. */
  from: number;
  to: number;
  rows: number;
  times: Map<number, TimeForm>;
}

const isEmpty = (value: Value | undefined): boolean => value === null || value === undefined || value === '';

/** Looks at a row. @throws WORKBOOK_DAMAGED */
export function noteRow(shape: SheetShape, { index, values }: StreamRow, name: string): void {
  if (!Number.isInteger(index) || index < shape.rows || index >= MOST_ROWS)
    throw new LabError(
      'WORKBOOK_DAMAGED',
      `${name} is damaged: a row has number ${index + 1} behind row ${shape.rows}.`,
    );
  for (let c = 0; c < values.length; c++) {
    const value = values[c];
    if (isEmpty(value)) continue;
    shape.from = Math.min(shape.from, c);
    shape.to = Math.max(shape.to, c);
    shape.rows = index + 1;
    if (value instanceof Date) noteTime(shape, c, value.getTime());
  }
}

function noteTime({ times }: SheetShape, column: number, time: number): void {
  const form = times.get(column) ?? { hasDates: false, hasTimes: false, hasFractions: false };
  times.set(column, form);
  if (time < DAY_ZERO || time >= DAY_ZERO + DAY_MS) form.hasDates = true;
  if (time % DAY_MS !== 0) form.hasTimes = true;
  if (time % 1000 !== 0) form.hasFractions = true;
}

function spellTime(time: Date, { hasDates, hasTimes, hasFractions }: TimeForm): string {
  if (!Number.isFinite(time.getTime())) return '';
  const [date, clock] = time.toISOString().replace('Z', '').split('T');
  const spelt = hasFractions ? clock : clock.slice(0, 8);
  if (!hasDates) return spelt;
  return hasTimes ? `${date} ${spelt}` : date;
}

function spellValue(value: Value | undefined, time: TimeForm | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value === '' ? '' : spellCell(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (value instanceof Date) return time === undefined ? '' : spellTime(value, time);
  return String(value);
}

/** Text that grows, a line for each row of the sheet, so that lines in messages are rows of it. */
export class SheetText {
  bytes = 0;
  readonly pieces: Uint8Array[] = [];
  private readonly encoder = new TextEncoder();
  private readonly shape: SheetShape;
  private readonly name: string;
  private lines: string[] = [];
  private length = 0;
  private row = 0;

  constructor(shape: SheetShape, name: string) {
    this.shape = shape;
    this.name = name;
  }

  add({ index, values }: StreamRow): void {
    const { from, to, rows, times } = this.shape;
    if (index >= rows) return;
    if (this.row < index) this.push('\n'.repeat(index - this.row - 1));
    this.row = index + 1;
    if (values.every(isEmpty)) {
      this.push('');
      return;
    }
    const cells: string[] = [];
    for (let c = from; c <= to; c++) cells.push(spellValue(values[c], times.get(c)));
    this.push(cells.join(','));
  }

  private push(line: string): void {
    this.lines.push(line, '\n');
    this.length += line.length + 1;
    if (this.length >= PIECE_BYTES) this.flush();
  }

  /** @throws WORKBOOK_TOO_LARGE */
  flush(): void {
    if (this.length === 0) return;
    const piece = this.encoder.encode(this.lines.join(''));
    this.lines = [];
    this.length = 0;
    this.pieces.push(piece);
    this.bytes += piece.length;
    if (this.bytes > MAX_TEXT_BYTES)
      throw new LabError(
        'WORKBOOK_TOO_LARGE',
        `The sheet of ${this.name} takes more than ${counted(MAX_TEXT_BYTES)} bytes as text.`,
      );
  }
}
