/**
 * Pictures by their numbers: the blocks that hold them are fetched a window at a time, and only those; their records
 * are decoded into one array of pixels. No block is kept. Base tables are, for whoever wants a few pictures now and
 * again; a subset of many pictures goes from table to table instead, and holds one of them at a time.
 */
import { readBlocks, type BlockEntry } from '../../archive/container.ts';
import { LabError } from '../../errors.ts';
import { SILENT_PULSE, type Pulse } from '../../pulse.ts';
import { pictureBytes } from '../imageSet.ts';
import { PictureDecoding } from './pictureDecoding.ts';
import type { OpenedArchive, ImageGroup, ImageTable } from './open.ts';

/** A window ends with the block that would make it larger than this, but has this many blocks at least. */
const WINDOW_BYTES = 1 << 18;
const WINDOW_BLOCKS = 4;
/** Windows that are fetched at the same time: a store answers the next while this one is decoded. */
const WINDOWS_AHEAD = 6;

/** Pictures of a subset from which on it holds one base table at a time. */
const MANY = 256;

/** Pictures of one block between two questions whether it is time to beat: a block is as long as its archive says. */
const PIECE = 1024;

/** Bytes that a block takes in a table of contents in memory: offset, length and checksum. */
const BLOCK_ENTRY_BYTES = 16;

export interface ImageSubset {
  /** NHWC, in the order asked. */
  pixels: Uint8Array;
  labels: Uint16Array;
  /** What was fetched: blocks of records, and base tables that were not kept. */
  blocksRead: number;
  bytesRead: number;
  /** Most bytes held: pixels of the subset, base tables as they are packed, labels and places, blocks in flight. */
  resident: { subset: number; bases: number; index: number; blocks: number; total: number };
  /** Waiting for blocks; decoding them; both and what is around them. */
  seconds: { fetch: number; decode: number; total: number };
}

/** Bytes of what an open archive keeps besides base tables. */
function indexBytes(archive: OpenedArchive): number {
  let blocks = 0;
  for (const { train, test } of archive.tables) blocks += train.blocks.length + test.blocks.length;
  return archive.labels.byteLength + archive.places.byteLength + blocks * BLOCK_ENTRY_BYTES;
}

/** Bytes of the base tables that are kept. */
function baseBytes(archive: OpenedArchive): number {
  let sum = 0;
  for (const { train, test } of archive.tables) sum += train.residentBytes + test.residentBytes;
  return sum;
}

/** Number of the group that holds a picture, counted 2 · table, and 1 more for test pictures. */
function groupOf(archive: OpenedArchive, record: number): number {
  const table = archive.schema.classWise ? archive.labels[record] : 0;
  return 2 * table + (archive.places[record] & 1);
}

/** @throws RECORD_OUT_OF_RANGE */
export function checkRecord(archive: OpenedArchive, record: number): void {
  const { records } = archive.schema;
  if (!Number.isInteger(record) || record < 0 || record >= records) {
    throw new LabError(
      'RECORD_OUT_OF_RANGE',
      `There is no picture ${record}; pictures run from 0 to ${records - 1}.`,
    );
  }
}

/** The pictures asked for, block by block: those of block b are from[b] … from[b + 1] of `order`. */
interface Wanted {
  /** Blocks that hold any, in file order, each with its group. */
  blocks: {
    table: ImageTable;
    group: ImageGroup;
    /** Number of the block in its group. */
    number: number;
    entry: BlockEntry | null;
    from: number;
    to: number;
  }[];
  /** Position in the subset, and position inside the block, of every picture. */
  slots: Uint32Array;
  chosen: Uint32Array;
}

/** Sorts the pictures asked for by the block that holds them. */
function sortByBlock(archive: OpenedArchive, records: Uint32Array): Wanted {
  const groups = archive.tables.flatMap((table) => [
    { table, group: table.train },
    { table, group: table.test },
  ]);
  // Blocks of all groups in one row; a group whose records take no bytes has one that is not there.
  const firstBlock = new Uint32Array(groups.length + 1);
  groups.forEach(({ group }, g) => (firstBlock[g + 1] = firstBlock[g] + Math.max(1, group.blocks.length)));
  const perBlock = Float64Array.from(groups, ({ group }) =>
    group.blocks.length === 0 ? Infinity : group.recordsPerBlock,
  );
  const blockOf = new Uint32Array(records.length);
  const ends = new Uint32Array(firstBlock[groups.length] + 1);
  for (let k = 0; k < records.length; k++) {
    const g = groupOf(archive, records[k]);
    const block = firstBlock[g] + Math.floor((archive.places[records[k]] >>> 1) / perBlock[g]);
    blockOf[k] = block;
    ends[block + 1]++;
  }
  for (let b = 0; b + 1 < ends.length; b++) ends[b + 1] += ends[b];
  const next = ends.slice();
  const slots = new Uint32Array(records.length);
  const chosen = new Uint32Array(records.length);
  for (let k = 0; k < records.length; k++) {
    const at = next[blockOf[k]]++;
    slots[at] = k;
    const position = archive.places[records[k]] >>> 1;
    const per = perBlock[groupOf(archive, records[k])];
    chosen[at] = per === Infinity ? position : position % per;
  }
  const blocks: Wanted['blocks'] = [];
  groups.forEach(({ table, group }, g) => {
    for (let block = firstBlock[g]; block < firstBlock[g + 1]; block++) {
      if (ends[block] === ends[block + 1]) continue;
      const number = block - firstBlock[g];
      const entry = group.blocks[number] ?? null;
      blocks.push({ table, group, number, entry, from: ends[block], to: ends[block + 1] });
    }
  });
  return { blocks, slots, chosen };
}

/**
 * Fetches and decodes pictures.
 *
 * @param records numbers of pictures, in any order; a number may come twice
 * @throws RECORD_OUT_OF_RANGE, ARCHIVE_CORRUPT
 */
export async function readSubset(
  archive: OpenedArchive,
  records: Uint32Array,
  pulse: Pulse = SILENT_PULSE,
): Promise<ImageSubset> {
  const started = performance.now();
  const beat = async (done: number): Promise<void> => {
    if (!pulse.due()) return;
    await pulse.beat({ phase: 'Decoding pictures', done, total: records.length, unit: 'pictures' });
  };
  for (let k = 0; k < records.length; k++) checkRecord(archive, records[k]);
  const bytes = pictureBytes(archive.shape);
  const pixels = new Uint8Array(records.length * bytes);
  const labels = new Uint16Array(records.length);
  for (let k = 0; k < records.length; k++) labels[k] = archive.labels[records[k]];
  // Millions of pictures are sorted in a second or two.
  await beat(0);
  const { blocks, slots, chosen } = sortByBlock(archive, records);
  await beat(0);
  const decoding = new PictureDecoding(archive, pixels);
  let fetchTime = 0;
  let decodeTime = 0;
  let blocksRead = 0;
  let bytesRead = 0;
  let blocksHeld = 0;
  let basesHeld = 0;
  const isMany = records.length > MANY;
  if (isMany) {
    for (const { train, test } of archive.tables) {
      train.release();
      test.release();
    }
  }

  /** Starts to fetch the next window of blocks, from block `first` on. */
  const fetchWindow = (first: number) => {
    let end = first;
    let size = 0;
    for (; end < blocks.length; end++) {
      const length = blocks[end].entry?.length ?? 0;
      if (end - first >= WINDOW_BLOCKS && size + length > WINDOW_BYTES) break;
      size += length;
    }
    const entries = blocks.slice(first, end).flatMap(({ entry }) => (entry === null ? [] : [entry]));
    blocksRead += entries.length;
    bytesRead += size;
    const fetched = entries.length === 0 ? Promise.resolve([]) : readBlocks(archive.source, entries);
    // Whoever awaits it hears of a failure; until then it is not an unhandled one.
    fetched.catch(() => undefined);
    return { first, end, size, fetched };
  };

  /** Windows under way, the next first. */
  const ahead: ReturnType<typeof fetchWindow>[] = [];
  let asked = 0;
  while (ahead.length > 0 || asked < blocks.length) {
    while (ahead.length < WINDOWS_AHEAD && asked < blocks.length) {
      const next = fetchWindow(asked);
      asked = next.end;
      ahead.push(next);
    }
    blocksHeld = Math.max(
      blocksHeld,
      ahead.reduce((sum, { size }) => sum + size, 0),
    );
    const [window] = ahead;
    const waiting = performance.now();
    const fetched = await window.fetched;
    fetchTime += performance.now() - waiting;
    let next = 0;
    for (let b = window.first; b < window.end; b++) {
      const { table, group, number, entry, from, to } = blocks[b];
      const reading = performance.now();
      if (!group.isKept) {
        blocksRead += group.bodyBytes > 0 ? 1 : 0;
        bytesRead += group.bodyBytes;
      }
      const rows = await group.rows();
      basesHeld = Math.max(basesHeld, baseBytes(archive));
      fetchTime += performance.now() - reading;
      const decodingFrom = performance.now();
      decoding.use(table, rows);
      decoding.load(entry === null ? null : fetched[next++], number);
      for (let first = from; first < to; first += PIECE) {
        if (first > from) await beat(first);
        const end = Math.min(first + PIECE, to);
        for (let k = first; k < end; k++) decoding.take(chosen[k], slots[k]);
      }
      if (blocks[b + 1]?.group !== group) decoding.finish();
      decodeTime += performance.now() - decodingFrom;
      if (isMany && blocks[b + 1]?.group !== group) group.release();
      await beat(to);
    }
    ahead.shift();
  }

  const index = indexBytes(archive);
  return {
    pixels,
    labels,
    blocksRead,
    bytesRead,
    resident: {
      subset: pixels.byteLength,
      bases: basesHeld,
      index,
      blocks: blocksHeld,
      total: pixels.byteLength + basesHeld + index + blocksHeld,
    },
    seconds: {
      fetch: fetchTime / 1000,
      decode: decodeTime / 1000,
      total: (performance.now() - started) / 1000,
    },
  };
}
