/**
 * Pictures whose classes are known become one set: every picture is looked at, then those that belong to the set are
 * decoded into one array, training pictures first.
 */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { pictureBytes } from '../../core/images/imageSet.ts';
import type { Classes, Label } from '../labels/labels.ts';
import { compareNatural } from '../labels/naturalOrder.ts';
import type { ImageReading, PictureDecoder, ReadImages, ReadNotice } from '../imageReading.ts';
import { decodeAll, type Decoded } from './decodeAll.ts';
import type { PictureFiles } from './files.ts';
import { uprightSize } from './header.ts';
import type { Labelled } from './labelPictures.ts';
import { lookAtPictures, type SeenPicture } from './look.ts';
import { MendedList } from './mended.ts';
import { listed } from './places.ts';
import { SixteenBits } from './sixteenBits.ts';
import { planSizes, SizeHistogram } from './sizes.ts';
import type { SkipList } from './skipList.ts';

/** Pictures with all that has been found of them before any is read. */
export interface LabelledPictures {
  files: PictureFiles;
  labelled: Labelled;
  /** The classes that the labels of those pictures make that belong to the set. */
  classify: (labels: readonly Label[]) => Classes;
  /** Within training and test: class after class by their paths, or as they are given. */
  order: 'classes' | 'given';
  /** Classes of which no picture was found. */
  empty: string[];
  skips: SkipList;
  notices: ReadNotice[];
}

/** Takes away pictures that could not be decoded: the ones behind them move up. */
function closeGaps<T>(
  { pixels, isThere }: Decoded,
  size: number,
  items: readonly T[],
): { pixels: Uint8Array; items: T[] } {
  const kept = items.filter((_, record) => isThere[record] === 1);
  if (kept.length === items.length) return { pixels, items: kept };
  let to = 0;
  for (let record = 0; record < items.length; record++) {
    if (isThere[record] === 0) continue;
    if (to !== record) pixels.copyWithin(to * size, record * size, (record + 1) * size);
    to++;
  }
  return { pixels: pixels.slice(0, to * size), items: kept };
}

interface Sorted {
  picture: SeenPicture;
  label: Label;
  path: string;
  isTest: boolean;
  class: number;
}

/** Training pictures first, then in the order that is asked for. */
function sortPictures(
  { files, order }: LabelledPictures,
  seen: readonly SeenPicture[],
  labelled: Labelled,
  classes: Classes,
): Sorted[] {
  const sorted: Sorted[] = seen.map((picture, i) => ({
    picture,
    label: labelled.labels[i],
    path: files.files[picture.file].path,
    isTest: labelled.parts[i] === 'test',
    class: classes.labels[i],
  }));
  const within = (a: Sorted, b: Sorted): number =>
    order === 'given' ? a.picture.file - b.picture.file : a.class - b.class || compareNatural(a.path, b.path);
  return sorted.sort((a, b) => Number(a.isTest) - Number(b.isTest) || within(a, b));
}

/** The set's labels and classes without those of which nothing could be decoded. */
function renumber(
  sorted: readonly Sorted[],
  classNames: readonly string[],
): { labels: Uint16Array; names: string[] } {
  const isUsed = new Uint8Array(classNames.length);
  for (const picture of sorted) isUsed[picture.class] = 1;
  const numberOf = new Uint16Array(classNames.length);
  const names: string[] = [];
  classNames.forEach((name, c) => {
    if (isUsed[c] === 0) return;
    numberOf[c] = names.length;
    names.push(name);
  });
  return { labels: Uint16Array.from(sorted, (picture) => numberOf[picture.class]), names };
}

/**
 * Reads pictures whose classes are known.
 *
 * @throws LabError IMAGES_NONE, IMAGES_ONE_CLASS, IMAGES_TOO_MANY_CLASSES, IMAGES_LABELS_MISMATCH, IMAGES_TOO_LARGE,
 *   SETTING_OUT_OF_RANGE; PICTURE_DAMAGED or another code of pictures where more than half of them could not be read
 */
export async function decodeLabelled(
  pictures: LabelledPictures,
  reading: ImageReading,
  decode: PictureDecoder,
  pulse: Pulse,
): Promise<ReadImages> {
  const { files, labelled, empty, skips, notices } = pictures;
  const seenAll = await lookAtPictures(files, labelled.numbers, skips, pulse);
  skips.check(labelled.numbers.length);

  const histogram = new SizeHistogram();
  for (const { header } of seenAll) {
    const { width, height } = uprightSize(header);
    histogram.add(width, height);
  }
  const isGrey =
    reading.colour === undefined ? seenAll.every(({ header }) => header.isGrey) : reading.colour === 'grey';
  const plan = planSizes(histogram, seenAll.length, isGrey ? 1 : 3, reading);
  notices.push(...plan.notices);
  const { shape, rule } = plan;
  const seen = seenAll.filter(({ header, file }) => {
    if (rule !== 'only') return true;
    const { width, height } = uprightSize(header);
    if (width === shape.width && height === shape.height) return true;
    skips.leaveOut(files.files[file].path, 'sizes-mixed', `It has ${width} × ${height} pixels.`);
    return false;
  });
  if (seen.length === 0)
    throw new LabError('IMAGES_NONE', `No picture has ${shape.width} × ${shape.height} pixels.`);

  const byFile = new Map(labelled.numbers.map((number, i) => [number, i]));
  const own: Labelled = {
    numbers: seen.map(({ file }) => file),
    labels: seen.map(({ file }) => labelled.labels[byFile.get(file)!]),
    parts: seen.map(({ file }) => labelled.parts[byFile.get(file)!]),
  };
  const classes = pictures.classify(own.labels);
  notices.push(...classes.notices);
  const sorted = sortPictures(pictures, seen, own, classes);
  const mended = new MendedList();
  const sixteenBits = new SixteenBits(reading.depth);
  const decoded = await decodeAll(
    files,
    sorted.map(({ picture }) => picture),
    plan,
    { decode, skips, mended, sixteenBits, total: labelled.numbers.length, pulse },
  );
  const { pixels, items } = closeGaps(decoded, pictureBytes(shape), sorted);
  const { labels, names } = renumber(items, classes.classNames);
  const kept = new Set(items.map(({ label }) => label));
  empty.push(...new Set(labelled.labels.filter((label) => !kept.has(label)).map(String)));
  if (empty.length > 0)
    notices.push({
      code: 'classes-empty',
      text: `No picture was found in ${listed(empty)}: left out of the classes.`,
    });
  if (decoded.flattened > 0)
    notices.push({
      code: 'alpha-flattened',
      text: `${decoded.flattened} pictures let something through; they were laid on white.`,
    });
  const depth = sixteenBits.facts();
  notices.push(...sixteenBits.notices(items.length - (depth?.pictures ?? 0)), ...mended.notices());
  if (names.length < 2)
    throw new LabError(
      'IMAGES_ONE_CLASS',
      names.length === 0
        ? 'No picture could be read.'
        : `All ${items.length} pictures are of the class ${listed(names)}.`,
    );
  const firstTest = items.findIndex(({ isTest }) => isTest);
  const isGiven = firstTest > 0 && reading.split !== 'made';
  return {
    set: {
      shape,
      records: items.length,
      pixels,
      labels,
      classNames: names,
      givenTest: isGiven
        ? Uint32Array.from({ length: items.length - firstTest }, (_, i) => firstTest + i)
        : null,
    },
    format: files.format,
    sizeCount: histogram.sizes,
    sizes: histogram.mostCommon(),
    rule,
    depth,
    skippedCount: skips.count,
    skipped: skips.told,
    notices,
  };
}
