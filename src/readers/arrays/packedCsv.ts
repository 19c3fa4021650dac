/** Pictures from a table that keeps all pixels of one in a single cell, read row by row. */
import { LabError } from '../../core/errors.ts';
import { gatherPixels, MAX_PIXEL_BYTES, pictureBytes } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';
import { RowScanner } from '../csv/rowScanner.ts';
import type { ReadNotice } from '../imageReading.ts';
import { cleanName, type Label } from '../labels/labels.ts';
import { partsOf } from '../labels/pairing.ts';
import type { Source } from '../source.ts';
import { isBetween, withoutMark, type PackedPlan } from './packedCsvPlan.ts';
import { memoryPile, type Pile } from './pile.ts';
import { settleLabels } from './settleLabels.ts';

const LONGEST_WORD = 200;
/** More different words than these name no parts. */
const MOST_PARTS = 20;
/** Bytes parsed between two questions to the pulse. */
const PIECE_BYTES = 1 << 18;

const decoder = new TextDecoder();

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
