/** Cells that stand for a missing value, told from their bytes. */
import { NumberReader, POINT_PLAIN, COMMA_PLAIN } from './numbers.ts';

const SIGNS_AND_DIGITS = '+-.,0123456789';

export class MissingMarkers {
  /** By its first byte, whether a cell may be a marker: nearly all cells are none by it. */
  readonly first = new Uint8Array(256);
  /** The spellings that nobody had to name; `find` gives their places. */
  readonly usual: readonly string[];
  private readonly spellings: Uint8Array[] = [];
  private readonly values: number[] = [];
  private readonly numbers = new NumberReader(true);
  private readonly style: number;

  /**
   * @param usual spellings that stand for a missing value anyway
   * @param extra markers of the user; one that is a number stands for every spelling of this number
   * @param decimal the file's decimal sign
   */
  constructor(usual: readonly string[], extra: readonly string[], decimal: '.' | ',') {
    this.usual = usual;
    this.style = decimal === ',' ? COMMA_PLAIN : POINT_PLAIN;
    const encoder = new TextEncoder();
    for (const marker of [...usual, ...extra]) {
      const spelling = encoder.encode(marker.trim());
      if (spelling.length === 0) continue;
      this.spellings.push(spelling);
      this.first[spelling[0]] = 1;
    }
    for (const marker of extra) {
      const spelling = encoder.encode(marker.trim());
      // A number may be given with a point whatever the file's sign is.
      const isNumber =
        spelling.length > 0 &&
        (this.numbers.readStyled(spelling, 0, spelling.length, this.style) === 0 ||
          this.numbers.readStyled(spelling, 0, spelling.length, POINT_PLAIN) === 0);
      if (!isNumber) continue;
      this.values.push(this.numbers.value);
      for (const sign of SIGNS_AND_DIGITS) this.first[sign.charCodeAt(0)] = 1;
    }
  }

  /**
   * The place among the spellings of a trimmed cell whose first byte may begin one: below `usual.length` it is a usual
   * one, −1 that the cell is no marker.
   */
  find(bytes: Uint8Array, from: number, to: number): number {
    const { spellings } = this;
    for (let place = 0; place < spellings.length; place++) {
      const spelling = spellings[place];
      if (spelling.length !== to - from) continue;
      let k = 0;
      while (k < spelling.length && spelling[k] === bytes[from + k]) k++;
      if (k === spelling.length) return place;
    }
    if (this.values.length === 0 || this.numbers.readStyled(bytes, from, to, this.style) !== 0) return -1;
    return this.values.includes(this.numbers.value) ? spellings.length : -1;
  }

  /** Whether a trimmed cell is a marker. */
  matches(bytes: Uint8Array, from: number, to: number): boolean {
    return from < to && this.first[bytes[from]] === 1 && this.find(bytes, from, to) >= 0;
  }
}
