/**
 * What a codec is. A codec is a folder beside this file that exports one value of this type and is listed in
 * registry.ts; it then appears wherever a codec can be chosen.
 */
import type { BitPlanes } from '../bits/bitPlanes.ts';
import type { LaneCodes, Layout } from '../bits/lanes.ts';
import type { Condenser, Objective } from '../experiment/settings.ts';
import type { Pulse } from '../pulse.ts';

export interface CodecMeta {
  /** Name in settings and links. */
  name: string;
  /** Number in archives; never reused. */
  id: number;
  label: string;
  /** One sentence for the control that chooses it. */
  sentence: string;
  /** What its condensed samples are made of, unless the settings say otherwise. */
  condenser: Exclude<Condenser, 'own'>;
}

/** Records to encode together: they share one base table. */
export interface RecordGroup {
  records: number;
  layout: Layout;
  codes: readonly LaneCodes[];
  planes: BitPlanes;
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

export interface Codec {
  meta: CodecMeta;
  /** Chooses the base positions on the training records. */
  search(group: RecordGroup, options: SearchOptions, pulse: Pulse): Promise<BasePlan>;
  encode(group: RecordGroup, inBase: Uint8Array): EncodedGroup;
  /**
   * @param layout record layout of the archive
   * @param inBase base positions of the archive
   * @param head the group's head section; bases: its base section
   */
  open(layout: Layout, inBase: Uint8Array, head: Uint8Array, bases: Uint8Array): GroupReader;
}
