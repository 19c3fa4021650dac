/**
 * Types of sections in an archive. A number is never reused; docs/FORMAT.md describes each. Codecs may add their own
 * from 64 on. A reader that does not know a required section refuses the archive, and skips an unknown optional one.
 */
export const SECTION = {
  /** Column names, kinds, mappings; dataset id and name. */
  schema: 1,
  /** Split of the records into groups. */
  split: 2,
  /** Base positions, shared by all groups. */
  baseMask: 3,
  /** Sizes of a group, constant base bits. */
  groupHead: 4,
  /** Base table of a group. */
  bases: 5,
  /** Records of a group: base ID and deviation at a fixed stride. */
  records: 6,
  /** Analytics positions and quantisers. */
  analytics: 7,
  /** Condensed samples as float64 with weights. */
  samples: 8,
  /** Experiment settings that the archive was made with. */
  experiment: 9,
  /** How the columns of dates and times are spelt; absent when there is none. */
  times: 10,
} as const;

/** Groups of records that have a base table each. */
export const GROUP = { all: 0, train: 1, test: 2 } as const;
