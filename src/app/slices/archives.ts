/** The archives kept in the browser, and one record fetched out of the current one. */
import type { RecordInspection } from '../../contracts/codec.ts';
import type { LabActions } from '../../stations/lab.ts';
import type { Kernel } from '../kernel.ts';
import { createTaskRunner } from '../tasks.ts';
import type { Messages } from './messages.ts';

export interface Archives extends Pick<
  LabActions,
  'inspect' | 'keepArchive' | 'deleteArchive' | 'deleteEverything' | 'refreshArchives'
> {
  clearInspection: () => void;
  /** The archive has just been made anew: a deletion that waits to be carried out was of the one before. */
  wasWritten: (id: string) => void;
  /** After a new archive of the same dataset: the same record again. */
  inspectAgain: () => Promise<void>;
}

export function createArchives(kernel: Kernel, messages: Messages): Archives {
  const { get, set, services } = kernel;
  /** Taken off the list, not deleted yet. */
  const leaving = new Set<string>();
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

  /** The open experiment's archive has been deleted: there is nothing left to fetch records from. */
  function isGone(): void {
    const { archive } = get();
    if (archive.value === null) return;
    set({ archive: { ...archive, value: { ...archive.value, stored: false } } });
    inspection.clear();
  }

  async function carryOut(id: string): Promise<void> {
    if (!leaving.has(id)) return;
    try {
      await services.client.deleteArchives({ ids: [id] });
      if (get().archive.value?.id === id) isGone();
    } catch (thrown) {
      messages.sayError(thrown);
    } finally {
      leaving.delete(id);
      await refreshArchives();
    }
  }

  async function inspect(record: number): Promise<void> {
    const archive = get().archive.value;
    if (archive === null || !archive.stored) return;
    await inspection.run((options) => services.client.inspect({ archiveId: archive.id, record }, options));
  }

  return {
    refreshArchives,
    inspect,
    clearInspection: () => inspection.clear(),
    wasWritten: (id) => void leaving.delete(id),
    async inspectAgain() {
      const archive = get().archive.value;
      const rows = archive === null ? 0 : archive.trainRows + archive.testRows;
      if (rows > 0) await inspect(Math.min(get().inspection.value?.index ?? 0, rows - 1));
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
      leaving.add(id);
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
        isGone();
        messages.say({
          tone: 'info',
          code: null,
          what: 'All archives were deleted from this browser.',
          todo: null,
        });
      } catch (thrown) {
        messages.sayError(thrown);
      }
      await refreshArchives();
    },
  };
}
