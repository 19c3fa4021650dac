/** Optima that were solved for, so that whoever draws them need not solve for them again. */
import type { ExperimentSettings, Method } from '../contracts/codec.ts';
import { TABLE_SETTINGS } from '../core/experiment/settings.ts';
import { samplesOf, solve } from '../core/experiment/training.ts';
import type { Workbench } from '../core/experiment/workbench.ts';
import type { Pulse } from '../core/pulse.ts';
import type { Design } from '../core/regression/design.ts';

interface Optimum {
  /** The same for settings with the same optimum. */
  key: string;
  theta: Float64Array;
}

/** The last one of each method, for as long as the workbench keeps the design. */
const known = new WeakMap<Design, Partial<Record<Method, Optimum>>>();

function keyOf(settings: ExperimentSettings, method: Method): string {
  return TABLE_SETTINGS.keyOf(method === 'full' ? 'fullClosedForm' : 'condensedClosedForm', settings);
}

export function keepOptimum(
  design: Design,
  settings: ExperimentSettings,
  method: Method,
  theta: Float64Array,
): void {
  known.set(design, { ...known.get(design), [method]: { key: keyOf(settings, method), theta } });
}

/** @throws MODEL_OVERFLOW, CANCELLED, and what the bench's `design` throws */
export async function optimumOf(
  workbench: Workbench,
  settings: ExperimentSettings,
  method: Method,
  pulse: Pulse,
): Promise<Float64Array> {
  const design = await workbench.design(settings);
  const kept = known.get(design)?.[method];
  if (kept !== undefined && kept.key === keyOf(settings, method)) return kept.theta;
  const { theta } = await solve(design, await samplesOf(workbench, settings, method), pulse);
  keepOptimum(design, settings, method, theta);
  return theta;
}
