/** Tables as named arrays, as an .npz holds them. */
import type { Column, Table } from '../src/core/table/table.ts';
import { npyDoubles, npyTexts, type NpyArray } from '../src/readers/arrays/writeNpy.ts';

type Named = readonly [name: string, array: NpyArray];

/** Some records of a table, in the order of their numbers as given. */
export function pickRecords({ columns }: Pick<Table, 'columns'>, records: ArrayLike<number>): Table {
  const flagsOf = (missing: Uint8Array | null): Uint8Array | null =>
    missing === null ? null : Uint8Array.from(records, (record) => missing[record]);
  return {
    rows: records.length,
    columns: columns.map((column) =>
      column.kind === 'number'
        ? {
            ...column,
            values: Float64Array.from(records, (record) => column.values[record]),
            missing: flagsOf(column.missing),
          }
        : {
            ...column,
            codes: Uint32Array.from(records, (record) => column.codes[record]),
            missing: flagsOf(column.missing),
          },
    ),
  };
}

/** A missing number as NaN and a missing text as empty. */
function arrayOf(column: Column): NpyArray {
  const isMissing = (row: number): boolean => column.missing?.[row] === 1;
  if (column.kind === 'number')
    return npyDoubles(column.values.map((value, row) => (isMissing(row) ? NaN : value)));
  return npyTexts(Array.from(column.codes, (code, row) => (isMissing(row) ? '' : column.dictionary[code])));
}

/** A name that no two arrays share and that no zip takes for a path. */
function* arrayNames(names: readonly string[]): Generator<string> {
  const taken = new Set<string>();
  for (const [c, name] of names.entries()) {
    const plain = name.replace(/[\\/:\0]+/g, '_').replace(/^\.+/, '');
    let unique = plain === '' ? `column${c + 1}` : plain;
    for (let k = 2; taken.has(unique); k++) unique = `${plain}_${k}`;
    taken.add(unique);
    yield unique;
  }
}

/** One array for every column. */
export function* tableAsArrays({ columns }: Pick<Table, 'columns'>): Generator<Named> {
  const names = arrayNames(columns.map(({ name }) => name));
  for (const column of columns) yield [names.next().value as string, arrayOf(column)];
}
