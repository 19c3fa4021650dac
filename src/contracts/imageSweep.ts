/** A sweep over the encodings of pictures: every combination of the chosen values. */
import { IMAGE_SETTINGS } from '../core/images/settings.ts';
import { hasBases } from '../core/experiment/settings.ts';
import { tidyAmount } from '../core/settings.ts';
import {
  representationOf,
  transformOf,
  type ImageSettings,
  type RepresentationName,
  type TransformName,
} from '../core/images/settings.ts';

export interface ImageSweepPlan {
  transforms: TransformName[];
  representations: RepresentationName[];
  taus: number[];
  classWise: boolean[];
  /** Training pictures measured, the first of every class. */
  limit: number;
}

export const DEFAULT_IMAGE_PLAN: Readonly<ImageSweepPlan> = Object.freeze({
  transforms: ['none', 'dct', 'dct8'] as ImageSweepPlan['transforms'],
  representations: ['zigzag'] as ImageSweepPlan['representations'],
  taus: [64],
  classWise: [true, false],
  limit: 5_000,
});

/** Values of τ that a sweep takes at most. */
export const MOST_TAUS = 24;

/** Values inside their ranges, each once. */
export function tidyImagePlan(plan: ImageSweepPlan): ImageSweepPlan {
  const tau = IMAGE_SETTINGS.of('tau');
  const taus = [...new Set(plan.taus.map((value) => tidyAmount(tau, value)))];
  return {
    transforms: [...new Set(plan.transforms)],
    representations: [...new Set(plan.representations)],
    taus: taus.sort((a, b) => a - b).slice(0, MOST_TAUS),
    classWise: [...new Set(plan.classWise)],
    limit: Math.max(1, Math.round(plan.limit)),
  };
}

/** What is the same along one line of a figure. */
export type EncodingKey = Pick<ImageSettings, 'transform' | 'representation' | 'classWise'>;

/** The encodings of a plan under a codec. Where a transform needs no representation, one stands for all of them. */
function encodings(codec: string, { transforms, representations, classWise }: ImageSweepPlan): EncodingKey[] {
  const told = transforms.map((transform) => transformOf({ codec, transform }));
  return [...new Set(told)].flatMap((transform) =>
    representations
      .filter((representation, k) => k === 0 || representationOf({ transform, representation }) !== null)
      .flatMap((representation) =>
        classWise.map((ofClass) => ({ transform, representation, classWise: ofClass })),
      ),
  );
}

/** Where nothing is searched for, one threshold stands for all of them. */
function thresholds(codec: string, { taus }: ImageSweepPlan): number[] {
  return hasBases(codec) ? taus : taus.slice(0, 1);
}

/** Settings of every point of a plan. */
export function imageSweepPoints(settings: ImageSettings, plan: ImageSweepPlan): ImageSettings[] {
  return encodings(settings.codec, plan).flatMap((key) =>
    thresholds(settings.codec, plan).map((tau) => ({ ...settings, ...key, tau })),
  );
}

/** How many points a plan has. */
export function countImagePoints({ codec }: Pick<ImageSettings, 'codec'>, plan: ImageSweepPlan): number {
  return encodings(codec, plan).length * thresholds(codec, plan).length;
}

/** Tells one point of a plan from the others. */
export function pointKey(settings: ImageSettings): string {
  const { classWise, tau } = settings;
  return JSON.stringify([transformOf(settings), representationOf(settings), classWise, tau]);
}

export function isSameImagePlan(a: ImageSweepPlan, b: ImageSweepPlan): boolean {
  const sides = ({ transforms, representations, taus, classWise, limit }: ImageSweepPlan) =>
    JSON.stringify([transforms, representations, taus, classWise, limit]);
  return sides(a) === sides(b);
}
