/** Cells that stand for a missing value, told from their bytes. */
import { MISSING_MARKERS } from './cells.ts';
import { NumberReader, POINT_PLAIN, COMMA_PLAIN } from './numbers.ts';

const SIGNS_AND_DIGITS = '+-.,0123456789';

export class MissingMarkers {
  /** By its first byte, whether a cell may be a marker: nearly all cells are none by it. */
  readonly first = new Uint8Array(256);
  private readonly spellings: Uint8Array[] = [];
  private readonly values: number[] = [];
  private readonly numbers = new NumberReader(true);
  private readonly style: number;

  /**
   * @param extra markers of the user; one that is a number stands for every spelling of this number
   * @param decimal the file's decimal sign
   * @param usual whether the usual markers count too
   */
  constructor(extra: readonly string[], decimal: '.' | ',', usual: boolean) {
    this.style = decimal === ',' ? COMMA_PLAIN : POINT_PLAIN;
    const encoder = new TextEncoder();
    for (const marker of [...(usual ? MISSING_MARKERS : []), ...extra]) {
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

  /** Whether a trimmed cell whose first byte may begin one is a marker. */
  matches(bytes: Uint8Array, from: number, to: number): boolean {
    for (const spelling of this.spellings) {
      if (spelling.length !== to - from) continue;
      let k = 0;
      while (k < spelling.length && spelling[k] === bytes[from + k]) k++;
      if (k === spelling.length) return true;
    }
    if (this.values.length === 0 || this.numbers.readStyled(bytes, from, to, this.style) !== 0) return false;
    return this.values.includes(this.numbers.value);
  }
}
