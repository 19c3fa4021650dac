/** Which trainings a sweep consists of, and how two experiments differ for it. */
import type { ExperimentSettings, Method } from '../../../contracts/codec.ts';
import { condenserOf } from '../../../contracts/plugins.ts';
import type { AxisValue, SweepAxis, SweepAxisName, SweepPlan } from '../../../contracts/link.ts';
import type { SweepRun } from '../../lab/sweep.ts';

/** One training of the grid. */
export interface PlannedRun {
  method: Method;
  /** One value per axis. Of a training on all rows, the first point that it is the measure of. */
  point: AxisValue[];
  split: number;
  /** The settings of the sweep with the point's values in place. */
  settings: ExperimentSettings;
}

/** Whether training on all rows depends on the axis; the others change the archive or the condensed samples alone. */
export function changesFull(name: SweepAxisName): boolean {
  return name === 'learningRate' || name === 'split';
}

/** All points of the grid, the first axis changing slowest. */
function gridPoints(axes: readonly SweepAxis[]): AxisValue[][] {
  let points: AxisValue[][] = [[]];
  for (const { values } of axes) points = points.flatMap((point) => values.map((value) => [...point, value]));
  return points;
}

/** The splits that a point is repeated on: its own where the split is an axis. */
function splitsOf({ axes, splits }: SweepPlan, point: readonly AxisValue[]): readonly number[] {
  const at = axes.findIndex(({ name }) => name === 'split');
  return at < 0 ? splits : [point[at] as number];
}

/** The settings of one training: those of the sweep with the values of its point and its split in place. */
export function settingsAt(
  settings: ExperimentSettings,
  { axes }: SweepPlan,
  point: readonly AxisValue[],
  split: number,
): ExperimentSettings {
  // Every axis is a field of the settings.
  const values = Object.fromEntries(axes.map(({ name }, k) => [name, point[k]]));
  return { ...settings, split, ...values };
}

/** Tells the training on all rows that a point is measured against from the others. */
export function fullKey({ axes }: SweepPlan, point: readonly AxisValue[], split: number): string {
  const values = axes.flatMap(({ name }, k) => (changesFull(name) ? [point[k]] : []));
  return JSON.stringify([split, ...values]);
}

/** Tells one training of a plan from the others. */
export function runKey(plan: SweepPlan, method: Method, point: readonly AxisValue[], split: number): string {
  return method === 'full'
    ? `full ${fullKey(plan, point, split)}`
    : `condensed ${JSON.stringify([split, ...point])}`;
}

export function keyOfRun(plan: SweepPlan, { point, cell }: SweepRun): string {
  return runKey(plan, cell.method, point, cell.split);
}

/** Whether both parts of a training are done. */
export function isWhole({ cell }: SweepRun): boolean {
  return cell.gd !== null;
}

/** Every training of the plan: once per split and point on condensed samples, and on all rows where it differs. */
export function plannedRuns(plan: SweepPlan, settings: ExperimentSettings): PlannedRun[] {
  const full = new Map<string, PlannedRun>();
  const condensed: PlannedRun[] = [];
  for (const point of gridPoints(plan.axes)) {
    for (const split of splitsOf(plan, point)) {
      const at = settingsAt(settings, plan, point, split);
      condensed.push({ method: 'condensed', point, split, settings: at });
      const key = fullKey(plan, point, split);
      if (!full.has(key)) full.set(key, { method: 'full', point, split, settings: at });
    }
  }
  return [...full.values(), ...condensed];
}

/** How many trainings a plan has, without making them. */
export function countRuns({ axes, splits }: SweepPlan): { full: number; condensed: number } {
  const count = (some: readonly SweepAxis[]): number =>
    some.reduce((product, { values }) => product * values.length, 1);
  const all = count(axes);
  const repeats = axes.some(({ name }) => name === 'split') ? 1 : splits.length;
  return {
    full: all === 0 ? 0 : count(axes.filter(({ name }) => changesFull(name))) * repeats,
    condensed: all * repeats,
  };
}

export function isSamePlan(a: SweepPlan, b: SweepPlan): boolean {
  return JSON.stringify([a.axes, a.splits]) === JSON.stringify([b.axes, b.splits]);
}

/** Values of β that a sweep tries unless it is told otherwise, and how far they lie apart where there is room. */
const USUAL_COUNT = 7;
const USUAL_STEP = 2;

/**
 * The usual values of β: around the current one, which is among them, within 1 … `mostBits`; one by one where two apart
 * they would not fit.
 */
export function betasAround(beta: number, mostBits: number): number[] {
  const most = Math.max(1, mostBits);
  const centre = Math.min(Math.max(1, beta), most);
  const others = USUAL_COUNT - 1;
  const step = most > others * USUAL_STEP ? USUAL_STEP : 1;
  const roomBelow = Math.floor((centre - 1) / step);
  const above = Math.min(others - Math.min(others / 2, roomBelow), Math.floor((most - centre) / step));
  const below = Math.min(others - above, roomBelow);
  return Array.from({ length: below + 1 + above }, (_, k) => centre + (k - below) * step);
}

/** A setting that is not what a sweep ran with. */
export interface Difference {
  field: keyof ExperimentSettings;
  was: ExperimentSettings[keyof ExperimentSettings];
  is: ExperimentSettings[keyof ExperimentSettings];
}

/** What a sweep decides by itself: its splits, and both ways of keeping the samples. */
const DECIDED: readonly (keyof ExperimentSettings)[] = ['split', 'samples'];

/** The settings that would give a sweep over these axes other results now. */
export function differences(
  ran: { settings: ExperimentSettings; plan: SweepPlan },
  now: ExperimentSettings,
): Difference[] {
  const { settings, plan } = ran;
  const axes = plan.axes.map(({ name }): keyof ExperimentSettings => name);
  const orders = plan.axes.find(({ name }) => name === 'order')?.values ?? [settings.order, now.order];
  function isSame(field: keyof ExperimentSettings): boolean {
    if (JSON.stringify(settings[field]) === JSON.stringify(now[field])) return true;
    // The seed is drawn on only by the random order; "own" and what it stands for are the same.
    if (field === 'seed') return !orders.includes('random');
    return field === 'condenser' && !axes.includes('codec') && condenserOf(settings) === condenserOf(now);
  }
  return (Object.keys(now) as (keyof ExperimentSettings)[])
    .filter((field) => !DECIDED.includes(field) && !axes.includes(field) && !isSame(field))
    .map((field) => ({ field, was: settings[field], is: now[field] }));
}
