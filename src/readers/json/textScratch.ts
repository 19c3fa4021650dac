/** JSON's escapes undone, in a buffer that is used again. */

const BACKSLASH = 92;
/** What the letters behind a backslash stand for. */
const ESCAPES: ReadonlyMap<number, number> = new Map(
  (
    [
      ['"', '"'],
      ['\\', '\\'],
      ['/', '/'],
      ['b', '\b'],
      ['f', '\f'],
      ['n', '\n'],
      ['r', '\r'],
      ['t', '\t'],
    ] as const
  ).map(([letter, meant]) => [letter.charCodeAt(0), meant.charCodeAt(0)]),
);
const LETTER_U = 117;
/** First bytes of characters by how many follow. */
const LEADS = [0, 0xc0, 0xe0, 0xf0];

/** The 16 bits of four hex digits; −1 where they are none. */
function unitAt(bytes: Uint8Array, at: number, to: number): number {
  if (at + 4 > to) return -1;
  let unit = 0;
  for (let k = at; k < at + 4; k++) {
    const digit = Number.parseInt(String.fromCharCode(bytes[k]), 16);
    if (Number.isNaN(digit)) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

export class TextScratch {
  private bytes = new Uint8Array(256);
  private length = 0;

  /** The last text, valid until the next. */
  get text(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** @returns where a wrong escape stands, half of a surrogate pair included; −1 where there is none */
  unescape(bytes: Uint8Array, from: number, to: number): number {
    // No escape is shorter than what it stands for.
    if (this.bytes.length < to - from) this.bytes = new Uint8Array(2 * (to - from));
    this.length = 0;
    for (let at = from; at < to; at++) {
      if (bytes[at] !== BACKSLASH) {
        this.bytes[this.length++] = bytes[at];
        continue;
      }
      const begin = at++;
      if (bytes[at] !== LETTER_U) {
        const meant = at < to ? ESCAPES.get(bytes[at]) : undefined;
        if (meant === undefined) return begin;
        this.bytes[this.length++] = meant;
        continue;
      }
      const unit = unitAt(bytes, at + 1, to);
      at += 4;
      if (unit < 0 || (unit >= 0xdc00 && unit <= 0xdfff)) return begin;
      if (unit < 0xd800 || unit > 0xdbff) {
        this.write(unit);
        continue;
      }
      const low = bytes[at + 1] === BACKSLASH && bytes[at + 2] === LETTER_U ? unitAt(bytes, at + 3, to) : -1;
      if (low < 0xdc00 || low > 0xdfff) return begin;
      at += 6;
      this.write(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
    }
    return -1;
  }

  private write(point: number): void {
    if (point < 0x80) {
      this.bytes[this.length++] = point;
      return;
    }
    const more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    this.bytes[this.length++] = LEADS[more] | (point >> (6 * more));
    for (let k = more - 1; k >= 0; k--) this.bytes[this.length++] = 0x80 | ((point >> (6 * k)) & 0x3f);
  }
}
