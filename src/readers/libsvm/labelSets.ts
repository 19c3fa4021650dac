/** The labels of lines that may name several: a column of 0 and 1 for each. */
import type { NumberColumn } from '../../core/table/table.ts';

/** Rows by label. */
export class LabelSets {
  private readonly rows = new Map<number, number[]>();

  get size(): number {
    return this.rows.size;
  }

  /** A label of a row; NaN is none. */
  add(label: number, row: number): void {
    if (label !== label) return;
    const rows = this.rows.get(label);
    if (rows === undefined) this.rows.set(label, [row]);
    else if (rows[rows.length - 1] !== row) rows.push(row);
  }

  /** A column for each label, in ascending order. */
  columns(count: number): { label: number; column: NumberColumn }[] {
    const ascending = [...this.rows].sort(([a], [b]) => a - b);
    return ascending.map(([label, rows]) => {
      const values = new Float64Array(count);
      for (const row of rows) values[row] = 1;
      return { label, column: { kind: 'number', name: `label ${label}`, values, missing: null } };
    });
  }
}
