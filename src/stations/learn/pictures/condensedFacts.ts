/** What condensed pictures come to in numbers, and the rows in which they are shown. */
import type { CondensedImages, ImageSummary } from '../../../contracts/images.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { rowsByLabel, type PictureRow } from '../../../ui/pictures/gridLayout.ts';

export interface CondensedFacts {
  /** Means per class, least and most. */
  least: number;
  most: number;
  /** Pictures behind a mean, on average, and the heaviest that is shown. */
  meanWeight: number;
  heaviest: number;
  /** Bytes of the means as pixels of a byte each, with four bytes of weight. */
  bytes: number;
}

const WEIGHT_BYTES = 4;

export function condensedFacts({
  samples,
  perClass,
  weights,
  trainRecords,
  pictures,
}: CondensedImages): CondensedFacts {
  const { width, height, channels } = pictures;
  const filled = perClass.filter((count) => count > 0);
  return {
    least: filled.length === 0 ? 0 : Math.min(...filled),
    most: filled.length === 0 ? 0 : Math.max(...filled),
    meanWeight: trainRecords / Math.max(1, samples),
    heaviest: weights.reduce((most, weight) => Math.max(most, weight), 0),
    bytes: samples * (width * height * channels + WEIGHT_BYTES),
  };
}

/** The heaviest means of every class, a row for each class. */
export function condensedRows(
  { pictures, perClass }: CondensedImages,
  classes: ImageSummary['classes'] | undefined,
): PictureRow[] {
  return rowsByLabel(pictures.labels, (label) => ({
    name: classes?.[label]?.name ?? `class ${label}`,
    note: formatPlural(perClass[label] ?? 0, 'mean'),
  }));
}

/** A mean in words: "7: the mean of 312 pictures". */
export function condensedWords(
  { pictures, weights }: CondensedImages,
  classes: ImageSummary['classes'] | undefined,
  index: number,
): string {
  const label = pictures.labels[index];
  const name = classes?.[label]?.name ?? `class ${label}`;
  const weight = weights[index];
  return weight === 1 ? `${name}: a single picture` : `${name}: the mean of ${formatCount(weight)} pictures`;
}
