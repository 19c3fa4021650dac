/** The sections that storage by bases and deviations writes. */
import type { CodecSection } from '../codec.ts';

/** Base positions, shared by all groups of a base table. */
export const MASK: CodecSection = { type: 3, name: 'baseMask', at: 'table', what: 'a base mask' };
/** Sizes of a group, constant base bits. */
export const HEAD: CodecSection = { type: 4, name: 'groupHead', at: 'head', what: 'a record group' };
/** Base table of a group. */
export const BASES: CodecSection = { type: 5, name: 'bases', at: 'body', what: 'a base table' };
/** Records of a group: base ID and deviation at a fixed stride. */
export const RECORDS: CodecSection = {
  type: 6,
  name: 'records',
  at: 'records',
  what: 'the records of a group',
};

export const BASE_DEVIATION_SECTIONS: readonly CodecSection[] = [MASK, HEAD, BASES, RECORDS];
