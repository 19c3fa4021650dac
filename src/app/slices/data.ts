/** Which dataset is open, by whatever way it came, and the settings that go with it. */
import {
  DEFAULT_SETTINGS,
  holdsDataset,
  type ArchiveListing,
  type DatasetSource,
  type DatasetSummary,
  type ExperimentSettings,
  type ReadingOptions,
} from '../../contracts/codec.ts';
import { LabError } from '../../contracts/errors.ts';
import { TABLE_SETTINGS, type TablePart } from '../../contracts/settings.ts';
import { FIRST_SAMPLE, sampleByDataset, sampleById } from '../../contracts/gallery.ts';
import { emptyExperiment, readLink, writeLink, type LinkedExperiment } from '../../contracts/link.ts';
import { isOfFormerReading } from '../../contracts/link/readings.ts';
import type { DataActions } from '../../stations/lab/data.ts';
import type { Task } from '../../stations/lab/task.ts';
import {
  fittingModel,
  fittingSettings,
  followingRate,
  namesInWords,
  rateAfter,
  unsaidRate,
  tidySettings,
  usualSettings,
} from '../tables/fitting.ts';
import { linkedImageSettings } from '../pictures/fitting.ts';
import { imagesExperiment, imagesFromLink, imagesReadAs } from '../pictures/link.ts';
import { createHeldFiles } from '../heldFiles.ts';
import type { Restraint } from '../restraint.ts';
import type { StoreContext } from '../storeContext.ts';
import { dividedId, isSameReading, readingOf, sourceReadAs } from '../reading.ts';
import { createTaskRunner } from '../tasks.ts';
import type { Archives } from './archives.ts';
import { createImageOpening, type Asking } from './imageOpening.ts';
import type { Images } from './images.ts';
import type { Messages } from '../messages.ts';
import type { Pipeline } from './pipeline.ts';
import { isDefaultPlan, linkedPlan } from './sweep.ts';
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

/**
 * The settings that an archive brings. One without a target may have been made while the question for it stood: it is
 * asked again, but of a sample, which has one of its own.
 */
function broughtBy({ settings, datasetId }: ArchiveListing): Partial<ExperimentSettings> {
  const { target, ...others } = settings;
  return target === null && sampleByDataset(datasetId) === undefined ? others : settings;
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
    const base = chosen === null ? get().settings : DEFAULT_SETTINGS;
    const { codec, condenser, model, beta, target: suggested } = usualSettings(summary);
    const isAsked = summary.sampleId === null && chosen?.target === undefined;
    const target = isAsked ? null : chosen?.target === undefined ? suggested : chosen.target;
    const settings = {
      ...base,
      codec,
      condenser,
      model,
      learningRate:
        chosen === null
          ? rateAfter(base.learningRate)
          : unsaidRate({ target, model: chosen.model ?? model }, summary),
      beta,
      target,
      features: null,
      drop: [],
      ...chosen,
    };
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
  function sayFailure({ status, error }: Pick<Task<unknown>, 'status' | 'error'> = get().dataset): void {
    // A file in place of the awaited one is asked about where it is awaited.
    if (status === 'failed' && error !== null && error.code !== 'LINK_DATASET_MISMATCH') {
      const { code, what, todo } = error;
      messages.say({ tone: 'error', code, what, todo, opening: asking.asked });
    }
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
    sayFailure();
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
      (isForLink ? asking.linked?.settings : listing && broughtBy(listing)) ?? null,
    );
  }

  /**
   * Opens the file again that a dataset was read from since the page is open, as it was read then.
   *
   * @returns false where there is none, or where it cannot be read any more
   */
  async function openHeld(datasetId: string, linked: LinkedExperiment): Promise<boolean> {
    const source = asking.files.find(datasetId);
    if (source === null) return false;
    if (source.kind === 'files') {
      const isOpen = await openImages(source, linkedImageSettings(linked), linked.images.training);
      return isOpen || get().images.dataset.status !== 'failed';
    }
    await open(source, linked.settings);
    return get().source === source || get().dataset.status !== 'failed';
  }

  /** The newest archive of this browser, or the first sample. */
  async function openDefault(chosen: Partial<ExperimentSettings>): Promise<void> {
    const newest = get().archives[0];
    // A visit without a link has the lab's own settings; what a link leaves unsaid has what links always had.
    const said = Object.keys(chosen).length === 0 ? null : chosen;
    if (newest === undefined) await open({ kind: 'sample', id: FIRST_SAMPLE }, said);
    else if (newest.images !== undefined)
      await openImages({ kind: 'archive', id: newest.id }, newest.images.settings);
    else await open({ kind: 'archive', id: newest.id }, { ...broughtBy(newest), ...chosen });
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
      if (get().source === null && get().images.source === null) void openDefault({});
    },
    link() {
      if (get().kind === 'images')
        return `${services.pageAddress}#${writeLink(imagesExperiment(get(), services.appVersion))}`;
      const { dataset: task, source, archives, bits, sweep, station, paperTable, view } = get();
      const { target, ...others } = get().settings;
      const summary = task.value;
      // An archive of a sample is the sample: a link should not ask for its file.
      const sample = summary === null ? null : (summary.sampleId ?? sampleByDataset(summary.id)?.id ?? null);
      // An open question is asked again; a sample would bring its own target.
      const isOpen = target === null && get().asksTarget && sample === null;
      const experiment: LinkedExperiment = {
        ...emptyExperiment(),
        data:
          summary === null
            ? null
            : sample !== null
              ? { kind: 'sample', id: sample }
              : { kind: 'dataset', datasetId: summary.id, fileName: summary.fileName },
        // An archive cannot be read otherwise, but the file that it was made from can be asked for.
        reading: {
          ...readingOf(source, archives),
          ...(summary?.testRows === undefined ? {} : { testRows: summary.testRows }),
        },
        settings: isOpen ? others : { ...others, target },
        sweep: isDefaultPlan({ sweep, bits, settings: get().settings }) ? {} : sweep.plan,
        station,
        paperTable,
        view,
        app: services.appVersion,
      };
      return `${services.pageAddress}#${writeLink(experiment)}`;
    },
    async start(hash) {
      const mine = ++asking.turn;
      asking.asked++;
      const listed = archives.refreshArchives();
      void services.extraSamples().then((extraSamples) => set({ extraSamples }));
      const { experiment, problems } = readLink(hash);
      for (const { code, what, todo } of problems) {
        messages.say({
          tone: code === null ? 'info' : 'warning',
          ...{ code, what, todo, opening: asking.asked },
        });
      }
      // An address that is emptied later asks for nothing to be read.
      const isFirstVisit = hash === '' && mine === 1 && services.takeFirstVisit();
      const { lesson } = experiment.view;
      const isBare = lesson !== null && experiment.data === null;
      set({
        // Without a word in the address the page opens on the picture that tells the most.
        station: experiment.station ?? (isFirstVisit ? 'start' : hash === '' ? 'bits' : 'data'),
        paperTable: experiment.paperTable ?? 1,
        view: isBare ? { ...experiment.view, lesson: { ...lesson, isBare } } : experiment.view,
        sweep: { ...get().sweep, plan: linkedPlan(experiment.sweep) },
        images: imagesFromLink(get().images, experiment.images),
      });
      training.takeLink(experiment.images);
      const { data, settings, reading } = experiment;
      const sample = data?.kind === 'sample' ? sampleById(data.id) : undefined;
      if (sample?.kind === 'images') {
        const plain = { kind: 'sample', id: sample.id } as const;
        await openImages(
          imagesReadAs(plain, experiment.images.reading),
          linkedImageSettings(experiment),
          experiment.images.training,
        );
        return;
      }
      if (data?.kind === 'sample' && sample !== undefined) {
        const plain = { kind: 'sample', id: data.id } as const;
        const source = sourceReadAs(plain, reading);
        await open(source, settings);
        // A reading that the sample does not stand leaves the rest of the link in force.
        if (get().dataset.status === 'failed' && !isSameReading(source, plain)) await open(plain, settings);
        return;
      }
      await listed;
      if (mine !== asking.turn) return;
      // Whoever has archives has been here, with a version that had no opening.
      if (isFirstVisit && get().station === 'start' && get().archives.length > 0) set({ station: 'bits' });
      if (data?.kind === 'dataset') {
        const stored = get().archives.find(
          (one) =>
            holdsDataset(one, data.datasetId) && (one.reading?.testRows ?? 0) === (reading.testRows ?? 0),
        );
        if (stored?.images !== undefined) {
          await openImages(
            { kind: 'archive', id: stored.id },
            linkedImageSettings(experiment),
            experiment.images.training,
          );
        } else if (stored !== undefined) await open({ kind: 'archive', id: stored.id }, settings);
        else if (!(await openHeld(data.datasetId, experiment))) {
          asking.linked = experiment;
          set({
            awaited: {
              fileName: data.fileName,
              datasetId: data.datasetId,
              isOfFormerReading: isOfFormerReading(experiment.app),
              other: null,
            },
            station: 'data',
          });
        }
        return;
      }
      if (data?.kind === 'sample') {
        messages.say({
          tone: 'warning',
          code: 'LINK_OUT_OF_RANGE',
          what: `The link names the sample “${data.id}”, which this version does not have.`,
          todo: 'Correct the value in the address, or choose a sample on the page.',
          opening: asking.asked,
        });
      }
      // The lesson leads to what its step is about.
      if (!isBare) await openDefault(settings);
    },
  };
}
