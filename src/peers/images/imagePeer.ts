/** What a peer for pictures is: a way from pixels in memory to bytes, back, and to one picture alone. */
import type { PeerFacts } from '../../contracts/peers.ts';
import type { ImageShape } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';

/** The pictures that every peer encodes: NHWC, one after the other. */
export interface MeasuredPictures {
  shape: ImageShape;
  count: number;
  pixels: Uint8Array;
}

/** Reads single pictures from bytes in memory. */
export interface PictureSource {
  /** @returns the picture's pixels, or a promise of them; they may be overwritten by the next call */
  fetch(picture: number): Uint8Array | Promise<Uint8Array>;
  /** Gives back what the source holds outside of JavaScript. */
  close?(): void;
}

/** Pictures encoded. */
export interface EncodedPictures {
  /** Everything that has to be kept: pictures, index, dictionary. */
  bytes: number;
  /** All pictures, into an array of as many bytes as the measured ones have. */
  decode(pixels: Uint8Array, pulse: Pulse): Promise<void>;
  /** What is read once before pictures are: headers, dictionaries, indices. */
  open(): Promise<PictureSource>;
}

export interface ImagePeer extends PeerFacts {
  /** Set where the peer's own bytes are not those of what is measured. */
  stored?: { bytes: number; note: string | null };
  /** Loads what the peer needs, and gives its encoder. */
  prepare(): Promise<(pulse: Pulse) => Promise<EncodedPictures>>;
}
