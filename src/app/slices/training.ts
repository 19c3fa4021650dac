/** Training networks on the open pictures: runs that are played, paused, stepped, taken back, kept and deleted. */
import type { ImageArchiveReport, ImageSummary } from '../../contracts/images.ts';
import type { LinkedImages } from '../../contracts/link.ts';
import type { BackendChoice, TrainingRun, TrainingSettings } from '../../contracts/training.ts';
import type { Lab } from '../../stations/lab.ts';
import { idleTask } from '../../stations/lab/task.ts';
import type { ModelActions, TrainingRunActions, TrainingState } from '../../stations/lab/training.ts';
import { trainingKey } from '../../stations/training/plan.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner } from '../tasks.ts';
import { createTrainingBook } from '../training/book.ts';
import { TRAINING_SETTINGS } from '../../contracts/settings.ts';
import { freshSeed, isAtStart, newRun, rewound, usualSettings } from '../training/fitting.ts';
import { planFromLink } from '../training/link.ts';
import { createTrainingQueue } from '../training/queue.ts';
import type { Images } from './images.ts';
import type { Messages } from '../messages.ts';
import { createTrainedModels } from './trainedModels.ts';
import { createTrainingSweep, type TrainingSweep } from './trainingSweep.ts';

export interface Training extends TrainingRunActions, ModelActions, TrainingSweep {
  /** Other pictures are open: their usual settings, what a link says beside them, and the runs kept of them. */
  opened: (summary: ImageSummary, linked: Partial<TrainingSettings>) => void;
  /** The pictures are closed: training stops where it is, and nothing is shown any more. */
  closed: () => void;
  /** What a link says beyond the settings of a run. */
  takeLink: (linked: LinkedImages) => void;
  /** Removes every run from the browser. */
  forgetAll: () => Promise<void>;
  /** Whether the archive must not be replaced by itself. */
  needsArchive: () => boolean;
  /** Shows how far the archive is that a run waits for. */
  follow: (now: Lab, before: Lab) => void;
}

export function createTraining(context: StoreContext, messages: Messages, images: Images): Training {
  const { get, services } = context;
  const book = createTrainingBook(context, messages);
  const queue = createTrainingQueue(context, book, makeArchive);
  /** What can still be undone of a run: its message. */
  const undoable = new Map<string, number>();
  /** Counts openings: a list that comes late is of other pictures. */
  let turn = 0;
  let isWaitingForArchive = false;
  /** Training of the pictures that were open before comes to its rest. */
  let stopping: Promise<void> = Promise.resolve();
  const backend = createTaskRunner<BackendChoice>({
    read: () => state().backend,
    write: (task) => book.patch({ backend: task }),
  });

  const state = (): TrainingState => get().images.training;

  async function makeArchive(signal: AbortSignal): Promise<ImageArchiveReport> {
    isWaitingForArchive = true;
    showArchive(get());
    try {
      return await images.ensureArchive(signal);
    } finally {
      isWaitingForArchive = false;
    }
  }

  function showArchive({ images: { archive, training } }: Lab): void {
    if (!isWaitingForArchive || training.active === null) return;
    const { progress } = archive;
    const now = Date.now();
    const phase = 'Making the archive first';
    const waiting = { done: 0, total: null, unit: '', startedAt: now, startedFrom: 0, updatedAt: now };
    book.patch({ progress: progress === null ? { phase, ...waiting } : { ...progress, phase } });
  }

  /** What could still be undone of the run stays as it is. */
  function settle(id: string): void {
    const message = undoable.get(id);
    if (message !== undefined) messages.dismiss(message);
  }

  function play(id: string, budget: number): void {
    const run = book.find(id);
    if (run === null || run.status === 'done') return;
    settle(id);
    queue.add(id, { budget, isOfSweep: false });
  }

  /** Back to the start, with what was reached to be had back for some seconds. */
  async function rewind(id: string, seedOf: (run: TrainingRun) => number, what: string): Promise<void> {
    settle(id);
    await queue.stop(id);
    const former = book.find(id);
    if (former === null) return;
    const seed = seedOf(former);
    if (isAtStart(former) && !queue.hasTrained(id) && seed === former.settings.seed) return;
    const start = rewound(former, seed);
    book.put(start);
    queue.startAnew(id);
    const carryOut = (): void => {
      undoable.delete(id);
      letGo(id);
      void book.erase([id], start);
    };
    const takeBack = (): void => {
      undoable.delete(id);
      queue.goOn(id);
      book.put(former);
    };
    undoable.set(id, messages.offerUndo(what, carryOut, takeBack));
  }

  /** The worker may hold the run's weights; one that was never started holds nothing, and none is started for it. */
  function letGo(id: string): void {
    if (!queue.hasTrained(id)) return;
    services
      .trainer()
      .release({ runId: id })
      .catch(() => undefined);
  }

  async function remove(id: string): Promise<void> {
    const run = book.find(id);
    if (run === null) return;
    settle(id);
    book.hide(id);
    const stopped = queue.stop(id);
    const carryOut = async (): Promise<void> => {
      undoable.delete(id);
      await stopped;
      letGo(id);
      await book.erase([id]);
    };
    const takeBack = (): void => {
      undoable.delete(id);
      book.takeBack(id);
    };
    undoable.set(
      id,
      messages.offerUndo('The run was deleted.', () => void carryOut(), takeBack),
    );
    await stopped;
  }

  async function listRuns(datasetId: string): Promise<void> {
    const mine = turn;
    await stopping;
    const kept = await book.list(datasetId);
    if (mine !== turn) return;
    const known = new Set(state().runs.map(({ id }) => id));
    for (const run of kept) if (!known.has(run.id)) book.add(run);
    // The run that the link is of, or that would be trained again, is what one wants to see.
    const key = trainingKey(state().settings);
    const same = kept.findLast(({ settings }) => trainingKey(settings) === key);
    if (state().selected === null && same !== undefined) book.patch({ selected: same.id });
  }

  return {
    ...createTrainedModels(context, messages, book),
    ...createTrainingSweep(context, messages, book, queue),
    needsArchive: queue.needsArchive,
    keptRuns: book.list,
    opened(summary, linked) {
      turn++;
      const { fraction } = get().images;
      const settings = TRAINING_SETTINGS.tidy({ ...usualSettings(summary.channels), fraction, ...linked });
      book.patch({ settings });
      void listRuns(summary.id);
    },
    closed() {
      turn++;
      // Those that nobody has started by hand come back with the sweep.
      const waiting = state().queue.flatMap((id) => {
        const run = book.find(id);
        const isWorthKeeping = run !== null && !(queue.isOfSweep(id) && isAtStart(run));
        return isWorthKeeping ? [{ ...run, status: 'paused' as const }] : [];
      });
      stopping = queue.stopAll();
      for (const run of waiting) book.keep(run);
      book.patch({ runs: [], active: null, progress: null, selected: null, imported: idleTask() });
    },
    takeLink({ backend: wish, grid }) {
      book.patch({ plan: planFromLink(grid) });
      changeWish(wish ?? 'auto');
    },
    async forgetAll() {
      messages.settle();
      await queue.stopAll();
      book.patch({ runs: [], selected: null });
      await book.erase('all');
    },
    follow(now, before) {
      if (now.images.archive.progress !== before.images.archive.progress) showArchive(now);
    },
    planTraining(change) {
      const before = state().settings;
      const settings = TRAINING_SETTINGS.tidy({ ...before, ...change });
      book.patch({ settings });
      // The share is one choice with that of the sample, which shows what an epoch of it is.
      if (settings.fraction !== before.fraction) void images.drawSample({ fraction: settings.fraction });
    },
    wishBackend: changeWish,
    async probeBackend() {
      // While a run is at work its backend is the one, and another cannot be opened beside it.
      if (state().active !== null) return;
      const { wish } = state();
      await backend.run((options) => services.trainer().chooseBackend({ wish }, options));
    },
    startTraining() {
      const summary = get().images.dataset.value;
      if (summary === null || get().images.source === null) return;
      try {
        const run = newRun(summary, state().settings);
        book.add(run);
        book.patch({ selected: run.id });
        queue.startAnew(run.id);
        queue.add(run.id, { budget: Infinity, isOfSweep: false });
      } catch (thrown) {
        messages.sayError(thrown);
      }
    },
    playRun: (id) => play(id, Infinity),
    pauseRun: (id) => void queue.stop(id),
    stepRun(id) {
      if (state().active === id) queue.putBack(1);
      else play(id, 1);
    },
    rewindRun: (id) => void rewind(id, ({ settings }) => settings.seed, 'The run is at its start again.'),
    reseedRun: (id) =>
      void rewind(
        id,
        ({ settings }) => freshSeed(settings, state().runs),
        'The run is at its start, with another seed.',
      ),
    cancelRun(id) {
      void queue.stop(id).then(() => {
        const run = book.find(id);
        if (run === null || run.status === 'done') return;
        const cancelled: TrainingRun = { ...run, status: 'cancelled' };
        book.put(cancelled);
        book.keep(cancelled);
      });
    },
    deleteRun: (id) => void remove(id),
    selectRun(selected) {
      if (selected === null || book.find(selected) !== null) book.patch({ selected });
    },
  };

  function changeWish(wish: TrainingState['wish']): void {
    if (wish === state().wish) return;
    backend.clear();
    book.patch({ wish });
    // What is on one backend cannot go to another one.
    queue.renew();
  }
}
