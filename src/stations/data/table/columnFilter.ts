/** Which columns of a wide table are shown. */
import type { ColumnSummary } from '../../../contracts/codec.ts';
import type { ColumnRole } from '../../roles.ts';

export interface ColumnRow {
  column: ColumnSummary;
  /** Place in the table. */
  index: number;
  role: ColumnRole;
}

export const COLUMN_TRAITS = [
  'all',
  'target',
  'feature',
  'weight',
  'stored',
  'left-out',
  'number',
  'time',
  'text',
  'missing',
] as const;
export type ColumnTrait = (typeof COLUMN_TRAITS)[number];

function hasTrait({ column, role }: ColumnRow, trait: ColumnTrait): boolean {
  switch (trait) {
    case 'all':
      return true;
    case 'missing':
      return column.missing > 0;
    case 'number':
    case 'time':
      return column.kind === trait;
    case 'text':
      return column.kind === 'text' || column.kind === 'category';
    default:
      return role === trait;
  }
}

/** Rows whose name has these letters, in whatever case, and that have the trait. */
export function matchingRows(rows: readonly ColumnRow[], letters: string, trait: ColumnTrait): ColumnRow[] {
  const wanted = letters.trim().toLowerCase();
  return rows.filter((row) => row.column.name.toLowerCase().includes(wanted) && hasTrait(row, trait));
}
