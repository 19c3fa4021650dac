/** Fitted models for the page: their coefficients on a split, and their predictions of the test records. */
import type { ExperimentSettings, Method } from '../contracts/codec.ts';
import type { Coefficients, Predictions } from '../contracts/fitted.ts';
import { runExact, samplesOf } from '../core/experiment/training.ts';
import type { Workbench } from '../core/experiment/workbench.ts';
import type { Pulse } from '../core/pulse.ts';
import { createGenerator, permutation } from '../core/random.ts';
import { pickRows, predict, trueTargets } from '../core/regression/predictions.ts';

/** Seed of the records that are drawn: the same ones for every method. */
const DRAW_SEED = 1;

/** Both methods' coefficients at the optimum. */
export async function coefficients(
  workbench: Workbench,
  settings: ExperimentSettings,
  pulse: Pulse,
): Promise<Coefficients> {
  const design = await workbench.design(settings);
  const fit = async (method: Method) =>
    (await runExact(design, await samplesOf(workbench, settings, method), pulse)).theta;
  const full = await fit('full');
  const condensed = await fit('condensed');
  const { map, outputNames, task } = design;
  return {
    ...{ split: settings.split, task },
    ...{ names: [...map.names], outputs: [...outputNames] },
    ...{ means: map.means.slice(), scales: map.scales.slice() },
    ...{ full, condensed },
  };
}

/** What a method's model at the optimum predicts of the test records, or of a draw of them. */
export async function predictions(
  workbench: Workbench,
  settings: ExperimentSettings,
  { method, most }: { method: Method; most: number | null },
  pulse: Pulse,
): Promise<Predictions> {
  const design = await workbench.design(settings);
  const { split } = await workbench.prepare(settings);
  const samples = await samplesOf(workbench, settings, method);
  const { theta } = await runExact(design, samples, pulse);
  const drawn = draw(design.tested.length, most);
  const matrix = drawn === null ? design.test : pickRows(design.test, drawn);
  const rows = design.tested.map((k) => split.test[k]);
  return {
    ...{ method, task: design.task, target: settings.target ?? '' },
    rows: drawn === null ? rows : drawn.map((k) => rows[k]),
    truth: trueTargets(matrix, design.task),
    predicted: predict(matrix, theta, design.task),
    labels: design.labels === null ? null : [...design.labels],
    of: rows.length,
  };
}

/** At most so many of the numbers 0 … of − 1, ascending; null where all are wanted. */
function draw(of: number, most: number | null): Uint32Array | null {
  if (most === null || most >= of) return null;
  return permutation(of, createGenerator(DRAW_SEED)).subarray(0, most).slice().sort();
}
