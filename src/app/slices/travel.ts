/** Archives that travel: checked, saved as files, taken in again; and what else is saved of them. */
import type { CallOptions } from '../../contracts/workerCalls.ts';
import type {
  ArchiveListing,
  DatasetSource,
  ExperimentSettings,
  MadeFile,
  VerificationReport,
} from '../../contracts/codec.ts';
import { isClaimed } from '../../contracts/images.ts';
import { LabError, type ErrorReport } from '../../contracts/errors.ts';
import { download } from '../../platform/download.ts';
import type { TransferActions } from '../../stations/lab/travel.ts';
import type { Lab } from '../../stations/lab.ts';
import { idleTask } from '../../stations/lab/task.ts';
import { formatBytes, formatPlural } from '../../ui/format.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner, type TaskRunner } from '../tasks.ts';
import type { Archives } from './archives.ts';
import type { Data } from './data.ts';
import type { Messages } from '../messages.ts';

const FORMAT_NAMES = { csv: 'CSV', jsonl: 'JSON Lines', parquet: 'Parquet' } as const;

export interface Travel extends TransferActions {
  /** Of an archive that was written anew, or is gone, a check says nothing any more. */
  follow: (now: Lab, before: Lab) => void;
}

export function createTravel(
  context: StoreContext,
  messages: Messages,
  archives: Archives,
  data: Pick<Data, 'load' | 'askToOpen'>,
): Travel {
  const { get, set, services } = context;
  const checks = new Map<string, TaskRunner<VerificationReport>>();
  let last: Promise<unknown> = Promise.resolve();
  const transfer = createTaskRunner<null>({
    read: () => get().transfer?.task ?? idleTask(),
    write: (task) => set({ transfer: { what: get().transfer?.what ?? '', task } }),
  });

  /**
   * One transfer at a time, in the order in which they were asked for. Null when it failed or was cancelled.
   *
   * @param sayFailure says why it failed
   */
  function move<T>(
    what: string,
    work: (options: Required<CallOptions>) => Promise<T>,
    sayFailure: (error: ErrorReport) => void = (error) => messages.sayError(LabError.fromReport(error)),
  ): Promise<T | null> {
    const turn = last.then(async () => {
      let moved: { value: T } | null = null;
      set({ transfer: { what, task: idleTask() } });
      await transfer.run(async (options) => {
        moved = { value: await work(options) };
        return null;
      });
      const error = get().transfer?.task.error ?? null;
      set({ transfer: null });
      if (error !== null) sayFailure(error);
      return (moved as { value: T } | null)?.value ?? null;
    });
    last = turn;
    return turn;
  }

  async function save(
    what: string,
    make: (options: Required<CallOptions>) => Promise<MadeFile>,
  ): Promise<void> {
    const made = await move(what, make);
    if (made !== null) download(made.name, made.file, made.file.type);
  }

  async function saveOfExperiment(
    what: string,
    make: (
      experiment: { source: DatasetSource; settings: ExperimentSettings },
      options: Required<CallOptions>,
    ) => Promise<MadeFile>,
  ): Promise<void> {
    const { source, settings } = get();
    if (source !== null) await save(what, (options) => make({ source, settings }, options));
  }

  function check(id: string): TaskRunner<VerificationReport> {
    const known = checks.get(id);
    if (known !== undefined) return known;
    const runner = createTaskRunner<VerificationReport>({
      read: () => get().verifications[id] ?? idleTask(),
      write: (task) => set({ verifications: { ...get().verifications, [id]: task } }),
    });
    checks.set(id, runner);
    return runner;
  }

  /** An archive that claims more than its size makes likely is taken in if the user says so. */
  function sayRefused(file: File, error: ErrorReport): void {
    const { code, what, todo } = error;
    if (code !== 'ARCHIVE_TOO_LARGE') messages.sayError(LabError.fromReport(error));
    else
      messages.say({
        tone: 'warning',
        code,
        what,
        todo,
        action: { label: 'Take it in all the same', run: () => void importArchive(file, true) },
      });
  }

  const nameOf = (id: string): string =>
    get().archives.find((entry) => entry.id === id)?.name ?? 'the archive';

  function sayImported(
    { name, bytes, rows, images }: ArchiveListing,
    { wasHere, isOpened }: { wasHere: boolean; isOpened: boolean },
  ): void {
    const extent = `${formatBytes(bytes)}, ${formatPlural(rows, images === undefined ? 'record' : 'picture')}`;
    const what = wasHere
      ? `The same archive of ${name} was in this browser already: nothing was written, it is kept${isOpened ? ' and opened' : ''}.`
      : isClaimed(images?.fidelity)
        ? `The archive was read whole and is kept: ${extent}. It holds its pictures only nearly, so that nothing proves that they are those of ${name}, as it says.`
        : `The archive of ${name} was verified and is kept: ${extent}.`;
    messages.say({
      tone: 'info',
      code: null,
      what,
      todo: isOpened ? null : 'Open it from the list in Archive.',
    });
  }

  async function importArchive(file: File, anySize = false): Promise<void> {
    const isLatest = data.askToOpen();
    // The list follows the store: once the archive is written, it may be listed before this is told.
    const known = get().archives;
    const listing = await move(
      `Taking in ${file.name}`,
      (options) => services.carrier().importArchive({ file, anySize }, options),
      (error) => sayRefused(file, error),
    );
    if (listing === null) return;
    const before = known.find(({ id }) => id === listing.id);
    archives.wasWritten(listing.id);
    await archives.refreshArchives();
    // Whatever was asked to be opened meanwhile is what the user wants to see.
    const isOpened = isLatest();
    sayImported(listing, { wasHere: before?.createdAt === listing.createdAt, isOpened });
    if (isOpened) await data.load({ kind: 'archive', id: listing.id });
  }

  return {
    async verifyArchive(id) {
      await check(id).run((options) => services.carrier().verifyArchive({ id }, options));
    },
    cancelVerification: (id) => checks.get(id)?.cancel(),
    exportArchive: (id) =>
      save(`Saving the archive of ${nameOf(id)}`, (options) =>
        services.carrier().exportArchive({ id }, options),
      ),
    exportTable: (id, format, withPart = false) =>
      save(`Saving ${nameOf(id)} as ${FORMAT_NAMES[format]}`, (options) =>
        services.carrier().exportTable({ id, format, withPart }, options),
      ),
    exportImages: (id, format) =>
      save(`Saving the pictures of ${nameOf(id)}`, (options) =>
        services.carrier().exportImages({ id, format }, options),
      ),
    async exportRandomSample(format) {
      const { archive, sample } = get().images;
      if (archive.value === null || sample.value === null) return;
      const { fraction, seed } = sample.value;
      const request = { archiveId: archive.value.id, fraction, seed, format };
      await save('Saving the random sample', (options) =>
        services.carrier().exportRandomSample(request, options),
      );
    },
    exportSamples: (format, withTest = false) =>
      saveOfExperiment('Saving the condensed samples', (experiment, options) =>
        services.client.exportSamples({ ...experiment, format, withTest }, options),
      ),
    exportCoefficients: () => saveOfExperiment('Saving the coefficients', services.client.exportCoefficients),
    exportPredictions: () => saveOfExperiment('Saving the predictions', services.client.exportPredictions),
    importArchive,
    cancelTransfer: () => transfer.cancel(),
    follow(now, before) {
      if (now.archives === before.archives) return;
      const writtenAt = (lab: Lab, id: string) =>
        lab.archives.find((entry) => entry.id === id)?.createdAt ?? null;
      const verifications = { ...now.verifications };
      const outdated = Object.keys(verifications).filter((id) => {
        const time = writtenAt(now, id);
        return time === null || time !== writtenAt(before, id);
      });
      if (outdated.length === 0) return;
      for (const id of outdated) {
        checks.get(id)?.clear();
        checks.delete(id);
        delete verifications[id];
      }
      set({ verifications });
    },
  };
}
