/** What an address names is opened; without one, the newest archive or the first sample. */
import { holdsDataset, type DatasetSource, type ExperimentSettings } from '../../contracts/codec.ts';
import { FIRST_SAMPLE, sampleById } from '../../contracts/gallery.ts';
import { readLink, type LinkedExperiment } from '../../contracts/link.ts';
import { isOfFormerReading } from '../../contracts/link/readings.ts';
import type { Messages } from '../messages.ts';
import { linkedImageSettings } from '../../contracts/imageFitting.ts';
import { imagesFromLink, imagesReadAs } from '../pictures/link.ts';
import { isSameReading, sourceReadAs } from '../reading.ts';
import type { StoreContext } from '../storeContext.ts';
import { broughtSettings } from '../../contracts/tableFitting.ts';
import { linkedPlan } from '../tables/sweepPlan.ts';
import type { Archives } from './archives.ts';
import type { Asking, ImageOpening } from './imageOpening.ts';
import type { Training } from './training.ts';

/** How a table, or pictures, are opened. */
interface Opening extends Pick<ImageOpening, 'openImages'> {
  open: (wanted: DatasetSource, chosen: Partial<ExperimentSettings> | null) => Promise<void>;
}

export interface LinkOpening {
  start: (hash: string) => Promise<void>;
  /** @param chosen settings that a link says */
  openDefault: (chosen: Partial<ExperimentSettings>) => Promise<void>;
}

export function createLinkOpening(
  { get, set, services }: StoreContext,
  messages: Messages,
  archives: Pick<Archives, 'refreshArchives'>,
  training: Pick<Training, 'takeLink'>,
  asking: Asking,
  { open, openImages }: Opening,
): LinkOpening {
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
    // What an embed shows does not depend on who looks at it.
    const newest = get().view.embed ? undefined : get().archives.at(0);
    // A visit without a link has the lab's own settings; what a link leaves unsaid has what links always had.
    const said = Object.keys(chosen).length === 0 ? null : chosen;
    if (newest === undefined) await open({ kind: 'sample', id: FIRST_SAMPLE }, said);
    else if (newest.images !== undefined)
      await openImages({ kind: 'archive', id: newest.id }, newest.images.settings);
    else await open({ kind: 'archive', id: newest.id }, { ...broughtSettings(newest), ...chosen });
  }

  async function start(hash: string): Promise<void> {
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
  }

  return { start, openDefault };
}
