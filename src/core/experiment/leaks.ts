/**
 * Leaks: features from which the target can be read off, so that nothing is left to predict. A feature alone, or at
 * most five together, that give the target with an R² of at least 0.9999 on the test records, or separate its classes.
 *
 * Everything linear goes by moments: with the cross products of all design columns and targets taken once, the least
 * squares of any few columns are a small system, and their error needs no further pass over the records.
 */
import type { Pulse } from '../pulse.ts';
import { trueClasses } from '../regression/classification.ts';
import { solveSymmetric } from '../regression/cholesky.ts';
import type { Design, DesignMatrix } from '../regression/design.ts';

export interface Leak {
  /** Features by name. */
  columns: string[];
  /** On the test records; of classes that of their indicators. */
  r2: number;
  isExact: boolean;
  /**
   * value: a linear model of them gives the target; order: they order the records as the target does; classes: their
   * values, or a threshold on them, tell the classes apart.
   */
  how: 'value' | 'order' | 'classes';
}

export interface LeakSearch {
  leaks: Leak[];
  /** Training records that were looked at. */
  rows: number;
  /** Whether features were looked at one by one alone, since there are too many of them. */
  isOneByOne: boolean;
}

/** R² from which a target is given. */
const GIVEN = 0.9999;
/** 1 − R² below which it is given exactly: what rounding leaves. */
const ROUNDING = 1e-9;
/** Most features of a leak. */
const HANDFUL = 5;
/** Most leaks of several features. */
const MOST_HANDFULS = 3;
/** Most training and test records looked at. */
const MOST_ROWS = { train: 50_000, test: 20_000 };
/** Most multiplications of the moments, and of solving for all columns: about a second of either. */
const MOST_WORK = 1e9;
/** Fewer records prove nothing. */
const LEAST_ROWS = { train: 20, test: 5 };
/** Different values of a number that are looked at as classes are. */
const MOST_VALUES = 64;

interface Moments {
  rows: number;
  /** Design columns and targets. */
  size: number;
  /** size × size, row-major: sums of products. */
  cross: Float64Array;
}

/** Records that stand for all, evenly spread. */
function spread(rows: number, most: number): Uint32Array {
  const count = Math.min(rows, most);
  return Uint32Array.from({ length: count }, (_, k) => Math.floor((k * rows) / count));
}

/** @param names name of the feature that each design column belongs to; the bias has none */
export async function findLeaks(
  design: Design,
  names: readonly (string | null)[],
  pulse: Pulse,
): Promise<LeakSearch> {
  const { width, outputs } = design.train;
  const size = width + outputs;
  const fits = Math.floor((2 * MOST_WORK) / (size * size));
  const isOneByOne = fits < 5 * size || (outputs * width ** 3) / 6 > MOST_WORK;
  const rows = spread(design.train.rows, MOST_ROWS.train);
  const testRows = spread(design.test.rows, MOST_ROWS.test);
  const search: LeakSearch = { leaks: [], rows: rows.length, isOneByOne };
  if (rows.length < LEAST_ROWS.train || testRows.length < LEAST_ROWS.test) return search;

  const features = groups(names);
  const classes =
    design.labels === null
      ? null
      : joined(picked(trueClasses(design.train), rows), picked(trueClasses(design.test), testRows));
  const alone = new Set<string>();
  const look = async (done: number): Promise<void> => {
    const total = features.size;
    if (pulse.due()) await pulse.beat({ phase: 'Looking for leaks', done, total, unit: 'columns' });
  };
  let done = 0;
  for (const [name, columns] of features) {
    await look(done++);
    const how =
      classes === null
        ? orderedAlone(design, columns, rows, testRows)
        : classesAlone(design, columns, rows, testRows, classes);
    if (how === null) continue;
    alone.add(name);
    search.leaks.push({ columns: [name], ...how });
  }
  if (isOneByOne) return search;

  const scale = targetScale(design.train);
  const train = await moments(design.train, spread(rows.length, fits), rows, scale, pulse);
  const test = await moments(design.test, spread(testRows.length, fits), testRows, scale, pulse);
  const finder = new Finder(features, { train, test, width, outputs });
  const rest = [...features.keys()].filter((name) => !alone.has(name));
  for (let k = 0; k < MOST_HANDFULS && rest.length > 0; k++) {
    await look(done);
    const found = finder.handful(rest);
    if (found === null) break;
    search.leaks.push(found);
    for (const name of found.columns) rest.splice(rest.indexOf(name), 1);
  }
  return search;
}

/** Design columns of each feature. */
function groups(names: readonly (string | null)[]): Map<string, number[]> {
  const columns = new Map<string, number[]>();
  names.forEach((name, column) => {
    if (name === null) return;
    const group = columns.get(name);
    if (group === undefined) columns.set(name, [column]);
    else group.push(column);
  });
  return columns;
}

/** Mean of each target and what it is divided by, so that no target's unit decides the precision. */
function targetScale({ rows, outputs, y }: DesignMatrix): { means: Float64Array; deviations: Float64Array } {
  const means = new Float64Array(outputs);
  const deviations = new Float64Array(outputs);
  for (let at = 0; at < rows * outputs; at++) means[at % outputs] += y[at] / rows;
  for (let at = 0; at < rows * outputs; at++) {
    deviations[at % outputs] += (y[at] - means[at % outputs]) ** 2 / rows;
  }
  return { means, deviations: deviations.map((variance) => (variance > 0 ? Math.sqrt(variance) : 1)) };
}

/** @param picks places in `rows` of the records to take */
async function moments(
  { width, outputs, x, y }: DesignMatrix,
  picks: Uint32Array,
  rows: Uint32Array,
  { means, deviations }: ReturnType<typeof targetScale>,
  pulse: Pulse,
): Promise<Moments> {
  const size = width + outputs;
  const cross = new Float64Array(size * size);
  const cells = new Float64Array(size);
  for (let k = 0; k < picks.length; k++) {
    const row = rows[picks[k]];
    for (let j = 0; j < width; j++) cells[j] = x[row * width + j];
    for (let o = 0; o < outputs; o++) cells[width + o] = (y[row * outputs + o] - means[o]) / deviations[o];
    for (let j = 0; j < size; j++) {
      const value = cells[j];
      if (value === 0) continue;
      for (let i = 0, to = j * size; i <= j; i++) cross[to + i] += value * cells[i];
    }
    if (pulse.due()) {
      await pulse.beat({ phase: 'Looking for leaks', done: k, total: picks.length, unit: 'records' });
    }
  }
  for (let j = 0; j < size; j++) for (let i = 0; i < j; i++) cross[i * size + j] = cross[j * size + i];
  return { rows: picks.length, size, cross };
}

interface Ground {
  train: Moments;
  test: Moments;
  width: number;
  outputs: number;
}

/** Least squares of any features, and the few among them that give the target. */
class Finder {
  private readonly features: ReadonlyMap<string, number[]>;
  private readonly ground: Ground;

  constructor(features: ReadonlyMap<string, number[]>, ground: Ground) {
    this.features = features;
    this.ground = ground;
  }

  /** The fewest features found that give the target together, or null. */
  handful(names: readonly string[]): Leak | null {
    const full = this.fit(names);
    if (full.r2 < GIVEN) return null;
    const byWeight = [...names].sort((a, b) => (full.weights.get(b) ?? 0) - (full.weights.get(a) ?? 0));
    let chosen: string[] | null = null;
    for (let k = 1; k <= Math.min(HANDFUL, names.length) && chosen === null; k++) {
      if (this.fit(byWeight.slice(0, k)).r2 >= GIVEN) chosen = byWeight.slice(0, k);
    }
    chosen ??= this.forward(byWeight.slice(0, MOST_VALUES));
    return chosen === null ? null : this.pruned(chosen);
  }

  /** One feature after the other, each time the one that explains most of what is left. */
  private forward(names: readonly string[]): string[] | null {
    const chosen: string[] = [];
    while (chosen.length < Math.min(HANDFUL, names.length)) {
      let best = { name: '', r2: -Infinity };
      for (const name of names) {
        if (chosen.includes(name)) continue;
        const { trainR2 } = this.fit([...chosen, name]);
        if (trainR2 > best.r2) best = { name, r2: trainR2 };
      }
      chosen.push(best.name);
      if (this.fit(chosen).r2 >= GIVEN) return chosen;
    }
    return null;
  }

  /** Without those that it gives the target just as well without. */
  private pruned(chosen: readonly string[]): Leak {
    let names = [...chosen];
    const isExact = 1 - this.fit(names).r2 < ROUNDING;
    const least = isExact ? 1 - ROUNDING : GIVEN;
    for (const name of [...chosen].reverse()) {
      const fewer = names.filter((other) => other !== name);
      if (fewer.length > 0 && this.fit(fewer).r2 > least) names = fewer;
    }
    const columns = [...this.features.keys()].filter((name) => names.includes(name));
    return { columns, r2: Math.min(1, this.fit(names).r2), isExact, how: 'value' };
  }

  /** R² on both parts, of all outputs together, and how much each feature weighs in it. */
  private fit(names: readonly string[]): { r2: number; trainR2: number; weights: Map<string, number> } {
    const { train, width, outputs } = this.ground;
    const owners: (string | null)[] = [null];
    const columns = [0];
    for (const name of names) {
      for (const column of this.features.get(name) ?? []) {
        owners.push(name);
        columns.push(column);
      }
    }
    const d = columns.length;
    const gram = new Float64Array(d * d);
    for (let j = 0; j < d; j++) {
      for (let i = 0; i < d; i++) gram[j * d + i] = train.cross[columns[j] * train.size + columns[i]];
    }
    const error = { train: 0, test: 0 };
    const total = { train: 0, test: 0 };
    const weights = new Map<string, number>();
    for (let o = 0; o < outputs; o++) {
      const output = width + o;
      const right = Float64Array.from(columns, (column) => train.cross[column * train.size + output]);
      const { solution } = solveSymmetric(gram, right);
      for (let j = 1; j < d; j++) {
        const owner = owners[j] ?? '';
        weights.set(owner, (weights.get(owner) ?? 0) + solution[j] ** 2);
      }
      for (const part of ['train', 'test'] as const) {
        error[part] += squaredError(this.ground[part], columns, solution, output);
        total[part] += squaresAboutMean(this.ground[part], output);
      }
    }
    const r2 = (part: 'train' | 'test') => (total[part] > 0 ? 1 - error[part] / total[part] : -Infinity);
    return { r2: r2('test'), trainR2: r2('train'), weights };
  }
}

/** Σ (y − xθ)² = yᵀy − 2 θᵀXᵀy + θᵀXᵀXθ. */
function squaredError(
  { size, cross }: Moments,
  columns: readonly number[],
  theta: Float64Array,
  output: number,
): number {
  let sum = cross[output * size + output];
  for (let j = 0; j < columns.length; j++) {
    const row = columns[j] * size;
    let product = -2 * cross[row + output];
    for (let i = 0; i < columns.length; i++) product += cross[row + columns[i]] * theta[i];
    sum += theta[j] * product;
  }
  return Math.max(0, sum);
}

/** Σ (y − ȳ)²; the bias, column 0, has the sum of the targets. */
function squaresAboutMean({ rows, size, cross }: Moments, output: number): number {
  return cross[output * size + output] - cross[output] ** 2 / rows;
}

type Telling = Pick<Leak, 'r2' | 'isExact' | 'how'>;

/** Of the rows of a matrix, one column. */
function cellsOf({ x, width }: DesignMatrix, rows: Uint32Array, column: number): Float64Array {
  return Float64Array.from(rows, (row) => x[row * width + column]);
}

const picked = (values: ArrayLike<number>, rows: Uint32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row]);

function joined(first: Float64Array, second: Float64Array): Float64Array {
  const both = new Float64Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Whether a feature alone tells the classes apart; `classes` are those of training and test records. */
function classesAlone(
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
function orderedAlone(
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
  if (new Set(y).size < LEAST_ROWS.train || correlation(ranks(x), ranks(y)) ** 2 < GIVEN) return null;
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

/** Pearson's correlation; 0 where either does not vary. */
function correlation(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  let [meanA, meanB] = [0, 0];
  for (let i = 0; i < n; i++) {
    meanA += a[i] / n;
    meanB += b[i] / n;
  }
  let [aa, bb, ab] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [da, db] = [a[i] - meanA, b[i] - meanB];
    aa += da * da;
    bb += db * db;
    ab += da * db;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
