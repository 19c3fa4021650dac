/** One picture of an archive under the lens: where it lies, what it shares with others, and what reading it takes. */
import { readBlocks } from '../../archive/container.ts';
import { BlockRoom } from '../../codecs/codec.ts';
import { SILENT_PULSE, type Pulse } from '../../pulse.ts';
import { pictureBytes } from '../imageSet.ts';
import { PictureDecoding } from './pictureDecoding.ts';
import type { OpenedArchive, ImageGroup } from './open.ts';
import { checkRecord } from './subset.ts';

export interface InspectedPicture {
  record: number;
  group: 'train' | 'test';
  label: number;
  /** Number of its base table, and its position among the pictures of its table and group. */
  table: number;
  position: number;
  /** NHWC. */
  pixels: Uint8Array;
  /** Of a codec with bases: its base, and the pixels of it with every bit of the deviation 0. */
  base: { id: number; pixels: Uint8Array } | null;
  /** Bytes that have to be looked at to decode it. */
  bytesTouched: number;
  /** What was read to decode it. What its group's records share is read once and kept. */
  blocksRead: number;
  bytesRead: number;
  microseconds: number;
}

function groupOf(
  archive: OpenedArchive,
  record: number,
): { table: number; isTest: boolean; group: ImageGroup } {
  const table = archive.schema.classWise ? archive.labels[record] : 0;
  const isTest = (archive.places[record] & 1) === 1;
  return { table, isTest, group: isTest ? archive.tables[table].test : archive.tables[table].train };
}

/**
 * Reads one picture by its number, from its own block alone.
 *
 * @throws RECORD_OUT_OF_RANGE, ARCHIVE_CORRUPT
 */
export async function inspectPicture(archive: OpenedArchive, record: number): Promise<InspectedPicture> {
  checkRecord(archive, record);
  const { table, isTest, group } = groupOf(archive, record);
  const rows = await group.rows();
  const started = performance.now();
  const { recordsPerBlock, blocks } = group;
  const position = archive.places[record] >>> 1;
  const isStored = blocks.length > 0;
  const number = isStored ? Math.floor(position / recordsPerBlock) : 0;
  const entries = isStored ? [blocks[number]] : [];
  const [block] = await readBlocks(archive.source, entries);
  const at = isStored ? position % recordsPerBlock : position;
  const bytes = pictureBytes(archive.shape);
  const both = new Uint8Array(2 * bytes);
  const decoding = new PictureDecoding(archive, both);
  decoding.use(archive.tables[table], rows);
  decoding.load(isStored ? block : null, number);
  decoding.take(at, 0);
  decoding.finish();
  const microseconds = (performance.now() - started) * 1000;
  if (rows.bases !== null) {
    decoding.take(at, 1, 'base');
    decoding.finish();
  }
  return {
    record,
    group: isTest ? 'test' : 'train',
    label: archive.labels[record],
    table,
    position,
    pixels: both.slice(0, bytes),
    base: rows.bases === null ? null : { id: rows.bases.id(at), pixels: both.slice(bytes) },
    bytesTouched: rows.bytesOf(at),
    blocksRead: entries.length,
    bytesRead: entries.reduce((sum, { length }) => sum + length, 0),
    microseconds,
  };
}

/** Pictures that share a base, and what it took to find them. */
export interface SharingPictures {
  /** All of them, the picture itself included. */
  count: number;
  /** Numbers of the first of the others, ascending. */
  records: Uint32Array;
  blocksRead: number;
  bytesRead: number;
}

/** Blocks that are read together. */
const WINDOW_BLOCKS = 8;

/**
 * Finds the pictures of the same table and group that share a picture's base, by reading the base IDs of all of them.
 * Where there are no bases, or one for all, it tells that without reading.
 *
 * @param most how many of the others to name
 * @throws RECORD_OUT_OF_RANGE, ARCHIVE_CORRUPT
 */
export async function picturesSharingBase(
  archive: OpenedArchive,
  record: number,
  most: number,
  pulse: Pulse = SILENT_PULSE,
): Promise<SharingPictures> {
  checkRecord(archive, record);
  const { table, isTest, group } = groupOf(archive, record);
  const { recordsPerBlock, records, bases } = group;
  if (bases === null) return { count: 1, records: new Uint32Array(0), blocksRead: 0, bytesRead: 0 };
  const own = archive.places[record] >>> 1;
  const positions: number[] = [];
  let count = 0;
  let bytesRead = 0;
  if (bases.idBits === 0) {
    count = records;
    for (let position = 0; position < records && positions.length < most; position++) {
      if (position !== own) positions.push(position);
    }
  } else {
    const rows = await group.rows();
    const at = Math.floor(own / recordsPerBlock);
    const [block] = await readBlocks(archive.source, [group.blocks[at]]);
    rows.load(block, at, new BlockRoom());
    const baseId = rows.bases?.id(own % recordsPerBlock) ?? 0;
    bytesRead = await eachBaseId(archive, group, pulse, (id, position) => {
      if (id !== baseId) return;
      count++;
      if (position !== own && positions.length < most) positions.push(position);
    });
  }
  return {
    count,
    records: numbersOf(archive, table, isTest, positions),
    blocksRead: bases.idBits === 0 ? 0 : group.blocks.length,
    bytesRead,
  };
}

/**
 * Visits the base ID of every picture of a group, by its position.
 *
 * @returns bytes that were read for it
 */
async function eachBaseId(
  archive: OpenedArchive,
  group: ImageGroup,
  pulse: Pulse,
  visit: (id: number, position: number) => void,
): Promise<number> {
  const { blocks, records, recordsPerBlock } = group;
  const rows = await group.rows();
  const room = new BlockRoom();
  let bytesRead = 0;
  for (let first = 0; first < blocks.length; first += WINDOW_BLOCKS) {
    const read = await readBlocks(archive.source, blocks.slice(first, first + WINDOW_BLOCKS));
    read.forEach((bytes, k) => {
      bytesRead += bytes.length;
      rows.load(bytes, first + k, room);
      const begin = (first + k) * recordsPerBlock;
      const end = Math.min(begin + recordsPerBlock, records);
      for (let position = begin; position < end; position++)
        visit(rows.bases?.id(position - begin) ?? 0, position);
    });
    if (pulse.due())
      await pulse.beat({ phase: 'Reading base IDs', done: first, total: blocks.length, unit: 'blocks' });
  }
  return bytesRead;
}

/**
 * Finds a training picture whose base most of its table share, in the table with the most pictures to a base: to look
 * through all tables would be to read the whole archive. Without bases it is the first picture.
 *
 * @throws ARCHIVE_CORRUPT
 */
export async function mostSharedPicture(
  archive: OpenedArchive,
  pulse: Pulse = SILENT_PULSE,
): Promise<number> {
  let table = -1;
  let perBase = 0;
  archive.tables.forEach(({ train: { records, bases } }, t) => {
    if (bases === null || records === 0 || records / bases.baseCount <= perBase) return;
    table = t;
    perBase = records / bases.baseCount;
  });
  if (table < 0) return 0;
  const { train } = archive.tables[table];
  const count = train.bases?.baseCount ?? 0;
  const sharers = new Uint32Array(count);
  const firsts = new Uint32Array(count);
  // One base for all has no IDs.
  if (count > 1) {
    await eachBaseId(archive, train, pulse, (id, position) => {
      if (sharers[id]++ === 0) firsts[id] = position;
    });
  }
  let most = 0;
  for (let id = 1; id < count; id++) if (sharers[id] > sharers[most]) most = id;
  return numbersOf(archive, table, false, [firsts[most]])[0];
}

/** Numbers of the pictures at ascending positions of a group. */
function numbersOf(
  archive: OpenedArchive,
  table: number,
  isTest: boolean,
  positions: readonly number[],
): Uint32Array {
  const found = new Uint32Array(positions.length);
  for (let i = 0, k = 0; i < archive.labels.length && k < positions.length; i++) {
    if (archive.schema.classWise && archive.labels[i] !== table) continue;
    if (archive.places[i] === 2 * positions[k] + (isTest ? 1 : 0)) found[k++] = i;
  }
  return found;
}
