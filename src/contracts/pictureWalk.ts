/** The step-through of pictures: what is asked of the worker, and what the page shows of the answer. */
import type { PictureFrequencies } from '../core/images/walk/frequencies.ts';
import type { TakenApart, WalkSearch } from '../core/images/walk/pictureWalk.ts';
import type { TinySet } from '../core/images/walk/tinyPictures.ts';
import type {
  ImageBitsReport,
  ImageSettings,
  ImageSource,
  Pictures,
  RepresentationName,
  TransformName,
} from './images.ts';

export type { WalkSearch } from '../core/images/walk/pictureWalk.ts';
export type { TinySet } from '../core/images/walk/tinyPictures.ts';

/** Pictures that the worker draws itself, or those of a dataset. */
export type WalkedSet = { kind: 'tiny'; name: TinySet } | { kind: 'open'; source: ImageSource };

export interface PictureWalkRequest {
  set: WalkedSet;
  /** Codec and tables count for nothing: a class is walked by EntroGeDe. */
  settings: ImageSettings;
  /** The class. */
  label: number;
  /** Number of the picture that is taken apart, among those of the class; null for one of which others share the base. */
  picture: number | null;
}

export interface PictureWalk {
  /** Of which set it is: one that the worker has drawn, or a dataset by its id; the other one is null. */
  tiny: TinySet | null;
  datasetId: string | null;
  label: number;
  classNames: string[];
  /** How signed values are written, where there are any. */
  representation: RepresentationName | null;
  /** Training pictures of the class, of which the first ones are looked at. */
  ofClass: number;
  /** The bits of those that are looked at, with the roles that they have in the end. */
  bits: ImageBitsReport;
  search: WalkSearch;
  /** The first pictures. */
  pictures: Pictures;
  picture: TakenApart & {
    /** Pictures with the same base, this one in front; their numbers are those in the class. */
    shared: Pictures;
  };
  frequencies: PictureFrequencies & {
    transform: TransformName;
    /** Names of its channels, and where a coefficient stands: channel, y, x. */
    channelNames: string[];
    place: ImageBitsReport['place'];
    /** Mean magnitude of every coefficient over the pictures that are looked at. */
    meanMagnitude: Float32Array;
  };
  /** Bytes of the pictures, one a value, and of an archive of them with every header and checksum. */
  rawBytes: number;
  fileBytes: number;
}
