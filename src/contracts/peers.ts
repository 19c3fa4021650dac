/**
 * The peers: general compressors and file formats measured on the training records that the archive holds. One row
 * each, the lab's own codec first.
 */

/** One row of the comparison. Numbers are null where the peer could not be measured; `note` then says why. */
export interface PeerResult {
  /** Stable name, one per row: "archive", "zstd-19-columns". */
  name: string;
  /** With its level: "zstd 19 of the float64 columns". */
  label: string;
  /** What is compressed, and what reading one record takes. */
  sentence: string;
  /** The lab's own archive. */
  isOurs: boolean;
  /** Whether one record can be read without decoding what is unrelated to it. */
  randomAccess: boolean;
  bytes: number | null;
  /** bytes / rawFloat64Bytes of the report. */
  ratio: number | null;
  /** Megabytes (10^6) of float64 per second, from typed columns in memory to bytes and back: medians of warm runs. */
  encodeMegabytesPerSecond: number | null;
  decodeMegabytesPerSecond: number | null;
  /** Time to have one random record's values, from bytes in memory: the median over batches of reads. */
  recordMicroseconds: number | null;
  /** Whether every cell was the same after decoding: doubles bit by bit (any NaN as any other), strings. */
  exact: boolean | null;
  /** Where the decoded table differs, or why nothing was measured; else null. */
  note: string | null;
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
