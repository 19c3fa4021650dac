/** The archives kept in the browser, and one record fetched out of the current one. */
import type { RecordInspection } from '../../contracts/codec.ts';
import type { ErrorReport } from '../../contracts/errors.ts';
import { dividedIdOf } from '../reading.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner } from '../tasks.ts';
import type { Messages } from '../messages.ts';
import type { KeptArchiveActions } from '../../stations/lab/archive.ts';

export interface Archives extends KeptArchiveActions {
  clearInspection: () => void;
  /** The archive has just been made anew: a deletion that waits to be carried out was of the one before. */
  wasWritten: (id: string) => void;
  /** An archive was made: what became of storing it is said, and it is not deleted any more. */
  wasMade: (report: { id: string; stored: boolean; storeError: ErrorReport | null }) => void;
  /** After a new archive of the same dataset: the same record again. */
  inspectAgain: () => Promise<void>;
}

/** @param onLost called when the archive has been deleted that the open dataset came from */
export function createArchives(context: StoreContext, messages: Messages, onLost: () => void): Archives {
  const { get, set, services } = context;
  /** Taken off the list, not deleted yet: their datasets by archive. */
  const leaving = new Map<string, string>();
  const inspection = createTaskRunner<RecordInspection>({
    read: () => get().inspection,
    write: (task) => set({ inspection: task }),
  });

  async function refreshArchives(): Promise<void> {
    try {
      const archives = await services.client.listArchives();
      set({
        archives: archives
          .filter(({ id }) => !leaving.has(id))
          .sort((a, b) => b.createdAt - a.createdAt || a.name.localeCompare(b.name)),
      });
      set({ storage: await services.estimateStorage() });
    } catch (thrown) {
      messages.sayError(thrown);
    }
  }

  /** What was made of the open dataset may not be in the store any more: no record of it can be fetched. */
  function loseMade(isGone: (id: string) => boolean): void {
    const { archive, images } = get();
    if (archive.value !== null && isGone(archive.value.id)) {
      set({ archive: { ...archive, value: { ...archive.value, stored: false } } });
      inspection.clear();
    }
    const made = images.archive;
    if (made.value !== null && isGone(made.value.id)) {
      const value = { ...made.value, stored: false };
      const inspected = { ...images.inspection, stale: images.inspection.value !== null };
      set({ images: { ...get().images, archive: { ...made, value }, inspection: inspected } });
    }
  }

  /**
   * After a deletion: what is open may have come from there, or have its archive there.
   *
   * @returns what to do next when the open dataset went with it, else null
   */
  function wereDeleted(isDeleted: (id: string) => boolean): string | null {
    const { source, images } = get();
    if (
      (source?.kind === 'archive' && isDeleted(source.id)) ||
      (images.source?.kind === 'archive' && isDeleted(images.source.id))
    ) {
      onLost();
      return 'The open dataset came from there and is closed: open a sample or a file to go on.';
    }
    loseMade(isDeleted);
    return null;
  }

  /** What was swept on a dataset goes with its last archive. */
  function forgetSweeps(datasetIds: string[] | 'all'): void {
    const left = new Set([...get().archives.map(dividedIdOf), ...leaving.values()]);
    const gone = datasetIds === 'all' ? datasetIds : datasetIds.filter((datasetId) => !left.has(datasetId));
    if (gone.length > 0) services.sweepStore.forget(gone).catch(messages.sayError);
  }

  async function carryOut(id: string): Promise<void> {
    const datasetId = leaving.get(id);
    if (datasetId === undefined) return;
    let isDeleted = false;
    try {
      await services.client.deleteArchives({ ids: [id] });
      isDeleted = true;
      const todo = wereDeleted((deleted) => deleted === id);
      if (todo !== null)
        messages.say({ tone: 'info', code: null, what: 'The archive has been deleted.', todo });
    } catch (thrown) {
      messages.sayError(thrown);
    } finally {
      leaving.delete(id);
      await refreshArchives();
    }
    if (isDeleted) forgetSweeps([datasetId]);
  }

  function wasWritten(id: string): void {
    leaving.delete(id);
  }

  async function inspect(record: number | null): Promise<void> {
    const archive = get().archive.value;
    if (archive === null || !archive.stored) return;
    await inspection.run((options) => services.client.inspect({ archiveId: archive.id, record }, options));
  }

  return {
    refreshArchives,
    async followArchives() {
      const made = [get().archive, get().images.archive];
      await refreshArchives();
      // One that is being made again replaces the one before, before its report is here.
      const asked = new Set(
        made.flatMap(({ status, value }) => (status === 'running' ? [] : (value?.id ?? []))),
      );
      const here = new Set([...get().archives.map(({ id }) => id), ...leaving.keys()]);
      loseMade((id) => asked.has(id) && !here.has(id));
    },
    inspect,
    clearInspection: () => inspection.clear(),
    wasWritten,
    wasMade({ id, stored, storeError }) {
      if (storeError !== null) {
        const { code, what, todo } = storeError;
        messages.say({ tone: 'warning', code, what, todo });
      }
      if (stored) wasWritten(id);
    },
    async inspectAgain() {
      const archive = get().archive.value;
      const rows = archive === null ? 0 : archive.trainRows + archive.testRows;
      const shown = get().inspection.value?.index;
      if (rows > 0) await inspect(shown === undefined ? null : Math.min(shown, rows - 1));
    },
    async keepArchive(id, kept) {
      set({ archives: get().archives.map((entry) => (entry.id === id ? { ...entry, kept } : entry)) });
      try {
        await services.client.keepArchive({ id, kept });
      } catch (thrown) {
        messages.sayError(thrown);
      }
      await refreshArchives();
    },
    deleteArchive(id) {
      const entry = get().archives.find((candidate) => candidate.id === id);
      if (entry === undefined) return;
      leaving.set(id, dividedIdOf(entry));
      set({ archives: get().archives.filter((candidate) => candidate.id !== id) });
      messages.offerUndo(
        `Archive of ${entry.name} deleted.`,
        () => void carryOut(id),
        () => {
          leaving.delete(id);
          void refreshArchives();
        },
      );
    },
    async deleteEverything() {
      messages.settle();
      try {
        await services.client.deleteArchives({ ids: 'all' });
        const todo = wereDeleted(() => true);
        forgetSweeps('all');
        messages.say({
          tone: 'info',
          code: null,
          what: 'All archives, sweeps and trainings were deleted from this browser.',
          todo,
        });
      } catch (thrown) {
        messages.sayError(thrown);
      }
      await refreshArchives();
    },
  };
}
