/**
 * A random sample of a text table's records, in one pass and in the memory of the sample, for tables that do not fit as a
 * whole. They stay as they are spelt, and in their order.
 */
import { LabError } from '../core/errors.ts';
import { counted, MAX_CELLS } from '../core/limits.ts';
import type { Pulse } from '../core/pulse.ts';
import { Reservoir } from '../core/random.ts';
import { mayBeText, NotUtf8, type Encoding } from './csv/encoding.ts';
import { TextStream } from './csv/textStream.ts';
import { gunzipFile, isGzip } from './gzip/gunzip.ts';
import { looksLikeJson } from './json/looksLikeJson.ts';
import { jsonColumns } from './json/readJson.ts';
import { RecordSplitter } from './json/recordSplitter.ts';
import { headOf } from './source.ts';
import type { TableFile } from './tableReading.ts';

const [QUOTE, NEWLINE, RETURN] = [0x22, 0x0a, 0x0d];
/** A quote opens a cell at its start only: behind one of these. */
const BEFORE_A_CELL = new Set(
  [NEWLINE, RETURN, ...',;\t|'].map((mark) => (typeof mark === 'string' ? mark.charCodeAt(0) : mark)),
);
/** Most bytes of one record: a quote that nobody closes would make one of the rest of the file. */
const MOST_BYTES = 1 << 24;

export interface RowSample {
  /** What a file of them is called: that of the table, unpacked. */
  name: string;
  /** Header and records as text. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Records there were, and those of them that were taken. */
  seen: number;
  taken: number;
}

/** The text of a file, unpacked where it is gzipped: nothing of it is held, so that it may be of any length. */
async function textOf(file: TableFile): Promise<{ text: TableFile; head: Uint8Array }> {
  const packed = await headOf(file);
  if (!isGzip(packed)) return { text: file, head: packed };
  const text = gunzipFile(file, false);
  return { text, head: await headOf(text) };
}

/** The records of a text, line ends included; where the last has none it gets one. Each is lent until the next. */
async function* recordsOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // Begins with what is not a whole record yet, of which there may be many pieces: nothing of it is moved for the next.
  let room = new Uint8Array(1 << 17);
  let rest = 0;
  let isQuoted = false;
  let before = NEWLINE;
  for await (const piece of pieces) {
    const end = rest + piece.length;
    if (end > room.length) {
      const larger = new Uint8Array(2 * end);
      larger.set(room.subarray(0, rest));
      room = larger;
    }
    room.set(piece, rest);
    let start = 0;
    for (let at = rest; at < end; at++) {
      const byte = room[at];
      if (byte === QUOTE) {
        // Inside of quotes two of them are one; the second opens again what the first has closed.
        if (isQuoted || before === QUOTE || BEFORE_A_CELL.has(before)) isQuoted = !isQuoted;
      } else if (byte === NEWLINE && !isQuoted) {
        yield room.subarray(start, at + 1);
        start = at + 1;
      }
      before = byte;
    }
    if (start > 0) room.copyWithin(0, start, end);
    rest = end - start;
    if (rest > MOST_BYTES)
      throw new LabError(
        'CSV_QUOTES',
        `A record has more than ${counted(MOST_BYTES)} bytes: a quoted cell is not closed.`,
      );
  }
  if (rest === 0) return;
  const last = new Uint8Array(rest + 1);
  last.set(room.subarray(0, rest));
  last[rest] = NEWLINE;
  yield last;
}

/** The records of JSON, each on a line of its own or as it is broken. */
async function* jsonRecordsOf(text: TableFile, encoding: Encoding | undefined): AsyncGenerator<Uint8Array> {
  const splitter = new RecordSplitter(text.name);
  let records: Uint8Array[] = [];
  const take = (bytes: Uint8Array, from: number, to: number): void => {
    const line = new Uint8Array(to - from + 1);
    line.set(bytes.subarray(from, to));
    line[to - from] = NEWLINE;
    records.push(line);
  };
  for await (const piece of new TextStream(text, encoding).pieces()) {
    splitter.push(piece, { take });
    yield* records;
    records = [];
  }
  splitter.finish();
}

interface Wanted {
  /** Most records. */
  wanted: number;
  seed: number;
  /** Whether the first record of delimited text names the columns. */
  hasHeader: boolean;
}

async function draw(
  records: AsyncIterable<Uint8Array>,
  name: string,
  { wanted, seed, hasHeader }: Wanted,
  pulse: Pulse,
): Promise<RowSample> {
  const reservoir = new Reservoir(wanted, seed);
  const taken: { place: number; bytes: Uint8Array }[] = [];
  let header: Uint8Array | null = null;
  for await (const record of records) {
    if (reservoir.seen === 0 && header === null && record.includes(0))
      throw new LabError('CSV_BINARY', `${name} is no text, or not in UTF-8.`);
    if (hasHeader && header === null) {
      header = record.slice();
      continue;
    }
    const slot = reservoir.place();
    if (slot >= 0) taken[slot] = { place: reservoir.seen, bytes: record.slice() };
    if (pulse.due())
      await pulse.beat({ phase: 'Drawing records', done: reservoir.seen, total: null, unit: 'records' });
  }
  taken.sort((a, b) => a.place - b.place);
  const parts = [...(header === null ? [] : [header]), ...taken.map(({ bytes }) => bytes)];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { name, bytes, seen: reservoir.seen, taken: taken.length };
}

/**
 * Draws records of delimited text, of LIBSVM text or of JSON; those of JSON are written one behind the other.
 *
 * @throws LabError CSV_BINARY, CSV_QUOTES, JSON_MALFORMED, GZIP_DAMAGED, CANCELLED
 */
export async function sampleRows(file: TableFile, wanted: Wanted, pulse: Pulse): Promise<RowSample> {
  const { text, head } = await textOf(file);
  if (!looksLikeJson(head, text.name)) return draw(recordsOf(await text.open()), text.name, wanted, pulse);
  const name = text.name.replace(/\.json$/i, '.jsonl');
  const drawn = (encoding?: Encoding): Promise<RowSample> =>
    draw(jsonRecordsOf(text, encoding), name, { ...wanted, hasHeader: false }, pulse);
  try {
    return await drawn();
  } catch (thrown) {
    if (!(thrown instanceof NotUtf8)) throw thrown;
    return drawn('windows-1252');
  }
}

/** What a text table holds, by its first records. */
export interface TableEstimate {
  columns: number;
  records: number;
}

/**
 * About how large a text table is, told from its start; of a packed one it is the least, as if it were not.
 *
 * @returns null where the start does not tell, as of what is no text
 */
export async function estimateTable(file: TableFile): Promise<TableEstimate | null> {
  const { text, head } = await textOf(file);
  if (file.bytes === null || !mayBeText(head) || String.fromCharCode(...head.subarray(0, 4)) === 'PAR1')
    return null;
  if (looksLikeJson(head, text.name)) {
    let [records, bytes] = [0, 0];
    const count = (_: Uint8Array, from: number, to: number): void => {
      records++;
      bytes += to - from + 1;
    };
    try {
      new RecordSplitter(text.name).push(head, { take: count });
    } catch (thrown) {
      if (!(thrown instanceof LabError)) throw thrown;
    }
    if (records === 0) return null;
    return { columns: jsonColumns(head).length, records: file.bytes / (bytes / records) };
  }
  const lines = new TextDecoder('latin1').decode(head).split('\n').slice(0, -1);
  if (lines.length < 2) return null;
  const columns = Math.max(...[',', ';', '\t', '|'].map((mark) => lines[0].split(mark).length));
  const bytesPerRecord = lines.reduce((sum, { length }) => sum + length + 1, 0) / lines.length;
  return { columns, records: file.bytes / bytesPerRecord };
}

/**
 * Refuses a text table that would have far more cells than are read, by its first records and before any work.
 *
 * @throws LabError CSV_TOO_LARGE
 */
export async function refuseTooLarge(file: TableFile): Promise<void> {
  const estimate = await estimateTable(file);
  if (estimate === null) return;
  const cells = estimate.records * estimate.columns;
  // Records further down may be longer: what is near the limit is tried.
  if (cells < 2 * MAX_CELLS) return;
  throw new LabError(
    'CSV_TOO_LARGE',
    `${file.name} has about ${counted(Math.round(cells / 1e6) * 1e6)} cells; ${counted(MAX_CELLS)} are read at most.`,
  );
}
