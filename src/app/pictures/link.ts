/** What goes between a link and the state of pictures beyond their settings. */
import type { ImageReading, ImageSource } from '../../contracts/images.ts';
import { DEFAULT_IMAGE_PLAN, isSameImagePlan, type ImageSweepPlan } from '../../contracts/imageSweep.ts';
import type { LinkedExperiment, LinkedImages } from '../../contracts/link.ts';
import type { LabState } from '../../stations/lab.ts';
import type { ImagesState } from '../../stations/lab/pictures.ts';
import { settingsForLink } from '../../contracts/imageFitting.ts';
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

/** What a link says of an experiment on pictures beyond its dataset. */
export function imagesForLink(lab: LabState): Pick<LinkedExperiment, 'settings' | 'images'> {
  const { images } = lab;
  const { settings, images: own } = settingsForLink(images.settings);
  return {
    settings,
    images: {
      ...own,
      ...trainingForLink(images),
      reading: linkedReading(lab),
      sweep: isSameImagePlan(images.sweep.plan, DEFAULT_IMAGE_PLAN) ? {} : images.sweep.plan,
    },
  };
}
