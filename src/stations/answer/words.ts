/** The answer in words: the recommendation, what storing takes, and what to beware of. */
import { recommend, type Answer, type Point } from '../../contracts/answer.ts';
import {
  errorRatio,
  ratioError,
  type ArchiveReport,
  type BitsReport,
  type ClosedFormResult,
  type Examination,
} from '../../contracts/codec.ts';
import type { PeerResult } from '../../contracts/peers.ts';
import { formatCount, formatFactor, formatPercent, formatPlural } from '../../ui/format.ts';
import { leakWords } from '../leakWords.ts';

/** Errors that differ by less than this share are called the same. */
const EQUAL = 0.0005;
/** Fewer test records of a class than this say little about it. */
const FEW_OF_A_CLASS = 30;
/** With fewer training records than this every figure is rough. */
const FEW_RECORDS = 300;
/** An error beyond this share of the floor's is no better than always predicting the same. */
const NEAR_FLOOR = 0.98;
/** Where the sizes end below this share of the records, it was for want of bits. */
const HALF = 0.4;

export interface Advice {
  answer: 'Yes' | 'No';
  /** Two sentences. */
  sentences: string[];
  /** The β to take over; null where the condensed samples are not the advice. */
  beta: number | null;
}

/** An error ÷ full training's, in words: "an error 1.4 % above that of all records". */
export function lossWords(ratio: number): string {
  if (ratio === Infinity) return 'an error far beyond that of all records';
  if (Math.abs(ratio - 1) < EQUAL) return 'the same error as all records';
  if (ratio < 1) return `an error ${formatPercent(1 - ratio)} below that of all records`;
  return ratio < 2
    ? `an error ${formatPercent(ratio - 1)} above that of all records`
    : `${timesWords(ratio)} the error of all records`;
}

function timesWords(ratio: number): string {
  if (ratio > 1_000) return 'more than 1,000 times';
  return `${ratio < 9.95 ? ratio.toFixed(1) : formatCount(ratio)} times`;
}

/** The middle half of the draws: "half of the draws between × 1.12 and × 1.95". */
function spreadWords({ quartiles: [low, high] }: Point): string {
  return `half of the draws between ${ratioWords(low)} and ${ratioWords(high)}`;
}

export function ratioWords(ratio: number): string {
  if (ratio > 1_000) return '> 1,000';
  return formatFactor(ratio, ratio < 9.995 ? 2 : ratio < 99.95 ? 1 : 0);
}

function sizeWords(samples: number, trainRows: number): string {
  return `${formatPercent(samples / trainRows)} of ${formatCount(trainRows)} records`;
}

/** Whether the test records keep what the validation records promised. */
export const isKept = (ratio: number, tolerance: number): boolean => ratio <= 1 + tolerance + EQUAL;

const percent = (tolerance: number): string => formatPercent(tolerance, 0);

/** Whether the sizes go on, and in which two sentences. */
export function adviceOf(answer: Answer): Advice {
  const { trainRows, tried, most, tolerances } = answer;
  const advice = recommend(answer);
  if (advice === null) return { answer: 'No', beta: null, sentences: noWords(answer) };
  const { best, others, tolerance } = advice;
  const size = sizeWords(best.samples, trainRows);
  if (best.contender === 'condensed') {
    const random = others.find(({ contender }) => contender === 'random');
    return {
      answer: 'Yes',
      beta: best.beta,
      sentences: [
        `${formatPlural(Math.round(best.samples), 'condensed sample')} (${size}) have ${lossWords(best.ratio)}.`,
        random === undefined
          ? ''
          : `A random sample of that size has ${lossWords(random.ratio)}, ${spreadWords(random)}.`,
      ].filter((sentence) => sentence !== ''),
    };
  }
  const place = tolerances.indexOf(tolerance);
  const condensed = answer.found[0].betas[place] ?? null;
  const needed = tried.find(({ contender, beta }) => contender === 'condensed' && beta === condensed);
  const name = best.contender === 'stratified' ? 'stratified random sample' : 'random sample';
  return {
    answer: 'Yes',
    beta: null,
    sentences: [
      `A ${name} does it: ${formatCount(Math.round(best.samples))} records (${size}) have ${lossWords(best.ratio)}, ${spreadWords(best)}.`,
      condensed === best.beta
        ? 'Condensing needs as many, so it gains nothing here.'
        : needed === undefined
          ? `Condensed samples do not stay within ${percent(tolerance)} up to m = ${formatCount(most)}.`
          : `Condensed samples need more for that, so they gain nothing here.`,
    ],
  };
}

function noWords({ most, trainRows, tolerances, tried }: Answer): string[] {
  if (most === 0)
    return ['The features have too few bits to divide the records into more than two condensed samples.'];
  const widest = percent(tolerances.at(-1) ?? 0);
  const nearest = tried.filter(({ contender }) => contender === 'condensed').at(-1);
  return [
    most > HALF * trainRows
      ? `Nothing below half of the ${formatCount(trainRows)} records stays within ${widest} of the error of all of them.`
      : `Up to m = ${formatCount(most)}, the most that the bits of these features give, nothing stays within ${widest} of the error of all ${formatCount(trainRows)} records.`,
    nearest === undefined
      ? ''
      : `With that many condensed samples it is ${ratioWords(nearest.ratio)} on the validation records.`,
  ].filter((sentence) => sentence !== '');
}

/** What the archive takes, and the best of the others with and without random access, as far as they are measured. */
export function storageWords(
  archive: Pick<ArchiveReport, 'bytes' | 'rawFloat64Bytes'>,
  peers: readonly PeerResult[],
): string {
  const own = archive.bytes.train / archive.rawFloat64Bytes.train;
  const best = (isAlone: boolean): PeerResult | null =>
    peers
      .filter(
        (peer) =>
          !peer.isOurs && peer.ratio !== null && peer.exact !== false && peer.randomAccess === isAlone,
      )
      .reduce<PeerResult | null>(
        (least, peer) => (least === null || (peer.ratio ?? 1) < (least.ratio ?? 1) ? peer : least),
        null,
      );
  const words = (peer: PeerResult, where: string): string =>
    `${peer.label}, the best ${where} it, takes ${formatPercent(peer.ratio ?? NaN)}`;
  const others = [[best(true), 'other with'] as const, [best(false), 'without'] as const].flatMap(
    ([peer, where]) => (peer === null ? [] : [words(peer, where)]),
  );
  const sentence = `The archive, with random access, takes ${formatPercent(own)} of float64`;
  return others.length === 0 ? `${sentence}.` : `${sentence}; ${others.join('; ')}.`;
}

interface WarningsSubject {
  answer: Answer;
  full: ClosedFormResult | null;
  bits: BitsReport | null;
  examined: Examination | null;
}

/** What makes the answer doubtful, a sentence for each. */
export function warningsOf({ answer, full, bits, examined }: WarningsSubject): string[] {
  const warnings = examined === null ? [] : examined.leaks.map((leak) => leakWords(leak, examined.target));
  const isLeaking = warnings.length > 0;
  const advice = recommend(answer);
  if (advice !== null && !isKept(advice.best.ratio, advice.tolerance))
    warnings.push(
      `On the validation records the error is within ${percent(advice.tolerance)}; on the test records it is ${ratioWords(advice.best.ratio)}.`,
    );
  if (answer.trainRows < FEW_RECORDS)
    warnings.push(
      `There are only ${formatPlural(answer.trainRows, 'training record')}, and a fifth of them decides: another split may answer otherwise.`,
    );
  if (full === null) return warnings;
  const { score, leftOut, ridge } = full;
  const error = ratioError(score.test);
  const floor = ratioError(score.floor);
  if (error >= NEAR_FLOOR * floor)
    warnings.push(
      'Not even all records together predict better than one constant guess, so a ratio near 1 says nothing here.',
    );
  if (!isLeaking && errorRatio(floor, error, floor) === Infinity)
    warnings.push('All records predict the target exactly: look for a feature that holds the target.');
  if (leftOut > 0 && bits !== null)
    warnings.push(
      `${formatPlural(leftOut, 'record')} of ${formatCount(bits.trainRows)} (${formatPercent(leftOut / bits.trainRows, 0)}) have a missing cell and are left out.`,
    );
  if (ridge > 0)
    warnings.push('Some features follow from others: the coefficients are not unique, the errors are.');
  const rare = rarestClass(score.classes);
  if (rare !== null && rare.count < FEW_OF_A_CLASS)
    warnings.push(
      `Only ${formatPlural(rare.count, 'test record')} of class “${rare.label}”: the error says little about it.`,
    );
  return warnings;
}

/** The class with the fewest test records. */
function rarestClass(classes: ClosedFormResult['score']['classes']): { label: string; count: number } | null {
  if (classes === null) return null;
  const { labels, confusion } = classes;
  return labels
    .map((label, row) => {
      const own = confusion.subarray(row * labels.length, (row + 1) * labels.length);
      return { label, count: own.reduce((sum, count) => sum + count, 0) };
    })
    .reduce((least, one) => (one.count < least.count ? one : least));
}
