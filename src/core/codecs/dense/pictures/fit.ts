/** Fits the model that makes an archive of pictures smallest, of those that there are. */
import type { Pulse } from '../../../pulse.ts';
import type { ArchiveTraining, Effort } from '../../codec.ts';
import { fitContexts } from './contexts/fit.ts';
import { fitPrediction, type PredictionSize } from './prediction/fit.ts';
import { CONTEXTS, PREDICTION, type FittedRoute } from './routes.ts';
import { samplePictures, thinned, type PictureSample } from './sample.ts';

/** Sets of up to so many bytes try more than one size of a model. */
const SMALL_BYTES = 2.5e5;
/** A larger set is judged by so many bytes of it, and by all where neither model is clearly smaller. */
const JUDGED_BYTES = 5e5;
const CLEARLY = 0.85;

/** Contexts: looked up where pictures are grey, or of a large tree that is walked. */
const LEAVES = { fast: 240, smallest: 1_024 };
/** Contexts that give a first idea of what more of them would. */
const JUDGING_LEAVES = 60;

const LARGE: PredictionSize = { own: 10, earlier: 9, groups: 6, stepsAnOctave: 4 };
const MIDDLE: PredictionSize = { own: 10, earlier: 9, groups: 2, stepsAnOctave: 2 };
const SMALL: PredictionSize = { own: 6, earlier: 5, groups: 1, stepsAnOctave: 1 };
const TINY: PredictionSize = { own: 3, earlier: 3, groups: 1, stepsAnOctave: 1 };
/** Below so many bytes a tiny model may pay, above a large one. */
const TINY_BYTES = 5e4;

type Fit = () => Promise<FittedRoute>;

/** @returns the bytes of a model */
export async function fitPictures(
  training: ArchiveTraining,
  effort: Effort,
  pulse: Pulse,
): Promise<Uint8Array> {
  const sample = await samplePictures(training, pulse);
  const best = await (sample.pixels.length <= SMALL_BYTES ? fitSmall : fitLarge)(sample, effort, pulse);
  const bytes = new Uint8Array(1 + best.model.length);
  bytes[0] = best.route;
  bytes.set(best.model, 1);
  return bytes;
}

function contexts(sample: PictureSample, effort: Effort, pulse: Pulse, leaves = LEAVES[effort]): Fit {
  const isLookedUp = effort === 'fast' && sample.shape.channels === 1;
  return async () => ({ route: CONTEXTS, ...(await fitContexts(sample, { isLookedUp, leaves }, pulse)) });
}

function prediction(sample: PictureSample, size: PredictionSize, pulse: Pulse): Fit {
  return async () => ({ route: PREDICTION, ...(await fitPrediction(sample, size, pulse)) });
}

async function fitSmall(sample: PictureSample, effort: Effort, pulse: Pulse): Promise<FittedRoute> {
  const byContexts = await contexts(sample, effort, pulse)();
  const bySmall = await prediction(sample, SMALL, pulse)();
  if (byContexts.bits < CLEARLY * bySmall.bits) return byContexts;
  const others = [MIDDLE, sample.pixels.length < TINY_BYTES ? TINY : LARGE];
  const best = await smallest(others.map((size) => prediction(sample, size, pulse)));
  return [byContexts, bySmall].reduce((least, next) => (next.bits < least.bits ? next : least), best);
}

async function fitLarge(sample: PictureSample, effort: Effort, pulse: Pulse): Promise<FittedRoute> {
  const some = thinned(sample, JUDGED_BYTES);
  const byContexts = await contexts(some, effort, pulse, JUDGING_LEAVES)();
  const byPrediction = await prediction(some, MIDDLE, pulse)();
  const fits: Fit[] = [];
  if (byPrediction.bits > CLEARLY * byContexts.bits) fits.push(contexts(sample, effort, pulse));
  if (byContexts.bits > CLEARLY * byPrediction.bits) fits.push(prediction(sample, LARGE, pulse));
  return smallest(fits);
}

async function smallest(fits: readonly Fit[]): Promise<FittedRoute> {
  let best: FittedRoute | null = null;
  for (const fit of fits) {
    const next = await fit();
    if (best === null || next.bits < best.bits) best = next;
  }
  return best!;
}
