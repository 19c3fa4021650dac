/** Results of trainings in the measures of the paper's tables: those that come with the lab, and one's own. */
import { METHOD_METAS } from '../../contracts/methods.ts';
import type { RecordedResult } from '../../contracts/results.ts';
import {
  resultOf,
  type TrainingResult,
  type TrainingRun,
  type TrainingSettings,
} from '../../contracts/training.ts';
import { formatDate } from '../../ui/format.ts';
import { statistic } from '../statistic.ts';
import { tableShares } from '../training/tableShares.ts';
import { isSameShare, PAPER_MEASURES, type PaperMeasure, type PaperValue } from '../training/paper/tables.ts';

/** One training with what is known of where it was made. */
export interface Evidence {
  result: TrainingResult;
  settings: TrainingSettings;
  /** Whether its seconds are a measurement: no other work ran beside it, as far as is known. */
  isTimed: boolean;
  /** What computed: times of the same place can be compared. */
  where: string;
  date: string;
  /** Makes it again; null of a run of this browser. */
  command: string | null;
}

export function shippedEvidence(result: RecordedResult, settings: TrainingSettings): Evidence {
  const { machine, date, command, untimed } = result;
  return {
    result,
    settings,
    isTimed: untimed !== true,
    where: `${machine}, ${result.backend}`,
    date,
    command,
  };
}

/** Null of a run that has no result. */
export function ownEvidence(run: TrainingRun): Evidence | null {
  const result = resultOf(run);
  if (result === null) return null;
  const { device = '' } = run.backend ?? {};
  return {
    result,
    settings: run.settings,
    isTimed: true,
    where: `${device}, ${result.backend}`,
    date: formatDate(run.createdAt),
    command: null,
  };
}

/** Seconds as the paper counts them: steps, what they stood waiting for, and selecting; null where they measure nothing. */
export function secondsOf({ result: { seconds }, isTimed }: Evidence): number | null {
  return isTimed ? seconds.train + seconds.wait + seconds.select : null;
}

/** Seconds of full training by where it was made; the mean where there are several. */
export function fullSecondsOf(evidence: readonly Evidence[]): ReadonlyMap<string, number> {
  const seconds = new Map<string, number[]>();
  for (const one of evidence) {
    const { result, where } = one;
    const taken = secondsOf(one);
    if (METHOD_METAS.find(result.method)?.usesFraction !== false || taken === null) continue;
    seconds.set(where, [...(seconds.get(where) ?? []), taken]);
  }
  return new Map([...seconds].map(([where, all]) => [where, statistic(all)?.mean ?? NaN]));
}

/** What one training comes to in a measure; null where it does not have it. */
function measured(
  measure: PaperMeasure,
  one: Evidence,
  fullSeconds: ReadonlyMap<string, number>,
): number | null {
  const { result, where } = one;
  switch (measure) {
    case 'accuracy':
      return result.accuracy;
    case 'seconds':
      return secondsOf(one);
    case 'time': {
      const [taken, full] = [secondsOf(one), fullSeconds.get(where)];
      return taken === null || full === undefined || !(full > 0) ? null : taken / full;
    }
    case 'storage':
    case 'csMemory':
    case 'trainMemory':
    case 'dataAccess':
      return tableShares({ ...result, seen: result.selection?.seen ?? null })[measure];
  }
}

/** Measures that are made of seconds. */
const TIMES: readonly PaperMeasure[] = ['seconds', 'time'];

/**
 * The mean over seeds in every measure that all of them have, times over those that were timed; no deviation of a
 * single one.
 */
export function valuesOf(
  evidence: readonly Evidence[],
  fullSeconds: ReadonlyMap<string, number>,
): Partial<Record<PaperMeasure, PaperValue>> {
  const values: Partial<Record<PaperMeasure, PaperValue>> = {};
  for (const measure of PAPER_MEASURES) {
    const counted = TIMES.includes(measure) ? evidence.filter(({ isTimed }) => isTimed) : evidence;
    const numbers = counted.map((one) => measured(measure, one, fullSeconds));
    const known = numbers.filter((one): one is number => one !== null && Number.isFinite(one));
    const of = known.length === numbers.length ? statistic(known) : null;
    if (of !== null) values[measure] = { mean: of.mean, std: of.count > 1 ? of.std : null };
  }
  return values;
}

/** Those of a method at a share, by seed. */
export function evidenceOf(evidence: readonly Evidence[], method: string, fraction: number): Evidence[] {
  return evidence
    .filter(({ result }) => result.method === method && isSameShare(result.fraction, fraction))
    .sort((a, b) => a.result.seed - b.result.seed);
}
