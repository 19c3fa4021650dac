/** Whether a few pictures are sheets of many: then a file of labels with them has more labels than there are pictures. */
import { LabError } from '../../core/errors.ts';
import type { PictureFiles } from '../pictures/files.ts';
import { isPictureName } from '../pictures/header.ts';
import { placesOf } from '../pictures/places.ts';
import type { ImageFile, ImageReading } from '../imageReading.ts';
import { readClassNames, readLabelFile } from '../labels/labelFile.ts';
import { mayHoldLabels, namesClasses } from '../labels/labels.ts';
import { nameFacts } from '../labels/pairing.ts';
import { PictureNames } from '../labels/pictureNames.ts';

/** Most sheets of a dataset. */
const MOST_SHEETS = 64;
/** Fewest pictures on each of them on average: with fewer labels, these are for other pictures than are there. */
const LEAST_TILES = 4;

interface SheetFiles {
  sheets: ImageFile[];
  labels: ImageFile[];
  names: string[] | null;
}

/** Number of labels in a file, 0 where it holds none or says which picture each is of. */
async function countLabels(file: ImageFile, names: PictureNames): Promise<number> {
  try {
    const { labels, pictures } = await readLabelFile(file, names);
    return pictures === null ? labels.length : 0;
  } catch (thrown) {
    if (thrown instanceof LabError && thrown.code === 'IMAGES_LABELS_MISSING') return 0;
    throw thrown;
  }
}

/**
 * The sheets, their labels and the names of classes among files; null where pictures have files of their own.
 *
 * @throws what reading the names of classes throws
 */
export async function findSheets(files: PictureFiles, reading: ImageReading): Promise<SheetFiles | null> {
  const paths = files.files.map(({ path }) => path);
  const pictures = paths.flatMap((path, number) => (isPictureName(path) ? [number] : []));
  if (pictures.length === 0 || pictures.length > MOST_SHEETS) return null;
  if (reading.classesFrom !== undefined) return null;
  const own = pictures.map((number) => paths[number]);
  const classes = new Set([...placesOf(own).values()].map(({ last }) => last));
  classes.delete(null);
  if (classes.size > 1 && reading.tile === undefined) return null;

  const texts = paths.flatMap((path, number) =>
    mayHoldLabels(path) && !/(?:^|\/)(?:read.?me|licen[cs]e)/i.test(path) ? [files.file(number)] : [],
  );
  const candidates = texts.filter(({ path }) => !namesClasses(path));
  const telling = candidates.filter(({ path }) => nameFacts(path).holds === 'labels');
  const labels = telling.length > 0 ? telling : candidates;
  let count = 0;
  const pictureNames = new PictureNames(own);
  for (const file of labels) count += await countLabels(file, pictureNames);
  if (count < LEAST_TILES * pictures.length && reading.tile === undefined) return null;
  const names = texts.find(({ path }) => namesClasses(path));
  return {
    sheets: pictures.map((number) => files.file(number)),
    labels,
    names: names === undefined ? null : await readClassNames(names),
  };
}
