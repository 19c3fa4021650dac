/** The sections that the dense codec writes. */
import type { CodecSection } from '../codec.ts';

/** The model that all records of the archive share. */
export const MODEL: CodecSection = { type: 64, name: 'denseModel', at: 'archive', what: 'its model' };
/** How many records a group has, and how many streams a block. */
export const HEAD: CodecSection = { type: 65, name: 'denseHead', at: 'head', what: 'a record group' };
/** Length of every stream of a group. */
export const INDEX: CodecSection = {
  type: 66,
  name: 'denseIndex',
  at: 'body',
  what: 'the index of its records',
};
/** One stream after the other. */
export const STREAMS: CodecSection = {
  type: 67,
  name: 'denseRecords',
  at: 'records',
  what: 'the records of a group',
};

/** The strings of a table's categories, where they are fewer bytes than in the schema. */
export const STRINGS: CodecSection = { type: 68, name: 'denseStrings', at: 'strings', what: 'its text' };

export const DENSE_SECTIONS: readonly CodecSection[] = [STRINGS, MODEL, HEAD, INDEX, STREAMS];
