/**
 * The classes of condensed samples. A sample stands for records of several classes and has the share of each: it becomes
 * a row for every class that it has any of, weighted by how many records these are.
 */
import type { Column, NumberColumn, Table } from '../../core/table/table.ts';
import { finishText } from '../../core/table/textColumn.ts';

const IS = ' = ';
/** Shares are means: sums of them are off by roundings. */
const NEARLY = 1e-9;

/** The columns of shares, the last ones before the weight. */
interface Shares {
  /** Name of the target. */
  name: string;
  /** Names of the classes; of two the columns have the second one alone, and the first has no name there. */
  labels: string[];
  columns: NumberColumn[];
}

const isMissing = ({ missing }: NumberColumn, row: number): boolean => missing?.[row] === 1;

function areShares(columns: readonly NumberColumn[], rows: number): boolean {
  const isAlone = columns.length === 1;
  for (let row = 0; row < rows; row++) {
    if (isMissing(columns[0], row)) continue;
    let sum = 0;
    for (const { values } of columns) {
      if (!(values[row] >= 0 && values[row] <= 1 + NEARLY)) return false;
      sum += values[row];
    }
    if (!isAlone && Math.abs(sum - 1) > NEARLY) return false;
  }
  return true;
}

/** The shares of classes before the weight; null where the target is a number. */
function sharesOf({ rows, columns }: Table): Shares | null {
  const numbers = columns.slice(0, -1) as NumberColumn[];
  const last = numbers[numbers.length - 1].name;
  // A name or a word may hold the sign itself: whichever way of reading it makes shares.
  for (let at = last.indexOf(IS); at > 0; at = last.indexOf(IS, at + 1)) {
    const start = last.slice(0, at + IS.length);
    const first = 1 + numbers.findLastIndex(({ name }) => !name.startsWith(start));
    const found = numbers.slice(first);
    // Of two classes there is one column, and a feature is left before them.
    if (found.length === 2 || first === 0 || !areShares(found, rows)) continue;
    const labels = found.map(({ name }) => name.slice(start.length));
    return { name: last.slice(0, at), columns: found, labels };
  }
  return null;
}

export interface Unfolded {
  table: Table;
  /** Name of the target, and of the columns that it was made of. */
  target: string;
  from: string[];
}

/**
 * Condensed samples of classes, the shares of the classes last before the weight, as records that each have one class.
 *
 * @returns null where the target is a number
 */
export function withClasses(table: Table): Unfolded | null {
  const shares = sharesOf(table);
  if (shares === null) return null;
  const { name, columns } = shares;
  const isPair = columns.length === 1;
  const labels = isPair ? [`not ${shares.labels[0]}`, ...shares.labels] : shares.labels;
  const weight = table.columns[table.columns.length - 1] as NumberColumn;
  const places: number[] = [];
  const codes: number[] = [];
  const missing: number[] = [];
  const weights: number[] = [];
  const add = (row: number, label: number, share: number, lacks = 0): void => {
    if (share === 0) return;
    const records = share * weight.values[row];
    const whole = Math.round(records);
    places.push(row);
    codes.push(label);
    missing.push(lacks);
    // A share is a number of records over another one.
    weights.push(Math.abs(records - whole) <= NEARLY * whole ? whole : records);
  };
  for (let row = 0; row < table.rows; row++) {
    if (isMissing(columns[0], row)) add(row, 0, 1, 1);
    else if (isPair) {
      add(row, 0, 1 - columns[0].values[row]);
      add(row, 1, columns[0].values[row]);
    } else columns.forEach(({ values }, label) => add(row, label, values[row]));
  }
  const features = table.columns.slice(0, -1 - columns.length).map((column) => taken(column, places));
  const lacking = missing.includes(1) ? Uint8Array.from(missing) : null;
  const target = finishText(name, labels, Uint32Array.from(codes), lacking);
  const weighed: NumberColumn = { ...weight, values: Float64Array.from(weights), missing: null };
  return {
    table: { rows: places.length, columns: [...features, target, weighed] },
    target: name,
    from: columns.map((column) => column.name),
  };
}

function taken(column: Column, places: readonly number[]): Column {
  if (column.kind === 'text') return column;
  const missing = column.missing === null ? null : Uint8Array.from(places, (row) => column.missing![row]);
  return { ...column, missing, values: Float64Array.from(places, (row) => column.values[row]) };
}
