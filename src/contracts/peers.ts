/**
 * The peers: general compressors and file formats measured on the training records that the archive holds. One row
 * each, the lab's own codec first.
 */

/** What a peer says of itself. */
export interface PeerFacts {
  /** Stable name, one per row: "archive", "zstd-19-columns". */
  name: string;
  /** With its level: "zstd 19 of the float64 columns". */
  label: string;
  /** What is compressed, and what reading one record takes. */
  sentence: string;
  /** The lab's own archive. */
  isOurs: boolean;
  /** Whether one record, or picture, can be read without decoding what is unrelated to it. */
  randomAccess: boolean;
}

/**
 * What is measured of any peer, of tables or of pictures. Numbers are null where it could not be measured; `note` then
 * says why.
 */
export interface PeerRow extends PeerFacts {
  bytes: number | null;
  /** bytes / the raw bytes of the report. */
  ratio: number | null;
  /**
   * Megabytes (10^6) of float64, or of pixels, per second, from memory to bytes and back: medians of warm runs on one
   * core.
   */
  encodeMegabytesPerSecond: number | null;
  decodeMegabytesPerSecond: number | null;
  note: string | null;
}

/** One row of the comparison. Its note says where the decoded table differs, or why nothing was measured. */
export interface PeerResult extends PeerRow {
  /** Time to have one random record's values, from bytes in memory: the median over batches of reads. */
  recordMicroseconds: number | null;
  /** Whether every cell was the same after decoding: doubles bit by bit (any NaN as any other), strings. */
  exact: boolean | null;
}

export interface PeersReport {
  rows: PeerResult[];
  /** Training records of the experiment, and how many of them, from the first, were measured. */
  trainRows: number;
  measuredRows: number;
  columns: number;
  /** measuredRows × columns × 8: the denominator of every ratio. */
  rawFloat64Bytes: number;
  /** The measured records as CSV text. */
  csvBytes: number;
  seconds: number;
  /** Where it was measured, a few words. */
  machine: string;
}
