/**
 * Pictures in files of their own, from a zip or a folder: every picture is looked at, then those that belong to the set
 * are decoded into one array, training pictures first, class after class, by their paths.
 */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { classesOf, type Classes, type Label } from '../labels/labels.ts';
import { compareNatural } from '../labels/naturalOrder.ts';
import { pictureBytes } from '../../core/images/imageSet.ts';
import type { ImageReading, PictureDecoder, ReadImages, ReadNotice } from '../imageReading.ts';
import { decodeAll, type Decoded } from './decodeAll.ts';
import type { PictureFiles } from './files.ts';
import { isPictureName, uprightSize } from './header.ts';
import { classNamesOf } from './labelFiles.ts';
import { labelPictures, type Labelled } from './labelPictures.ts';
import { lookAtPictures, type SeenPicture } from './look.ts';
import { listed, placesOf, folderOf } from './places.ts';
import { MendedList } from './mended.ts';
import { SixteenBits } from './sixteenBits.ts';
import { planSizes, SizeHistogram } from './sizes.ts';
import { SkipList } from './skipList.ts';

/** Kinds of picture that are told apart by their names only, to say that they are not read. */
const OTHER_PICTURE = /\.(tiff?|svg|avif|heic|heif|jp2|jxl|p[bgnp]m|tga|ico|psd|webm|mp4)$/i;

/** Numbers of the files that are pictures by their names. */
function picturesAmong(files: PictureFiles, skips: SkipList): number[] {
  const numbers: number[] = [];
  for (let number = 0; number < files.files.length; number++) {
    const { path } = files.files[number];
    if (isPictureName(path)) numbers.push(number);
    else if (OTHER_PICTURE.test(path)) {
      const what = `A file ${path.slice(path.lastIndexOf('.'))} is none of the kinds of picture that are read.`;
      skips.leaveOut(path, 'PICTURE_UNSUPPORTED', what);
    }
  }
  if (numbers.length > 0) return numbers;
  const [first] = files.files;
  const found =
    first === undefined
      ? 'it holds no files'
      : `it holds ${files.files.length} others, the first is ${listed([first.path])}`;
  throw new LabError('IMAGES_NONE', `The ${files.format} holds no pictures: ${found}.`);
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

/** Folders beside those of classes in which no picture was found. */
function emptyFolders(files: PictureFiles, paths: readonly string[]): string[] {
  const used = new Set<string>();
  const beside = new Set<string>();
  for (const path of paths) {
    const folder = folderOf(path);
    if (used.has(folder)) continue;
    beside.add(folderOf(folder));
    for (let above = folder; above !== '' && !used.has(above); above = folderOf(above)) used.add(above);
  }
  return files.folders.filter((folder) => !used.has(folder) && beside.has(folderOf(folder)));
}

interface Sorted {
  picture: SeenPicture;
  label: Label;
  path: string;
  isTest: boolean;
  class: number;
}

/** Training pictures first, then class after class, then by path. */
function sortPictures(
  files: PictureFiles,
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
  return sorted.sort(
    (a, b) => Number(a.isTest) - Number(b.isTest) || a.class - b.class || compareNatural(a.path, b.path),
  );
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

/** Folders called "0", "1" … as numbers, so that names can be given to them. */
function asNumbers(labels: readonly Label[]): readonly Label[] {
  return labels.every((label) => typeof label === 'number' || /^\d{1,5}$/.test(label))
    ? labels.map(Number)
    : labels;
}

/**
 * Reads pictures of a zip or a folder.
 *
 * @throws LabError IMAGES_NONE, IMAGES_LABELS_MISSING, IMAGES_LABELS_MISMATCH, IMAGES_LABELS_AMBIGUOUS,
 *   COLUMN_UNKNOWN, IMAGES_ONE_CLASS, IMAGES_TOO_MANY_CLASSES, IMAGES_TOO_LARGE, SETTING_OUT_OF_RANGE, ZIP_DAMAGED; PICTURE_DAMAGED or another code of
 *   pictures where more than half of them could not be read
 */
export async function readPictureFolder(
  files: PictureFiles,
  reading: ImageReading,
  decode: PictureDecoder,
  pulse: Pulse,
): Promise<ReadImages> {
  const skips = new SkipList();
  const notices: ReadNotice[] = [...files.notices];
  for (const { path, code, what } of files.skipped) skips.leaveOut(path, code, what);
  const numbers = picturesAmong(files, skips);
  const paths = numbers.map((number) => files.files[number].path);
  // Whether there are labels is known from the names; it is said before gigabytes are read.
  const labelled = await labelPictures(files, numbers, placesOf(paths), reading, notices);
  const empty = emptyFolders(files, paths);

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
  const named = await classNamesOf(files, reading);
  const classes = classesOf(named === null ? own.labels : asNumbers(own.labels), named);
  notices.push(...classes.notices);
  const sorted = sortPictures(files, seen, own, classes);
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
