/** What the search for an answer is of, on which splits, and about how long it takes. */
import { candidates, DRAWS, ladder, type Recommendation } from '../../contracts/answer.ts';
import type {
  BitsReport,
  ClosedFormResult,
  DatasetSource,
  ExperimentSettings,
} from '../../contracts/codec.ts';
import { TABLE_SETTINGS } from '../../contracts/settings.ts';
import type { Lab } from '../../stations/lab.ts';
import { dividedId } from '../reading.ts';

/** Splits that an answer is of. */
const SPLITS = 3;
/** Contests that go on side by side where there are two cores. */
const LANES = 2;

/** Everything that a search needs, once it is there. */
export interface AnswerSubject {
  source: DatasetSource;
  settings: ExperimentSettings;
  bits: BitsReport;
  full: ClosedFormResult;
}

/** The subject of the search; null until the exact results of Learn stand and what is smaller is out of the way. */
export function subjectOf({
  kind,
  source,
  dataset,
  settings,
  bits,
  archive,
  learn,
}: Lab): AnswerSubject | null {
  if (kind !== 'table' || source === null || dataset.value === null || settings.target === null) return null;
  const parts = [dataset, bits, learn.full.closedForm, learn.condensed.closedForm];
  const isReady = parts.every(({ status, stale }) => status === 'done' && !stale);
  const full = learn.full.closedForm.value;
  if (!isReady || archive.status === 'running' || bits.value === null || full === null) return null;
  return { source, settings, bits: bits.value, full };
}

/** A text that is the same for what gives the same answer: β does not count. Null where nothing can be asked. */
export function answerKey({
  kind,
  dataset,
  settings,
}: Pick<Lab, 'kind' | 'dataset' | 'settings'>): string | null {
  if (kind !== 'table' || dataset.value === null || settings.target === null) return null;
  const { beta } = TABLE_SETTINGS.defaults;
  return `${dividedId(dataset.value)} ${TABLE_SETTINGS.keyOf('condensedClosedForm', { ...settings, beta })}`;
}

/** The experiment's own split and the first others. */
export function answerSplits(own: number): number[] {
  const others = Array.from({ length: SPLITS }, (_, k) => k + 1).filter((split) => split !== own);
  return [own, ...others].slice(0, SPLITS);
}

/** Contenders that are searched for, the condensed samples first, with their draws. */
export function searched({ full }: AnswerSubject): { name: string; draws: number }[] {
  const drawn = full.score.task === 'classification' ? ['random', 'stratified'] : ['random'];
  return [{ name: 'condensed', draws: 1 }, ...drawn.map((name) => ({ name, draws: DRAWS }))];
}

/** Records that are drawn from and judged take as long as this many times fewer that are fitted. */
const RECORDS_OF_A_FIT = 8;

/** How long a contender of one β takes, against the others. */
export function weigher(subject: AnswerSubject): (contender: string, beta: number) => number {
  const { bits, full } = subject;
  const draws = new Map(searched(subject).map((contender) => [contender.name, contender.draws]));
  return (contender, beta) =>
    (draws.get(contender) ?? 1) * (bits.condensedSamples[beta] + full.samples / RECORDS_OF_A_FIT);
}

/** Seconds that the search may take, from how long the bits and the fit of all records took. */
export function estimateAnswer(subject: AnswerSubject): number {
  const { bits, full } = subject;
  const { condensedSamples: counts } = bits;
  const rungs = ladder(candidates(counts, full.samples), counts);
  const draws = searched(subject).reduce((sum, contender) => sum + contender.draws, 0);
  const share = rungs.reduce((sum, beta) => sum + counts[beta] / full.samples, 0);
  // On either kind of judging records the bits are ordered and all records fitted once; about as much again as the
  // first round is tried between its sizes and on the test records.
  const ofSplit = 2 * (bits.seconds + full.seconds) + 2 * share * draws * full.seconds;
  return (answerSplits(subject.settings.split).length * ofSplit) / LANES;
}

/** Additions and multiplications a second of the clustering by k-means. */
const OPERATIONS_A_SECOND = 3e8;
/** Passes over the records until the centres rest. */
const PASSES = 20;

/** Seconds that k-means may take at the recommended size. */
export function estimateRivals({ full, settings }: AnswerSubject, { best }: Recommendation): number {
  const operations = full.samples * best.samples * full.width * PASSES;
  return (answerSplits(settings.split).length * operations) / OPERATIONS_A_SECOND / LANES;
}
