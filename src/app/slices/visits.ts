/** Going where a link leads: what is open already is not opened again, only its settings change. */
import { sampleIdOf } from '../../contracts/gallery.ts';
import { readLink, writeLink, type LinkedExperiment, type LinkedView } from '../../contracts/link.ts';
import type { Lab } from '../../stations/lab.ts';
import type { LessonActions } from '../../stations/lab/lessons.ts';
import { imagesReadAs } from '../pictures/link.ts';
import { linkedImageSettings, openingSettings } from '../../contracts/imageFitting.ts';
import { isSameReading, readingOf, sourceReadAs } from '../reading.ts';
import type { StoreContext } from '../storeContext.ts';
import { fittingSettings, linkedSettings } from '../../contracts/tableFitting.ts';
import { usualSettings } from '../training/fitting.ts';
import type { Changes } from './changes.ts';
import type { Data } from './data.ts';
import type { Images } from './images.ts';
import type { Sweep } from './sweep.ts';
import type { Training } from './training.ts';

/** Whether the dataset that a link names is the one that is open, read as the link says. */
function isOpen(lab: Lab, { data, reading, images: linked }: LinkedExperiment): boolean {
  if (data === null) return true;
  const { kind, source, dataset, images } = lab;
  const open = kind === 'images' ? images.dataset : dataset;
  if (open.value === null || open.status === 'running') return false;
  const isSame =
    data.kind === 'sample' ? sampleIdOf(open.value) === data.id : open.value.id === data.datasetId;
  if (!isSame || data.kind === 'dataset') return isSame;
  if (kind === 'images') {
    const asked = imagesReadAs({ kind: 'sample', id: data.id }, linked.reading);
    return images.source?.kind === 'archive' || JSON.stringify(images.source) === JSON.stringify(asked);
  }
  const asked = sourceReadAs({ kind: 'sample', id: data.id }, reading);
  return source?.kind === 'archive'
    ? Object.keys(readingOf(asked)).length === 0
    : source !== null && isSameReading(source, asked);
}

/** How a link wants things shown, but for what holds for the whole visit. */
function viewOf(linked: LinkedView, { embed, present, theme, lesson, lessonFile }: LinkedView): LinkedView {
  return { ...linked, embed, present, theme: linked.theme ?? theme, lesson, lessonFile };
}

export function createVisits(
  { get, set }: StoreContext,
  data: Pick<Data, 'start' | 'change'>,
  images: Pick<Images, 'changeImages'>,
  training: Pick<Training, 'planTraining'>,
  sweep: Pick<Sweep, 'planSweep'>,
  changes: Pick<Changes, 'noted'>,
): Pick<LessonActions, 'visit'> {
  function setAll({ settings, images: linked, sweep: plan }: LinkedExperiment, isNamed: boolean): void {
    const { kind, dataset, images: open } = get();
    if (kind === 'images' && open.dataset.value !== null) {
      const { channels } = open.dataset.value;
      const said = linkedImageSettings({ settings, images: linked });
      images.changeImages(isNamed ? openingSettings(open.dataset.value, said) : said);
      training.planTraining({
        ...(isNamed && usualSettings(channels)),
        ...(linked.fraction !== null && { fraction: linked.fraction }),
        ...linked.training,
      });
    } else if (dataset.value !== null) {
      const summary = dataset.value;
      const { settings: now } = get();
      const wanted = isNamed ? linkedSettings(settings, summary, now.target) : { ...now, ...settings };
      data.change(fittingSettings(wanted, summary).settings);
    }
    if (plan.axes !== undefined || plan.splits !== undefined) sweep.planSweep(plan);
  }

  /** One change to be undone, whatever a step sets. */
  const change = changes.noted(setAll, 'Lesson');

  return {
    async visit(hash) {
      const { experiment } = readLink(hash);
      const view = viewOf(experiment.view, get().view);
      if (!isOpen(get(), experiment)) {
        await data.start(writeLink({ ...experiment, view }));
        return;
      }
      set({
        view,
        station: experiment.station ?? 'data',
        paperTable: experiment.paperTable ?? get().paperTable,
      });
      change(experiment, experiment.data !== null);
    },
  };
}
