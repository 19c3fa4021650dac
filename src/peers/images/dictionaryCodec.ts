/**
 * zstd of each picture's pixels with a dictionary of plain content: some of the pictures one after the other, in which
 * every picture may find what it repeats. The dictionary is kept too, and counted in full.
 */
import { pictureBytes } from '../../core/images/imageSet.ts';
import type { ImagePeerLibraries } from './libraries.ts';
import type { PictureCodec } from './picturePeer.ts';

const LEVEL = 19;

/** Most bytes of a dictionary, and most of the pictures in it: a larger one costs more than it saves. */
const DICTIONARY_BYTES = 16_384;
const DICTIONARY_SHARE = 0.01;

export function dictionaryCodec(libraries: ImagePeerLibraries): PictureCodec {
  return {
    name: `zstd-${LEVEL}-dictionary`,
    label: `zstd ${LEVEL} with a dictionary`,
    sentence:
      'The pixels of each picture as a frame of their own; some pictures, one after the other, are the dictionary.',
    async load({ shape, count, pixels }) {
      const zstd = await libraries.zstd();
      const size = pictureBytes(shape);
      const kept = Math.max(
        1,
        Math.min(Math.floor(DICTIONARY_BYTES / size), Math.floor(DICTIONARY_SHARE * count)),
      );
      const dictionary = pixels.slice(0, kept * size);
      return {
        writer() {
          const context = zstd.createCCtx();
          return {
            sharedBytes: dictionary.length,
            write: (picture) => zstd.compressUsingDict(context, picture, dictionary, LEVEL),
            close: () => zstd.freeCCtx(context),
          };
        },
        reader(file) {
          const context = zstd.createDCtx();
          return {
            read(from, to, picture) {
              const found = zstd.decompressUsingDict(context, file.subarray(from, to), dictionary);
              if (found.length !== size) throw new Error(`The frame at byte ${from} holds no whole picture.`);
              picture.set(found);
            },
            close: () => zstd.freeDCtx(context),
          };
        },
      };
    },
  };
}
