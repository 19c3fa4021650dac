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
import { isSameShare, PAPER_MEASURES, type PaperMeasure, type PaperValue } from '../training/paper/tables.ts';

/** One training with what is known of where it was made. */
export interface Evidence {
  result: TrainingResult;
  settings: TrainingSettings;
  /** What computed: times of the same place can be compared. */
  where: string;
  date: string;
  /** Makes it again; null of a run of this browser. */
  command: string | null;
}

export function shippedEvidence(result: RecordedResult, settings: TrainingSettings): Evidence {
  const { machine, date, command } = result;
  return { result, settings, where: `${machine}, ${result.backend}`, date, command };
}

/** Null of a run that has no result. */
export function ownEvidence(run: TrainingRun): Evidence | null {
  const result = resultOf(run);
  if (result === null) return null;
  const { device = '' } = run.backend ?? {};
  return {
    result,
    settings: run.settings,
    where: `${device}, ${result.backend}`,
    date: formatDate(run.createdAt),
    command: null,
  };
}

/** Seconds as the paper counts them: steps, what they stood waiting for, and selecting. */
export function secondsOf({ seconds: { train, wait, select } }: TrainingResult): number {
  return train + wait + select;
}

/** Seconds of full training by where it was made; the mean where there are several. */
export function fullSecondsOf(evidence: readonly Evidence[]): ReadonlyMap<string, number> {
  const seconds = new Map<string, number[]>();
  for (const { result, where } of evidence) {
    if (METHOD_METAS.find(result.method)?.usesFraction !== false) continue;
    seconds.set(where, [...(seconds.get(where) ?? []), secondsOf(result)]);
  }
  return new Map([...seconds].map(([where, all]) => [where, statistic(all)?.mean ?? NaN]));
}

/** What one training comes to in a measure; null where it does not have it. */
function measured(
  measure: PaperMeasure,
  { result, where }: Evidence,
  fullSeconds: ReadonlyMap<string, number>,
): number | null {
  const { selection, trainRecords, subsetRecords, storageRatio } = result;
  const meta = METHOD_METAS.find(result.method);
  const isFull = meta?.usesFraction === false;
  switch (measure) {
    case 'accuracy':
      return result.accuracy;
    case 'seconds':
      return secondsOf(result);
    case 'time': {
      const full = fullSeconds.get(where);
      return full === undefined || !(full > 0) ? null : secondsOf(result) / full;
    }
    case 'storage':
      return meta?.source === 'archive' ? storageRatio : 1;
    case 'csMemory':
      return isFull ? null : (selection?.seen ?? subsetRecords) / trainRecords;
    case 'trainMemory':
      return subsetRecords / trainRecords;
    case 'dataAccess':
      // The paper counts what has to stay at hand, whatever of it is then met.
      return meta?.isFixed === true && !isFull ? subsetRecords / trainRecords : 1;
  }
}

/** The mean over seeds in every measure that all of them have; no deviation of a single one. */
export function valuesOf(
  evidence: readonly Evidence[],
  fullSeconds: ReadonlyMap<string, number>,
): Partial<Record<PaperMeasure, PaperValue>> {
  const values: Partial<Record<PaperMeasure, PaperValue>> = {};
  for (const measure of PAPER_MEASURES) {
    const numbers = evidence.map((one) => measured(measure, one, fullSeconds));
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
