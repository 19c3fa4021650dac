/**
 * What the opening's picture shows of what is open: shares as pairs of bars, each with what it is a share of. A share
 * that is not there yet says what it waits for.
 */
import type { ClosedFormResult, DatasetSummary } from '../../contracts/codec.ts';
import { sampleByDataset } from '../../contracts/gallery.ts';
import type { Fidelity, ImageSummary } from '../../contracts/images.ts';
import { METHOD_METAS } from '../../contracts/methods.ts';
import type { RecordedResult } from '../../contracts/results.ts';
import { resultOf, type TrainingResult } from '../../contracts/training.ts';
import { formatBytes, formatCount, formatPercent, formatPlural, formatRatio } from '../../ui/format.ts';
import { decibelWords, shapeWords } from '../../ui/pictures/words.ts';
import { progressWords } from '../../ui/progress.ts';
import type { LabState } from '../lab.ts';
import type { ImagesState } from '../lab/pictures.ts';
import type { Task } from '../lab/task.ts';
import { condensedRatio } from '../optimumRatio.ts';
import { leadingRun } from '../training/leading.ts';
import { shippedOf } from '../training/shipped.ts';
import { methodShareWords, networkWords } from '../training/words.ts';

export interface Bar {
  label: string;
  /** What it is as long as, in figures; empty where the value itself says it. */
  amount: string;
  /** 0…1 of the room, or null while it cannot be told. */
  length: number | null;
}

/** One share: the whole, and the part that stands for it. */
export interface Measure {
  /** Which it is, whatever its words are. */
  id: 'bytes' | 'samples' | 'error' | 'accuracy';
  /** "10.9 %"; null while it is not there. */
  value: string | null;
  /** What the value is of: "of the bytes". */
  of: string;
  /** What it waits for; empty where it is there. */
  waiting: string;
  whole: Bar;
  part: Bar;
  /** Colour of the part. */
  role: 'base' | 'analytics';
  /** The same as a sentence. */
  spoken: string;
}

export interface Picture {
  /** What is open; null while nothing is. */
  name: string | null;
  /** What it is: "a built-in sample: 53,940 records × 10 columns". */
  about: string;
  measures: Measure[];
}

type TableTasks = Pick<LabState, 'settings' | 'asksTarget' | 'dataset' | 'bits' | 'archive'>;

/** What the picture of a table is made of. */
export interface TableShown extends TableTasks {
  full: Task<ClosedFormResult>;
  condensed: Task<ClosedFormResult>;
}

/** What the picture of pictures is made of. */
export interface ImagesShown extends Pick<ImagesState, 'dataset' | 'archive'> {
  training: Pick<ImagesState['training'], 'runs' | 'selected'>;
  /** Results that come with the lab; null while they are not there. */
  shipped: readonly RecordedResult[] | null;
}

/** Whether a dataset is a sample, however it was read, or comes from an archive of one. */
export function isOfGallery({ id, sampleId }: { id: string; sampleId: string | null }): boolean {
  return sampleId !== null || sampleByDataset(id) !== undefined;
}

function aboutWords(dataset: DatasetSummary | ImageSummary, shape: string): string {
  return isOfGallery(dataset) ? `a built-in sample: ${shape}` : shape;
}

/** Why there is nothing open yet, in place of what it is. */
function openingWords({ status, error }: Task<unknown>): string {
  if (status === 'failed') return `Nothing is open: ${error?.code ?? 'it failed'}.`;
  return status === 'cancelled' ? 'Nothing is open.' : 'Opening a dataset…';
}

/** What a result that is not there waits for. */
function waitingWords({ status, progress, error }: Task<unknown>, doing: string): string {
  if (status === 'failed') return error === null ? 'failed' : `failed: ${error.code}`;
  if (status === 'cancelled') return 'cancelled';
  if (status !== 'running') return 'not there yet';
  const left = progress === null ? '' : progressWords(progress).left;
  return left === '' ? `${doing}…` : `${doing}, ${left}`;
}

/** "Share of the rows: not there yet." */
function waitingSentence(subject: string, waiting: string): string {
  return `${subject}: ${waiting}${waiting.endsWith('…') ? '' : '.'}`;
}

/** The value of a task that nothing upstream has outdated. */
function fresh<T>({ value, stale }: Task<T>): T | null {
  return stale ? null : value;
}

/** Of two tasks the one that has something to say. */
function telling(tasks: readonly Task<unknown>[]): Task<unknown> {
  return (
    tasks.find(({ status }) => status === 'failed') ??
    tasks.find(({ status }) => status === 'running') ??
    tasks.find(({ status }) => status === 'cancelled') ??
    tasks[0]
  );
}

/** Why a table has nothing that could be condensed and learned from; null where it has. */
function nothingToLearn({ settings, asksTarget, dataset }: TableTasks): string | null {
  if (dataset.value === null) return null;
  if (settings.target === null) return asksTarget ? 'target not said yet' : 'no target';
  return settings.features?.length === 0 ? 'no features chosen' : null;
}

function bytesMeasure(
  raw: number | null,
  archive: number | null,
  words: { of: string; whole: string; part: string; waiting: string; spoken: string },
): Measure {
  const share = raw === null || archive === null ? null : archive / Math.max(1, raw);
  const value = share === null ? null : formatPercent(share);
  const longest = Math.max(1, share ?? 1);
  return {
    ...{ id: 'bytes', role: 'base', value, of: words.of },
    waiting: value === null ? words.waiting : '',
    whole: { label: words.whole, amount: raw === null ? '' : formatBytes(raw), length: 1 / longest },
    part: {
      label: words.part,
      amount: archive === null ? '' : formatBytes(archive),
      length: share === null ? null : share / longest,
    },
    spoken:
      value === null
        ? waitingSentence('Share of the bytes', words.waiting)
        : `The archive takes ${value} ${words.spoken}.`,
  };
}

/** Condensed samples as a share of the training records. */
function samplesMeasure(shown: TableShown): Measure {
  const bits = fresh(shown.bits);
  const missing = nothingToLearn(shown) ?? (bits?.order.length === 0 ? 'nothing to condense' : null);
  const records = bits?.trainRows ?? null;
  const samples =
    bits === null || missing !== null
      ? null
      : (bits.condensedSamples[Math.min(shown.settings.beta, bits.order.length)] ?? null);
  const share = samples === null || records === null ? null : samples / Math.max(1, records);
  const value = share === null ? null : formatPercent(share);
  const waiting = value === null ? (missing ?? waitingWords(shown.bits, 'Looking at every bit')) : '';
  return {
    ...{ id: 'samples', role: 'analytics', value, of: 'of the rows', waiting },
    whole: { label: 'training records', amount: records === null ? '' : formatCount(records), length: 1 },
    part: { label: 'condensed samples', amount: samples === null ? '' : formatCount(samples), length: share },
    spoken:
      value === null
        ? waitingSentence('Share of the rows', waiting)
        : `${formatPlural(samples ?? 0, 'condensed sample')} ${samples === 1 ? 'stands' : 'stand'} for ${formatPlural(records ?? 0, 'training record')}: ${value} of the rows.`,
  };
}

/** The test error of a model that has seen the condensed samples alone, against one that has seen every record. */
function errorMeasure(shown: TableShown): Measure {
  const full = fresh(shown.full);
  const condensed = fresh(shown.condensed);
  const known = condensedRatio(full, condensed);
  const ratio = known === null || Number.isNaN(known) ? null : known;
  const value = ratio === null ? null : formatRatio(ratio);
  const longest = Math.max(1, ratio ?? 1);
  const isOfClasses = (full ?? condensed)?.score.task === 'classification';
  const error = isOfClasses ? 'test log loss' : 'squared test error';
  const waiting = value === null ? (nothingToLearn(shown) ?? unsolved(shown)) : '';
  return {
    ...{ id: 'error', role: 'analytics', value, waiting },
    of: ratio === Infinity ? `by the ${error}` : `the ${error}`,
    whole: {
      label: 'trained on every record',
      amount: ratio === null || ratio === Infinity ? '' : formatRatio(1),
      length: ratio === null ? null : 1 / longest,
    },
    part: {
      label: 'trained on the samples',
      amount: ratio === null || ratio === Infinity ? '' : formatRatio(ratio),
      length: ratio === null ? null : ratio === Infinity ? 1 : ratio / longest,
    },
    spoken:
      value === null
        ? waitingSentence('Error of a model trained on the samples', waiting)
        : ratio === Infinity
          ? 'A model trained on every record is exact on test records, one trained on the samples is not.'
          : `A model trained on the samples has ${value} the ${error} of one trained on every record.`,
  };
}

/** Both are solved, or cannot be: an optimum that was not reached compares with nothing. */
function unsolved({ full, condensed }: TableShown): string {
  const isDone = [full, condensed].every(({ status, stale }) => status === 'done' && !stale);
  return isDone ? 'no optimum was reached' : waitingWords(telling([full, condensed]), 'Training');
}

/** The picture of a table. */
export function tablePicture(shown: TableShown): Picture {
  const { dataset } = shown;
  const archive = fresh(shown.archive);
  const summary = dataset.value;
  return {
    name: summary?.name ?? null,
    about:
      summary === null
        ? openingWords(dataset)
        : aboutWords(
            summary,
            `${formatPlural(summary.rows, 'record')} × ${formatPlural(summary.columns.length, 'column')}, computed in this browser`,
          ),
    measures: [
      bytesMeasure(archive?.rawFloat64Bytes.train ?? null, archive?.bytes.train ?? null, {
        of: 'of the bytes',
        whole: 'training records, float64',
        part: 'their archive, lossless',
        waiting: waitingWords(shown.archive, 'Compressing'),
        spoken: 'of the bytes that the training records take as float64, without loss',
      }),
      samplesMeasure(shown),
      errorMeasure(shown),
    ],
  };
}

/** A training whose accuracy is shown, and where it was made. */
interface ShownTraining {
  result: TrainingResult;
  isShipped: boolean;
}

/** The run that the lab leads with, else the best that comes with the lab and learned from the archive. */
function shownTraining({ dataset, training, shipped }: ImagesShown): ShownTraining | null {
  const run = leadingRun(training);
  const own = run === undefined ? null : resultOf(run);
  if (own !== null) return { result: own, isShipped: false };
  if (dataset.value === null || shipped === null) return null;
  const [best] = shippedOf(shipped, dataset.value.id)
    .filter(({ method }) => METHOD_METAS.find(method)?.source === 'archive')
    .toSorted((a, b) => b.accuracy - a.accuracy || a.fraction - b.fraction);
  return best === undefined ? null : { result: best, isShipped: true };
}

/** The picture of pictures: their archive, and a network that has learned from a part of it. */
export function imagesPicture(shown: ImagesShown): Picture {
  const { dataset } = shown;
  const archive = fresh(shown.archive);
  const summary = dataset.value;
  const loss = archive === null ? '' : lossWords(archive.fidelity);
  const trained = shownTraining(shown);
  return {
    name: summary?.name ?? null,
    about:
      summary === null
        ? openingWords(dataset)
        : aboutWords(summary, `${formatPlural(summary.records, 'picture')}, ${shapeWords(summary)}`),
    measures: [
      bytesMeasure(archive?.rawBytes.train ?? null, archive?.bytes.train ?? null, {
        of: 'of the raw pixels',
        whole: 'training pictures, a byte a value',
        part: archive === null ? 'their archive' : `their archive, ${loss}`,
        waiting: waitingWords(shown.archive, 'Compressing'),
        spoken: `of the bytes of the raw training pixels, ${loss}`,
      }),
      picturesMeasure(trained),
      accuracyMeasure(trained, summary?.classes.reduce((sum, { test }) => sum + test, 0) ?? null),
    ],
  };
}

/** "lossless", "near-lossless, PSNR 53.6 dB" */
function lossWords(fidelity: Fidelity): string {
  return fidelity.kind === 'exact' ? 'lossless' : `near-lossless, ${decibelWords(fidelity.psnr)}`;
}

const UNTRAINED = 'no network is trained yet';

/** Pictures of an epoch as a share of the training pictures. */
function picturesMeasure(trained: ShownTraining | null): Measure {
  const share =
    trained === null ? null : trained.result.subsetRecords / Math.max(1, trained.result.trainRecords);
  const value = share === null ? null : formatPercent(share);
  return {
    ...{ id: 'samples', role: 'analytics', value, of: 'of the pictures in an epoch' },
    waiting: value === null ? UNTRAINED : '',
    whole: {
      label: 'training pictures',
      amount: trained === null ? '' : formatCount(trained.result.trainRecords),
      length: 1,
    },
    part: {
      label: 'seen in an epoch',
      amount: trained === null ? '' : formatCount(trained.result.subsetRecords),
      length: share,
    },
    spoken:
      value === null
        ? waitingSentence('Share of the pictures', UNTRAINED)
        : `An epoch sees ${value} of the training pictures.`,
  };
}

/** Test pictures that the network gets right. */
function accuracyMeasure(trained: ShownTraining | null, pictures: number | null): Measure {
  const accuracy = trained?.result.accuracy ?? null;
  const value = accuracy === null ? null : formatPercent(accuracy);
  const network = trained === null ? '' : trainingWords(trained);
  return {
    ...{ id: 'accuracy', role: 'analytics', value, of: 'of the test pictures right' },
    waiting: value === null ? UNTRAINED : '',
    whole: {
      label: 'test pictures',
      amount: pictures === null ? '' : formatCount(pictures),
      length: 1,
    },
    part: { label: network, amount: trained?.isShipped === true ? 'shipped' : '', length: accuracy },
    spoken:
      value === null
        ? waitingSentence('Accuracy', UNTRAINED)
        : `${network}${trained?.isShipped === true ? ', shipped with the lab' : ''}: ${value} of the test pictures are classified correctly.`,
  };
}

/** "LeNet5 · dreaMLearning 5 %" */
function trainingWords({ result: { model, width, method, fraction } }: ShownTraining): string {
  return `${networkWords(model, width)} · ${methodShareWords({ method, fraction })}`;
}

/** The whole picture in sentences, for who does not see it. */
export function pictureWords({ name, about, measures }: Picture): string {
  const opening = name === null ? about : `${name}, ${about}.`;
  return [opening, ...measures.map(({ spoken }) => spoken)].join(' ');
}

/** Whether everything that the picture waits for is there. */
export function isComplete({ measures }: Picture): boolean {
  return measures.every(({ value }) => value !== null);
}
