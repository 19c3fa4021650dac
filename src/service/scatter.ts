/** The calls of the picture of condensing. */
import type { ScatterLines, ScatterRequest, ScatterSamples } from '../contracts/scatter.ts';
import { drawOf, drawSeed } from '../core/contenders/contest.ts';
import { randomPlaces } from '../core/contenders/random.ts';
import { LabError } from '../core/errors.ts';
import { predictionLine } from '../core/experiment/predictionLine.ts';
import { scatterRecords, scatterSamples } from '../core/experiment/scatterSamples.ts';
import { solve } from '../core/experiment/training.ts';
import type { Workbench } from '../core/experiment/workbench.ts';
import type { Pulse } from '../core/pulse.ts';
import { optimumOf } from './optima.ts';

/** The draw that is shown: the first of a contest. */
const DRAW = 0;

/** The condensed samples, and on demand as many records by chance; null where nothing is condensed. */
export async function placedSamples(
  workbench: Workbench,
  { settings, x, y, withRandom }: ScatterRequest,
): Promise<ScatterSamples | null> {
  const samples = await scatterSamples(workbench, settings, { x, y });
  if (samples === null) return null;
  if (!withRandom) return { ...samples, random: null };
  const records = randomPlaces(samples.total, samples.count, drawSeed(settings, DRAW));
  return { ...samples, random: await scatterRecords(workbench, settings, { x, y }, records) };
}

/** What the models predict along the axis across; null where no line says it. */
export async function predictionLines(
  workbench: Workbench,
  { settings, x, y, withRandom }: ScatterRequest,
  pulse: Pulse,
): Promise<ScatterLines | null> {
  const line = await predictionLine(workbench, settings, { x, y });
  if (line === null) return null;
  const full = line.of(await optimumOf(workbench, settings, 'full', pulse));
  const condensed = line.of(await optimumOf(workbench, settings, 'condensed', pulse));
  const drawn = withRandom ? await randomOptimum(workbench, settings, pulse) : null;
  return { x: line.x, full, condensed, random: drawn === null ? null : line.of(drawn) };
}

/** The optimum of the random sample; null where its numbers overflow, as those of few records may. */
async function randomOptimum(
  workbench: Workbench,
  settings: ScatterRequest['settings'],
  pulse: Pulse,
): Promise<Float64Array | null> {
  const design = await workbench.design(settings);
  const samples = await drawOf(workbench, settings, { contender: 'random', draw: DRAW }, pulse);
  try {
    return (await solve(design, samples, pulse)).theta;
  } catch (thrown) {
    if (thrown instanceof LabError && thrown.code === 'MODEL_OVERFLOW') return null;
    throw thrown;
  }
}
