/** The general compressors on the open dataset's training records: measured when asked for, row by row. */
import type { ExperimentSettings } from '../../contracts/codec.ts';
import type { PeersReport } from '../../contracts/peers.ts';
import type { PeersActions } from '../../stations/lab/archive.ts';
import type { Lab } from '../../stations/lab.ts';
import { dividedId } from '../reading.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner } from '../tasks.ts';

export interface Peers extends PeersActions {
  /** Another dataset or other training records: the measurement is of something else. */
  follow: (now: Lab, before: Lab) => void;
}

const idOf = ({ dataset }: Pick<Lab, 'dataset'>): string | null =>
  dataset.value === null ? null : dividedId(dataset.value);

/** What the training records depend on. */
function recordsKey({ split, testFraction, drop }: ExperimentSettings): string {
  return JSON.stringify([split, testFraction, [...drop].sort()]);
}

/** And what the lab's own row depends on besides. */
function codecKey({ codec, ratio, tau, objective }: ExperimentSettings): string {
  return JSON.stringify([codec, ratio, tau, objective]);
}

export function createPeers({ get, set, services }: StoreContext): Peers {
  const runner = createTaskRunner<PeersReport>({
    read: () => get().peers.task,
    write: (task) => set({ peers: { ...get().peers, task } }),
  });

  function forget(): void {
    runner.clear();
    set({ peers: { ...get().peers, rows: [] } });
  }

  return {
    async measurePeers() {
      const { source, settings } = get();
      if (source === null) return;
      set({ peers: { ...get().peers, rows: [] } });
      // The first worker stays free for whatever else the page asks.
      const report = await runner.run((options) =>
        services.background().peers(
          { source, settings },
          (peer) => {
            if (options.signal.aborted) return;
            // A worker that had to be replaced measures from the start.
            const others = get().peers.rows.filter(({ name }) => name !== peer.name);
            set({ peers: { ...get().peers, rows: [...others, peer] } });
          },
          options,
        ),
      );
      // The last row may be told after the whole has come, and is no longer heard then.
      if (report !== null) set({ peers: { ...get().peers, rows: report.rows } });
    },
    cancelPeers: () => runner.cancel(),
    follow(now, before) {
      const hasNone = now.peers.rows.length === 0 && now.peers.task.status === 'idle';
      if (hasNone || (now.dataset.value === before.dataset.value && now.settings === before.settings)) return;
      if (idOf(now) !== idOf(before)) forget();
      else if (recordsKey(now.settings) !== recordsKey(before.settings)) forget();
      else if (codecKey(now.settings) !== codecKey(before.settings)) {
        // Some of the rows, without a word on the rest, would look like the whole comparison.
        if (now.peers.task.status === 'done') runner.outdate();
        else forget();
      }
    },
  };
}
