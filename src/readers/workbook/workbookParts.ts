/**
 * The parts of a workbook that cells are made of, as a zip of their contents as they are: unpacked by the lab's own
 * reader, which checks every size and checksum, one part at a time.
 */
import { LabError } from '../../core/errors.ts';
import { counted } from '../../core/limits.ts';
import type { ImageFile } from '../imageReading.ts';
import { createStoredZip } from '../zip/storedZip.ts';
import { openZip, type ZipDirectory, type ZipEntry } from '../zip/zip.ts';
import { WORKBOOK } from './isWorkbook.ts';

/** Most bytes that the parts of a workbook may unpack to. */
const MAX_PART_BYTES = 2 ** 30;

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/i;
/** What else belongs to the cells: which sheets there are, their texts, and how numbers are shown. */
const ABOUT_SHEETS = /^(?:\[Content_Types\]\.xml|xl\/_rels\/[^/]+\.rels|xl\/[^/]+\.xml)$/i;

/** Bytes that are handed on at once: whoever takes them copies what is left over. */
const PIECE_BYTES = 1 << 20;

/** Bytes at the end of a sheet that show whether it is whole. */
const TAIL_BYTES = 200;

/** What says where in the zip the list of the sheets is. */
function rootRelations(path: string): string {
  const schemas = 'http://schemas.openxmlformats.org';
  const type = `${schemas}/officeDocument/2006/relationships/officeDocument`;
  return `<Relationships xmlns="${schemas}/package/2006/relationships"><Relationship Id="rId1" Type="${type}" Target="${path}"/></Relationships>`;
}

export class WorkbookParts {
  private readonly zip: ZipDirectory;
  private readonly about: ZipEntry[];
  private readonly sheets: ZipEntry[];
  private readonly name: string;

  private constructor(zip: ZipDirectory, name: string) {
    this.zip = zip;
    this.name = name;
    this.about = zip.entries.filter(({ path }) => ABOUT_SHEETS.test(path));
    this.sheets = zip.entries.filter(({ path }) => SHEET.test(path));
  }

  /** @throws WORKBOOK_TOO_LARGE, and those of the zip */
  static async open(file: ImageFile, name: string): Promise<WorkbookParts> {
    const parts = new WorkbookParts(await openZip(file), name);
    const bytes = [...parts.about, ...parts.sheets].reduce((sum, part) => sum + part.bytes, 0);
    if (bytes > MAX_PART_BYTES)
      throw new LabError(
        'WORKBOOK_TOO_LARGE',
        `${name} unpacks to ${counted(bytes)} bytes; workbooks of up to ${counted(MAX_PART_BYTES)} are read.`,
      );
    return parts;
  }

  /** A part's content. @throws WORKBOOK_DAMAGED for a sheet that is cut off, which XML readers take for a short one */
  private async content(part: ZipEntry): Promise<Uint8Array> {
    const content = await this.zip.readEntry(part);
    if (!SHEET.test(part.path)) return content;
    const tail = new TextDecoder().decode(content.subarray(-TAIL_BYTES));
    if (/<\/(?:\w+:)?worksheet\s*>\s*(?:<!--[^]*-->\s*)?$/.test(tail)) return content;
    throw new LabError('WORKBOOK_DAMAGED', `${this.name} is damaged: one of its sheets is cut off.`);
  }

  private async *pieces(parts: readonly ZipEntry[]): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    const stored = createStoredZip();
    const own = (pieces: Uint8Array[]): Uint8Array<ArrayBuffer>[] => pieces as Uint8Array<ArrayBuffer>[];
    const list = this.about.find(({ path }) => WORKBOOK.test(path));
    // The name of this part begins with a point, so that the zip's reader takes it for housekeeping of a system.
    yield* own(stored.entry('_rels/.rels', new TextEncoder().encode(rootRelations(list?.path ?? ''))));
    for (const part of parts)
      for (const piece of own(stored.entry(part.path, await this.content(part))))
        for (let at = 0; at < piece.length; at += PIECE_BYTES) yield piece.subarray(at, at + PIECE_BYTES);
    yield* own(stored.end());
  }

  /** All that says which sheets there are; none of them is in it. */
  async withoutSheets(): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.pieces(this.about)) pieces.push(piece);
    const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  /** The parts with the sheets behind them, as a stream that is read no further than whoever takes it wants. */
  withSheets(): ReadableStream<Uint8Array> {
    return this.stream([...this.about, ...this.sheets]);
  }

  private stream(parts: readonly ZipEntry[]): ReadableStream<Uint8Array<ArrayBuffer>> {
    const pieces = this.pieces(parts);
    let since = 0;
    return new ReadableStream({
      async pull(controller) {
        // The rows of what was read are taken first: their reader would heap up those of the whole sheet.
        if (since >= PIECE_BYTES) await new Promise<void>((resolve) => setTimeout(resolve, 0));
        if (since >= PIECE_BYTES) since = 0;
        const next = await pieces.next();
        if (next.done === true) controller.close();
        else {
          const piece: Uint8Array<ArrayBuffer> = next.value;
          since += piece.length;
          controller.enqueue(piece);
        }
      },
      async cancel() {
        await pieces.return(undefined);
      },
    });
  }
}
