/** What the cells of a column have in common so far: in which styles all are numbers, whether all are times. */
import { readTime, type TimeCell } from '../../core/table/time.ts';
import { TEXT_WORD } from './cells.ts';
import {
  ALL_STYLES,
  COMMA_GROUPED,
  COMMA_PLAIN,
  POINT_GROUPED,
  POINT_PLAIN,
  type NumberReader,
} from './numbers.ts';

/** A cell as a message shows it. */
export interface CellPlace {
  line: number;
  cell: string;
}

/** The cell that made a column text, and why: a code of cells.ts, or a time written in another way than before. */
export interface Offence extends CellPlace {
  why: number;
}
export const OTHER_TIME = 4;

/** Shape of a column before its first time, and of one that is no column of times. */
const ANY_SHAPE = -1;
const NO_SHAPE = -2;

const SHOWN_CHARACTERS = 40;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A cell in quotes, a long one cut. */
function showCell(bytes: Uint8Array, from: number, to: number): string {
  // Four bytes are the most that a character has.
  const text = decoder.decode(bytes.subarray(from, Math.min(to, from + 4 * SHOWN_CHARACTERS)));
  const characters = [...text];
  const long = to > from + 4 * SHOWN_CHARACTERS || characters.length > SHOWN_CHARACTERS;
  return JSON.stringify(long ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…` : text);
}

export class Evidence {
  /** Styles in which every filled cell is a number. */
  styles: number;
  /** Shape of every cell's time. */
  shape: number;
  /** Whether there was a cell that is not missing. */
  seen = false;
  /** First number with a decimal sign or separated thousands. */
  signed: CellPlace | null = null;
  offence: Offence | null = null;
  private readonly time: TimeCell = { value: 0, shape: 0 };
  private readonly out = { why: 0 };

  /** @param asked the type that the user wants, so that nothing else is thought of */
  constructor(asked?: 'number' | 'time') {
    this.styles = asked === 'time' ? 0 : ALL_STYLES;
    this.shape = asked === 'number' ? NO_SHAPE : ANY_SHAPE;
  }

  get isTime(): boolean {
    return this.shape >= 0;
  }

  /** Takes a trimmed cell that is not missing. */
  see(numbers: NumberReader, bytes: Uint8Array, from: number, to: number, line: number): void {
    this.seen = true;
    if (this.offence !== null) return;
    let why = TEXT_WORD;
    if (this.styles !== 0) {
      const styles = numbers.stylesOf(bytes, from, to, this.out);
      if (styles === 0) why = this.out.why;
      if (styles !== ALL_STYLES && styles !== 0) this.noteSigned(bytes, from, to, line);
      this.styles &= styles;
    }
    if (this.shape !== NO_SHAPE) {
      const isTime = readTime(bytes, from, to, this.time);
      if (!isTime) this.shape = NO_SHAPE;
      else if (this.shape === ANY_SHAPE) this.shape = this.time.shape;
      else if (this.shape !== this.time.shape) {
        this.shape = NO_SHAPE;
        why = OTHER_TIME;
      }
    }
    if (this.styles === 0 && this.shape === NO_SHAPE)
      this.offence = { line, cell: showCell(bytes, from, to), why };
  }

  /** Takes a first cell that is a number. */
  seeNumber(): void {
    this.seen = true;
    this.shape = NO_SHAPE;
  }

  /**
   * Takes a number with a decimal sign.
   *
   * @param otherStyles the two styles with the other sign
   * @param grouped whether its sign may as well separate thousands
   */
  seeDecimal(
    otherStyles: number,
    grouped: boolean,
    bytes: Uint8Array,
    from: number,
    to: number,
    line: number,
  ): void {
    const stays = grouped ? otherStyles & (POINT_GROUPED | COMMA_GROUPED) : 0;
    this.styles &= ~otherStyles | stays;
    if (this.signed === null) this.noteSigned(bytes, from, to, line);
  }

  private noteSigned(bytes: Uint8Array, from: number, to: number, line: number): void {
    this.signed ??= { line, cell: showCell(bytes, from, to) };
  }
}

/** How a file writes its numbers, as far as the file as a whole says. */
export interface NumberDialect {
  delimiter: string;
  decimal: '.' | ',';
  /** Whether the user has chosen the decimal sign. */
  decimalChosen: boolean;
}

/**
 * The style of a column in which all cells are numbers in several.
 *
 * A cell that fits only one way (1,234,567 or 1,234.5 or 3,14) decides for its column, and the file's decimal sign for
 * 1.234 in a file with points. What is left is 1,234 in a file with points: a thousand or a fraction, unless the user
 * has chosen the sign.
 *
 * @returns 0 when it cannot be told
 */
export function chooseStyle(styles: number, { delimiter, decimal, decimalChosen }: NumberDialect): number {
  const point = decimal === '.';
  const plain = point ? POINT_PLAIN : COMMA_PLAIN;
  const grouped = point ? POINT_GROUPED : COMMA_GROUPED;
  const otherPlain = point ? COMMA_PLAIN : POINT_PLAIN;
  const otherGrouped = point ? COMMA_GROUPED : POINT_GROUPED;
  if ((styles & plain) !== 0) return plain;
  if ((styles & otherPlain) !== 0) {
    if ((styles & grouped) !== 0) return decimalChosen ? grouped : 0;
    // Between commas, "3,14" may as well be a list of two.
    return otherPlain === COMMA_PLAIN && delimiter === ',' ? 0 : otherPlain;
  }
  return (styles & grouped) !== 0 ? grouped : styles & otherGrouped;
}
