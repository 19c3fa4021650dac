/** The tables of an archive in the order in which they are looked at. */
import type { TableReport } from '../../../contracts/images.ts';

export type ClassOrder = 'class' | 'share' | 'bytes' | 'bases';

export interface ClassTable extends TableReport {
  /** Number of the table. */
  table: number;
  /** Share of its training pictures' raw pixels. */
  share: number;
}

/** With the largest first, but for the order of the classes. */
export function orderTables(tables: readonly TableReport[], order: ClassOrder): ClassTable[] {
  const rows = tables.map((one, table) => ({
    ...one,
    table,
    share: one.rawBytes > 0 ? one.bytes / one.rawBytes : 0,
  }));
  if (order === 'share') rows.sort((a, b) => b.share - a.share);
  if (order === 'bytes') rows.sort((a, b) => b.bytes - a.bytes);
  if (order === 'bases') rows.sort((a, b) => (b.bases?.baseCount ?? 0) - (a.bases?.baseCount ?? 0));
  return rows;
}
