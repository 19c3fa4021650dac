/** What goes between a link and the state of pictures beyond their settings. */
import { sampleByDataset } from '../../contracts/gallery.ts';
import type { ImageReading, ImageSource } from '../../contracts/images.ts';
import { DEFAULT_IMAGE_PLAN, isSameImagePlan, type ImageSweepPlan } from '../../contracts/imageSweep.ts';
import { emptyExperiment, type LinkedExperiment, type LinkedImages } from '../../contracts/link.ts';
import type { LabState } from '../../stations/lab.ts';
import type { ImagesState } from '../../stations/lab/pictures.ts';
import { settingsForLink } from './fitting.ts';
import { trainingForLink } from '../training/link.ts';

/** The source, read in another way. An archive holds its pictures as they were read. */
export function imagesReadAs(source: ImageSource, reading: ImageReading): ImageSource {
  if (source.kind === 'archive') return source;
  const isPlain = Object.values(reading).every((value) => value === undefined);
  const { reading: _, ...plain } = source;
  return isPlain ? plain : { ...plain, reading };
}

/** How the pictures were read, as far as a link can say; of an archive, how those were that it was made from. */
function linkedReading({ images: { source }, archives }: LabState): LinkedImages['reading'] {
  if (source === null) return {};
  const reading =
    source.kind === 'archive' ? archives.find(({ id }) => id === source.id)?.images?.reading : source.reading;
  const { size, rule, colour, split, depth, classesFrom, labels, labelColumn } = reading ?? {};
  return {
    ...(size !== undefined && { size }),
    ...(rule !== undefined && { rule }),
    ...(colour !== undefined && { colour }),
    ...(split !== undefined && { split }),
    ...(depth !== undefined && { depth }),
    ...(classesFrom !== undefined && { classesFrom }),
    ...(labels !== undefined && { labels }),
    ...(labelColumn !== undefined && { labelColumn }),
  };
}

/** What a link says of the sample that is drawn and of the sweep. */
export function imagesFromLink(images: ImagesState, linked: LinkedImages): ImagesState {
  const { transforms, representations, taus, classWise, limit } = linked.sweep;
  const plan: ImageSweepPlan = {
    transforms: transforms ?? DEFAULT_IMAGE_PLAN.transforms,
    representations: representations ?? DEFAULT_IMAGE_PLAN.representations,
    taus: taus ?? DEFAULT_IMAGE_PLAN.taus,
    classWise: classWise ?? DEFAULT_IMAGE_PLAN.classWise,
    limit: limit ?? DEFAULT_IMAGE_PLAN.limit,
  };
  return {
    ...images,
    fraction: linked.fraction ?? images.fraction,
    sweep: { ...images.sweep, plan },
  };
}

/** The experiment on pictures as a link says it. */
export function imagesExperiment(lab: LabState, appVersion: string): LinkedExperiment {
  const { images, station, paperTable, view } = lab;
  const summary = images.dataset.value;
  const sample = summary === null ? null : (summary.sampleId ?? sampleByDataset(summary.id)?.id ?? null);
  const { settings, images: linkedSettings } = settingsForLink(images.settings);
  return {
    ...emptyExperiment(),
    data:
      summary === null
        ? null
        : sample !== null
          ? { kind: 'sample', id: sample }
          : { kind: 'dataset', datasetId: summary.id, fileName: summary.fileName },
    settings,
    images: {
      ...linkedSettings,
      ...trainingForLink(images),
      reading: linkedReading(lab),
      sweep: isSameImagePlan(images.sweep.plan, DEFAULT_IMAGE_PLAN) ? {} : images.sweep.plan,
    },
    station,
    paperTable,
    view,
    app: appVersion,
  };
}
