/** What reading pictures asks for and gives: files in, one set of pictures of one size out, with the story of it. */
import type { ImageSet } from '../core/images/imageSet.ts';

/** A file among those that were given together; a folder's files carry the folder's path. */
export interface ImageFile {
  /** Path with "/" as separator, the name alone where there was no folder. Untrusted text: it only becomes names. */
  path: string;
  bytes: number;
  /** A copy of the bytes from `from` up to but not including `to`. */
  slice(from: number, to: number): Promise<Uint8Array>;
}

/** How pictures of several sizes become pictures of one. */
export type SizeRule = 'only' | 'resize' | 'crop';

/** How samples of 16 bits become bytes: their high byte, or the range that the whole set has stretched over 0 … 255. */
export type DepthRule = 'high' | 'stretch';

/** What a person decides about the reading; what is left out, the reader decides. */
export interface ImageReading {
  /** Size of all pictures; the most common one where it is left out. */
  size?: { width: number; height: number };
  /** Pictures of another size are left out, averaged over areas to the size, or cut at the centre. */
  rule?: SizeRule;
  /** "grey" takes the luma of colour pictures; where it is left out a set is grey only if every picture is. */
  colour?: 'grey' | 'rgb';
  /** Path of the file that holds the labels, where names do not tell. */
  labels?: string;
  /**
   * What says the classes of pictures in files of their own: files of labels, the folders at the top, or those right
   * above the pictures.
   */
  classesFrom?: 'labels' | 'top-folders' | 'last-folders';
  /** Whether train/ and test/, or files of their own, are the split; else one is made. */
  split?: 'given' | 'made';
  /** A table of pixels, one of pictures, or one that names the pictures: its label column by name. */
  labelColumn?: string;
  /** A sheet of pictures: size of one of them. */
  tile?: { width: number; height: number };
  /** What becomes of 16 bits a value; the high byte where it is left out. */
  depth?: DepthRule;
}

/** What became of samples of 16 bits. */
export interface DepthFacts {
  rule: DepthRule;
  /** How many pictures have such samples. */
  pictures: number;
  /** Smallest and largest sample of them, alpha aside. */
  low: number;
  high: number;
}

/** The way in which pictures are stored, as found by their bytes. */
export type ImageFormat = 'idx' | 'cifar' | 'npy' | 'csv' | 'parquet' | 'sheet' | 'zip' | 'folder';

/** A picture that was left out, with the reason. */
export interface SkippedPicture {
  path: string;
  code: string;
  what: string;
}

/** Sizes of the pictures found, the most common first. */
export interface SizeCount {
  width: number;
  height: number;
  count: number;
}

export interface ReadNotice {
  /** Stable name: "alpha-flattened", "sizes-mixed". */
  code: string;
  text: string;
  /** The column of labels by which the pictures would have other classes. */
  column?: string;
}

export interface ReadImages {
  set: ImageSet;
  format: ImageFormat;
  /** Number of sizes found, and the most common of them, at most 32. */
  sizeCount: number;
  sizes: SizeCount[];
  /** Rule and size that were applied. */
  rule: SizeRule;
  /** Null where no picture has more than eight bits a value. */
  depth: DepthFacts | null;
  /** How many were left out, and the first hundred of them. */
  skippedCount: number;
  skipped: SkippedPicture[];
  notices: ReadNotice[];
}

/** Kinds of picture file, told by their first bytes. */
export type PictureKind = 'png' | 'jpeg' | 'webp' | 'gif' | 'bmp';

/** Size of a picture as its header says, before anything is decoded. Orientation (EXIF 1 … 8) is not yet applied. */
export interface PictureHeader {
  kind: PictureKind;
  width: number;
  height: number;
}

/** Pixels of one decoded picture, its orientation applied. */
export interface Picture {
  width: number;
  height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  channels: 1 | 2 | 3 | 4;
  /** Eight bits a channel, NHWC. */
  data: Uint8Array;
}

/**
 * Decodes the formats that are left to the surroundings: to the browser in the page, to readers and libraries in the tool
 * and the bench. PNG is never given to it.
 *
 * @throws LabError PICTURE_DAMAGED or PICTURE_UNSUPPORTED
 */
export type PictureDecoder = (bytes: Uint8Array, header: PictureHeader) => Promise<Picture>;
