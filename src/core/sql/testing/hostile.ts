/** A table whose names try to be SQL. */
import type { Table } from '../../table/table.ts';
import { numberColumn, tableOf, textColumn } from '../../testing/randomTables.ts';

export const HOSTILE_NAMES = [
  'a"; DROP TABLE x; --',
  "b'; SELECT 1; --",
  'c`d``',
  'e.f.g',
  '💎; ünï',
  'new\nline -- ',
  '/* open',
  'back\\slash\\',
  'v0',
];

export function hostileTable(): Table {
  const cells = (k: number): number[] => Array.from({ length: 40 }, (_, i) => (i * (2 * k + 3)) % 23);
  return tableOf(
    ...HOSTILE_NAMES.map((name, k) => numberColumn(name, cells(k))),
    textColumn(
      'cut',
      Array.from({ length: 40 }, (_, i) => ['a', "b'; --", 'c`"'][(i * i) % 3 === 0 ? 0 : 1 + (i % 2)]),
    ),
    numberColumn('y', cells(5)),
  );
}
