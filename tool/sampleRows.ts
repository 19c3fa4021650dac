/**
 * A random sample of a text table's records, in one pass and in the memory of the sample (algorithm R of Vitter 1985,
 * Random sampling with a reservoir), for tables that do not fit as a whole. They stay as they are spelt, and in their
 * order.
 */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { LabError } from '../src/core/errors.ts';
import { counted, MAX_CELLS } from '../src/core/limits.ts';
import type { Pulse } from '../src/core/pulse.ts';
import { createGenerator } from '../src/core/random.ts';
import { unreadable } from '../src/platform/imageFile.ts';

const [QUOTE, NEWLINE, RETURN] = [0x22, 0x0a, 0x0d];
/** A quote opens a cell at its start only: behind one of these. */
const BEFORE_A_CELL = new Set(
  [NEWLINE, RETURN, ...',;\t|'].map((mark) => (typeof mark === 'string' ? mark.charCodeAt(0) : mark)),
);
/** Most bytes of one record: a quote that nobody closes would make one of the rest of the file. */
const MOST_BYTES = 1 << 24;
const HEAD_BYTES = 1 << 16;

export interface RowSample {
  /** Header and records as text. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Records there were, and those of them that were taken. */
  seen: number;
  taken: number;
}

/** The bytes of a file, unpacked where it is gzipped. @throws LabError FILE_UNREADABLE, GZIP_DAMAGED */
async function* openText(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  // What fails on either side ends both, and comes out where the bytes would.
  const text = /\.gz$/i.test(path) ? pipeline(file, createGunzip(), () => undefined) : file;
  try {
    for await (const piece of text) yield piece as Uint8Array;
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code?.startsWith('Z_') === true)
      throw new LabError('GZIP_DAMAGED', `${path} cannot be unpacked: ${message}.`, { cause: thrown });
    throw unreadable(path, thrown);
  }
}

/** The records of a text, line ends included; where the last has none it gets one. */
async function* recordsOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = new Uint8Array(0);
  let isQuoted = false;
  let before = NEWLINE;
  for await (const piece of pieces) {
    const bytes = new Uint8Array(rest.length + piece.length);
    bytes.set(rest);
    bytes.set(piece, rest.length);
    let start = 0;
    for (let at = rest.length; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        // Inside of quotes two of them are one; the second opens again what the first has closed.
        if (isQuoted || before === QUOTE || BEFORE_A_CELL.has(before)) isQuoted = !isQuoted;
      } else if (byte === NEWLINE && !isQuoted) {
        yield bytes.subarray(start, at + 1);
        start = at + 1;
      }
      before = byte;
    }
    rest = bytes.slice(start);
    if (rest.length > MOST_BYTES)
      throw new LabError(
        'CSV_QUOTES',
        `A record has more than ${counted(MOST_BYTES)} bytes: a quoted cell is not closed.`,
      );
  }
  if (rest.length === 0) return;
  const last = new Uint8Array(rest.length + 1);
  last.set(rest);
  last[rest.length] = NEWLINE;
  yield last;
}

/**
 * @param wanted most records
 * @param hasHeader whether the first record names the columns
 * @throws LabError CSV_BINARY, CSV_QUOTES, CANCELLED
 */
export async function sampleRows(
  path: string,
  { wanted, seed, hasHeader }: { wanted: number; seed: number; hasHeader: boolean },
  pulse: Pulse,
): Promise<RowSample> {
  const generator = createGenerator(seed);
  const taken: { place: number; bytes: Uint8Array }[] = [];
  let header: Uint8Array | null = null;
  let seen = 0;
  for await (const record of recordsOf(openText(path))) {
    if (seen === 0 && header === null && record.includes(0))
      throw new LabError('CSV_BINARY', `${path} is no text, or not in UTF-8.`);
    if (hasHeader && header === null) {
      header = record.slice();
      continue;
    }
    const place = seen++;
    if (taken.length < wanted) taken.push({ place, bytes: record.slice() });
    else {
      const slot = uniformInt(generator, 0, place);
      if (slot < wanted) taken[slot] = { place, bytes: record.slice() };
    }
    if (pulse.due()) await pulse.beat({ phase: 'Drawing records', done: seen, total: null, unit: 'records' });
  }
  taken.sort((a, b) => a.place - b.place);
  const parts = [...(header === null ? [] : [header]), ...taken.map(({ bytes }) => bytes)];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, seen, taken: taken.length };
}

/**
 * Refuses a text table that would have far more cells than are read, by its first records and before any work.
 *
 * @throws LabError CSV_TOO_LARGE
 */
export async function checkSize(file: File): Promise<void> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const text = new TextDecoder('latin1').decode(head);
  const lines = text.split('\n').slice(0, -1);
  if (lines.length < 2) return;
  const [first] = lines;
  const cells = Math.max(...[',', ';', '\t', '|'].map((mark) => first.split(mark).length));
  const bytesPerRecord = lines.reduce((sum, { length }) => sum + length + 1, 0) / lines.length;
  const estimate = (file.size / bytesPerRecord) * cells;
  // Records further down may be longer: what is near the limit is tried.
  if (estimate < 2 * MAX_CELLS) return;
  throw new LabError(
    'CSV_TOO_LARGE',
    `${file.name} has about ${counted(Math.round(estimate / 1e6) * 1e6)} cells; ${counted(MAX_CELLS)} are read at most. Say --sample-rows N to draw records in one pass, or condense it where it lies by the SQL that dmla sql prints.`,
  );
}
