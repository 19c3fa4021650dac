/** The class and the part of every picture: from files of labels, or from folders. */
import { LabError } from '../../core/errors.ts';
import type { Label } from '../labels/labels.ts';
import { numbersOrWords } from '../labels/labelFile.ts';
import type { Part } from '../labels/pairing.ts';
import { PictureNames } from '../labels/pictureNames.ts';
import { validationNotice } from '../labels/validation.ts';
import type { ImageReading, ReadNotice } from '../imageReading.ts';
import type { PictureFiles } from './files.ts';
import { askedFile, labelsFromFiles, possibleFiles, type FileLabels } from './labelFiles.ts';
import { folderOf, listed, type Place } from './places.ts';
import { labelsBeside } from './sidecars.ts';

/** Pictures with a label and a part each; those without a label are not among them. */
export interface Labelled {
  /** Numbers of the files. */
  numbers: number[];
  labels: Label[];
  parts: ('train' | 'test')[];
}

/** What validation pictures become: the test pictures where there are no others, else training pictures. */
export function validationPart(parts: readonly (Part | null)[], notices: ReadNotice[]): 'train' | 'test' {
  if (!parts.includes('validation')) return 'train';
  const part = parts.includes('train') && !parts.includes('test') ? 'test' : 'train';
  notices.push(validationNotice(part));
  return part;
}

type ClassOf = (place: Place) => string | null;
const TOP: ClassOf = ({ top }) => top;
const LAST: ClassOf = ({ last }) => last;

function classesBy(places: ReadonlyMap<string, Place>, classOf: ClassOf): string[] {
  const found = new Set<string>();
  for (const place of places.values()) {
    const name = classOf(place);
    if (name !== null) found.add(name);
  }
  return [...found];
}

/** The folders that are the classes: as asked, else those at the top where there are several. */
function folderReading(
  places: ReadonlyMap<string, Place>,
  asked: ImageReading['classesFrom'],
): { classOf: ClassOf; names: string[]; notice: ReadNotice | null } {
  const top = classesBy(places, TOP);
  const last = classesBy(places, LAST);
  const isTop = asked !== 'last-folders' && top.length > 1;
  const [classOf, names] = isTop ? [TOP, top] : [LAST, last];
  const isSame = [...places.values()].every((place) => TOP(place) === LAST(place));
  if (isSame || top.length < 2) return { classOf, names, notice: null };
  const notice = isTop
    ? {
        code: 'classes-top-folders',
        text: `The classes are the ${top.length} folders at the top, ${listed(top, 3)}. By the folders right above the pictures there would be ${last.length}: ${listed(last, 3)}.`,
      }
    : {
        code: 'classes-last-folders',
        text: `The classes are the ${last.length} folders right above the pictures, ${listed(last, 3)}. By the folders at the top there would be ${top.length}: ${listed(top, 3)}.`,
      };
  return { classOf, names, notice };
}

/** Refuses pictures of which neither folders nor files say the class. */
function noClasses(pictures: number, folders: readonly string[]): LabError {
  return folders.length === 1
    ? new LabError(
        'IMAGES_ONE_CLASS',
        `All ${pictures} pictures lie in one folder, ${listed(folders)}, and no file of labels is with them.`,
      )
    : new LabError(
        'IMAGES_LABELS_MISSING',
        `The ${pictures} pictures lie in no folders of classes, and no file of labels is with them.`,
      );
}

/** Whether labels of files, found beside folders of classes, are what the classes are meant to be. */
function areMeant({ labels, isCertain, areNaming }: FileLabels): boolean {
  if (!areNaming) return false;
  const found = labels.filter((label) => label !== undefined);
  if (2 * found.length < labels.length) return false;
  const classes = new Set(found.filter((label) => label !== '').map(String)).size;
  return classes > 1 && (isCertain ? classes < found.length : 2 * classes <= found.length);
}

/** What folders say: the class of each picture, and all classes. */
interface ByFolder {
  labels: readonly (string | null)[];
  classes: readonly string[];
}

/** Whether files say nothing of classes that folders do not say as well. */
function areSame({ labels, areNaming }: FileLabels, folders: ByFolder): boolean {
  return areNaming && labels.every((label, i) => label === undefined || String(label) === folders.labels[i]);
}

/**
 * The labels of files, where these are asked for or say the classes; null where folders say them.
 *
 * @throws LabError where the files are all there is
 */
async function fromFiles(
  files: PictureFiles,
  numbers: readonly number[],
  names: PictureNames,
  parts: readonly (Part | null)[],
  folders: ByFolder,
  reading: ImageReading,
  notices: ReadNotice[],
): Promise<FileLabels | null> {
  const { classesFrom: asked, labels: chosen, labelColumn } = reading;
  if (asked === 'top-folders' || asked === 'last-folders') return null;
  if (chosen === undefined) {
    const beside = await labelsBeside(files, numbers, labelColumn);
    if (beside !== null) return beside;
  }
  const { classes } = folders;
  const isNeeded =
    asked === 'labels' || chosen !== undefined || labelColumn !== undefined || classes.length < 2;
  const possible = chosen === undefined ? possibleFiles(files) : [askedFile(files, chosen)];
  let found: FileLabels | null;
  try {
    found = await labelsFromFiles(files, possible, names, parts, reading);
  } catch (thrown) {
    if (isNeeded || !(thrown instanceof LabError)) throw thrown;
    if (possible.some(({ isTelling }) => isTelling))
      notices.push({ code: 'labels-unused', text: `The classes are the folders: ${thrown.message}` });
    return null;
  }
  if (isNeeded) {
    if (found === null) throw noClasses(names.paths.length, classes);
    return found;
  }
  if (found === null || areSame(found, folders)) return null;
  const paths = listed(found.paths, 2);
  if (areMeant(found)) {
    notices.push({
      code: 'classes-from-labels',
      text: `The classes are the labels in ${paths}. By folders there would be ${classes.length}: ${listed(classes, 3)}.`,
    });
    return found;
  }
  if (found.isTelling)
    notices.push({
      code: 'labels-unused',
      text: `The classes are the folders; ${paths} ${found.areNaming ? 'does not give a class to most of the pictures' : 'does not name the pictures'}.`,
    });
  return null;
}

/** Says which pictures were left out for want of a label. */
export function sayLeftOut(paths: readonly string[], code: string, why: string, notices: ReadNotice[]): void {
  if (paths.length === 0) return;
  const [are, were] = paths.length === 1 ? ['picture has', 'was'] : ['pictures have', 'were'];
  notices.push({ code, text: `${paths.length} ${are} ${why} and ${were} left out: ${listed(paths, 3)}.` });
}

/**
 * Gives every picture its class: by files of labels where these name the pictures, else by folders.
 *
 * @param numbers files that are pictures
 * @throws LabError IMAGES_LABELS_MISSING, IMAGES_LABELS_MISMATCH, IMAGES_LABELS_AMBIGUOUS, IMAGES_ONE_CLASS,
 *   COLUMN_UNKNOWN
 */
export async function labelPictures(
  files: PictureFiles,
  numbers: readonly number[],
  places: ReadonlyMap<string, Place>,
  reading: ImageReading,
  notices: ReadNotice[],
): Promise<Labelled> {
  const paths = numbers.map((number) => files.files[number].path);
  const placeOf = paths.map((path) => places.get(folderOf(path))!);
  const { classOf, names: folders, notice } = folderReading(places, reading.classesFrom);
  const byFolder = placeOf.map(({ part }) => part);
  const labels = placeOf.map(classOf);
  const said: ByFolder = { labels, classes: folders };
  const told = await fromFiles(files, numbers, new PictureNames(paths), byFolder, said, reading, notices);
  if (told === null && folders.length < 2) throw noClasses(numbers.length, folders);
  if (told === null && notice !== null) notices.push(notice);
  if (told !== null) notices.push(...told.notices);
  const texts: (Label | undefined)[] = told?.labels ?? labels.map((label) => label ?? undefined);
  const partsFound = byFolder.map((part, i) => part ?? told?.parts[i] ?? null);
  const validation = validationPart(partsFound, notices);
  const labelled: Labelled = { numbers: [], labels: [], parts: [] };
  const left = { unnamed: [] as string[], empty: [] as string[] };
  const isDoubtful = new Set(told?.doubtful);
  const found: string[] = [];
  texts.forEach((label, i) => {
    if (label === undefined || label === '') {
      if (label === '') left.empty.push(paths[i]);
      else if (!isDoubtful.has(i)) left.unnamed.push(paths[i]);
      return;
    }
    const part = partsFound[i];
    labelled.numbers.push(numbers[i]);
    found.push(String(label));
    labelled.parts.push(part === 'validation' ? validation : (part ?? 'train'));
  });
  if (found.length === 0)
    throw new LabError(
      'IMAGES_LABELS_MISSING',
      `None of the ${paths.length} pictures has a label: ${listed(told?.paths ?? [])} leaves them all empty.`,
    );
  labelled.labels = told === null ? found : numbersOrWords(found);
  sayLeftOut(left.empty, 'labels-empty', 'an empty label', notices);
  sayLeftOut(left.unnamed, 'pictures-without-class', 'no class', notices);
  return labelled;
}
