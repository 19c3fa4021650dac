/** From pieces of text to rows of cells: PapaParse splits, this file finds the delimiter and carries rows over. */
import Papa from 'papaparse';
import { LabError } from '../../errors.ts';

/** Longest line that is held while waiting for its end. */
const MAX_LINE = 16 * 1024 * 1024;
const DELIMITERS = [',', '\t', ';'];

/**
 * Finds the end of the header line, which quoted cells may carry over line breaks, and counts the candidates for the
 * delimiter in it.
 *
 * @returns end: index of the line break behind the header, or −1 when it is not there yet
 */
function scanHeader(text: string): { counts: number[]; end: number } {
  const counts = DELIMITERS.map(() => 0);
  let quoted = false;
  let atCellStart = true;
  let i = 0;
  while (text[i] === '\n' || text[i] === '\r') i++; // blank lines
  for (; i < text.length; i++) {
    const character = text[i];
    if (quoted) {
      if (character !== '"') continue;
      if (text[i + 1] === '"') i++;
      else quoted = false;
      continue;
    }
    if (character === '\n' || character === '\r') return { counts, end: i };
    // A quote inside a cell is a character like any other.
    quoted = atCellStart && character === '"';
    const candidate = DELIMITERS.indexOf(character);
    if (candidate >= 0) counts[candidate]++;
    atCellStart = candidate >= 0;
  }
  return { counts, end: -1 };
}

/** Splits the text into rows as it comes, carrying an unfinished row over to the next chunk. */
export class RowSplitter {
  private rest = '';
  /** Length of the rest from which it is worth another look: a long row is not gone through with every chunk. */
  private enough = 0;
  private parser: { delimiter: string; newline: '\n' | '\r\n' | '\r' } | null = null;
  line = 1;

  get delimiter(): string {
    return this.parser?.delimiter ?? ',';
  }

  /** Takes the candidate that splits the header most often, and the line break behind the header. */
  private start(text: string, { counts, end }: { counts: number[]; end: number }): void {
    const newline = text.startsWith('\r\n', end) ? '\r\n' : text[end] === '\r' ? '\r' : '\n';
    this.parser = { delimiter: DELIMITERS[counts.indexOf(Math.max(...counts))], newline };
  }

  push(text: string, last: boolean, take: (row: string[]) => void): void {
    this.rest += text;
    if (!last && this.rest.length < this.enough) return this.checkLine();
    this.enough = Math.min(2 * this.rest.length, MAX_LINE);
    if (this.parser === null) {
      // The header has to be whole before its delimiter can be told, and one character more to tell \r from \r\n.
      const header = scanHeader(this.rest);
      if (!last && (header.end < 0 || header.end + 1 === this.rest.length)) return this.checkLine();
      this.start(this.rest, header);
    }
    const parser = new Papa.Parser({ ...this.parser!, quoteChar: '"', escapeChar: '"' });
    const result = parser.parse(this.rest, 0, !last) as {
      data: string[][];
      errors: { code: string; row: number }[];
      meta: { cursor: number };
    };
    // In the row that is still unfinished, one misplaced quote may be waiting for what closes it properly.
    const [error, another] = result.errors;
    const certain =
      error !== undefined && (last || another !== undefined || error.row < result.data.length) ? error : null;
    // The rows before it come first, so that a file has the same first fault however it is cut into chunks.
    for (const row of certain === null ? result.data : result.data.slice(0, certain.row)) {
      take(row);
      this.line++;
    }
    if (certain !== null) {
      throw new LabError(
        'CSV_QUOTES',
        `A quoted cell near line ${this.line} is not closed or is followed by more text.`,
      );
    }
    if (result.meta.cursor > 0) this.enough = 0;
    this.rest = last ? '' : this.rest.slice(result.meta.cursor);
    this.checkLine();
  }

  private checkLine(): void {
    if (this.rest.length > MAX_LINE) {
      throw new LabError(
        'CSV_TOO_LARGE',
        `The row at line ${this.line} is longer than ${MAX_LINE} characters; perhaps a quote is not closed.`,
      );
    }
  }
}
