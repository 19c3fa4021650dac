/** Every picture a file of its own, behind an index of where each begins: random access with any picture format. */
import type { ImageShape } from '../../core/images/imageSet.ts';
import { pictureBytes } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { EncodedPictures, ImagePeer, MeasuredPictures, PictureSource } from './imagePeer.ts';

/** Bytes of the index for every picture: where it begins. */
const INDEX_BYTES = 4;

/** Writes pictures of one size. */
export interface PictureWriter {
  /** Bytes that all pictures share, a dictionary: kept once. */
  sharedBytes?: number;
  /** @returns the picture's file, valid until the next call */
  write(pixels: Uint8Array): Uint8Array;
  close?(): void;
}

/** Reads what a writer wrote. */
export interface PictureReader {
  /** Puts the pixels of the file's bytes `from` up to `to` into `pixels`. */
  read(from: number, to: number, pixels: Uint8Array): void;
  close?(): void;
}

/** A format for single pictures. */
export interface PictureCodec {
  name: string;
  label: string;
  sentence: string;
  /** Loads what the format needs. */
  load(pictures: MeasuredPictures): Promise<LoadedCodec>;
}

export interface LoadedCodec {
  writer(): PictureWriter;
  /** @param file all pictures' files, one after the other */
  reader(file: Uint8Array): PictureReader;
}

/** Bytes that grow. */
class Pile {
  private bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(room: number) {
    this.bytes = new Uint8Array(room);
  }

  add(piece: Uint8Array): void {
    const length = this.length + piece.length;
    if (length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.bytes.length));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(piece, this.length);
    this.length = length;
  }

  all(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

async function encode(
  codec: LoadedCodec,
  { shape, count, pixels }: MeasuredPictures,
  pulse: Pulse,
): Promise<EncodedPictures> {
  const size = pictureBytes(shape);
  const starts = new Uint32Array(count + 1);
  const pile = new Pile(count * size);
  const writer = codec.writer();
  try {
    for (let picture = 0; picture < count; picture++) {
      pile.add(writer.write(pixels.subarray(picture * size, (picture + 1) * size)));
      starts[picture + 1] = pile.length;
      if (pulse.due())
        await pulse.beat({ phase: 'Measuring', done: picture, total: count, unit: 'pictures' });
    }
  } finally {
    writer.close?.();
  }
  const file = pile.all();
  return {
    bytes: file.length + INDEX_BYTES * count + (writer.sharedBytes ?? 0),
    decode: (into, pulse) => decode(codec, file, starts, into, pulse),
    open: () => Promise.resolve(openPictures(codec, file, starts, shape)),
  };
}

async function decode(
  codec: LoadedCodec,
  file: Uint8Array,
  starts: Uint32Array,
  pixels: Uint8Array,
  pulse: Pulse,
): Promise<void> {
  const count = starts.length - 1;
  const size = pixels.length / count;
  const reader = codec.reader(file);
  try {
    for (let picture = 0; picture < count; picture++) {
      const into = pixels.subarray(picture * size, (picture + 1) * size);
      reader.read(starts[picture], starts[picture + 1], into);
      if (pulse.due())
        await pulse.beat({ phase: 'Measuring', done: picture, total: count, unit: 'pictures' });
    }
  } finally {
    reader.close?.();
  }
}

function openPictures(
  codec: LoadedCodec,
  file: Uint8Array,
  starts: Uint32Array,
  shape: ImageShape,
): PictureSource {
  const reader = codec.reader(file);
  const pixels = new Uint8Array(pictureBytes(shape));
  return {
    fetch(picture) {
      reader.read(starts[picture], starts[picture + 1], pixels);
      return pixels;
    },
    close: () => reader.close?.(),
  };
}

export function picturePeer(pictures: MeasuredPictures, codec: PictureCodec): ImagePeer {
  const { name, label, sentence } = codec;
  return {
    name,
    label,
    sentence,
    isOurs: false,
    randomAccess: true,
    async prepare() {
      const loaded = await codec.load(pictures);
      return (pulse) => encode(loaded, pictures, pulse);
    },
  };
}
