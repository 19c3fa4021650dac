/** What goes between a link and the state of pictures beyond their settings. */
import type { ImageReading, ImageSource } from '../contracts/images.ts';
import type { LinkedImages } from '../contracts/link.ts';
import type { ImagesState, ImageSweepPlan } from '../stations/lab.ts';
import { DEFAULT_IMAGE_PLAN } from './slices/imageSweep.ts';

/** The source, read in another way. An archive holds its pictures as they were read. */
export function imagesReadAs(source: ImageSource, reading: ImageReading): ImageSource {
  if (source.kind === 'archive') return source;
  const isPlain = Object.values(reading).every((value) => value === undefined);
  const { reading: _, ...plain } = source;
  return isPlain ? plain : { ...plain, reading };
}

/** How the pictures were read, as far as a link can say. */
export function linkedReading(source: ImageSource | null): LinkedImages['reading'] {
  if (source === null || source.kind === 'archive') return {};
  const { size, rule, colour, split } = source.reading ?? {};
  return {
    ...(size !== undefined && { size }),
    ...(rule !== undefined && { rule }),
    ...(colour !== undefined && { colour }),
    ...(split !== undefined && { split }),
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

export function isDefaultImagePlan(plan: ImageSweepPlan): boolean {
  return JSON.stringify(plan) === JSON.stringify(DEFAULT_IMAGE_PLAN);
}
