/** What the page shows of pictures: classes, first pictures, histogram of pixel values, and the story of the reading. */
import { DEFAULT_IMAGE_SETTINGS, type ImageSummary, type Pictures } from '../../contracts/images.ts';
import { rawBytes, type ImageSet } from '../../core/images/imageSet.ts';
import { splitImages } from '../../core/images/split.ts';
import { pixelHistogram } from '../../core/images/statistics.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { Split } from '../../core/random.ts';
import { picturesOf, sizeOf } from './pictures.ts';

/** Preview pictures of a class, and of all classes. */
const PREVIEW_PER_CLASS = 12;
const PREVIEW_IN_ALL = 1_200;

/** What a set is called, where it came from, and what is to be said of its reading. */
export interface ImageLabel extends Pick<
  ImageSummary,
  | 'id'
  | 'name'
  | 'fileName'
  | 'sampleId'
  | 'format'
  | 'sizeCount'
  | 'sizes'
  | 'rule'
  | 'depth'
  | 'skippedCount'
  | 'skipped'
  | 'isNear'
> {
  notices: { code: string; text: string; column?: string }[];
  /** A performance.now(). */
  startedAt: number;
}

/** Counts of every class among some records. */
function countClasses({ labels, classNames }: ImageSet, records: Uint32Array): Uint32Array {
  const counts = new Uint32Array(classNames.length);
  for (const record of records) counts[labels[record]]++;
  return counts;
}

/** The first training pictures of every class, class after class. */
function previewOf(set: ImageSet, { train }: Split): Pictures {
  const classes = set.classNames.length;
  const most = Math.max(1, Math.min(PREVIEW_PER_CLASS, Math.floor(PREVIEW_IN_ALL / classes)));
  const shown: number[][] = Array.from({ length: Math.min(classes, PREVIEW_IN_ALL) }, () => []);
  for (const record of train) {
    const label = set.labels[record];
    if (label < shown.length && shown[label].length < most) shown[label].push(record);
  }
  return picturesOf(set, Uint32Array.from(shown.flat()));
}

/** @throws CANCELLED by the pulse */
export async function summariseImages(set: ImageSet, label: ImageLabel, pulse: Pulse): Promise<ImageSummary> {
  const { startedAt, notices, ...shown } = label;
  const split = splitImages(set, DEFAULT_IMAGE_SETTINGS);
  const train = countClasses(set, split.train);
  const test = countClasses(set, split.test);
  const preview = previewOf(set, split);
  const total = rawBytes(set);
  await pulse.beat({ phase: 'Counting pixel values', done: 0, total, unit: 'bytes' });
  return {
    ...shown,
    ...sizeOf(set.shape),
    records: set.records,
    rawBytes: total,
    classes: set.classNames.map((name, k) => ({ name, train: train[k], test: test[k] })),
    split: set.givenTest === null ? 'made' : 'given',
    notices: notices.map(({ code, text, column = null }) => ({ code, column, text })),
    preview,
    histogram: pixelHistogram(set),
    seconds: (performance.now() - startedAt) / 1000,
  };
}
