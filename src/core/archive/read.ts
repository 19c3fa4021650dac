/** Reading an archive: everything, or record i alone, from any source of bytes. */
import type { Layout } from '../bits/lanes.ts';
import type {
  BlockReader,
  Codec,
  CodecSection,
  GroupReader,
  OpenedGroup,
  OpenedTable,
  StoredSections,
} from '../codecs/codec.ts';
import type { WeightedSamples } from '../condense/clusters.ts';
import { LabError } from '../errors.ts';
import { checkClaim, counted, MAX_CELLS, TABLE_RECORD_BYTES } from '../limits.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import type { Split } from '../random.ts';
import { allocateColumns, columnBytes, decodeColumn, layoutOf } from '../table/codes.ts';
import { firstDifference, type Column, type Table } from '../table/table.ts';
import { checkKnown, codecOf, sectionsAt } from './codecSections.ts';
import { readBlock, readContents, type ByteSource, type SectionEntry } from './container.ts';
import { decodeSchema, type CodedStrings, type Schema } from './schema.ts';
import { GROUP, SECTION } from './sections.ts';
import {
  decodeAnalytics,
  decodeSamples,
  decodeSplit,
  decodeTimes,
  type Analytics,
  type SplitRule,
} from './smallSections.ts';

/** A group of records with the blocks that hold them. */
export interface ArchiveGroup {
  records: number;
  recordsPerBlock: number;
  /** Sizes of its bases, of a codec with bases. */
  bases: OpenedGroup['bases'];
  reader: GroupReader;
  /** Original record number of each of the group's records. */
  rows: Uint32Array;
  /** Block b, fetched and checked once and kept while resident. */
  block: (b: number) => Promise<BlockReader>;
  /** The same when it is resident, else null: no promise on the way to a record in memory. */
  resident: (b: number) => BlockReader | null;
}

export interface OpenArchive {
  codec: Codec;
  schema: Schema;
  layout: Layout;
  /** One flag per bit position, of a codec with bases. */
  inBase: Uint8Array | null;
  /** Where the bits of records go, of a codec that can tell. */
  laneBits: OpenedTable['laneBits'];
  rule: SplitRule;
  split: Split;
  train: ArchiveGroup;
  test: ArchiveGroup;
  analytics: Analytics | null;
  samples: WeightedSamples | null;
  /** Settings as JSON, as written; not validated here. */
  experiment: string | null;
}

/** Blocks kept per group after they were read. */
const RESIDENT_BLOCKS = 64;

/** Cells that are decoded between two questions whether it is time to beat. */
const TILE_CELLS = 1 << 20;

/**
 * Opens an archive: reads its table of contents and small sections, checks them, and leaves the records where they
 * are until they are asked for.
 *
 * @throws ARCHIVE_CORRUPT, ARCHIVE_NEWER, ARCHIVE_HOLDS_IMAGES, ARCHIVE_TOO_LARGE, CODEC_UNKNOWN
 */
export async function openArchive(source: ByteSource, pulse: Pulse = SILENT_PULSE): Promise<OpenArchive> {
  const sections = await readContents(source);
  if (sections.some(({ type }) => type === SECTION.imageSchema)) {
    throw new LabError('ARCHIVE_HOLDS_IMAGES', 'The archive holds pictures, not a table.');
  }
  const codec = codecOf(sections);
  checkKnown(sections, codec);
  const find = (type: number, group: number): SectionEntry | null =>
    sections.find((one) => one.type === type && one.group === group) ?? null;
  const whole = async (section: SectionEntry | null, what: string): Promise<Uint8Array> => {
    if (section === null)
      throw new LabError('ARCHIVE_CORRUPT', `The archive is damaged: ${what} is missing.`);
    if (section.blocks.length === 0) return new Uint8Array(0);
    return readBlock(source, section.blocks[0]);
  };

  const { schema, coded } = decodeSchema(await whole(find(SECTION.schema, GROUP.all), 'its schema'));
  const { rows, columns } = schema;
  /** Puts strings that are coded on their own into the schema, and says what they take. */
  const readStrings = async (waiting: readonly CodedStrings[]): Promise<number> => {
    const coder = codec.strings;
    if (coder === undefined)
      throw new LabError('ARCHIVE_CORRUPT', 'The archive is damaged: its codec keeps no text of its own.');
    const stored = await whole(find(coder.section.type, GROUP.all), coder.section.what);
    const counts = waiting.map(({ count }) => count);
    const bytes = coder.claim(stored, counts);
    checkClaim(source, claimedBytes + bytes, `${claimed}, and text for them`);
    const strings = await coder.decode(stored, counts, pulse);
    for (const [k, { dictionary }] of waiting.entries()) for (const text of strings[k]) dictionary.push(text);
    return bytes;
  };
  const claimed = `${counted(rows)} records of ${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`;
  if (rows * Math.max(1, columns.length) > MAX_CELLS)
    throw new LabError('ARCHIVE_CORRUPT', `The archive is damaged: it claims ${claimed}.`);
  // Records of constant columns take no bytes, so that only this says how many there can be.
  let claimedBytes = rows * (TABLE_RECORD_BYTES + columnBytes(columns));
  checkClaim(source, claimedBytes, claimed);
  if (coded.length > 0) claimedBytes += await readStrings(coded);
  const times = find(SECTION.times, GROUP.all);
  if (times !== null) {
    const numbers = schema.columns.map((column) => column.mapping.kind !== 'category');
    const patterns = decodeTimes(await whole(times, 'its list of time patterns'), numbers);
    for (const [index, time] of patterns) schema.columns[index].time = time;
  }
  const layout = layoutOf(schema.columns.map((column) => column.mapping));
  const sectionsOf = async (at: CodecSection['at'], group: number): Promise<StoredSections> => {
    const found = new Map<number, Uint8Array>();
    for (const { type, what } of sectionsAt(codec, at)) found.set(type, await whole(find(type, group), what));
    return found;
  };
  const bothGroups = [GROUP.train, GROUP.test];
  const { groups, inBase, laneBits } = codec.open({
    of: 'table',
    picture: null,
    layout: () => layout,
    archive: await sectionsOf('archive', GROUP.all),
    table: await sectionsOf('table', GROUP.all),
    groups: [await sectionsOf('head', GROUP.train), await sectionsOf('head', GROUP.test)],
  });
  // Before anything is made of them: bases and their places are, and the split.
  const [train, test] = groups;
  if (train.records + test.records !== rows) {
    throw new LabError('ARCHIVE_CORRUPT', 'The archive is damaged: its groups do not add up to its records.');
  }
  const [records] = sectionsAt(codec, 'records');
  const recordSections = bothGroups.map((group) => find(records.type, group));
  const readers: GroupReader[] = [];
  for (const [k, group] of groups.entries()) {
    claimedBytes += group.readerBytes;
    checkClaim(source, claimedBytes, `${claimed}, and ${group.bases?.baseCount ?? 0} bases for them`);
    readers.push(group.read(await sectionsOf('body', bothGroups[k])));
    group.checkBlocks((recordSections[k]?.blocks ?? []).map(({ length }) => length));
  }
  const splitBytes = await whole(find(SECTION.split, GROUP.all), 'its split');
  const { rule, split } = await decodeSplit(splitBytes, rows, pulse);
  if (split.train.length !== train.records || split.test.length !== test.records) {
    throw new LabError('ARCHIVE_CORRUPT', 'The archive is damaged: its split does not fit its groups.');
  }
  const analytics = find(SECTION.analytics, GROUP.all);
  const samples = find(SECTION.samples, GROUP.all);
  const experiment = find(SECTION.experiment, GROUP.all);
  return {
    codec,
    schema,
    layout,
    inBase: inBase?.() ?? null,
    laneBits,
    rule,
    split,
    train: archiveGroup(source, train, readers[0], recordSections[0], split.train),
    test: archiveGroup(source, test, readers[1], recordSections[1], split.test),
    analytics: analytics === null ? null : decodeAnalytics(await whole(analytics, 'its analytics positions')),
    samples: samples === null ? null : decodeSamples(await whole(samples, 'its condensed samples')),
    experiment:
      experiment === null ? null : new TextDecoder().decode(await whole(experiment, 'its experiment')),
  };
}

function archiveGroup(
  source: ByteSource,
  { records, recordsPerBlock, blocks, bases }: OpenedGroup,
  reader: GroupReader,
  section: SectionEntry | null,
  rows: Uint32Array,
): ArchiveGroup {
  const kept = new Map<number, BlockReader>();
  const bare = blocks === 0 ? reader.openBlock(null, 0) : null;
  return {
    records,
    recordsPerBlock,
    bases,
    reader,
    rows,
    resident: (b) => bare ?? kept.get(b) ?? null,
    block: async (b) => {
      const known = bare ?? kept.get(b);
      if (known !== undefined) return known;
      const block = reader.openBlock(await readBlock(source, section!.blocks[b]), b);
      if (kept.size >= RESIDENT_BLOCKS) kept.delete(kept.keys().next().value!);
      kept.set(b, block);
      return block;
    },
  };
}

/** Lanes of each column: indices into the layout's lanes. */
function lanesByColumn(layout: Layout, columns: number): number[][] {
  const byColumn: number[][] = Array.from({ length: columns }, () => []);
  layout.lanes.forEach((lane, index) => byColumn[lane.column].push(index));
  return byColumn;
}

/** Some records decoded: their codes by column and lane, from 0 on, and where they stand in the original order. */
interface DecodedTile {
  lanes: readonly (readonly Uint32Array[])[];
  rows: Uint32Array;
}

/** Records that are decoded together: a block is as long as its archive says, what is held of it decoded is not. */
function tileOf({ records, recordsPerBlock }: ArchiveGroup, columns: number): number {
  return Math.min(records, recordsPerBlock, Math.ceil(TILE_CELLS / Math.max(1, columns)));
}

/** Decodes every record tile by tile, and hands each on; the lanes are lent until the next. */
async function decodeTiles(
  { schema, layout, train, test }: OpenArchive,
  take: (tile: DecodedTile) => void,
  pulse: Pulse,
): Promise<void> {
  const width = schema.columns.length;
  const byColumn = lanesByColumn(layout, width);
  let done = 0;
  for (const group of [train, test]) {
    const { records, recordsPerBlock, rows, block } = group;
    const tile = tileOf(group, width);
    const lanes = layout.lanes.map(() => new Uint32Array(tile));
    const laneSets = byColumn.map((indices) => indices.map((index) => lanes[index]));
    for (let first = 0, b = 0; first < records; first += recordsPerBlock, b++) {
      const inBlock = Math.min(recordsPerBlock, records - first);
      const reader = await block(b);
      for (let from = 0; from < inBlock; from += tile) {
        const count = Math.min(tile, inBlock - from);
        reader.decode(from, count, lanes, 0);
        take({ lanes: laneSets, rows: rows.subarray(first + from, first + from + count) });
        done += count;
        if (pulse.due())
          await pulse.beat({ phase: 'Decoding records', done, total: schema.rows, unit: 'records' });
      }
    }
  }
}

/** Decodes every record into a table in the original order. */
export async function decodeTable(archive: OpenArchive, pulse: Pulse = SILENT_PULSE): Promise<Table> {
  const { columns: shapes, rows } = archive.schema;
  const columns = allocateColumns(shapes, rows);
  const take = ({ lanes, rows: places }: DecodedTile): void =>
    columns.forEach((column, c) => decodeColumn(shapes[c].mapping, lanes[c], places.length, places, column));
  await decodeTiles(archive, take, pulse);
  return { rows, columns };
}

/**
 * Decodes every record and compares it with the table that the archive was made from, tile by tile: a second table is
 * never held.
 *
 * @returns where they first differ, null where they do not, and the seconds of decoding without those of comparing
 */
export async function compareTable(
  archive: OpenArchive,
  table: Table,
  pulse: Pulse = SILENT_PULSE,
): Promise<{ difference: string | null; decodeSeconds: number }> {
  const { schema, train, test } = archive;
  const { columns: shapes } = schema;
  if (schema.rows !== table.rows) return { difference: 'shape', decodeSeconds: 0 };
  const started = performance.now();
  let comparing = 0;
  let difference: string | null = null;
  const most = Math.max(tileOf(train, shapes.length), tileOf(test, shapes.length));
  const columns = allocateColumns(shapes, most);
  const own = Uint32Array.from({ length: most }, (_, k) => k);
  const take = ({ lanes, rows }: DecodedTile): void => {
    columns.forEach((column, c) => {
      // As new: what is not decoded must not be what was decoded before.
      (column.kind === 'number' ? column.values : column.codes).fill(0);
      column.missing?.fill(0);
      decodeColumn(shapes[c].mapping, lanes[c], rows.length, own, column);
    });
    const decoded = performance.now();
    difference ??= firstDifference(table, { rows: rows.length, columns }, rows);
    comparing += performance.now() - decoded;
  };
  await decodeTiles(archive, take, pulse);
  return { difference, decodeSeconds: (performance.now() - started - comparing) / 1000 };
}

/** Where a record of the original order lies. */
export interface RecordPlace {
  group: 'train' | 'test';
  /** Position inside its group. */
  position: number;
}

/**
 * Finds a record by its number in the original order (binary search in the group's list).
 *
 * @throws RECORD_OUT_OF_RANGE
 */
export function locateRecord(archive: OpenArchive, record: number): RecordPlace {
  const { rows } = archive.schema;
  if (!Number.isInteger(record) || record < 0 || record >= rows) {
    throw new LabError(
      'RECORD_OUT_OF_RANGE',
      `There is no record ${record}; records run from 0 to ${rows - 1}.`,
    );
  }
  for (const group of ['train', 'test'] as const) {
    const list = archive.split[group];
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (list[middle] < record) low = middle + 1;
      else high = middle;
    }
    if (low < list.length && list[low] === record) return { group, position: low };
  }
  throw new LabError('INTERNAL', `Record ${record} is in neither group.`);
}

/** Decodes one record at a time into columns of length one, which it reuses. */
export class RecordReader {
  readonly columns: Column[];
  readonly lanes: Uint32Array[];
  private readonly archive: OpenArchive;
  private readonly laneSets: Uint32Array[][];
  private readonly mappings;
  private readonly row = new Uint32Array(1);

  constructor(archive: OpenArchive) {
    this.archive = archive;
    this.mappings = archive.schema.columns.map((column) => column.mapping);
    this.columns = allocateColumns(archive.schema.columns, 1);
    this.lanes = archive.layout.lanes.map(() => new Uint32Array(1));
    this.laneSets = lanesByColumn(archive.layout, this.columns.length).map((indices) =>
      indices.map((index) => this.lanes[index]),
    );
  }

  /** Fetches the block that holds a record, if it is not resident yet. */
  async fetch(place: RecordPlace): Promise<void> {
    const { recordsPerBlock, block } = this.archive[place.group];
    await block(Math.floor(place.position / recordsPerBlock));
  }

  /** Decodes a record whose block is resident; its values are then in `columns`, its codes in `lanes`. */
  decode(place: RecordPlace): void {
    const { recordsPerBlock, resident } = this.archive[place.group];
    const b = Math.floor(place.position / recordsPerBlock);
    const block = resident(b);
    if (block === null) throw new LabError('INTERNAL', 'The record was read before its block was fetched.');
    block.decode(place.position - b * recordsPerBlock, 1, this.lanes, 0);
    for (let c = 0; c < this.columns.length; c++) {
      const column = this.columns[c];
      if (column.missing !== null) column.missing[0] = 0;
      decodeColumn(this.mappings[c], this.laneSets[c], 1, this.row, column);
    }
  }

  /** The block of a record, and where in it the record stands. */
  async blockOf({ group, position }: RecordPlace): Promise<{ block: BlockReader; at: number }> {
    const { recordsPerBlock, block } = this.archive[group];
    const b = Math.floor(position / recordsPerBlock);
    return { block: await block(b), at: position - b * recordsPerBlock };
  }
}
