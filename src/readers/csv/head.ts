/** The start of a file, from which is told how the file is written and what its columns seem to be. */

/** Text from which the dialect and the first guess of types are taken. */
const HEAD_BYTES = 262_144;
/** Where the first rows are longer than that, more is taken, up to beyond the longest row. */
const LARGEST_HEAD = 17 * 1024 * 1024;
const LINES_IN_HEAD = 2;

/** The start of the text, of a length that does not depend on how the file comes in pieces. */
export async function readHead(pieces: AsyncGenerator<Uint8Array, void>): Promise<{
  text: Uint8Array;
  /** Text behind the head in the last piece. */
  rest: Uint8Array;
  whole: boolean;
}> {
  let text = new Uint8Array(HEAD_BYTES);
  let length = 0;
  let wanted = HEAD_BYTES;
  for (;;) {
    const next = await pieces.next();
    if (next.done === true) return { text: text.subarray(0, length), rest: new Uint8Array(0), whole: true };
    const { value } = next;
    let taken = 0;
    while (taken < value.length) {
      const some = value.subarray(taken, taken + wanted - length);
      text.set(some, length);
      length += some.length;
      taken += some.length;
      if (length < wanted) break;
      if (wanted >= LARGEST_HEAD || countLines(text) >= LINES_IN_HEAD)
        return { text, rest: value.slice(taken), whole: false };
      wanted *= 2;
      const larger = new Uint8Array(wanted);
      larger.set(text);
      text = larger;
    }
  }
}

function countLines(text: Uint8Array): number {
  let lines = 0;
  for (let i = 0; i < text.length && lines < LINES_IN_HEAD; i++) {
    if (text[i] === 10 || (text[i] === 13 && text[i + 1] !== 10)) lines++;
  }
  return lines;
}
