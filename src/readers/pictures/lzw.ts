/** LZW with codes of growing length, the lowest bit first, as GIF packs its pixels (GIF89a, appendix F). */
import { LabError } from '../../core/errors.ts';

const MOST_BITS = 12;
const MOST_CODES = 1 << MOST_BITS;

/**
 * Unpacks blocks into `values` up to its end; what is packed beyond it is passed over.
 *
 * @param rootBits bits of a value, 0 … 8: the codes in front of the two that clear and end
 * @returns how many values there were, where the codes end before `values` does
 * @throws LabError PICTURE_DAMAGED of a code that stands for nothing yet
 */
export function unpackLzw(blocks: Iterable<Uint8Array>, rootBits: number, values: Uint8Array): number {
  const clear = 1 << rootBits;
  const end = clear + 1;
  // A code is the string of its prefix and one more value; strings are written from their ends.
  const prefixes = new Uint16Array(MOST_CODES);
  const suffixes = new Uint8Array(MOST_CODES);
  const firsts = new Uint8Array(MOST_CODES);
  const lengths = new Uint16Array(MOST_CODES);
  for (let value = 0; value < clear; value++) {
    suffixes[value] = firsts[value] = value;
    lengths[value] = 1;
  }
  let bits = rootBits + 1;
  let next = end + 1;
  let before = -1;
  let filled = 0;
  let held = 0;
  let heldBits = 0;

  for (const block of blocks)
    for (const byte of block) {
      held |= byte << heldBits;
      heldBits += 8;
      while (heldBits >= bits) {
        const code = held & ((1 << bits) - 1);
        held >>>= bits;
        heldBits -= bits;
        if (code === clear) {
          bits = rootBits + 1;
          next = end + 1;
          before = -1;
          continue;
        }
        if (code === end) return filled;
        // The code that is about to be made is the string before and its first value.
        if (code > next || (code === next && before < 0))
          throw new LabError('PICTURE_DAMAGED', 'The GIF has a code that stands for nothing.');
        if (before >= 0 && next < MOST_CODES) {
          prefixes[next] = before;
          lengths[next] = lengths[before] + 1;
          firsts[next] = firsts[before];
          suffixes[next] = firsts[code === next ? before : code];
          next++;
        }
        // Of values of one bit, or none, this comes before anything was made.
        if (next >= 1 << bits && bits < MOST_BITS) bits++;
        const length = lengths[code];
        for (let at = filled + length - 1, of = code; at >= filled; at--, of = prefixes[of])
          if (at < values.length) values[at] = suffixes[of];
        filled += length;
        if (filled >= values.length) return values.length;
        before = code;
      }
    }
  return filled;
}
