/**
 * What a codec is: it fits itself to training records, encodes groups of records into sections of an archive, and reads
 * them back as whole blocks, single records or chosen rows. What it can do besides (it has bases, it searched for
 * them) it says by what is there and null where it is not; whoever needs it asks. A codec is a folder beside this file
 * that exports its meta and one value of this type, both listed in registry.ts; it then appears wherever a codec can be
 * chosen.
 */
import type { BitPlanes } from '../bits/bitPlanes.ts';
import type { LaneCodes, Layout } from '../bits/lanes.ts';
import { LabError } from '../errors.ts';
import type { Pulse } from '../pulse.ts';
import type { PluginMeta } from '../registry.ts';

/** What a base search minimises: the archive's true size, or Equation 1 of the paper taken literally. */
export type Objective = 'true' | 'equation1';

/**
 * What condensed samples are made of: clusters on the analytics bits (EntroGeDe), or the codec's own bases with every
 * deviation read as zero (GreedyGD) or with its mean.
 */
export type CondenserKind = 'clusters' | 'bases-zero' | 'bases-mean';

/** How long a codec may look for what makes pictures small, and how long reading them may take. */
export type Effort = 'fast' | 'smallest';

/** What a codec says of itself. */
export interface CodecMeta extends PluginMeta {
  /** Number in archives; never reused. */
  id: number;
  /** Of a codec that divides records into shared bases and deviations; null of any other. */
  bases: {
    /** In which order its search adds bits to the base, in a few words. */
    order: string;
  } | null;
  /** What its condensed samples are made of, unless the settings say otherwise. */
  condenser: CondenserKind;
  /** Whether it is given pictures as they are, whatever transform is chosen: it finds itself what neighbours have in common. */
  takesPixels: boolean;
  /** Whether it can take more time for pictures. */
  hasEffort: boolean;
  /**
   * How long making an archive takes one core, as the slowest that was measured (docs/REPRODUCTION.md): seconds before
   * the first record is encoded, and megabytes of float64, or of pixels, a second from there on. Null where it cannot be
   * told: the search for bases takes as long as the data want.
   */
  speed: { fitSeconds: number; megabytesPerSecond: number } | null;
}

/** Bytes that a block of a table's records aims at: small enough to fetch for one record, large enough to stream. */
export const TABLE_BLOCK_BYTES = 65_536;

/** Height, width and channels of pictures whose pixels are the columns of a record, NHWC. */
export interface PictureShape {
  width: number;
  height: number;
  channels: 1 | 3;
}

/** What the records are. */
export interface RecordKind {
  of: 'table' | 'pictures';
  /** Of pictures whose columns are their pixels, eight bits each; else null. */
  picture: PictureShape | null;
}

/** Records to encode together, in every form that a codec may ask for. */
export interface RecordGroup extends RecordKind {
  records: number;
  layout: Layout;
  /** One plane per bit position. */
  planes: BitPlanes;
  /** Of a table: its codes, lane by lane. */
  codes: readonly LaneCodes[] | null;
  /** Of pictures whose columns are their pixels: record after record. */
  pixels: Uint8Array | null;
}

/** A group of a table's records. */
export interface CodedGroup extends RecordGroup {
  codes: readonly LaneCodes[];
}

export interface FitOptions {
  /** Plateau threshold τ. */
  tau: number;
  objective: Objective;
  /** Of pictures; fast where nothing is said. */
  effort?: Effort;
  /** What `fitArchive` gave, of a codec that has it. */
  shared: Uint8Array | null;
}

/** Records as codes alone. */
export type CodedRecords = Pick<RecordGroup, 'of' | 'records' | 'codes' | 'pixels'>;

/** The training records of a whole archive, table after table. */
export interface ArchiveTraining extends RecordKind {
  tables: number;
  /** Prepared anew at every call: a codec that looks twice asks twice. */
  group: (table: number) => Promise<RecordGroup>;
}

/** What a base search saw and chose; arrays have one entry per prefix tried, the first being the constant bits alone. */
export interface SearchTrace {
  /** Positions added to the base one after the other: one entry less than the arrays below. */
  added: Uint32Array;
  baseBits: Uint32Array;
  baseCounts: Uint32Array;
  /** Objective S in bits. */
  size: Float64Array;
  chosen: number;
  stop: 'plateau' | 'all-distinct' | 'exhausted';
}

/** Which bit positions go to the base. */
export interface BasePlan {
  /** One flag per bit position. */
  inBase: Uint8Array;
  trace: SearchTrace;
}

/** One part of what a codec writes, under one of its section types. */
export interface EncodedSection {
  type: number;
  blocks: Uint8Array[];
}

/** Sizes of a group's bases. */
export interface BaseSizes {
  baseCount: number;
  /** Bits of a base that are not the same in all of them. */
  tableBits: number;
  /** Bits of a base ID, and of a deviation. */
  idBits: number;
  deviationBits: number;
}

export interface EncodedGroup {
  sections: EncodedSection[];
  /** Of a codec with bases. */
  bases: BaseSizes | null;
}

/** A codec fitted to the training records of one base table. */
export interface FittedCodec {
  /** What every reader of the table needs, kept once for its groups. */
  sections: EncodedSection[];
  /** What its search saw and chose, of a codec with bases. */
  bases: BasePlan | null;
  /** @param blockBytes bytes that a block of records aims at */
  encode(group: RecordGroup, blockBytes: number, pulse: Pulse): Promise<EncodedGroup>;
}

/**
 * A section of a codec's own, and when it is read:
 * - strings: once for a table's archive, when it is opened, in place of the strings in its schema; there is none where
 *   the schema has them
 * - archive: once for the whole archive, when it is opened
 * - table: once for a base table, when the archive is opened
 * - head: for each group of records, when the archive is opened
 * - body: for each group, whole, before its first record is read
 * - records: for each group, block by block, when records are wanted
 *
 * All but the records have one block, or none where there are no bytes. What no group or table needs is written all the
 * same, empty.
 */
export interface CodecSection {
  /** Never reused; docs/FORMAT.md describes each. A codec's own numbers begin at 64. */
  type: number;
  /** In listings: "baseMask". */
  name: string;
  at: 'strings' | 'archive' | 'table' | 'head' | 'body' | 'records';
  /** What it is, for a sentence: "a base mask". */
  what: string;
}

/** Sections that are read whole, by their types. */
export type StoredSections = ReadonlyMap<number, Uint8Array>;

/** A base table as it is found in an archive. */
export interface StoredTable extends RecordKind {
  /** Record layout; worked out at every call, so that an archive of many tables need not hold all of them. */
  layout: () => Layout;
  archive: StoredSections;
  table: StoredSections;
  /** The heads of its groups. */
  groups: readonly StoredSections[];
}

export interface OpenedTable {
  groups: readonly OpenedGroup[];
  /** Of a codec with bases: one flag per bit position, made at every call. */
  inBase: (() => Uint8Array) | null;
  /**
   * Where the bits of records go, of a codec that can tell lane by lane: how many of each lane all of them together take
   * in their streams, by the likelihoods of the codec's model. What a stream has besides, a byte or two, is no lane's.
   */
  laneBits: ((records: CodedRecords, pulse: Pulse) => Promise<Float64Array>) | null;
}

/** A group of which the head is read. */
export interface OpenedGroup {
  records: number;
  recordsPerBlock: number;
  /** Blocks of records that there have to be: none where all that is known of a record is in the head and the body. */
  blocks: number;
  /** @throws ARCHIVE_CORRUPT where the blocks have not the bytes that the head claims */
  checkBlocks(bytes: readonly number[]): void;
  /** Of a codec with bases; the stride are the bits from one record to the next. */
  bases: (BaseSizes & { stride: number }) | null;
  /** Bytes that a GroupReader, and a RowReader, would keep, by what the head claims: whoever asks for one looks first. */
  readerBytes: number;
  rowReaderBytes: number;
  /** For reading whole blocks, or one record of a block, as codes lane by lane. @throws ARCHIVE_CORRUPT */
  read(body: StoredSections): GroupReader;
  /**
   * For reading chosen records as rows of fields. Every lane is a field: none is wider than 32 bits.
   * @throws ARCHIVE_CORRUPT
   */
  readRows(body: StoredSections, fieldBits: FieldBits): RowReader;
}

export interface GroupReader {
  /** Bytes that the reader itself keeps. */
  residentBytes: number;
  /** Per lane the base bits that all bases of the group share, of a codec with bases. */
  constantMasks: readonly number[] | null;
  /**
   * @param bytes the block; null where the group has no blocks
   * @param number of the block in its group, from 0
   * @throws ARCHIVE_CORRUPT
   */
  openBlock(bytes: Uint8Array | null, number: number): BlockReader;
}

/** The records of one block. */
export interface BlockReader {
  /**
   * Decodes `count` records into lanes, from record `from` of the block to index `at`.
   * @throws ARCHIVE_CORRUPT for what no record can be
   */
  decode(from: number, count: number, lanes: readonly LaneCodes[], at: number): void;
  /** Bytes that have to be looked at to decode this record alone. */
  bytesOf(record: number): number;
  /** Base ID of a record, of a codec with bases. */
  baseId: ((record: number) => number) | null;
}

/** Most records that a RowReader decodes together. */
export const ROW_TILE = 32;

/** Bits that a field takes in a row of decoded codes: no fewer than its own. */
export type FieldBits = 8 | 16 | 32;

/** Words of a row of decoded codes: fields one after the other, and what is left of the last word. */
export function wordsOfRow(fields: number, fieldBits: FieldBits): number {
  return Math.ceil((fields * fieldBits) / 32);
}

/** Room for one block after the other, as words: made once, by whoever reads many blocks. */
export class BlockRoom {
  #words = new Uint32Array(1);
  #bytes = new Uint8Array(this.#words.buffer);

  /**
   * Copies a block into it.
   *
   * @param block null for no bytes
   * @returns its words, the last one filled up and one to spare; of what is behind them nothing is said
   */
  fill(block: Uint8Array | null): Uint32Array {
    const wanted = Math.ceil((block?.length ?? 0) / 4) + 1;
    if (this.#words.length < wanted) {
      this.#words = new Uint32Array(wanted);
      this.#bytes = new Uint8Array(this.#words.buffer);
    }
    if (block !== null) this.#bytes.set(block);
    return this.#words;
  }
}

/** Reads chosen records back, record after record: for wide records of which only some are asked for. */
export interface RowReader {
  /** Bytes that the reader itself keeps. */
  residentBytes: number;
  /**
   * What follows is of this block.
   *
   * @param block its bytes; null where the group has no blocks
   * @param number of the block in its group, from 0
   * @param room lent until the next block is loaded into it, by this reader or another
   * @throws ARCHIVE_CORRUPT
   */
  load(block: Uint8Array | null, number: number, room: BlockRoom): void;
  /**
   * Takes a record of the block: what is needed of it is copied, so that records of several blocks can be decoded
   * together.
   *
   * @param record position inside the block
   * @param row where it goes, below ROW_TILE
   * @throws ARCHIVE_CORRUPT for what no record can be
   */
  take(record: number, row: number): void;
  /**
   * Decodes the records taken.
   *
   * @param count how many, at most ROW_TILE
   * @param rows count × wordsOfRow: codes of each record's fields. A field of no bits is 0
   */
  decode(count: number, rows: Uint32Array): void;
  /** Bytes that have to be looked at to decode this record of the block alone. */
  bytesOf(record: number): number;
  /** Of a codec with bases. */
  bases: {
    /** Base ID of a record of the block. */
    id(record: number): number;
    /** As `take`, its base with every bit of the deviation 0. */
    take(record: number, row: number): void;
  } | null;
}

/** How a codec keeps the strings of a table's categories, column after column, in the order of their codes. */
export interface StringCoder {
  /** Its place among the codec's sections. */
  section: CodecSection;
  /** @returns null where there is a string that it cannot keep; `textBytes` are those of the strings and their ends */
  encode(
    columns: readonly (readonly string[])[],
    pulse: Pulse,
  ): Promise<{ coded: Uint8Array; textBytes: number } | null>;
  /**
   * Bytes that decoding them would take, by what they claim: whoever decodes looks first.
   *
   * @param counts of strings, column after column
   * @throws ARCHIVE_CORRUPT
   */
  claim(coded: Uint8Array, counts: readonly number[]): number;
  /** @throws ARCHIVE_CORRUPT */
  decode(coded: Uint8Array, counts: readonly number[], pulse: Pulse): Promise<string[][]>;
}

export interface Codec {
  meta: CodecMeta;
  /** In the order in which they are written. */
  sections: readonly CodecSection[];
  /** Of a codec that makes the strings of categories smaller than the schema would have them. */
  strings?: StringCoder;
  /** Fits what all tables of an archive share, before any of them is encoded: its archive section. */
  fitArchive?(training: ArchiveTraining, options: FitOptions, pulse: Pulse): Promise<Uint8Array>;
  /** Fits one base table to its training records: those of one class, or all. */
  fit(train: RecordGroup, options: FitOptions, pulse: Pulse): Promise<FittedCodec>;
  /** @throws ARCHIVE_CORRUPT where what is stored cannot be */
  open(stored: StoredTable): OpenedTable;
}

/** Bytes of a section that has to be there. */
export function stored(sections: StoredSections, { type, what }: CodecSection): Uint8Array {
  const bytes = sections.get(type);
  if (bytes === undefined)
    throw new LabError('ARCHIVE_CORRUPT', `The archive is damaged: ${what} is missing.`);
  return bytes;
}
