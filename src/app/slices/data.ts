/** Which dataset is open, by whatever way it came, and the settings that go with it. */
import type {
  DatasetSource,
  DatasetSummary,
  DrawnTable,
  ExperimentSettings,
  ReadingOptions,
} from '../../contracts/codec.ts';
import { LabError } from '../../contracts/errors.ts';
import { TABLE_SETTINGS, type TablePart } from '../../contracts/settings.ts';
import { sampleById } from '../../contracts/gallery.ts';
import { writeLink } from '../../contracts/link.ts';
import type { DataActions } from '../../stations/lab/data.ts';
import type { Task } from '../../stations/lab/task.ts';
import { formatCount } from '../../ui/format.ts';
import {
  broughtSettings,
  carriedSettings,
  fittingModel,
  fittingSettings,
  followingRate,
  linkedSettings,
  namesInWords,
  tidySettings,
} from '../../contracts/tableFitting.ts';
import { createHeldFiles } from '../heldFiles.ts';
import { labForLink } from '../link.ts';
import type { Restraint } from '../restraint.ts';
import type { StoreContext } from '../storeContext.ts';
import { dividedId, isSameReading, readingOf, sourceReadAs } from '../reading.ts';
import { createTaskRunner } from '../tasks.ts';
import type { Archives } from './archives.ts';
import { createImageOpening, type Asking } from './imageOpening.ts';
import type { Images } from './images.ts';
import { createLinkOpening } from './linkOpening.ts';
import type { Messages } from '../messages.ts';
import type { Pipeline } from './pipeline.ts';
import { createTableOpening } from './tableOpening.ts';
import type { Training } from './training.ts';

export interface Data extends DataActions {
  /** Opens what the address names, else the newest archive, else the first sample. */
  start: (hash: string) => Promise<void>;
  /** For what takes a while before it can be opened. Returns whether it is still the latest that was asked for. */
  askToOpen: () => () => boolean;
  /** The archive that the open dataset came from is gone, and with it the only copy that any worker could read. */
  lose: () => void;
}

export function createData(
  context: StoreContext,
  messages: Messages,
  archives: Archives,
  pipeline: Pipeline,
  images: Images,
  training: Pick<Training, 'takeLink'>,
  restraint: Pick<Restraint<ExperimentSettings, TablePart>, 'bring'>,
): Data {
  const { get, set, services } = context;
  const asking: Asking = { linked: null, turn: 0, filesOpened: 0, asked: 0, files: createHeldFiles() };
  const dataset = createTaskRunner<DatasetSummary>({
    read: () => get().dataset,
    write: (task) => set({ dataset: task }),
  });

  /**
   * The settings as far as they fit the table, with a word on what does not; whether it is asked for a target, since
   * the one that was wanted is none.
   */
  function fitting(
    wanted: ExperimentSettings,
    summary: DatasetSummary,
  ): { settings: ExperimentSettings; asksTarget: boolean } {
    const { settings, unknown, isTargetWrong } = fittingSettings(wanted, summary);
    if (unknown.length > 0) {
      messages.say({
        tone: 'warning',
        code: isTargetWrong ? 'TARGET_UNKNOWN' : 'COLUMN_UNKNOWN',
        what: `${summary.name} cannot use ${namesInWords(unknown)}; the other settings are kept.`,
        todo: 'Choose among the columns that the table has.',
        opening: asking.asked,
      });
    }
    return { settings, asksTarget: isTargetWrong && summary.sampleId === null };
  }

  /**
   * Makes a dataset the current one. What is predicted of a table of one's own is for its owner to say: where nothing
   * that came with it does, nothing is trained until it is answered.
   */
  function adopt(
    source: DatasetSource,
    summary: DatasetSummary,
    chosen: Partial<ExperimentSettings> | null,
  ): void {
    const isAsked = summary.sampleId === null && chosen?.target === undefined;
    const settings =
      chosen === null ? carriedSettings(get().settings, summary) : linkedSettings(chosen, summary, null);
    restraint.bring(chosen);
    asking.linked = null;
    messages.forgetOpenings(asking.asked);
    set({ choice: null });
    const named = source.kind === 'archive' ? { ...source, datasetId: summary.id } : source;
    images.clear();
    asking.files.hold(summary.id, source);
    const fitted = fitting(settings, summary);
    set({
      kind: 'table',
      source: named,
      settings: fitted.settings,
      asksTarget: isAsked || fitted.asksTarget,
      awaited: null,
    });
    pipeline.restart();
  }

  /** A run that failed says why; one that was cancelled or replaced says nothing. */
  function sayFailure(
    { status, error }: Pick<Task<unknown>, 'status' | 'error'> = get().dataset,
    source: DatasetSource | null = null,
  ): void {
    // A file in place of the awaited one is asked about where it is awaited.
    if (status === 'failed' && error !== null && error.code !== 'LINK_DATASET_MISMATCH') {
      const { code, what, todo } = error;
      const isTooLarge = code === 'CSV_TOO_LARGE' || code === 'JSON_TOO_LARGE';
      const action =
        isTooLarge && source?.kind === 'file' && source.inside === undefined && source.test === undefined
          ? { label: 'Open a sample of it', run: () => void openSample(source.file, source.reading) }
          : null;
      messages.say({ tone: 'error', code, what, todo, opening: asking.asked, action });
    }
  }

  /** Opens some records of a table that is too large, drawn at random in one pass. */
  async function openSample(file: File, reading: ReadingOptions | undefined): Promise<void> {
    asking.asked++;
    asking.turn++;
    images.cancelOpening();
    const opened: { drawn: DrawnTable; source: DatasetSource }[] = [];
    const summary = await dataset.run(async (options) => {
      const drawn = await services.client.sampleTable({ file, reading: reading ?? {} }, options);
      const said = reading === undefined ? {} : { reading };
      const source: DatasetSource = { kind: 'file', file: drawn.file, ...said, token: ++asking.filesOpened };
      opened.push({ drawn, source });
      return services.client.openDataset({ source }, options);
    });
    if (summary === null) {
      sayFailure();
      return;
    }
    const [{ drawn, source }] = opened;
    adopt(source, summary, null);
    const { taken, seen, seed } = drawn;
    messages.say({
      tone: 'info',
      code: null,
      what: `${formatCount(taken)} of ${formatCount(seen)} records of ${file.name} were drawn at random, seed ${seed}.`,
      todo: null,
      opening: asking.asked,
    });
  }

  async function open(wanted: DatasetSource, chosen: Partial<ExperimentSettings> | null): Promise<void> {
    asking.turn++;
    images.cancelOpening();
    const { awaited } = get();
    const isForLink = wanted.kind === 'file' && awaited !== null;
    const source = isForLink && asking.linked !== null ? sourceReadAs(wanted, asking.linked.reading) : wanted;
    const summary = await dataset.run(async (options) => {
      const opened = await services.client.openDataset({ source }, options);
      if (isForLink && opened.id !== awaited.datasetId) {
        set({ awaited: { ...awaited, other: { source, summary: opened } } });
        throw new LabError(
          'LINK_DATASET_MISMATCH',
          `${opened.fileName} is not the dataset that the link was made from (${awaited.fileName || 'unnamed'}).`,
        );
      }
      return opened;
    });
    if (summary !== null) {
      adopt(source, summary, isForLink ? (asking.linked?.settings ?? null) : chosen);
      return;
    }
    sayFailure(get().dataset, source);
  }

  const opening = createImageOpening(context, messages, images, asking, {
    cancel: () => dataset.cancel(),
    clear() {
      dataset.clear();
      pipeline.clear();
    },
    sayFailure,
  });
  const { openImages } = opening;

  async function readAs(reading: ReadingOptions): Promise<void> {
    const { source: former, dataset: before } = get();
    if (former === null) return;
    if (former.kind === 'archive') {
      messages.say({
        tone: 'info',
        code: null,
        what: 'This table comes from an archive, which holds it as it was read.',
        todo: 'Open its file to read it in another way.',
      });
      return;
    }
    const source = sourceReadAs(former, reading);
    if (isSameReading(former, source)) return;
    asking.turn++;
    asking.asked++;
    const summary = await dataset.run((options) => services.client.openDataset({ source }, options));
    if (summary === null) {
      sayFailure();
      return;
    }
    messages.forgetOpenings(asking.asked);
    messages.offerUndo(
      `${summary.fileName} was read again.`,
      () => {},
      () => {
        if (get().source === source) void readAs(readingOf(former));
      },
    );
    if (before.value !== null && dividedId(summary) === dividedId(before.value)) {
      set({ source });
      return;
    }
    asking.files.hold(summary.id, source);
    const { settings, asksTarget } = fitting(get().settings, summary);
    set({ source, settings, asksTarget: asksTarget || get().asksTarget });
    pipeline.restart();
  }

  async function load(source: DatasetSource): Promise<void> {
    asking.asked++;
    const { archives: listings, awaited } = get();
    const listing = source.kind === 'archive' ? listings.find(({ id }) => id === source.id) : undefined;
    if (source.kind === 'archive' && listing?.images !== undefined) {
      await openImages(source, listing.images.settings);
      return;
    }
    if (source.kind === 'sample' && sampleById(source.id)?.kind === 'images') {
      await openImages({ kind: 'sample', id: source.id }, {});
      return;
    }
    // The awaited dataset may come as an archive just as well.
    const isForLink = listing !== undefined && listing.datasetId === awaited?.datasetId;
    await open(
      source.kind === 'file' ? { ...source, token: ++asking.filesOpened } : source,
      (isForLink ? asking.linked?.settings : listing && broughtSettings(listing)) ?? null,
    );
  }

  function change(wanted: Partial<ExperimentSettings>): void {
    const before = get().settings;
    const summary = get().dataset.value;
    const after = followingRate(
      before,
      fittingModel(tidySettings({ ...before, ...wanted }), summary),
      summary,
    );
    const outdated = TABLE_SETTINGS.outdated(before, after);
    set({ settings: after });
    if (after.target !== before.target) set({ asksTarget: after.target === null });
    if (get().source !== null) pipeline.outdate(outdated);
  }

  const tables = createTableOpening(context, messages, asking, { load, openImages });
  const links = createLinkOpening(context, messages, archives, training, asking, { open, openImages });

  return {
    load,
    openFound: tables.openFound,
    forgetChoice: tables.forgetChoice,
    async loadImages(source) {
      asking.asked++;
      await openImages(source, {});
    },
    async loadFiles(files) {
      if (files.length === 0) return;
      const mine = ++asking.asked;
      set({ choice: null });
      const kind = await services.kindOfFiles(files).catch(() => 'table' as const);
      if (mine !== asking.asked) return;
      if (kind === 'tables') {
        await tables.open(files);
        return;
      }
      if (kind === 'images') {
        await openImages({ kind: 'files', files: [...files], token: ++asking.filesOpened }, {});
        return;
      }
      const [{ file }] = files;
      await load({ kind: 'file', file });
      const opened = get().source;
      if (kind !== 'pixels' || opened?.kind !== 'file' || opened.file !== file) return;
      messages.say({
        tone: 'info',
        code: null,
        what: `${file.name} looks like a table of pixels: a label and the values of one picture in every row.`,
        todo: null,
        action: {
          label: 'Read as pictures',
          run() {
            asking.asked++;
            void openImages({ kind: 'files', files: [...files], token: ++asking.filesOpened }, {});
          },
        },
        opening: asking.asked,
      });
    },
    readAs,
    readImagesAs: opening.readImagesAs,
    askToOpen() {
      const mine = ++asking.asked;
      return () => mine === asking.asked;
    },
    cancelLoad() {
      dataset.cancel();
      images.cancelOpening();
    },
    change,
    answerTarget(target) {
      const { dataset: open, settings: before, asksTarget } = get();
      set({ asksTarget: false });
      if (target === before.target && !asksTarget) return;
      change({ target });
      // Whoever answers with nothing has answered.
      set({ asksTarget: false });
      if (before.target === null && target !== null) pipeline.begin();
      messages.offerUndo(
        target === null ? 'Nothing is predicted: the table is only compressed.' : `“${target}” is predicted.`,
        () => {},
        () => {
          if (get().dataset.value !== open.value || get().settings.target !== target) return;
          const { features, drop } = before;
          change({ target: before.target, features, drop });
          set({ asksTarget });
        },
      );
    },
    askTarget: () => set({ asksTarget: true, station: 'data' }),
    keepTarget: () => set({ asksTarget: false }),
    lose() {
      dataset.clear();
      pipeline.clear();
      images.clear();
      set({ source: null, asksTarget: false, station: 'data' });
    },
    acceptOther() {
      const other = get().awaited?.other ?? null;
      if (other === null) return;
      asking.asked++;
      set({ dataset: { status: 'done', value: other.summary, stale: false, progress: null, error: null } });
      adopt(other.source, other.summary, asking.linked?.settings ?? null);
    },
    forgetAwaited() {
      asking.linked = null;
      asking.asked++;
      messages.forgetOpenings(asking.asked);
      set({ awaited: null });
      if (get().source === null && get().images.source === null) void links.openDefault({});
    },
    link(shown = {}) {
      const experiment = labForLink({ ...get(), ...shown }, services.appVersion);
      return `${services.pageAddress}#${writeLink(experiment)}`;
    },
    start: links.start,
  };
}
