/** Files for tests: bytes in memory, in pieces of any size. */
import type { TableFile } from '../tableReading.ts';

/**
 * A file of bytes.
 *
 * @param piece bytes of a piece of the stream
 * @param ranged whether it can be read by range
 */
export function fileOf(bytes: Uint8Array, name = 'file', piece = 65_536, ranged = false): TableFile {
  const file: TableFile = {
    name,
    bytes: bytes.length,
    open: () =>
      Promise.resolve(
        (async function* () {
          for (let at = 0; at < bytes.length; at += piece)
            yield await Promise.resolve(bytes.subarray(at, at + piece));
        })(),
      ),
  };
  if (ranged) file.slice = (from, to) => Promise.resolve(bytes.subarray(from, to));
  return file;
}

export function textFile(text: string, name = 'file', piece = 65_536): TableFile {
  return fileOf(new TextEncoder().encode(text), name, piece);
}
