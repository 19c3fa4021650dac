/**
 * What a codec is. A codec is a folder beside this file that exports one value of this type and is listed in
 * registry.ts; it then appears wherever a codec can be chosen.
 */
import type { BitPlanes } from '../bits/bitPlanes.ts';
import type { LaneCodes, Layout } from '../bits/lanes.ts';
import type { Pulse } from '../pulse.ts';
import type { PluginMeta } from '../registry.ts';

/** What a base search minimises: the archive's true size, or Equation 1 of the paper taken literally. */
export type Objective = 'true' | 'equation1';

/**
 * What condensed samples are made of: clusters on the analytics bits (EntroGeDe), or the codec's own bases with every
 * deviation read as zero (GreedyGD) or with its mean.
 */
export type CondenserKind = 'clusters' | 'bases-zero' | 'bases-mean';

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
}

/** Bytes that a block of a table's records aims at: small enough to fetch for one record, large enough to stream. */
export const TABLE_BLOCK_BYTES = 65_536;

/** Records to encode together: they share one base table. */
export interface RecordGroup {
  records: number;
  layout: Layout;
  planes: BitPlanes;
}

/** A group whose codes are at hand too, lane by lane. */
export interface CodedGroup extends RecordGroup {
  codes: readonly LaneCodes[];
}

export interface SearchOptions {
  /** Plateau threshold τ. */
  tau: number;
  objective: Objective;
}

/** What the search saw and chose; arrays have one entry per prefix tried, the first being the constant bits alone. */
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

/** One part of an encoded group; types are listed in archive/sections.ts. */
export interface EncodedSection {
  type: number;
  blocks: Uint8Array[];
}

export interface EncodedGroup {
  sections: EncodedSection[];
  baseCount: number;
  /** Bits of a base that are not the same in all of them. */
  tableBits: number;
  /** Bits of a base ID, and of a deviation. */
  idBits: number;
  deviationBits: number;
}

/** Reads encoded records back: whole blocks, or one record alone. */
export interface GroupReader {
  records: number;
  recordsPerBlock: number;
  baseCount: number;
  idBits: number;
  /** Bits from one record to the next. */
  stride: number;
  /** Per lane the base bits that all bases of the group share. */
  constantMasks: readonly number[];
  /** Bytes that the reader itself keeps: the unpacked base table. */
  residentBytes: number;
  /**
   * Decodes `count` records of a block's stream into lanes, from record `from` of the block to index `at`.
   * @throws ARCHIVE_CORRUPT for a base ID that the table does not have
   */
  decode(words: Uint32Array, from: number, count: number, lanes: readonly LaneCodes[], at: number): void;
  /** Base ID of a record of a block's stream. */
  baseId(words: Uint32Array, record: number): number;
}

/** Most records that a RowReader decodes together. */
export const ROW_TILE = 32;

/** Bits that a field takes in a row of decoded codes: no fewer than its own. */
export type FieldBits = 8 | 16 | 32;

/** Words of a row of decoded codes: fields one after the other, and what is left of the last word. */
export function wordsOfRow(fields: number, fieldBits: FieldBits): number {
  return Math.ceil((fields * fieldBits) / 32);
}

/** Reads chosen records back, record after record: for wide records of which only some are asked for. */
export interface RowReader {
  records: number;
  recordsPerBlock: number;
  baseCount: number;
  idBits: number;
  /** Bits from one record to the next. */
  stride: number;
  /** Bits of one base in the table. */
  tableBits: number;
  /** Bytes that the reader itself keeps: the base table as it is packed, and where a record's bits go. */
  residentBytes: number;
  /**
   * Takes a record of a block: its bits are copied, so that records of several blocks can be decoded together.
   *
   * @param words the block's stream, with a spare word at its end
   * @param record position inside the block
   * @param row where it goes, below ROW_TILE
   * @param what the whole record, or its base with every bit of the deviation 0
   * @throws ARCHIVE_CORRUPT for a base ID that the table does not have
   */
  take(words: Uint32Array, record: number, row: number, what?: 'record' | 'base'): void;
  /**
   * Decodes the records taken.
   *
   * @param count how many, at most ROW_TILE
   * @param rows count × wordsOfRow: codes of each record's fields. A field of no bits is 0
   */
  decode(count: number, rows: Uint32Array): void;
  /** Base ID of a record of a block's stream. */
  baseId(words: Uint32Array, record: number): number;
}

/** What a group's head says, known before its base table is read. */
export interface GroupSize {
  records: number;
  recordsPerBlock: number;
  baseCount: number;
  idBits: number;
  stride: number;
  /** Bits of a base that are not the same in all of them, and bytes of the base table: baseCount × tableBits bits. */
  tableBits: number;
  baseBytes: number;
}

export interface Codec {
  meta: CodecMeta;
  /** Chooses the base positions on the training records. */
  search(group: RecordGroup, options: SearchOptions, pulse: Pulse): Promise<BasePlan>;
  /**
   * @param blockBytes bytes that a block of records aims at
   */
  encode(group: RecordGroup, inBase: Uint8Array, blockBytes: number, pulse: Pulse): Promise<EncodedGroup>;
  /**
   * @param layout record layout of the archive
   * @param inBase base positions of the archive
   * @param head the group's head section; bases: its base section
   */
  open(layout: Layout, inBase: Uint8Array, head: Uint8Array, bases: Uint8Array): GroupReader;
  /** The sizes that a head section claims, checked against each other. @throws ARCHIVE_CORRUPT */
  measure(layout: Layout, inBase: Uint8Array, head: Uint8Array): GroupSize;
  /** As `open`, for reading records as rows. Fields are at most 32 bits wide, so that each is one lane. */
  openRows(
    layout: Layout,
    inBase: Uint8Array,
    head: Uint8Array,
    bases: Uint8Array,
    fieldBits: FieldBits,
  ): RowReader;
}
