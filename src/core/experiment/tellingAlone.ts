/** Features that give the target by themselves, though perhaps by no line: by their order, a threshold or a table. */
import type { Design, DesignMatrix } from '../regression/design.ts';
import { correlation } from './association.ts';
import { GIVEN, ROUNDING, type Leak } from './leak.ts';

/** Different values of a number that are looked at as classes are. */
const MOST_VALUES = 64;
/** Different values of a target below which its order says nothing. */
const LEAST_TARGETS = 20;

type Telling = Pick<Leak, 'r2' | 'isExact' | 'how'>;

/** Of the rows of a matrix, one column. */
function cellsOf({ x, width }: DesignMatrix, rows: Uint32Array, column: number): Float64Array {
  return Float64Array.from(rows, (row) => x[row * width + column]);
}

export const picked = (values: ArrayLike<number>, rows: Uint32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row]);

export function joined(first: Float64Array, second: Float64Array): Float64Array {
  const both = new Float64Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Whether a feature alone tells the classes apart; `classes` are those of training and test records. */
export function classesAlone(
  { train, test }: Design,
  columns: readonly number[],
  rows: Uint32Array,
  testRows: Uint32Array,
  classes: Float64Array,
): Telling | null {
  // A feature of several design columns is a category: its own column is the only one above 0 when standardised.
  const category = (matrix: DesignMatrix, of: Uint32Array): Float64Array =>
    Float64Array.from(of, (row) => columns.findIndex((column) => matrix.x[row * matrix.width + column] > 0));
  const [column] = columns;
  const values =
    columns.length === 1
      ? joined(cellsOf(train, rows, column), cellsOf(test, testRows, column))
      : joined(category(train, rows), category(test, testRows));
  const isTold = tellsApart(values, classes, columns.length === 1);
  return isTold ? { r2: 1, isExact: true, how: 'classes' } : null;
}

/** Whether a number alone orders the records as the target does, or gives it. */
export function orderedAlone(
  { train, test }: Design,
  columns: readonly number[],
  rows: Uint32Array,
  testRows: Uint32Array,
): Telling | null {
  if (columns.length > 1) return null;
  const [column] = columns;
  const x = cellsOf(test, testRows, column);
  const y = picked(test.y, testRows);
  // A target of few values orders too little to say anything.
  if (new Set(y).size < LEAST_TARGETS || correlation(ranks(x), ranks(y)) ** 2 < GIVEN) return null;
  const r2 = correlation(ranks(cellsOf(train, rows, column)), ranks(picked(train.y, rows))) ** 2;
  if (r2 < GIVEN) return null;
  const linear = correlation(x, y) ** 2;
  return linear >= GIVEN
    ? { r2: linear, isExact: 1 - linear < ROUNDING, how: 'value' }
    : { r2, isExact: 1 - r2 < ROUNDING, how: 'order' };
}

/** Whether each of few values has one class, or thresholds on a number divide the records into their classes. */
function tellsApart(values: Float64Array, classes: Float64Array, isNumber: boolean): boolean {
  const different = new Set(classes).size;
  if (different < 2) return false;
  const classOf = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const known = classOf.get(values[i]);
    if (known !== undefined && known !== classes[i]) return false;
    classOf.set(values[i], classes[i]);
  }
  // Where nearly every record has a value of its own, having one class each says nothing.
  if (classOf.size <= Math.min(MOST_VALUES, values.length / 4)) return true;
  if (!isNumber) return false;
  const inOrder = [...classOf].sort(([a], [b]) => a - b);
  let changes = 0;
  for (let i = 1; i < inOrder.length; i++) if (inOrder[i][1] !== inOrder[i - 1][1]) changes++;
  return changes < different;
}

/** Rank of every value; equal ones share the mean of theirs. */
function ranks(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  const rankOf = new Map<number, number>();
  for (let first = 0; first < sorted.length;) {
    let last = first;
    while (last + 1 < sorted.length && sorted[last + 1] === sorted[first]) last++;
    rankOf.set(sorted[first], (first + last) / 2);
    first = last + 1;
  }
  return values.map((value) => rankOf.get(value) ?? 0);
}
