/**
 * Types of sections in an archive, besides those that its codec writes (`Codec.sections`: 3 to 6 are those of bases and
 * deviations, others begin at 64). A number is never reused; docs/FORMAT.md describes each. A reader that does not know a
 * required section refuses the archive, and skips an unknown optional one.
 */
export const SECTION = {
  /** Column names, kinds, mappings; dataset id and name. */
  schema: 1,
  /** Split of the records into groups. */
  split: 2,
  /** Analytics positions and quantisers. */
  analytics: 7,
  /** Condensed samples as float64 with weights. */
  samples: 8,
  /** Experiment settings that the archive was made with. */
  experiment: 9,
  /** How the columns of dates and times are spelt; absent when there is none. */
  times: 10,
  /** What the pictures are called and how large they are; class names; transform and representation. */
  imageSchema: 11,
  /** Class of every picture, and which are test pictures. */
  imageIndex: 12,
  /** How the values of one base table's columns became codes; absent where they are the pixels. */
  columnForms: 13,
  /** How near decoding comes to the pictures, and checksums of what it gives. */
  fidelity: 14,
} as const;

/**
 * Groups of records. A table's archive has one base table, which its training and test records share as to positions;
 * of pictures, base table t has groups 2t + 1 (training) and 2t + 2 (test).
 */
export const GROUP = { all: 0, train: 1, test: 2 } as const;

/** Group of the training pictures of a base table. */
export function trainGroup(table: number): number {
  return 2 * table + GROUP.train;
}

/** Group of the test pictures of a base table. */
export function testGroup(table: number): number {
  return 2 * table + GROUP.test;
}

/** Whether a section belongs to test records alone. */
export function isTestGroup(group: number): boolean {
  return group !== GROUP.all && group % 2 === 0;
}
