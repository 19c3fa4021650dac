/** A container in memory as a source of bytes that was made here, without joining its pieces: an archive is not held twice. */
import type { ByteSource, ContainerImage } from '../../core/archive/container.ts';

export function piecesSource({ bytes: size, pieces }: ContainerImage): ByteSource {
  /** Index of the piece that holds the byte at `offset`. */
  function find(offset: number): number {
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (pieces[middle].offset <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  return {
    size,
    isTrusted: true,
    read(offset, length) {
      const first = find(offset);
      const piece = pieces[first];
      const at = offset - piece.offset;
      if (at + length <= piece.bytes.length) return Promise.resolve(piece.bytes.subarray(at, at + length));
      const result = new Uint8Array(length);
      for (let k = first; k < pieces.length && pieces[k].offset < offset + length; k++) {
        const { offset: start, bytes } = pieces[k];
        const from = Math.max(offset, start);
        const to = Math.min(offset + length, start + bytes.length);
        result.set(bytes.subarray(from - start, to - start), from - offset);
      }
      return Promise.resolve(result);
    },
  };
}
