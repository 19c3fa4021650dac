/**
 * Pictures in a table that keeps all pixels of one in a single cell: its label, "70 80 82 …" and perhaps the part to
 * which it belongs.
 */
import { LabError } from '../../core/errors.ts';
import { gatherPixels, MAX_PIXEL_BYTES, pictureBytes, type ImageShape } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';
import { RowScanner } from '../csv/rowScanner.ts';
import type { ImageReading, ReadNotice } from '../imageReading.ts';
import { cleanName, type Label } from '../labels/labels.ts';
import { nameFacts, partsOf } from '../labels/pairing.ts';
import type { Source } from '../source.ts';
import { memoryPile, type Pile } from './pile.ts';
import { LABEL_NAME, OTHER_NAME } from './pixelCsvPlan.ts';
import { settleLabels } from './settleLabels.ts';
import { sideOf } from './side.ts';

/** Rows that are looked at. */
const HEAD_ROWS = 50;
const DELIMITERS = [',', ';', '\t', '|'] as const;
const PART_NAME = /^(?:usage|split|set|subset|part|partition)$/i;
/** Fewer numbers in a cell are no picture. */
const LEAST_PIXELS = 16;
const LONGEST_WORD = 200;
/** More different words than these name no parts. */
const MOST_PARTS = 20;
/** Bytes parsed between two questions to the pulse. */
const PIECE_BYTES = 1 << 18;

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

const withoutMark = (bytes: Uint8Array): Uint8Array =>
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
  const named = free.find((c) => names !== null && PART_NAME.test(names[c]));
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

/** Rows in reading. */
class PackedRows {
  records = 0;
  pixels: Uint8Array;
  readonly labels: string[] = [];
  /** Of every picture the place of its word among the parts. */
  readonly parts: number[] = [];
  readonly words = new Map<string, number>();
  private readonly scanner: RowScanner;
  private readonly plan: PackedPlan;
  private readonly path: string;
  private readonly size: number;
  private isHeader: boolean;

  constructor(plan: PackedPlan, path: string) {
    this.plan = plan;
    this.path = path;
    this.size = pictureBytes(plan.shape);
    this.isHeader = plan.hasHeader;
    this.scanner = new RowScanner(plan.delimiter);
    this.pixels = new Uint8Array(16 * this.size);
  }

  push(piece: Uint8Array): void {
    this.scanner.append(piece);
    this.takeRows();
  }

  finish(): void {
    this.scanner.finish();
    this.takeRows();
  }

  private refuse(what: string): LabError {
    return new LabError('IMAGES_NONE', `Line ${this.scanner.line} of ${cleanName(this.path)} ${what}.`);
  }

  private word(cell: number): string {
    const { bytes, starts, ends } = this.scanner;
    return decoder
      .decode(bytes.subarray(starts[cell], Math.min(ends[cell], starts[cell] + LONGEST_WORD)))
      .trim();
  }

  private takeRows(): void {
    const { scanner, plan } = this;
    while (scanner.next()) {
      if (scanner.blank) continue;
      if (scanner.cells !== plan.columns)
        throw new LabError(
          'CSV_RAGGED',
          `Line ${scanner.line} of ${cleanName(this.path)} has ${scanner.cells} cells instead of ${plan.columns}.`,
        );
      if (this.isHeader) {
        this.isHeader = false;
        continue;
      }
      this.takePixels();
      this.labels.push(this.word(plan.label));
      if (plan.part !== null) this.parts.push(this.partOf(this.word(plan.part.column)));
      this.records++;
    }
  }

  private partOf(word: string): number {
    const known = this.words.get(word);
    if (known !== undefined) return known;
    if (this.words.size === MOST_PARTS)
      throw this.refuse(`names more than ${MOST_PARTS} parts in column ${cleanName(this.plan.part!.name)}`);
    this.words.set(word, this.words.size);
    return this.words.size - 1;
  }

  private grow(): void {
    const most = Math.floor(MAX_PIXEL_BYTES / this.size);
    if (this.records >= most)
      throw new LabError(
        'IMAGES_TOO_LARGE',
        `${cleanName(this.path)} has more than ${most} pictures of ${this.size} bytes; ${MAX_PIXEL_BYTES} bytes are the limit.`,
      );
    const larger = new Uint8Array(Math.min(most, Math.max(1, 2 * this.records)) * this.size);
    larger.set(this.pixels);
    this.pixels = larger;
  }

  /** The numbers of a cell; what stands between them does not matter, as long as it is none. */
  private takePixels(): void {
    const { plan, size } = this;
    const { bytes, starts, ends } = this.scanner;
    const from = this.records * size;
    if (from + size > this.pixels.length) this.grow();
    let count = 0;
    let value = -1;
    for (let at = starts[plan.pixels]; at <= ends[plan.pixels]; at++) {
      const digit = at < ends[plan.pixels] ? bytes[at] - 48 : -1;
      if (digit >= 0 && digit <= 9) {
        value = Math.max(0, value) * 10 + digit;
        if (value > 255)
          throw this.refuse('has a value among its pixels that is no whole number from 0 to 255');
        continue;
      }
      if (at < ends[plan.pixels] && !isBetween(bytes[at]))
        throw this.refuse('has a value among its pixels that is no whole number from 0 to 255');
      if (value < 0) continue;
      if (count < size) this.pixels[from + count] = value;
      count++;
      value = -1;
    }
    if (count !== size) throw this.refuse(`has ${count} pixels instead of ${size}`);
  }
}

/** White space, commas, semicolons and brackets. */
function isBetween(byte: number): boolean {
  return (
    byte === SPACE || (byte >= 9 && byte <= 13) || byte === 44 || byte === 59 || byte === 91 || byte === 93
  );
}

/** The pictures of the parts, each a pile: those for training first. */
function pilesOf(rows: PackedRows, plan: PackedPlan, path: string): Pile[] {
  const { records, parts, words } = rows;
  const labels = settleLabels(rows.labels);
  const size = pictureBytes(plan.shape);
  const sides = partsOf([...words.keys()]);
  const isTest = (record: number): boolean => sides[parts[record]] === 'test';
  const all = Array.from({ length: records }, (_, record) => record);
  const tests = plan.part === null ? [] : all.filter(isTest);
  if (tests.length === 0 || tests.length === records) {
    const part = tests.length > 0 ? 'test' : sides.includes('train') ? 'train' : null;
    const pixels = rows.pixels.slice(0, records * size);
    return [{ ...memoryPile(path, plan.shape, records, pixels), labels, part }];
  }
  return (['train', 'test'] as const).map((part): Pile => {
    const some = part === 'test' ? tests : all.filter((record) => !isTest(record));
    const pixels = gatherPixels({ shape: plan.shape, pixels: rows.pixels }, some);
    const own = some.map((record): Label => labels[record]);
    return { ...memoryPile(path, plan.shape, some.length, pixels), labels: own, part };
  });
}

function partNotice(rows: PackedRows, plan: PackedPlan): ReadNotice[] {
  if (plan.part === null) return [];
  const sides = partsOf([...rows.words.keys()]);
  const counts = new Uint32Array(rows.words.size);
  for (const part of rows.parts) counts[part]++;
  const listed = (isTest: boolean): string =>
    [...rows.words]
      .filter(([, place]) => (sides[place] === 'test') === isTest)
      .map(([word, place]) => `${cleanName(word) || 'no part'} (${counts[place]})`)
      .join(', ') || 'none';
  const text = `Column ${cleanName(plan.part.name)} divides the pictures. For training: ${listed(false)}. For the test: ${listed(true)}.`;
  return [{ code: 'part-column', text }];
}

/**
 * Reads such a table whole.
 *
 * @throws LabError IMAGES_NONE where a row is no picture, CSV_RAGGED, CSV_QUOTES, CSV_TOO_LARGE, IMAGES_TOO_LARGE
 */
export async function readPackedCsv(
  { path, bytes, stream }: Source,
  plan: PackedPlan,
  pulse: Pulse,
): Promise<{ piles: Pile[]; notices: ReadNotice[] }> {
  const rows = new PackedRows(plan, path);
  let done = 0;
  for await (const chunk of await stream.open()) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      rows.push(done === 0 ? withoutMark(piece) : piece);
      done += piece.length;
      if (pulse.due()) await pulse.beat({ phase: 'Reading pictures', done, total: bytes, unit: 'bytes' });
    }
  }
  rows.finish();
  if (rows.records === 0)
    throw new LabError('IMAGES_NONE', `${cleanName(path)} has a header, but no pictures.`);
  return { piles: pilesOf(rows, plan, path), notices: partNotice(rows, plan) };
}
