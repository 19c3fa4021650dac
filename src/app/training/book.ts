/** The runs of training: as the page shows them, and as the browser keeps them. */
import { LabError } from '../../contracts/errors.ts';
import type { TrainingRun } from '../../contracts/training.ts';
import type { TrainingState } from '../../stations/lab/training.ts';
import type { StoreContext } from '../storeContext.ts';
import type { Messages } from '../messages.ts';
import { lackOfRoom } from '../../stations/training/room.ts';
import { byAge } from './fitting.ts';

export interface TrainingBook {
  patch: (change: Partial<TrainingState>) => void;
  find: (id: string) => TrainingRun | null;
  /** Takes a new run in. */
  add: (run: TrainingRun) => void;
  /** Shows the run as it is now; one that is not shown any more stays so. */
  put: (run: TrainingRun) => void;
  /** Takes a run off the page; `find` and `put` go on knowing it until it is forgotten or taken back. */
  hide: (id: string) => void;
  takeBack: (id: string) => void;
  /** Takes runs off the page of which nothing was kept. */
  drop: (ids: readonly string[]) => void;
  /** Before a run begins: says where the store has no room to resume it later. Never fails. */
  foresee: (run: TrainingRun) => Promise<void>;
  /** Writes the run as it is, after what is being written already. */
  keep: (run: TrainingRun) => void;
  /** Removes runs and their checkpoints from the store, and writes what comes in their place. */
  erase: (ids: readonly string[] | 'all', instead?: TrainingRun) => Promise<void>;
  /** Runs of a dataset as they are kept, the oldest first. */
  list: (datasetId: string) => Promise<TrainingRun[]>;
  /** Nothing is being written any more. */
  settled: () => Promise<void>;
}

export function createTrainingBook({ get, set, services }: StoreContext, messages: Messages): TrainingBook {
  const hidden = new Map<string, TrainingRun>();
  /** One after the other: what is written last is what stays. */
  let writing: Promise<unknown> = Promise.resolve();
  let isWarned = false;

  const state = () => get().images.training;

  function patch(change: Partial<TrainingState>): void {
    const { images } = get();
    set({ images: { ...images, training: { ...images.training, ...change } } });
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = writing.then(work);
    writing = turn.catch(() => undefined);
    return turn;
  }

  function show(run: TrainingRun): void {
    if (run.datasetId !== get().images.dataset.value?.id) return;
    const others = state().runs.filter(({ id }) => id !== run.id);
    patch({ runs: [...others, run].sort(byAge) });
  }

  function warn(thrown: unknown): void {
    // Where nothing can be kept, every write fails alike.
    if (isWarned) return;
    isWarned = true;
    const { code, message, todo } = LabError.from(thrown);
    messages.say({ tone: 'warning', code, what: `The runs could not be saved for later: ${message}`, todo });
  }

  return {
    patch,
    find: (id) => state().runs.find((run) => run.id === id) ?? hidden.get(id) ?? null,
    add: show,
    put(run) {
      if (hidden.has(run.id)) hidden.set(run.id, run);
      else if (state().runs.some(({ id }) => id === run.id)) {
        patch({ runs: state().runs.map((one) => (one.id === run.id ? run : one)) });
      }
    },
    hide(id) {
      const run = state().runs.find((one) => one.id === id);
      if (run === undefined) return;
      hidden.set(id, run);
      const { runs, selected } = state();
      patch({
        runs: runs.filter((one) => one !== run),
        selected: selected === id ? null : selected,
      });
    },
    drop(ids) {
      const { runs, selected } = state();
      patch({
        runs: runs.filter(({ id }) => !ids.includes(id)),
        selected: selected !== null && ids.includes(selected) ? null : selected,
      });
    },
    takeBack(id) {
      const run = hidden.get(id);
      hidden.delete(id);
      if (run !== undefined) show(run);
    },
    async foresee(run) {
      const lack = lackOfRoom(await services.estimateStorage().catch(() => null), run.parameters);
      try {
        if (lack !== null) throw new LabError('STORAGE_FULL', lack);
        // Browsers round what they state and know nothing of a full disk: only a write tells.
        await inTurn(() => services.runStore.write(run));
      } catch (thrown) {
        isWarned = true;
        const { code, message, todo } = LabError.from(thrown);
        const what = `This training cannot be resumed once the page is closed or reloaded: ${message}`;
        messages.say({ tone: 'warning', code, what, todo });
      }
    },
    keep(run) {
      inTurn(() => services.runStore.write(run)).catch(warn);
    },
    erase(ids, instead) {
      if (ids === 'all') hidden.clear();
      else for (const id of ids) hidden.delete(id);
      return inTurn(async () => {
        await services.runStore.remove(ids);
        if (instead !== undefined) await services.runStore.write(instead);
      }).catch(messages.sayError);
    },
    list: (datasetId) => inTurn(() => services.runStore.list(datasetId)),
    async settled() {
      await writing;
    },
  };
}
