/** What crosses between the page and the codec worker about pictures: plain data both ways. */
import type { ErrorReport } from '../core/errors.ts';
import type {
  DepthFacts,
  ImageFormat,
  ImageReading,
  SizeCount,
  SizeRule,
  SkippedPicture,
} from '../readers/imageReading.ts';
import type { ImageSettings } from '../core/images/settings.ts';
import type { BaseFacts, Notice, StorageBreakdown } from './codec.ts';
import type { Fidelity } from './imageFacts.ts';
import type { PeerRow } from './peers.ts';

export { isClaimed, type Fidelity, type ImageArchiveFacts } from './imageFacts.ts';

export type {
  DepthFacts,
  ImageFormat,
  ImageReading,
  SizeCount,
  SizeRule,
  SkippedPicture,
} from '../readers/imageReading.ts';
export type { ImageSettings, RepresentationName, TransformName } from '../core/images/settings.ts';
export { DEFAULT_IMAGE_SETTINGS, usualTransform } from '../core/images/settings.ts';

/** Pictures with their classes in one file. */
export type PictureTableFormat = 'npz' | 'parquet';
/** What all pictures of an archive are saved as; PNGs are in a zip, with a folder per class. */
export type PictureFormat = 'png' | PictureTableFormat;

/** A dropped file with its path inside the folder that was dropped. */
export interface DroppedFile {
  path: string;
  file: File;
}

/** Where pictures come from; any worker can open them again from it. */
export type ImageSource =
  | { kind: 'sample'; id: string; reading?: ImageReading }
  /** `token` tells drops apart that look the same; the page counts them. */
  | { kind: 'files'; files: DroppedFile[]; token?: number; reading?: ImageReading }
  | { kind: 'archive'; id: string; datasetId?: string };

/** Pictures to be drawn: pixels NHWC in the set's shape, one label and one record number each. */
export interface Pictures {
  width: number;
  height: number;
  channels: 1 | 3;
  records: Uint32Array;
  labels: Uint16Array;
  pixels: Uint8Array;
}

export interface ClassSummary {
  name: string;
  train: number;
  test: number;
}

export interface ImageSummary {
  /** SHA-256 of the canonical pixels, labels and names, 64 hex digits. */
  id: string;
  /** Title to show: sample title, folder or file name. */
  name: string;
  /** Name of the file or folder, for links. */
  fileName: string;
  /** Sample id when it came from the gallery, else null. */
  sampleId: string | null;
  format: ImageFormat | 'archive';
  records: number;
  width: number;
  height: number;
  channels: 1 | 3;
  /** records × width × height × channels. */
  rawBytes: number;
  /** Train and test counts are those of the given split, or of the split with the usual settings. */
  classes: ClassSummary[];
  /** Whether the dataset brings its own split. */
  split: 'given' | 'made';
  /** How pictures of several sizes were treated; empty and null when opened from an archive. */
  sizeCount: number;
  sizes: SizeCount[];
  rule: SizeRule | null;
  /** What became of 16 bits a value; null where there were none. */
  depth: DepthFacts | null;
  skippedCount: number;
  skipped: SkippedPicture[];
  notices: Notice[];
  /** The first training pictures of every class, at most twelve each and 1,200 in all, class after class. */
  preview: Pictures;
  /** Count of every pixel value per channel over all pictures: channels × 256. */
  histogram: Float64Array;
  /** Whether the pixels are decoded from an archive that is near-lossless. */
  isNear: boolean;
  seconds: number;
}

/** The bits of one base table: of one class, or of all. */
export interface ImageBitsReport {
  /** Number of the table, and its class, or null for the table of all classes. */
  table: number;
  className: string | null;
  tables: number;
  trainRecords: number;
  transform: ImageSettings['transform'];
  /** Columns of a record in archive order, and where each is drawn: channel, y, x. */
  columns: number;
  place: { channel: Uint8Array; y: Uint16Array; x: Uint16Array };
  /** Channel names: "grey"; "red", "green", "blue"; "Y", "Cb", "Cr". */
  channelNames: string[];
  /** Bits per column, and position in the record of a column's most significant bit. */
  widths: Uint8Array;
  starts: Uint32Array;
  /** Count of ones per position over the training records, and BIT_ROLE per position. */
  ones: Uint32Array;
  role: Uint8Array;
  /** Mean training picture of the table, NHWC. */
  mean: Uint8Array;
  counts: { constant: number; base: number; deviation: number };
  /** Null of a codec without bases. */
  baseCount: number | null;
  seconds: number;
}

/** One base table of an archive. */
export interface TableReport {
  className: string | null;
  trainRecords: number;
  testRecords: number;
  /** Bytes of its training part: masks, forms, bases and records. */
  bytes: number;
  rawBytes: number;
  recordBits: number;
  /** Of a codec with bases; at most 400 steps of its search, the chosen one among them. */
  bases: BaseFacts | null;
}

export interface ImageArchiveReport {
  id: string;
  stored: boolean;
  storeError: ErrorReport | null;
  trainRecords: number;
  testRecords: number;
  /** Bytes of the pixels, one each. */
  rawBytes: { train: number; test: number };
  /** Training part with every header, label, index and checksum; the test pictures' part; the sum is the file. */
  bytes: { train: number; test: number };
  breakdown: { train: StorageBreakdown; test: StorageBreakdown };
  /** Equation 1's S in bits, m = 0, summed over the tables; null of a codec without bases. */
  equation1Bits: number | null;
  tables: TableReport[];
  fidelity: Fidelity;
  blockBytes: number;
  blocks: number;
  /** Workers that encoded, and seconds of encoding from pixels to sections; 0 of an archive that was there already. */
  workers: number;
  encodeSeconds: number;
  decodeSeconds: number;
}

/** Bytes that a reader holds for the data it serves. */
export interface ResidentBytes {
  /** The decoded pixels of the subset. */
  subset: number;
  /** Base tables, bit-packed: of a large subset the largest one, because one is held at a time. */
  bases: number;
  /** Labels and places of the records. */
  index: number;
  /** Most bytes of blocks that were in memory at the same time. */
  blocks: number;
  /** Sum of the above. */
  total: number;
}

/** A random sample of the training pictures, fetched and decoded without the rest. */
export interface RandomSampleReport {
  fraction: number;
  seed: number;
  records: number;
  trainRecords: number;
  rawBytes: number;
  archiveBytes: number;
  blocksRead: number;
  bytesRead: number;
  resident: ResidentBytes;
  seconds: { fetch: number; decode: number; total: number };
  /** The first pictures of it, at most 60. */
  pictures: Pictures;
}

/** Bits that each pixel takes in an archive, its channels together. */
export interface PixelBits {
  own: Float64Array;
  /** On average over the first training pictures of the same table. */
  mean: { bits: Float64Array; pictures: number; of: number };
}

export interface ImageInspection {
  record: number;
  group: 'train' | 'test';
  className: string;
  table: number;
  position: number;
  /** The picture as it was read (null when only the archive is left) and as it is decoded: one picture each. */
  before: Uint8Array | null;
  after: Pictures;
  /** Its base, of a codec with bases. */
  base: {
    id: number;
    /** With every deviation bit zero, decoded. */
    pixels: Uint8Array;
    /** Pictures of the group that share it, this one included, and the first of the others, at most 24. */
    sharedBy: number;
    sharing: Pictures;
  } | null;
  /** Of a codec that can tell. */
  bits: PixelBits | null;
  bytesTouched: number;
  blocksRead: number;
  bytesRead: number;
  microseconds: number;
}

/** Weighted means of clusters on the first β analytics bits of each class. */
export interface CondensedImages {
  beta: number;
  /** Analytics bits that exist at most. */
  maxBeta: number;
  trainRecords: number;
  /** Clusters over all classes. */
  samples: number;
  perClass: number[];
  /** The heaviest clusters of every class, at most eight each and 800 in all, class after class. */
  pictures: Pictures;
  weights: Uint32Array;
  seconds: number;
}

/** One point of a sweep. */
export interface ImageSweepCell {
  settings: ImageSettings;
  /** Training pictures measured. */
  records: number;
  rawBytes: number;
  bytes: number;
  /** Null of a codec without bases. */
  equation1Bits: number | null;
  baseCount: number | null;
  fidelity: Fidelity;
  encodeSeconds: number;
  decodeSeconds: number;
}

/** One row of the comparison with other ways to keep pictures. */
export interface ImagePeerResult extends PeerRow {
  /** Time to have one random picture's pixels, from bytes in memory: the median over batches. */
  pictureMicroseconds: number | null;
  fidelity: Fidelity | null;
}

export interface ImagePeersReport {
  rows: ImagePeerResult[];
  trainRecords: number;
  /** Training pictures measured, spread over the classes as in the set. */
  measuredRecords: number;
  rawBytes: number;
  seconds: number;
  machine: string;
}
