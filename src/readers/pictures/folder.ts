/** Pictures in files of their own, from a zip or a folder: which they are, and which class each is of. */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { classesOf, withNumbers } from '../labels/labels.ts';
import type { ImageReading, PictureDecoder, ReadImages, ReadNotice } from '../imageReading.ts';
import type { PictureFiles } from './files.ts';
import { isPictureName } from './header.ts';
import { classNamesOf } from './labelFiles.ts';
import { decodeLabelled } from './labelled.ts';
import { labelPictures } from './labelPictures.ts';
import { listed, placesOf, folderOf } from './places.ts';
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

/**
 * Reads pictures of a zip or a folder.
 *
 * @throws LabError IMAGES_LABELS_MISSING, IMAGES_LABELS_MISMATCH, IMAGES_LABELS_AMBIGUOUS, COLUMN_UNKNOWN, ZIP_DAMAGED,
 *   and those of `decodeLabelled`
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
  const named = await classNamesOf(files, reading);
  return decodeLabelled(
    {
      files,
      labelled,
      classify: (labels) => classesOf(named === null ? labels : withNumbers(labels), named),
      order: 'classes',
      empty: emptyFolders(files, paths),
      skips,
      notices,
    },
    reading,
    decode,
    pulse,
  );
}
