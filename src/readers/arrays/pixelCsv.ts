/** Pictures in the rows of a table: a label and one whole number from 0 to 255 for every value of every pixel. */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { MAX_PIXEL_BYTES, pictureBytes } from '../../core/images/imageSet.ts';
import type { ImageReading } from '../imageReading.ts';
import { cleanName, type Label } from '../labels/labels.ts';
import { memoryPile, type PixelFile } from './pile.ts';
import { IGNORED, LABEL, planPixelCsv, type PixelPlan } from './pixelCsvPlan.ts';
import { settleLabels } from './settleLabels.ts';
import { withHead, type Source } from '../source.ts';

/** Bytes in which the layout is looked for: names and a row of colour pictures of 256 × 256 pixels fit. */
export const HEAD_BYTES = 1 << 22;
const MAX_LABEL_BYTES = 1024;
/** Bytes parsed between two questions to the pulse. */
const PIECE_BYTES = 1 << 18;

const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const POINT = 46;
const ZERO = 48;

/** Rows in reading: what a piece of the file leaves open goes on in the next one. */
class PixelRows {
  records = 0;
  pixels: Uint8Array;
  readonly labels: Label[] = [];
  private readonly plan: PixelPlan;
  private readonly path: string;
  private readonly size: number;
  private line = 1;
  private isHeader: boolean;
  private column = 0;
  /** Of the current cell: its number, −1 before the first digit; whether a point was passed; whether it is closed. */
  private value = -1;
  private pastPoint = false;
  private readonly label = new Uint8Array(MAX_LABEL_BYTES);
  private labelBytes = 0;
  private inQuotes = false;
  private readonly decoder = new TextDecoder();

  /** @param expected pictures to make room for at first */
  constructor(plan: PixelPlan, path: string, expected: number) {
    this.plan = plan;
    this.path = path;
    this.size = pictureBytes(plan.shape);
    this.isHeader = plan.hasHeader;
    this.pixels = new Uint8Array(
      Math.max(1, Math.min(expected, Math.floor(MAX_PIXEL_BYTES / this.size))) * this.size,
    );
  }

  private refuse(what: string): LabError {
    return new LabError('IMAGES_NONE', `Line ${this.line} of ${cleanName(this.path)} ${what}.`);
  }

  private grow(): void {
    const most = Math.floor(MAX_PIXEL_BYTES / this.size);
    const rows = this.pixels.length / this.size;
    if (rows >= most)
      throw new LabError(
        'IMAGES_TOO_LARGE',
        `${cleanName(this.path)} has more than ${most} pictures of ${this.size} bytes; ${MAX_PIXEL_BYTES} bytes are the limit.`,
      );
    const larger = new Uint8Array(Math.min(most, 2 * rows) * this.size);
    larger.set(this.pixels);
    this.pixels = larger;
  }

  push(piece: Uint8Array): void {
    const { plan } = this;
    const { delimiter, places } = plan;
    for (let i = 0; i < piece.length; i++) {
      const byte = piece[i];
      if (this.isHeader) {
        // A header was read with the plan; only its end is looked for.
        if (byte === LINE_FEED) {
          this.isHeader = false;
          this.line++;
        }
        continue;
      }
      const place = this.column < places.length ? places[this.column] : IGNORED;
      if (place >= 0) {
        const digit = byte - ZERO;
        if (digit >= 0 && digit <= 9) {
          if (this.pastPoint ? digit !== 0 : (this.value = Math.max(0, this.value) * 10 + digit) > 255)
            throw this.refuse(
              `has a value in column ${this.column + 1} that is no whole number from 0 to 255`,
            );
        } else if (byte === delimiter) this.endCell(place);
        else if (byte === LINE_FEED) this.endRow(place);
        else if (byte === POINT && this.value >= 0 && !this.pastPoint) this.pastPoint = true;
        else if (byte !== RETURN && byte !== SPACE && byte !== QUOTE && byte !== TAB)
          throw this.refuse(`has a value in column ${this.column + 1} that is no whole number from 0 to 255`);
      } else if (byte === QUOTE) this.inQuotes = !this.inQuotes;
      else if (byte === delimiter && !this.inQuotes) this.endCell(place);
      else if (byte === LINE_FEED) this.endRow(place);
      else if (place === LABEL && byte !== RETURN && this.labelBytes < MAX_LABEL_BYTES)
        this.label[this.labelBytes++] = byte;
    }
  }

  private endCell(place: number): void {
    if (place >= 0) {
      if (this.value < 0) throw this.refuse(`has no value in column ${this.column + 1}`);
      const at = this.records * this.size + place;
      if (at >= this.pixels.length) this.grow();
      this.pixels[at] = this.value;
      this.value = -1;
      this.pastPoint = false;
    }
    this.inQuotes = false;
    this.column++;
  }

  private endRow(place: number): void {
    const isBlank = this.column === 0 && this.value < 0 && this.isBlankLabel();
    if (!isBlank) {
      this.endCell(place);
      const { places } = this.plan;
      if (this.column !== places.length)
        throw new LabError(
          'CSV_RAGGED',
          `Line ${this.line} of ${cleanName(this.path)} has ${this.column} cells instead of ${places.length}.`,
        );
      this.labels.push(this.decoder.decode(this.label.subarray(0, this.labelBytes)).trim());
      this.records++;
    }
    this.column = 0;
    this.labelBytes = 0;
    this.inQuotes = false;
    this.line++;
  }

  private isBlankLabel(): boolean {
    for (let k = 0; k < this.labelBytes; k++) if (this.label[k] !== SPACE) return false;
    return true;
  }

  finish(): void {
    if (this.isHeader || (this.column === 0 && this.value < 0 && this.labelBytes === 0)) return;
    const { places } = this.plan;
    this.endRow(this.column < places.length ? places[this.column] : IGNORED);
  }
}

/**
 * Reads a table of pixels whole.
 *
 * @throws LabError IMAGES_NONE where it is none, CSV_RAGGED, COLUMN_UNKNOWN for the label column, IMAGES_TOO_LARGE
 */
export async function readPixelCsv(
  given: Source,
  reading: ImageReading,
  pulse: Pulse,
): Promise<PixelFile & { labels: ArrayLike<Label> }> {
  const source = await withHead(given, HEAD_BYTES);
  const { path, bytes, head, stream } = source;
  const plan = planPixelCsv(head, head.length < HEAD_BYTES, reading, path);
  if (typeof plan === 'string')
    throw new LabError('IMAGES_NONE', `${cleanName(path)} holds no pictures: ${plan}.`);
  // A value and its delimiter take two bytes at least; most take more, and the room grows when it is too small.
  const size = pictureBytes(plan.shape);
  const rows = new PixelRows(plan, path, Math.ceil((bytes ?? source.file.bytes * 4) / (size * 3)) + 1);
  let done = 0;
  let isStart = true;
  for await (const chunk of await stream.open()) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      const marked = isStart && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf;
      isStart = false;
      rows.push(marked ? piece.subarray(3) : piece);
      done += piece.length;
      if (pulse.due()) await pulse.beat({ phase: 'Reading pictures', done, total: bytes, unit: 'bytes' });
    }
  }
  rows.finish();
  const { records } = rows;
  if (records === 0) throw new LabError('IMAGES_NONE', `${cleanName(path)} has a header, but no pictures.`);
  // A part of a larger array would take all of that along wherever it is sent.
  const pixels = rows.pixels.length === records * size ? rows.pixels : rows.pixels.slice(0, records * size);
  return { ...memoryPile(path, plan.shape, records, pixels), labels: settleLabels(rows.labels) };
}
