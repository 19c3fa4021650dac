/** Which dataset is open, by whatever way it came, and the settings that go with it. */
import {
  DEFAULT_SETTINGS,
  type ColumnSummary,
  type DatasetSource,
  type DatasetSummary,
  type ExperimentSettings,
} from '../../contracts/codec.ts';
import { LabError } from '../../contracts/errors.ts';
import { FIRST_SAMPLE, sampleByDataset, sampleById } from '../../contracts/gallery.ts';
import {
  emptyExperiment,
  readLink,
  SETTING_RANGES,
  writeLink,
  type LinkedExperiment,
} from '../../contracts/link.ts';
import type { LabActions } from '../../stations/lab.ts';
import type { Kernel } from '../kernel.ts';
import { outdatedParts } from '../staleness.ts';
import { createTaskRunner } from '../tasks.ts';
import type { Archives } from './archives.ts';
import type { Messages } from './messages.ts';
import type { Pipeline } from './pipeline.ts';
import { DEFAULT_PLAN, isDefaultPlan, tidyPlan } from './sweep.ts';

export interface Data extends Pick<
  LabActions,
  'load' | 'cancelLoad' | 'change' | 'acceptOther' | 'forgetAwaited' | 'link'
> {
  /** Opens what the address names, else the newest archive, else the first sample. */
  start: (hash: string) => Promise<void>;
  /** The archive that the open dataset came from is gone, and with it the only copy that any worker could read. */
  lose: () => void;
}

/** Numbers inside their ranges, whole where they have to be, and no column in two roles. */
function tidySettings(settings: ExperimentSettings): ExperimentSettings {
  const tidied = { ...settings };
  for (const [field, { min, max, whole }] of Object.entries(SETTING_RANGES)) {
    const name = field as keyof typeof SETTING_RANGES;
    const value = Number.isFinite(tidied[name]) ? tidied[name] : DEFAULT_SETTINGS[name];
    tidied[name] = Math.min(max, Math.max(min, whole ? Math.round(value) : value));
  }
  if (tidied.target !== null && tidied.drop.includes(tidied.target)) tidied.target = null;
  if (tidied.features !== null) {
    tidied.features = tidied.features.filter((name) => name !== tidied.target && !tidied.drop.includes(name));
  }
  return tidied;
}

export function createData(kernel: Kernel, messages: Messages, archives: Archives, pipeline: Pipeline): Data {
  const { get, set, services } = kernel;
  /** What a link says beyond its dataset, until that dataset is open. */
  let linked: LinkedExperiment | null = null;
  /** Counts what was asked to be opened: an address that had to wait for the list of archives may be late. */
  let turn = 0;
  let filesOpened = 0;
  const dataset = createTaskRunner<DatasetSummary>({
    read: () => get().dataset,
    write: (task) => set({ dataset: task }),
  });

  /** Settings without the columns that the table does not have, or that cannot be what they are named for. */
  function fitting(settings: ExperimentSettings, summary: DatasetSummary): ExperimentSettings {
    const namesOf = (columns: readonly ColumnSummary[]) => new Set(columns.map(({ name }) => name));
    const names = namesOf(summary.columns);
    const targets = namesOf(summary.columns.filter(({ targetEligible }) => targetEligible));
    const learnable = namesOf(summary.columns.filter(({ featureEligible }) => featureEligible));
    const unknown = [
      ...(settings.features ?? []).filter((name) => !learnable.has(name)),
      ...settings.drop.filter((name) => !names.has(name)),
    ];
    const isTargetWrong = settings.target !== null && !targets.has(settings.target);
    if (unknown.length > 0 || isTargetWrong) {
      const named = isTargetWrong && settings.target !== null ? [settings.target, ...unknown] : unknown;
      messages.say({
        tone: 'warning',
        code: isTargetWrong ? 'TARGET_UNKNOWN' : 'COLUMN_UNKNOWN',
        what: `${summary.name} cannot use ${named.map((name) => `“${name}”`).join(', ')}; the rest of the settings is kept.`,
        todo: 'Choose among the columns that the table has.',
      });
    }
    const features = settings.features?.filter((name) => learnable.has(name)) ?? null;
    return tidySettings({
      ...settings,
      target: isTargetWrong ? summary.suggestedTarget : settings.target,
      features: features?.length === 0 && settings.features?.length !== 0 ? null : features,
      drop: settings.drop.filter((name) => names.has(name)),
    });
  }

  /** Makes a dataset the current one. */
  function adopt(
    source: DatasetSource,
    summary: DatasetSummary,
    chosen: Partial<ExperimentSettings> | null,
  ): void {
    const base = chosen === null ? get().settings : DEFAULT_SETTINGS;
    const settings = {
      ...base,
      codec: DEFAULT_SETTINGS.codec,
      beta: summary.suggestedBeta ?? DEFAULT_SETTINGS.beta,
      target: summary.suggestedTarget,
      features: null,
      drop: [],
      ...chosen,
    };
    linked = null;
    const named = source.kind === 'archive' ? { ...source, datasetId: summary.id } : source;
    set({ source: named, settings: fitting(settings, summary), awaited: null });
    pipeline.restart();
  }

  async function open(source: DatasetSource, chosen: Partial<ExperimentSettings> | null): Promise<void> {
    turn++;
    const { awaited } = get();
    const isForLink = source.kind === 'file' && awaited !== null;
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
      adopt(source, summary, isForLink ? (linked?.settings ?? null) : chosen);
      return;
    }
    const { status, error } = get().dataset;
    // A file in place of the awaited one is asked about where it is awaited.
    if (status === 'failed' && error !== null && error.code !== 'LINK_DATASET_MISMATCH') {
      messages.say({ tone: 'error', code: error.code, what: error.what, todo: error.todo });
    }
  }

  async function load(source: DatasetSource): Promise<void> {
    const listing = source.kind === 'archive' ? get().archives.find(({ id }) => id === source.id) : undefined;
    await open(
      source.kind === 'file' ? { ...source, token: ++filesOpened } : source,
      listing?.settings ?? null,
    );
  }

  /** The newest archive of this browser, or the first sample. */
  async function openDefault(chosen: Partial<ExperimentSettings>): Promise<void> {
    const newest = get().archives[0];
    if (newest === undefined) await open({ kind: 'sample', id: FIRST_SAMPLE }, chosen);
    else await open({ kind: 'archive', id: newest.id }, { ...newest.settings, ...chosen });
  }

  return {
    load,
    cancelLoad: () => dataset.cancel(),
    change(change) {
      const before = get().settings;
      const after = tidySettings({ ...before, ...change });
      const outdated = outdatedParts(before, after);
      set({ settings: after });
      if (get().source !== null) pipeline.outdate(outdated);
    },
    lose() {
      dataset.clear();
      pipeline.clear();
      set({ source: null, station: 'data' });
    },
    acceptOther() {
      const other = get().awaited?.other ?? null;
      if (other === null) return;
      set({ dataset: { status: 'done', value: other.summary, stale: false, progress: null, error: null } });
      adopt(other.source, other.summary, linked?.settings ?? null);
    },
    forgetAwaited() {
      linked = null;
      set({ awaited: null });
      if (get().source === null) void openDefault({});
    },
    link() {
      const { dataset: task, bits, settings, sweep, station, hidden, embed } = get();
      const summary = task.value;
      // An archive of a sample is the sample: a link should not ask for its file.
      const sample = summary === null ? null : (summary.sampleId ?? sampleByDataset(summary.id)?.id ?? null);
      const experiment: LinkedExperiment = {
        ...emptyExperiment(),
        data:
          summary === null
            ? null
            : sample !== null
              ? { kind: 'sample', id: sample }
              : { kind: 'dataset', datasetId: summary.id, fileName: summary.fileName },
        settings,
        sweep: isDefaultPlan(sweep.plan, bits.value) ? {} : sweep.plan,
        station,
        hide: hidden,
        embed,
        app: services.appVersion,
      };
      return `${services.pageAddress}#${writeLink(experiment)}`;
    },
    async start(hash) {
      const mine = ++turn;
      const listed = archives.refreshArchives();
      const { experiment, problems } = readLink(hash);
      for (const { code, what, todo } of problems) {
        messages.say({ tone: code === null ? 'info' : 'warning', code, what, todo });
      }
      set({
        // Without a word in the address the page opens on the picture that tells the most.
        station: experiment.station ?? (hash === '' ? 'bits' : 'data'),
        hidden: experiment.hide,
        embed: experiment.embed,
        sweep: { ...get().sweep, plan: tidyPlan({ ...DEFAULT_PLAN, ...experiment.sweep }) },
      });
      const { data, settings } = experiment;
      if (data?.kind === 'sample' && sampleById(data.id) !== undefined) {
        await open({ kind: 'sample', id: data.id }, settings);
        return;
      }
      await listed;
      if (mine !== turn) return;
      if (data?.kind === 'dataset') {
        const stored = get().archives.find(({ datasetId }) => datasetId === data.datasetId);
        if (stored !== undefined) await open({ kind: 'archive', id: stored.id }, settings);
        else {
          linked = experiment;
          set({
            awaited: { fileName: data.fileName, datasetId: data.datasetId, other: null },
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
        });
      }
      await openDefault(settings);
    },
  };
}
