/**
 * Leaks: features from which the target can be read off, so that nothing is left to predict. A feature alone, or at
 * most five together, that give the target with an R² of at least 0.9999 on the test records, or separate its classes.
 */
import type { Pulse } from '../pulse.ts';
import { trueClasses } from '../regression/classification.ts';
import { solveSymmetric } from '../regression/cholesky.ts';
import type { Design } from '../regression/design.ts';
import { GIVEN, ROUNDING, type Leak } from './leak.ts';
import { moments, squaredError, squaresAboutMean, targetScale, type Moments } from './moments.ts';
import { classesAlone, joined, orderedAlone, picked } from './tellingAlone.ts';

export interface LeakSearch {
  leaks: Leak[];
  /** Training records that were looked at. */
  rows: number;
  /** Whether features were looked at one by one alone, since there are too many of them. */
  isOneByOne: boolean;
}

/** Most features of a leak. */
const HANDFUL = 5;
/** Features among which they are sought one after the other. */
const MOST_SOUGHT = 64;
/** Most leaks of several features. */
const MOST_HANDFULS = 3;
/** Most training and test records looked at. */
const MOST_ROWS = { train: 50_000, test: 20_000 };
/** Most multiplications of the moments, and of solving for all columns: about a second of either. */
const MOST_WORK = 1e9;
/** Fewer records prove nothing. */
const LEAST_ROWS = { train: 20, test: 5 };
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
    chosen ??= this.forward(byWeight.slice(0, MOST_SOUGHT));
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
