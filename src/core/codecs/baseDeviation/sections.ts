/** The sections that storage by bases and deviations writes. Numbers are never reused; docs/FORMAT.md describes each. */
export const BASE_DEVIATION_SECTION = {
  /** Base positions, shared by all groups of a base table. */
  mask: 3,
  /** Sizes of a group, constant base bits. */
  head: 4,
  /** Base table of a group. */
  bases: 5,
  /** Records of a group: base ID and deviation at a fixed stride. */
  records: 6,
} as const;
