/** How long trainings of a row are expected to take here, before anything is started. */
import { METHOD_METAS } from '../../contracts/methods.ts';
import { planNetwork } from '../../contracts/networks.ts';
import { epochsOf, fractionOf, pretrainEpochsOf, type TrainingSettings } from '../../contracts/training.ts';
import type { PaperSet } from '../training/paper/tables.ts';
import { evidenceOf, secondsOf, type Evidence } from './evidence.ts';
import { PAPER_PICTURES } from './sets.ts';
import type { Known } from './sheet.ts';

export interface Estimate {
  /** Of one seed. */
  seconds: number;
  /** By the speed of one's own runs, by that of the shipped ones, or by counting multiplications. */
  basis: 'yours' | 'ours' | 'counted';
}

/** Of a step a forward pass is a third: gradients take two more. */
const STEP_PASSES = 3;
/**
 * Multiplications and additions, in pairs, a second on one core with WebAssembly: what the steps of LeNet5 and
 * ResNet18 in docs/REPRODUCTION.md come to.
 */
const PAIRS_A_SECOND = 5e9;
/** What a tenth that is held out leaves. */
const KEPT = 0.9;

/** Forward passes of one picture that a training is worth: its steps, looks and selections. */
function passesOf(set: PaperSet, settings: TrainingSettings): number {
  const { trainRecords, testRecords } = PAPER_PICTURES[set];
  const { epochs, reselect, holdOut, evaluateEvery, method } = settings;
  const { options, needsNetwork } = METHOD_METAS.byName(method);
  const ofAll = options.includes('holdOut') && holdOut ? KEPT : 1;
  const trained =
    epochsOf(settings) * fractionOf(settings) * ofAll * trainRecords +
    pretrainEpochsOf(settings) * trainRecords;
  const selections = options.includes('reselect')
    ? Math.floor((epochs - 1) / reselect)
    : needsNetwork
      ? 1
      : 0;
  return STEP_PASSES * trained + selections * trainRecords + Math.ceil(epochs / evaluateEvery) * testRecords;
}

/** Seconds per forward pass by steps alone, where the last of these trainings was made; null of none. */
function speedOf(evidence: readonly Evidence[]): number | null {
  const timed = evidence.filter(({ isTimed }) => isTimed);
  const last = timed.at(-1);
  let [seconds, passes] = [0, 0];
  for (const { result, where } of timed) {
    if (where !== last?.where) continue;
    seconds += result.seconds.train + result.seconds.wait;
    passes += STEP_PASSES * result.subsetRecords * result.epochs;
  }
  return passes > 0 && seconds > 0 ? seconds / passes : null;
}

/**
 * What one training is expected to take: as long as the shipped one of its row, at the speed of one's own runs where
 * there are any; where it is not shipped, by its passes. Picking itself can be told of a shipped row alone.
 */
export function estimateOf(set: PaperSet, settings: TrainingSettings, known: Known): Estimate {
  const [own, shipped] = [speedOf(known.alike), speedOf(known.ours)];
  const same = evidenceOf(known.ours, settings.method, fractionOf(settings)).flatMap((one) => {
    const taken = secondsOf(one);
    return taken === null ? [] : [taken + one.result.seconds.evaluate];
  });
  if (same.length > 0 && shipped !== null) {
    const seconds = same.reduce((sum, one) => sum + one, 0) / same.length;
    return own === null ? { seconds, basis: 'ours' } : { seconds: (seconds * own) / shipped, basis: 'yours' };
  }
  const passes = passesOf(set, settings);
  if (own !== null) return { seconds: passes * own, basis: 'yours' };
  if (shipped !== null) return { seconds: passes * shipped, basis: 'ours' };
  const { input, classes } = PAPER_PICTURES[set];
  const { multiplyAdds } = planNetwork(settings.network, input, classes, settings.width);
  return { seconds: (passes * multiplyAdds) / PAIRS_A_SECOND, basis: 'counted' };
}
