/** Tables and pictures as named arrays, as an .npz holds them. */
import type { ImageSet } from '../src/core/images/imageSet.ts';
import type { Column, Table } from '../src/core/table/table.ts';
import {
  npyBytes,
  npyDoubles,
  npyIntegers,
  npyTexts,
  type NpyArray,
} from '../src/readers/arrays/writeNpy.ts';

type Named = readonly [name: string, array: NpyArray];

/** Values of some records, a missing number as NaN and a missing text as empty. */
function arrayOf(column: Column, rows: ArrayLike<number> | null): NpyArray {
  const count = rows?.length ?? (column.kind === 'number' ? column.values.length : column.codes.length);
  const rowOf = (k: number): number => (rows === null ? k : rows[k]);
  const isMissing = (row: number): boolean => column.missing?.[row] === 1;
  if (column.kind === 'number') {
    const values = new Float64Array(count);
    for (let k = 0; k < count; k++) values[k] = isMissing(rowOf(k)) ? NaN : column.values[rowOf(k)];
    return npyDoubles(values);
  }
  return npyTexts(
    Array.from({ length: count }, (_, k) =>
      isMissing(rowOf(k)) ? '' : column.dictionary[column.codes[rowOf(k)]],
    ),
  );
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

/** One array for every column. @param rows records to take, in this order; null for all */
export function* tableAsArrays(
  { columns }: Pick<Table, 'columns'>,
  rows: ArrayLike<number> | null = null,
): Generator<Named> {
  const names = arrayNames(columns.map(({ name }) => name));
  for (const column of columns) yield [names.next().value as string, arrayOf(column, rows)];
}

interface SomePictures extends Pick<ImageSet, 'shape' | 'classNames' | 'pixels'> {
  labels: ArrayLike<number>;
  /** Number of every picture in its data set, where these are some of it. */
  records?: ArrayLike<number>;
  /** 1 of every test picture. */
  isTest?: Uint8Array;
}

/** images (n, height, width[, 3]), labels, class_names; of all also is_test, of some their records. */
export function* picturesAsArrays(some: SomePictures): Generator<Named> {
  const { shape, classNames, pixels, labels, records, isTest } = some;
  const { width, height, channels } = shape;
  const lengths = [labels.length, height, width, ...(channels === 1 ? [] : [channels])];
  yield ['images', npyBytes(lengths, pixels)];
  yield ['labels', npyIntegers(Int32Array.from(labels))];
  yield ['class_names', npyTexts(classNames)];
  if (records !== undefined) yield ['records', npyIntegers(Int32Array.from(records))];
  if (isTest !== undefined) yield ['is_test', npyBytes([isTest.length], isTest)];
}
