/** All rows of a file into its columns. */
import { LabError } from '../../core/errors.ts';
import { MAX_CELLS } from '../../core/table/table.ts';
import { scannerFor } from './dialect.ts';
import type { ColumnReader } from './columnReader.ts';
import type { Plan } from './plan.ts';
import type { RowScanner } from './rowScanner.ts';

/** Ragged rows after which there is no use in counting further, and how many of them are named. */
const MOST_RAGGED = 1000;
const NAMED_RAGGED = 5;

/** Rows that have another number of cells than the table is wide. */
class Ragged {
  private readonly named: string[] = [];
  private count = 0;
  private readonly width: number;

  constructor(width: number) {
    this.width = width;
  }

  get found(): boolean {
    return this.count > 0;
  }

  add(line: number, cells: number): void {
    this.count++;
    if (this.named.length < NAMED_RAGGED)
      this.named.push(`line ${line} (${cells === 1 ? '1 cell' : `${cells} cells`})`);
    if (this.count >= MOST_RAGGED) this.refuse(true);
  }

  refuse(andMore = false): never {
    const { count, named, width } = this;
    const rows = count === 1 ? 'One row has' : `${andMore ? 'At least ' : ''}${count} rows have`;
    const others = count > named.length ? ', …' : '';
    throw new LabError(
      'CSV_RAGGED',
      `${rows} another number of cells than the table, which has ${width}: ${named.join(', ')}${others}.`,
    );
  }
}

export interface RowCounts {
  rows: number;
  blankRows: number;
}

/** Reads all rows into columns; `columns[c]` may be null when it is not wanted. */
export class RowReader {
  private readonly scanner: RowScanner;
  private readonly plan: Plan;
  private readonly columns: readonly (ColumnReader | null)[];
  private readonly ragged: Ragged;
  private rows = 0;
  private blankRows = 0;

  constructor(plan: Plan, columns: readonly (ColumnReader | null)[]) {
    this.scanner = scannerFor(plan.delimiter);
    this.plan = plan;
    this.columns = columns;
    this.ragged = new Ragged(plan.width);
  }

  push(text: Uint8Array): void {
    this.scanner.append(text);
    this.takeRows();
  }

  finish(): RowCounts {
    this.scanner.finish();
    this.takeRows();
    if (this.ragged.found) this.ragged.refuse();
    return { rows: this.rows, blankRows: this.blankRows };
  }

  private takeRows(): void {
    const { scanner, columns, plan } = this;
    const { width, layout } = plan;
    while (scanner.next()) {
      if (scanner.blank) {
        this.blankRows++;
        continue;
      }
      if (scanner.line < layout.firstLine) continue;
      if (scanner.cells !== width) {
        this.ragged.add(scanner.line, scanner.cells);
        continue;
      }
      if (this.ragged.found) continue;
      if ((this.rows + 1) * width > MAX_CELLS)
        throw new LabError('CSV_TOO_LARGE', `The table has more than ${MAX_CELLS} cells.`);
      const { bytes, starts, ends, line } = scanner;
      // Columns at the right that have nothing in them are not read again.
      for (let c = 0; c < columns.length; c++) {
        const column = columns[c];
        if (column !== null) column.add(bytes, starts[c], ends[c], this.rows, line);
      }
      this.rows++;
    }
  }
}
