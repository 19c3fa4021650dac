/** Deflate of each picture's pixels, as they stand. */
import { pictureBytes } from '../../core/images/imageSet.ts';
import { mostStreamBytes, RecordDeflater, RecordInflater } from '../recordStreams.ts';
import type { PictureCodec } from './picturePeer.ts';

const LEVEL = 9;

export const deflateCodec: PictureCodec = {
  name: `deflate-${LEVEL}`,
  label: `deflate ${LEVEL}`,
  sentence: 'The pixels of each picture as a stream of their own, its window fitted to them.',
  async load({ shape }) {
    const size = pictureBytes(shape);
    return {
      writer() {
        const deflater = new RecordDeflater(size, LEVEL, 'raw');
        const output = new Uint8Array(mostStreamBytes(size));
        return {
          write(pixels) {
            deflater.piece.set(pixels);
            return output.subarray(0, deflater.deflate(output, 0));
          },
        };
      },
      reader(file) {
        const inflater = new RecordInflater(file, size, 'raw');
        return {
          read(from, to, pixels) {
            inflater.inflate(from, to);
            pixels.set(inflater.piece);
          },
        };
      },
    };
  },
};
