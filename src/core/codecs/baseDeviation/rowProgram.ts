/**
 * How rows of codes are put together from the words of records: for every word of a row a few pieces, each of which lies
 * inside one word of the record, so that decoding is the same rotations and masks for every record. Bits that stand
 * side by side in both move together, whatever fields they belong to.
 */
import { lowMask } from '../../bits/bitStream.ts';
import type { Layout } from '../../bits/lanes.ts';
import { wordsOfRow, type FieldBits } from '../codec.ts';
import type { GroupHead } from './head.ts';

export interface RowProgram {
  /** Words of a row. */
  rowWords: number;
  /** Words of a row that vary, with their pieces: the k-th has those from starts[k] up to starts[k + 1]. */
  target: Uint32Array;
  starts: Uint32Array;
  /** Word of the record that a piece lies in, how far it is rotated to the right, and its bits in the row's word. */
  word: Uint32Array;
  turn: Uint8Array;
  mask: Uint32Array;
  /** Bits that are the same for all bases, as a row. */
  constant: Uint32Array;
  /** Words of a deviation, and of a deviation and a base. */
  deviationWords: number;
  recordWords: number;
  /** Bytes of all of this. */
  bytes: number;
}

/**
 * Puts the program of a group together. Every lane is a field of its own.
 *
 * @param fieldBits no fewer than the widest lane has
 */
export function rowProgram(
  layout: Layout,
  inBase: Uint8Array,
  head: GroupHead,
  fieldBits: FieldBits,
): RowProgram {
  const { lanes, recordBits, fieldWidths } = layout;
  const rowWords = wordsOfRow(fieldWidths.length, fieldBits);
  const target = new Uint32Array(rowWords);
  const starts = new Uint32Array(rowWords + 1);
  const word = new Uint32Array(recordBits);
  const turn = new Uint8Array(recordBits);
  const to = new Uint8Array(recordBits);
  const length = new Uint8Array(recordBits);
  const constant = new Uint32Array(rowWords);
  let baseBits = 0;
  for (let position = 0; position < recordBits; position++) baseBits += inBase[position];
  const deviationWords = (recordBits - baseBits + 31) >>> 5;
  // Bits of a record's words as they are taken, lane by lane, from the least significant on.
  let deviationBit = 0;
  let baseBit = deviationWords * 32;
  let targets = 0;
  let pieces = 0;
  // Where the piece before goes on, if it does: its next bit in the record and in the row.
  let nextSource = -1;
  let nextPlace = -1;
  for (let index = 0; index < lanes.length; index++) {
    const { start, width, field } = lanes[index];
    const isConstant = head.constantMasks[index];
    const values = head.constantValues[index];
    for (let b = 0, place = field * fieldBits; b < width; b++, place++) {
      if (((isConstant >>> b) & 1) === 1) {
        constant[place >>> 5] |= ((values >>> b) & 1) << (place & 31);
        continue;
      }
      const source = inBase[start + width - 1 - b] === 0 ? deviationBit++ : baseBit++;
      const isSame = source === nextSource && (source & 31) !== 0;
      if (isSame && place === nextPlace && (place & 31) !== 0) {
        length[pieces - 1]++;
      } else {
        if (targets === 0 || target[targets - 1] !== place >>> 5) {
          target[targets] = place >>> 5;
          starts[targets++] = pieces;
        }
        word[pieces] = source >>> 5;
        turn[pieces] = (source - place) & 31;
        to[pieces] = place & 31;
        length[pieces++] = 1;
      }
      nextSource = source + 1;
      nextPlace = place + 1;
    }
  }
  starts[targets] = pieces;
  const mask = new Uint32Array(pieces);
  for (let p = 0; p < pieces; p++) mask[p] = lowMask(length[p]) << to[p];
  return {
    rowWords,
    target: target.slice(0, targets),
    starts: starts.slice(0, targets + 1),
    word: word.slice(0, pieces),
    turn: turn.slice(0, pieces),
    mask,
    constant,
    deviationWords,
    recordWords: deviationWords + ((head.sizes.tableBits + 31) >>> 5),
    bytes: 4 * (2 * targets + 1 + rowWords) + 9 * pieces,
  };
}

/**
 * Runs the program: words of the row outside, records inside, so that whatever a word asks for is asked once.
 *
 * @param words record r's words from index r × stride on
 * @param rows row r from index r × rowWords on
 */
export function runProgram(
  program: RowProgram,
  words: Uint32Array,
  stride: number,
  count: number,
  rows: Uint32Array,
): void {
  const { rowWords, target, starts, word, turn, mask, constant } = program;
  // Laid down first; the pieces' bits are 0 in it.
  rows.set(constant);
  for (let r = 1; r < count; r++) rows.copyWithin(r * rowWords, 0, rowWords);
  const size = count * rowWords;
  for (let k = 0; k < target.length; k++) {
    const column = target[k];
    const end = starts[k + 1];
    let p = starts[k];
    for (; end - p >= 4; p += 4) runFour(program, p, words, stride, column, size, rows);
    if (p === end) continue;
    let at0 = word[p];
    const turn0 = turn[p];
    const mask0 = mask[p];
    if (end - p === 1) {
      for (let out = column; out < size; out += rowWords, at0 += stride) {
        const x0 = words[at0];
        rows[out] |= ((x0 >>> turn0) | (x0 << (32 - turn0))) & mask0;
      }
      continue;
    }
    const ahead1 = word[p + 1] - at0;
    const turn1 = turn[p + 1];
    const mask1 = mask[p + 1];
    if (end - p === 2) {
      for (let out = column; out < size; out += rowWords, at0 += stride) {
        const x0 = words[at0];
        const x1 = words[at0 + ahead1];
        rows[out] |=
          (((x0 >>> turn0) | (x0 << (32 - turn0))) & mask0) |
          (((x1 >>> turn1) | (x1 << (32 - turn1))) & mask1);
      }
      continue;
    }
    const ahead2 = word[p + 2] - at0;
    const turn2 = turn[p + 2];
    const mask2 = mask[p + 2];
    for (let out = column; out < size; out += rowWords, at0 += stride) {
      const x0 = words[at0];
      const x1 = words[at0 + ahead1];
      const x2 = words[at0 + ahead2];
      rows[out] |=
        (((x0 >>> turn0) | (x0 << (32 - turn0))) & mask0) |
        (((x1 >>> turn1) | (x1 << (32 - turn1))) & mask1) |
        (((x2 >>> turn2) | (x2 << (32 - turn2))) & mask2);
    }
  }
}

/** Four pieces from the p-th on, of one word of the rows. */
function runFour(
  { rowWords, word, turn, mask }: RowProgram,
  p: number,
  words: Uint32Array,
  stride: number,
  column: number,
  size: number,
  rows: Uint32Array,
): void {
  let at = word[p];
  const ahead1 = word[p + 1] - at;
  const ahead2 = word[p + 2] - at;
  const ahead3 = word[p + 3] - at;
  const turn0 = turn[p];
  const turn1 = turn[p + 1];
  const turn2 = turn[p + 2];
  const turn3 = turn[p + 3];
  const mask0 = mask[p];
  const mask1 = mask[p + 1];
  const mask2 = mask[p + 2];
  const mask3 = mask[p + 3];
  for (let out = column; out < size; out += rowWords, at += stride) {
    const x0 = words[at];
    const x1 = words[at + ahead1];
    const x2 = words[at + ahead2];
    const x3 = words[at + ahead3];
    rows[out] |=
      (((x0 >>> turn0) | (x0 << (32 - turn0))) & mask0) |
      (((x1 >>> turn1) | (x1 << (32 - turn1))) & mask1) |
      (((x2 >>> turn2) | (x2 << (32 - turn2))) & mask2) |
      (((x3 >>> turn3) | (x3 << (32 - turn3))) & mask3);
  }
}
