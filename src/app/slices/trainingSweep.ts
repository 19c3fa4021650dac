/** The sweep over trainings: a grid of ordinary runs, queued where their result is not there yet. */
import { LabError } from '../../contracts/errors.ts';
import type { TrainingRun, TrainingSettings } from '../../contracts/training.ts';
import type { TrainingState, TrainingSweepActions } from '../../stations/lab/training.ts';
import { countTrainings, readsArchive, settingsOfPlan } from '../../stations/training/plan.ts';
import type { StoreContext } from '../storeContext.ts';
import type { TrainingBook } from '../training/book.ts';
import { isAtStart, newRun, tidyTrainingPlan } from '../training/fitting.ts';
import { isSameTraining, type TrainingQueue } from '../training/queue.ts';
import type { Messages } from '../messages.ts';

export interface TrainingSweep extends TrainingSweepActions {
  /** Queues these trainings of the open pictures where their results are not there yet; failures become messages. */
  train: (wanted: readonly TrainingSettings[]) => void;
}

/** Most trainings of one plan: what a browser keeps of them. */
const MOST_TRAININGS = 200;

export function createTrainingSweep(
  { get }: StoreContext,
  messages: Messages,
  book: TrainingBook,
  queue: TrainingQueue,
): TrainingSweep {
  const state = (): TrainingState => get().images.training;

  /** Whether a run that is done is the result of what would be trained now. */
  function isResult(run: TrainingRun): boolean {
    if (run.status !== 'done') return false;
    const { archive } = get().images;
    // Without an archive it is found out when there is one: see training/queue.ts.
    if (!readsArchive(run.settings.method) || archive.value === null) {
      return !readsArchive(run.settings.method);
    }
    return !archive.stale && archive.value.id === run.archiveId;
  }

  function runSweep(): void {
    const { plan, settings } = state();
    const count = countTrainings(plan);
    if (count > MOST_TRAININGS) {
      const what = `The plan has ${count} trainings; a sweep has at most ${MOST_TRAININGS}.`;
      throw new LabError('SETTING_OUT_OF_RANGE', what);
    }
    queueAll(settingsOfPlan(plan, settings));
  }

  /** @throws NETWORK_UNKNOWN, NETWORK_PICTURES_TOO_SMALL */
  function queueAll(all: readonly TrainingSettings[]): void {
    const { dataset, source, settings: open } = get().images;
    const summary = dataset.value;
    if (summary === null || source === null) return;
    const { split, testFraction } = open;
    const division = summary.split === 'made' ? { split, testFraction } : undefined;
    book.patch({ isHeld: false });
    for (const [k, wanted] of all.entries()) {
      const made = newRun(summary, wanted);
      // Their order is that of the plan, also when they come back from the store.
      const fresh = { ...made, createdAt: made.createdAt + k };
      const asked = { settings: fresh.settings, ...(division !== undefined && { division }) };
      const same = state().runs.filter((run) =>
        // One that has not begun takes the split that it finds.
        isSameTraining(isAtStart(run) ? { ...asked, settings: run.settings } : run, asked),
      );
      if (same.some(isResult)) continue;
      const begun = same.findLast(({ status }) => status !== 'done');
      if (begun === undefined) {
        book.add({ ...fresh, isOfSweep: true });
        queue.startAnew(fresh.id);
      } else book.put({ ...begun, isOfSweep: true });
      queue.add((begun ?? fresh).id, { budget: Infinity, isOfSweep: true });
    }
    queue.advance();
  }

  return {
    planTrainingSweep(change) {
      book.patch({ plan: tidyTrainingPlan({ ...state().plan, ...change }) });
    },
    runTrainingSweep() {
      try {
        runSweep();
      } catch (thrown) {
        messages.sayError(thrown);
      }
    },
    train(wanted) {
      try {
        queueAll(wanted);
      } catch (thrown) {
        messages.sayError(thrown);
      }
    },
    holdTrainingSweep() {
      book.patch({ isHeld: true });
      const { active } = state();
      if (active !== null && queue.isOfSweep(active)) queue.putBack(Infinity);
    },
    resumeTrainingSweep() {
      book.patch({ isHeld: false });
      queue.advance();
    },
    cancelTrainingSweep() {
      const { active, queue: waiting } = state();
      const own = waiting.filter((id) => queue.isOfSweep(id) && id !== active);
      const runs = own.flatMap((id) => book.find(id) ?? []);
      for (const { id } of runs) void queue.stop(id);
      // Nothing is lost with those that have not begun: the plan makes them again.
      book.drop(runs.filter(isAtStart).map(({ id }) => id));
      for (const run of runs) if (!isAtStart(run)) setCancelled(run.id);
      if (active !== null && queue.isOfSweep(active))
        void queue.stop(active).then(() => setCancelled(active));
      book.patch({ isHeld: false });
    },
  };

  function setCancelled(id: string): void {
    const run = book.find(id);
    if (run === null || run.status === 'done' || run.status === 'failed') return;
    const cancelled: TrainingRun = { ...run, status: 'cancelled' };
    book.put(cancelled);
    book.keep(cancelled);
  }
}
