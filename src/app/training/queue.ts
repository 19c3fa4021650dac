/**
 * Runs of training, one after the other: none disturbs another's clock. A run that ends makes room for the next one,
 * whatever it ended with.
 */
import { LabError } from '../../contracts/errors.ts';
import type { ImageArchiveReport, ImageSource } from '../../contracts/images.ts';
import type { Progress } from '../../contracts/progress.ts';
import type { TrainingRun } from '../../contracts/training.ts';
import type { TrainingEvent } from '../../contracts/trainingCalls.ts';
import { readsArchive, trainingKey } from '../../stations/training/plan.ts';
import type { StoreContext } from '../storeContext.ts';
import { timed } from '../tasks.ts';
import type { TrainingBook } from './book.ts';
import { createRunClock } from './clock.ts';
import { isAtStart } from './fitting.ts';
import { openSides, type ServedSides } from './sides.ts';

export interface QueueOptions {
  /** Epochs to do; Infinity trains to the end. */
  budget: number;
  /** Whether it is one of the sweep's: those wait while the sweep is held. */
  isOfSweep: boolean;
}

export interface TrainingQueue {
  /** Trains a run as soon as no other is at work. One that waits or trains already takes over the options. */
  add: (id: string, options: QueueOptions) => void;
  /** Stops the run at work and lets it wait as the first, with another number of epochs to do. */
  putBack: (budget: number) => void;
  /** Takes a run out of the queue, or stops it; resolves when no worker is at it any more. */
  stop: (id: string) => Promise<void>;
  /** Empties the queue and stops the run at work. */
  stopAll: () => Promise<void>;
  isOfSweep: (id: string) => boolean;
  /** The run starts at its initial weights when it is trained next, whatever a worker or the store still holds. */
  startAnew: (id: string) => void;
  /** Not so after all: it goes on from what was reached. */
  goOn: (id: string) => void;
  /** Whether a worker of this page has been at the run. */
  hasTrained: (id: string) => boolean;
  /** A fresh worker before the next run, or now if none is at work. */
  renew: () => void;
  /** Takes the next run, if none is at work. */
  advance: () => void;
  /** Whether a run learns from the open pictures' archive now. */
  needsArchive: () => boolean;
}

/** What leaves a worker's device in a state from which nothing can be trained. */
const BROKEN_DEVICE: readonly string[] = ['DEVICE_LOST', 'TRAINING_OUT_OF_MEMORY'];

/** Least milliseconds between two looks at an epoch: on a machine without a GPU, drawing takes time from training. */
const PROGRESS_MS = 250;

const isEpoch = (phase: string): boolean => phase.startsWith('Epoch ');

/** @param ensureArchive gives the open pictures' archive, stored and up to date, making it where it is not */
export function createTrainingQueue(
  { get, services }: StoreContext,
  book: TrainingBook,
  ensureArchive: (signal: AbortSignal) => Promise<ImageArchiveReport>,
): TrainingQueue {
  let current: { id: string; stop: AbortController; end: Promise<void> } | null = null;
  const budgets = new Map<string, number>();
  const anew = new Set<string>();
  const trained = new Set<string>();
  let isRenewalDue = false;

  const state = () => get().images.training;
  const isOfSweep = (id: string) => state().ofSweep.includes(id);

  function renewIfDue(): void {
    if (isRenewalDue) services.renewTrainer();
    isRenewalDue = false;
  }

  function say(phase: string): void {
    book.patch({ progress: timed(null, { phase, done: 0, total: null, unit: '' }, Date.now()) });
  }

  function halt(): void {
    if (current === null || current.stop.signal.aborted) return;
    say('Pausing');
    current.stop.abort();
  }

  function advance(): void {
    if (current !== null) return;
    const { queue, isHeld } = state();
    const waiting = queue.filter((id) => book.find(id) !== null);
    const id = waiting.find((one) => !(isHeld && isOfSweep(one)));
    const run = id === undefined ? null : book.find(id);
    const { source } = get().images;
    if (id === undefined || run === null || source === null) {
      if (waiting.length !== queue.length) book.patch({ queue: waiting });
      return;
    }
    const stop = new AbortController();
    const running: TrainingRun = { ...run, status: 'running', error: null };
    book.put(running);
    book.patch({ queue: waiting.filter((one) => one !== id), active: id });
    say('Starting');
    const budget = budgets.get(id) ?? Infinity;
    budgets.delete(id);
    // Nothing of it happens before `current` is set: the first thing that it does is to wait.
    current = { id, stop, end: train(running, source, budget, stop.signal).then(wasTrained) };
  }

  /** The run is at rest. Null: there was no need for it. */
  function wasTrained(run: TrainingRun | null): void {
    const id = current?.id ?? '';
    current = null;
    if (state().active === id) book.patch({ active: null, progress: null });
    if (run === null) book.drop([id]);
    else {
      // It may have been put back into the queue while it was being stopped.
      const waits = run.status === 'paused' && state().queue.includes(id);
      if (!waits) book.patch({ queue: state().queue.filter((one) => one !== id) });
      book.put(waits ? { ...run, status: 'waiting' } : run);
      book.keep(run);
    }
    if (run?.error != null && BROKEN_DEVICE.includes(run.error.code)) isRenewalDue = true;
    renewIfDue();
    advance();
  }

  /** Trains a run until it is at rest. */
  async function train(
    run: TrainingRun,
    source: ImageSource,
    budget: number,
    signal: AbortSignal,
  ): Promise<TrainingRun | null> {
    let latest = run;
    let sides: ServedSides | null = null;
    const clock = createRunClock();

    function onEvent(event: TrainingEvent): void {
      if (event.kind === 'run') {
        anew.delete(run.id);
        latest = { ...latest, ...event.run, status: 'running', error: null };
      } else if (event.epoch.epoch === latest.epochs.length + 1) {
        latest = { ...latest, epochs: [...latest.epochs, event.epoch] };
      } else return;
      book.put(latest);
    }

    let shown = { phase: '', at: -Infinity };
    function onProgress(progress: Progress): void {
      const now = Date.now();
      const isNews = progress.phase !== shown.phase && !isEpoch(progress.phase);
      if (signal.aborted || (!isNews && now - shown.at < PROGRESS_MS)) return;
      shown = { phase: progress.phase, at: now };
      book.patch({
        progress:
          budget === Infinity && isEpoch(progress.phase)
            ? clock(latest, progress, now)
            : timed(state().progress, progress, now),
      });
    }

    try {
      // A checkpoint may still be on its way out of the store.
      await book.settled();
      renewIfDue();
      latest = await begin(run, source, signal);
      if (isTwin(latest)) return null;
      book.put(latest);
      await book.foresee(latest);
      if (signal.aborted) return atRest(latest);
      const { settings } = get().images;
      sides = openSides(services, latest, { source, settings });
      const { pixels, testPixels, lost } = sides;
      const fresh = anew.has(run.id);
      trained.add(run.id);
      const reached = await services
        .trainer()
        .train({ run: latest, wish: state().wish, fresh, budget, pixels, testPixels }, onEvent, {
          signal: AbortSignal.any([signal, lost]),
          onProgress,
        });
      anew.delete(run.id);
      latest = { ...latest, ...reached };
      const error = sides.error();
      return error === null || latest.status === 'done' ? atRest(latest) : failed(latest, error);
    } catch (thrown) {
      const error = sides?.error() ?? LabError.from(thrown);
      if (error.code === 'CANCELLED') return atRest(latest);
      return failed(latest, error);
    } finally {
      sides?.end();
    }
  }

  /** The run with what it learns from. @throws what making the archive throws; ARCHIVE_NOT_FOUND */
  async function begin(run: TrainingRun, source: ImageSource, signal: AbortSignal): Promise<TrainingRun> {
    let archiveId = source.kind === 'archive' ? source.id : null;
    if (readsArchive(run.settings.method)) {
      const isThere = get().archives.some(({ id }) => id === run.archiveId);
      archiveId = isThere && !isAtStart(run) ? run.archiveId : await archiveFor(run, signal);
    }
    if (signal.aborted) throw new LabError('CANCELLED', 'Training was stopped.');
    const { dataset, settings } = get().images;
    const { split, testFraction } = settings;
    const isMade = dataset.value?.split === 'made';
    const division = run.division ?? (isMade ? { split, testFraction } : undefined);
    return { ...run, archiveId, ...(division !== undefined && { division }) };
  }

  /** One that a run may begin with, or go on with: whichever archive, exact pictures are the same. */
  async function archiveFor(run: TrainingRun, signal: AbortSignal): Promise<string> {
    const wasNear = run.facts?.fidelity?.kind === 'near';
    const { id, fidelity } = await ensureArchive(signal);
    if (!isAtStart(run) && id !== run.archiveId && (wasNear || fidelity.kind === 'near')) {
      throw new LabError(
        'ARCHIVE_NOT_FOUND',
        'The archive that this run learnt from is no longer in this browser, and the current one holds different pixels.',
      );
    }
    return id;
  }

  /** A run of the sweep whose result is there already, as shows only now that the archive is known. */
  function isTwin(run: TrainingRun): boolean {
    if (!isOfSweep(run.id) || !isAtStart(run)) return false;
    return state().runs.some(
      (other) =>
        other.id !== run.id &&
        other.status === 'done' &&
        other.archiveId === run.archiveId &&
        isSameTraining(other, run),
    );
  }

  return {
    advance,
    add(id, options) {
      const others = state().ofSweep.filter((one) => one !== id);
      book.patch({ ofSweep: options.isOfSweep ? [...others, id] : others });
      const run = book.find(id);
      if (run === null || current?.id === id) return;
      budgets.set(id, options.budget);
      const { queue } = state();
      book.put({ ...run, status: 'waiting', error: null });
      if (!queue.includes(id)) book.patch({ queue: [...queue, id] });
      advance();
    },
    putBack(budget) {
      if (current === null) return;
      const { id } = current;
      budgets.set(id, budget);
      book.patch({ queue: [id, ...state().queue.filter((one) => one !== id)] });
      halt();
    },
    async stop(id) {
      const { queue } = state();
      if (queue.includes(id)) {
        book.patch({ queue: queue.filter((one) => one !== id) });
        const run = book.find(id);
        if (run !== null) book.put(atRest(run));
      }
      if (current?.id !== id) return;
      halt();
      await current.end;
    },
    async stopAll() {
      book.patch({ queue: [], ofSweep: [], isHeld: false });
      current?.stop.abort();
      await current?.end;
    },
    isOfSweep,
    startAnew: (id) => void anew.add(id),
    goOn: (id) => void anew.delete(id),
    hasTrained: (id) => trained.has(id),
    renew() {
      isRenewalDue = true;
      if (current === null) renewIfDue();
    },
    needsArchive() {
      const run = current === null ? null : book.find(current.id);
      return run !== null && run.archiveId !== null && readsArchive(run.settings.method);
    },
  };
}

/** Whether two runs give the same, their archive apart. */
export function isSameTraining(
  a: Pick<TrainingRun, 'settings' | 'division'>,
  b: Pick<TrainingRun, 'settings' | 'division'>,
): boolean {
  return (
    trainingKey(a.settings) === trainingKey(b.settings) &&
    (a.division?.split ?? null) === (b.division?.split ?? null) &&
    (a.division?.testFraction ?? null) === (b.division?.testFraction ?? null)
  );
}

function atRest(run: TrainingRun): TrainingRun {
  return run.status === 'running' || run.status === 'waiting' ? { ...run, status: 'paused' } : run;
}

function failed(run: TrainingRun, error: LabError): TrainingRun {
  return { ...run, status: 'failed', error: error.report() };
}
