/** Pictures that are open: their settings, and what is computed from them in step with the settings. */
import type { CallOptions } from '../../contracts/workerCalls.ts';
import type {
  CondensedImages,
  ImageArchiveReport,
  ImageBitsReport,
  ImageInspection,
  ImagePeersReport,
  RandomSampleReport,
  ImageSettings,
  ImageSource,
  ImageSummary,
  Pictures,
} from '../../contracts/images.ts';
import { LabError } from '../../contracts/errors.ts';
import type { TrainingSettings } from '../../contracts/training.ts';
import type { ImagesActions, ImagesState } from '../../stations/lab/pictures.ts';
import type { Task } from '../../stations/lab/task.ts';
import { IMAGE_SETTINGS, TRAINING_SETTINGS, type ImagePart } from '../../contracts/settings.ts';
import { openingSettings } from '../../contracts/imageFitting.ts';
import type { StoreContext } from '../storeContext.ts';
import { createPartQueue } from '../partQueue.ts';
import { createRestraint, type Watch } from '../restraint.ts';
import { createTaskRunner, type Slot } from '../tasks.ts';
import type { Archives } from './archives.ts';
import type { ImageSweep } from './imageSweep.ts';

/** Milliseconds of quiet after a change before anything is computed again. */
const QUIET = 250;
/** Seconds of encoding and decoding up to which an archive is made again by itself after a change. */
const QUICK_SECONDS = 8;
/** Pictures of one class that are fetched at a time. */
const PICTURES_PER_PAGE = 60;

/** What is computed by itself, in this order. */
const STEPS = ['bits', 'archive', 'sample', 'condensed'] as const;
type Step = (typeof STEPS)[number];
/** What an epoch sees is computed only while someone looks at it. */
const OF_EPOCH: readonly Step[] = ['sample', 'condensed'];

export interface Images extends ImagesActions {
  /**
   * Opens pictures in place of what is open; what is open stays until they are read.
   *
   * @param expected dataset id that a link asks for, or null
   * @param training what a link says of training networks on them
   * @returns the summary, or null when it failed or was cancelled
   */
  open: (
    source: ImageSource,
    chosen: Partial<ImageSettings>,
    expected: string | null,
    training: Partial<TrainingSettings>,
  ) => Promise<ImageSummary | null>;
  cancelOpening: () => void;
  /** There are no pictures any more: something else is open. */
  clear: () => void;
  /** The sweep is told when its settings may have changed, and when other pictures are open. */
  onSweep: (listener: SweepListener) => void;
  /** Whoever trains on the pictures is told of other ones, and asked before their archive is replaced by itself. */
  onTraining: (trainer: Trainer) => void;
  /**
   * The archive of the open pictures, stored and up to date; it is made where it is not.
   *
   * @throws LabError what making or storing it failed with; CANCELLED
   */
  ensureArchive: (signal: AbortSignal) => Promise<ImageArchiveReport>;
  /** Computes what was held back. */
  startHeld: () => void;
}

type SweepListener = Pick<ImageSweep, 'outdate' | 'change'>;

interface Trainer {
  opened: (summary: ImageSummary, linked: Partial<TrainingSettings>) => void;
  closed: () => void;
  needsArchive: () => boolean;
}

export function createImages(context: StoreContext, archives: Archives): Images {
  const { get, set, services } = context;
  let sweep: SweepListener = { outdate: () => {}, change: () => {} };
  let trainer: Trainer = { opened: () => {}, closed: () => {}, needsArchive: () => false };
  /** Wait for the next step to end, whichever it is. */
  const waiters = new Set<() => void>();
  let isEpochWatched = false;

  function patch(change: Partial<ImagesState>): void {
    set({ images: { ...get().images, ...change } });
  }

  function slot<K extends 'dataset' | 'bits' | 'archive' | 'sample' | 'condensed' | 'inspection' | 'page'>(
    field: K,
  ) {
    type Value = ImagesState[K] extends Task<infer T> ? T : never;
    return {
      read: () => get().images[field],
      write: (task: Task<Value>) => patch({ [field]: task }),
    } as unknown as Slot<Value>;
  }

  const dataset = createTaskRunner<ImageSummary>(slot('dataset'));
  const bits = createTaskRunner<ImageBitsReport>(slot('bits'));
  const archive = createTaskRunner<ImageArchiveReport>(slot('archive'));
  const sample = createTaskRunner<RandomSampleReport>(slot('sample'));
  const condensed = createTaskRunner<CondensedImages>(slot('condensed'));
  const inspection = createTaskRunner<ImageInspection>(slot('inspection'));
  const page = createTaskRunner<Pictures>(slot('page'));
  const peers = createTaskRunner<ImagePeersReport>({
    read: () => get().images.peers.task,
    write: (task) => patch({ peers: { ...get().images.peers, task } }),
  });

  const restraint = createRestraint<ImageSettings, ImagePart>({
    table: IMAGE_SETTINGS,
    settings() {
      const { settings: now, dataset: task } = get().images;
      return task.value === null ? null : { now, usual: openingSettings(task.value, {}) };
    },
    read: () => get().images.held,
    write: (held) => patch({ held }),
  });

  /** Source and settings of what is open, or null. */
  function open(): { source: ImageSource; settings: ImageSettings } | null {
    const { source, settings } = get().images;
    return source === null ? null : { source, settings };
  }

  async function computeBits(): Promise<void> {
    const experiment = open();
    if (experiment === null) return;
    const { classes } = get().images.dataset.value ?? { classes: [] };
    const table = experiment.settings.classWise ? Math.min(get().images.table, classes.length - 1) : 0;
    await bits.run(
      (options) => services.client.analyseImages({ ...experiment, table }, options),
      restraint.watch('bits'),
    );
  }

  async function computeArchive(): Promise<void> {
    const experiment = open();
    if (experiment === null) return;
    const report = await archive.run(async (options) => {
      const helpers = services.encodeHelpers(options.signal);
      try {
        return await services.client.compressImages(
          { ...experiment, store: true, kept: false },
          options,
          helpers.ports,
        );
      } finally {
        helpers.end();
      }
    }, restraint.watch('archive'));
    if (report === null) return;
    archives.wasMade(report);
    // A working archive replaces the one before it, which may be the one that these pictures came from. One that only
    // nearly holds them does not stand for them.
    const { source } = get().images;
    const isWhole = report.stored && report.fidelity.kind === 'exact';
    if (isWhole && source?.kind === 'archive' && source === experiment.source)
      patch({ source: { ...source, id: report.id } });
    await archives.refreshArchives();
    if (report.stored) await inspectAgain(report);
    compute(['sample']);
  }

  async function inspectAgain({ trainRecords, testRecords }: ImageArchiveReport): Promise<void> {
    const records = trainRecords + testRecords;
    const shown = get().images.inspection.value?.record;
    if (records > 0) await inspectImage(shown === undefined ? null : Math.min(shown, records - 1));
  }

  async function inspectImage(record: number | null): Promise<void> {
    const { archive: made, source } = get().images;
    if (made.value === null || !made.value.stored) return;
    const archiveId = made.value.id;
    await inspection.run((options) => services.client.inspectImage({ archiveId, record, source }, options));
  }

  /** @param isTooLong asked at every report: a sample that takes too long is not drawn */
  async function computeSample(isTooLong?: Watch): Promise<void> {
    const { archive: made, fraction, settings } = get().images;
    if (made.value === null || !made.value.stored) return;
    const request = { archiveId: made.value.id, fraction, seed: settings.seed };
    await sample.run((options) => services.client.sampleImages(request, options), isTooLong);
  }

  async function computeCondensed(): Promise<void> {
    const experiment = open();
    if (experiment === null) return;
    await condensed.run(
      (options) => services.client.condenseImages(experiment, options),
      restraint.watch('condensed'),
    );
  }

  const work: Record<Step, () => Promise<void>> = {
    bits: computeBits,
    archive: computeArchive,
    sample: () =>
      computeSample(restraint.watch('sample', get().images.fraction > TRAINING_SETTINGS.defaults.fraction)),
    condensed: computeCondensed,
  };
  const runners = { bits, archive, sample, condensed };

  const queue = createPartQueue({
    parts: STEPS,
    quiet: { bits: QUIET, archive: QUIET, sample: QUIET, condensed: QUIET },
    work,
    onStep: wake,
  });

  /** Whether it is computed by itself now. */
  const isWanted = (step: Step): boolean => isEpochWatched || !OF_EPOCH.includes(step);

  /** Computes what is not there, or out of date. */
  function compute(steps: readonly Step[]): void {
    const { images } = get();
    const isMissing = (step: Step) => images[step].value === null || images[step].stale;
    queue.compute(steps.filter((step) => isWanted(step) && isMissing(step)));
  }

  function schedule(step: Step): void {
    if (isWanted(step)) queue.schedule(step);
  }

  function wake(): void {
    for (const waiter of waiters) waiter();
  }

  async function ensureArchive(signal: AbortSignal): Promise<ImageArchiveReport> {
    for (let isAsked = false; ; isAsked = true) {
      if (signal.aborted || open() === null) throw new LabError('CANCELLED', 'The archive is not needed.');
      const { status, value, stale, error } = get().images.archive;
      const isAtWork = status === 'running' || queue.isWaiting('archive');
      if (!isAtWork && status === 'done' && !stale && value !== null) {
        if (value.stored) return value;
        if (isAsked) {
          if (value.storeError !== null) throw LabError.fromReport(value.storeError);
          throw new LabError('STORAGE_UNAVAILABLE', 'The archive was made, but is not in the store.');
        }
      }
      if (!isAtWork && isAsked && status === 'failed' && error !== null) throw LabError.fromReport(error);
      if (!isAtWork && isAsked && status === 'cancelled') {
        throw new LabError('CANCELLED', 'Making the archive was stopped.');
      }
      // Whoever waits for it has asked for it.
      restraint.allow('archive');
      if (!isAtWork) queue.compute(['archive']);
      await nextStep(signal);
    }
  }

  /** Resolves when a step has ended, or with the signal. */
  function nextStep(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiter = (): void => {
        waiters.delete(waiter);
        signal.removeEventListener('abort', waiter);
        resolve();
      };
      waiters.add(waiter);
      signal.addEventListener('abort', waiter);
    });
  }

  function forgetPeers(): void {
    peers.clear();
    patch({ peers: { ...get().images.peers, rows: [] } });
  }

  /** An archive that takes long waits until somebody asks for it, and so does one that is learnt from. */
  function isQuick(): boolean {
    if (trainer.needsArchive()) return false;
    const { value } = get().images.archive;
    return value === null || value.encodeSeconds + value.decodeSeconds <= QUICK_SECONDS;
  }

  function outdate(parts: ReadonlySet<ImagePart>): void {
    for (const step of STEPS) {
      if (!parts.has(step)) continue;
      runners[step].outdate();
      restraint.drop(step);
      queue.drop(step);
      // A sample is of its archive, and follows it.
      if (step === 'sample' && parts.has('archive')) continue;
      if (step !== 'archive' || isQuick()) schedule(step);
    }
    if (parts.has('archive')) inspection.outdate();
    if (parts.has('peers')) forgetPeers();
    if (parts.has('sweep')) sweep.outdate();
  }

  /** @param id of the pictures that are open now, or null */
  function stopAll(id: string | null): void {
    queue.dropAll();
    STEPS.forEach(restraint.drop);
    for (const runner of [bits, archive, sample, condensed, inspection, page]) runner.clear();
    forgetPeers();
    sweep.change(id);
    trainer.closed();
    wake();
  }

  return {
    async open(source, chosen, expected, training) {
      patch({ tried: source });
      const summary = await dataset.run(async (options: Required<CallOptions>) => {
        const opened = await services.client.openImages({ source }, options);
        if (expected !== null && opened.id !== expected) {
          throw new LabError(
            'LINK_DATASET_MISMATCH',
            `${opened.fileName} is not the dataset that the link was made from.`,
          );
        }
        return opened;
      });
      if (summary === null) return null;
      stopAll(summary.id);
      const named = source.kind === 'archive' ? { ...source, datasetId: summary.id } : source;
      restraint.bring(chosen);
      patch({ source: named, tried: null, settings: openingSettings(summary, chosen), table: 0 });
      trainer.opened(summary, training);
      STEPS.forEach(schedule);
      return summary;
    },
    cancelOpening: () => dataset.cancel(),
    clear() {
      stopAll(null);
      dataset.clear();
      patch({ source: null, tried: null });
    },
    onSweep(listener) {
      sweep = listener;
    },
    onTraining(listener) {
      trainer = listener;
    },
    ensureArchive,
    changeImages(change) {
      const before = get().images.settings;
      const after = IMAGE_SETTINGS.tidy({ ...before, ...change });
      patch({ settings: after });
      if (get().images.source !== null) outdate(IMAGE_SETTINGS.outdated(before, after));
    },
    showTable(table) {
      if (table === get().images.table) return;
      patch({ table });
      bits.outdate();
      queue.schedule('bits');
    },
    async showPictures(label, from) {
      const { source, dataset: task } = get().images;
      const count = task.value?.classes[label];
      if (source === null || count === undefined) return;
      await page.run((options) =>
        services.client.pictures({ source, label, from, count: PICTURES_PER_PAGE }, options),
      );
    },
    inspectImage,
    async measureImagePeers() {
      const experiment = open();
      if (experiment === null) return;
      patch({ peers: { ...get().images.peers, rows: [] } });
      // The first worker stays free for whatever else the page asks.
      const report = await peers.run((options) =>
        services.background().imagePeers(
          experiment,
          (peer) => {
            if (options.signal.aborted) return;
            // A worker that had to be replaced measures from the start.
            const others = get().images.peers.rows.filter(({ name }) => name !== peer.name);
            patch({ peers: { ...get().images.peers, rows: [...others, peer] } });
          },
          options,
        ),
      );
      // The last row may be told after the whole has come, and is no longer heard then.
      if (report !== null) patch({ peers: { ...get().images.peers, rows: report.rows } });
    },
    cancelImagePeers: () => peers.cancel(),
    async drawSample({ fraction, seed } = {}) {
      const { settings } = get().images;
      const isOnlyFraction = fraction !== undefined && seed === undefined;
      const nextSeed = seed ?? (isOnlyFraction ? settings.seed : settings.seed + 1);
      const share = fraction ?? get().images.fraction;
      const { training } = get().images;
      patch({
        settings: IMAGE_SETTINGS.tidy({ ...settings, seed: nextSeed }),
        fraction: share,
        // One choice: the sample is what an epoch sees.
        training: { ...training, settings: { ...training.settings, fraction: share } },
      });
      queue.drop('sample');
      restraint.drop('sample');
      if (isEpochWatched) await computeSample();
      else sample.outdate();
    },
    watchEpoch(isWatched) {
      isEpochWatched = isWatched;
      if (isWatched && open() !== null) compute(OF_EPOCH);
    },
    computeImages(step) {
      restraint.allow(step);
      queue.compute([step]);
    },
    cancelImages(step) {
      queue.drop(step);
      restraint.drop(step);
      runners[step].cancel();
    },
    startHeld() {
      const steps = new Set<ImagePart>(restraint.release());
      queue.compute(STEPS.filter((step) => steps.has(step)));
    },
  };
}
