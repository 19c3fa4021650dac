/** A general compressor on all pictures at once, the reference without random access. */
import { pictureBytes } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';
import { joinBytes, type Compressor } from '../compressor.ts';
import { deflateCompressor } from '../deflate.ts';
import type { EncodedPictures, ImagePeer, MeasuredPictures } from './imagePeer.ts';

const LEVEL = 9;

/** Puts decompressed pieces one after the other until `pixels` is full. */
async function fill(pieces: Iterable<Uint8Array>, pixels: Uint8Array, pulse: Pulse): Promise<void> {
  let at = 0;
  for (const piece of pieces) {
    if (at + piece.length > pixels.length) throw new Error('The stream holds more than the pictures.');
    pixels.set(piece, at);
    at += piece.length;
    if (pulse.due()) await pulse.beat({ phase: 'Measuring', done: at, total: pixels.length, unit: 'bytes' });
  }
  if (at < pixels.length) throw new Error('The stream ends early.');
}

/** Decompresses all that precedes a picture and lets it go. */
function fetchOne(pieces: Iterable<Uint8Array>, from: number, pixels: Uint8Array): void {
  let start = 0;
  let filled = 0;
  for (const piece of pieces) {
    const end = start + piece.length;
    if (end > from + filled) {
      const part = piece.subarray(from + filled - start, from + pixels.length - start);
      pixels.set(part, filled);
      filled += part.length;
      if (filled === pixels.length) return;
    }
    start = end;
  }
  throw new Error('The stream ends early.');
}

async function encode(
  compressor: Compressor,
  { shape, pixels }: MeasuredPictures,
  pulse: Pulse,
): Promise<EncodedPictures> {
  const file = await joinBytes(compressor.compress(pixels), pulse);
  const size = pictureBytes(shape);
  return {
    bytes: file.length,
    decode: (into, pulse) => fill(compressor.decompress(file), into, pulse),
    open() {
      const one = new Uint8Array(size);
      return Promise.resolve({
        fetch(picture: number) {
          fetchOne(compressor.decompress(file), picture * size, one);
          return one;
        },
      });
    },
  };
}

export function allPeer(pictures: MeasuredPictures): ImagePeer {
  return {
    name: `gzip-${LEVEL}-all`,
    label: `gzip ${LEVEL} of everything`,
    sentence: 'One stream for all pictures: a picture costs decoding what precedes it.',
    isOurs: false,
    randomAccess: false,
    prepare: async () => (pulse) => encode(deflateCompressor(LEVEL, 'gzip'), pictures, pulse),
  };
}
