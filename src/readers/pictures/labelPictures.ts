/** The class and the part of every picture: from its folder, or from a file of labels. */
import { LabError } from '../../core/errors.ts';
import {
  labelsByPicture,
  mayHoldLabels,
  namesClasses,
  readClassNames,
  readLabelFile,
  type Label,
  type LabelFile,
} from '../labels/labels.ts';
import { compareNatural } from '../labels/naturalOrder.ts';
import { nameFacts } from '../labels/pairing.ts';
import { validationNotice } from '../labels/validation.ts';
import type { ImageReading, ReadNotice } from '../imageReading.ts';
import { shortPath } from '../zip/names.ts';
import type { PictureFiles } from './files.ts';
import { folderOf, listed, type Part, type Place } from './places.ts';

/** Pictures with a label and a part each; those without a label are not among them. */
export interface Labelled {
  /** Numbers of the files. */
  numbers: number[];
  labels: Label[];
  parts: ('train' | 'test')[];
}

/** Files that may hold labels, by number: the one asked for, else those whose names say so, else the only other one. */
function labelFiles(files: PictureFiles, reading: ImageReading): number[] {
  const all = files.files.map((_, number) => number);
  const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  if (reading.labels !== undefined) {
    const asked = reading.labels;
    const found =
      all.find((number) => files.files[number].path === asked) ??
      all.find((number) => nameOf(files.files[number].path) === nameOf(asked));
    if (found === undefined)
      throw new LabError(
        'IMAGES_LABELS_MISSING',
        `There is no file ${shortPath(asked)} to take labels from.`,
      );
    return [found];
  }
  const possible = all.filter((number) => {
    const { path } = files.files[number];
    return mayHoldLabels(path) && !namesClasses(path) && !/(^|\/)(read.?me|licen[cs]e)/i.test(path);
  });
  const telling = possible.filter((number) => nameFacts(files.files[number].path).holds === 'labels');
  if (telling.length > 0) return telling;
  return possible.length === 1 ? possible : [];
}

/** Names of the classes, where a file of them is there. */
export async function classNamesOf(files: PictureFiles, reading: ImageReading): Promise<string[] | null> {
  const number = files.files.findIndex(({ path }) => namesClasses(path) && path !== reading.labels);
  return number < 0 ? null : readClassNames(files.file(number));
}

/** Labels from files that name the pictures, or from one that has a label for each in the order of their paths. */
async function fromLabelFiles(
  files: PictureFiles,
  numbers: readonly number[],
  chosen: readonly number[],
): Promise<(Label | undefined)[]> {
  const read: LabelFile[] = [];
  for (const number of chosen) read.push(await readLabelFile(files.file(number)));
  const naming = read.filter(({ pictures }) => pictures !== null);
  if (naming.length > 0) {
    const lookUps = naming.map((file) => ({ folder: folderOf(file.path), labelOf: labelsByPicture(file) }));
    const labels = numbers.map((number) => {
      const { path } = files.files[number];
      for (const { folder, labelOf } of lookUps) {
        // A file of labels names pictures from where it lies.
        const own = folder !== '' && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
        const label = labelOf(own) ?? labelOf(path);
        if (label !== undefined) return label;
      }
      return undefined;
    });
    if (labels.every((label) => label === undefined))
      throw new LabError(
        'IMAGES_LABELS_MISMATCH',
        `${shortPath(naming[0].path)} names none of the ${numbers.length} pictures; its first is ${listed(naming[0].pictures?.slice(0, 1) ?? [])}.`,
      );
    return labels;
  }
  const [only] = read;
  if (read.length > 1)
    throw new LabError(
      'IMAGES_LABELS_MISSING',
      `It cannot be told which of ${listed(read.map(({ path }) => path))} belongs to the pictures.`,
    );
  if (only.labels.length !== numbers.length)
    throw new LabError(
      'IMAGES_LABELS_MISMATCH',
      `${shortPath(only.path)} has ${only.labels.length} labels, but there are ${numbers.length} pictures.`,
    );
  const order = numbers.map((_, i) => i);
  order.sort((a, b) => compareNatural(files.files[numbers[a]].path, files.files[numbers[b]].path));
  const labels = new Array<Label>(numbers.length);
  order.forEach((i, rank) => (labels[i] = only.labels[rank]));
  return labels;
}

/** What validation pictures become: the test pictures where there are no others, else training pictures. */
function validationPart(parts: readonly (Part | null)[], notices: ReadNotice[]): 'train' | 'test' {
  if (!parts.includes('validation')) return 'train';
  const part = parts.includes('train') && !parts.includes('test') ? 'test' : 'train';
  notices.push(validationNotice(part));
  return part;
}

/**
 * Gives every picture its class: by the file of labels where one is asked for or folders do not tell, else by folders.
 *
 * @param numbers files that are pictures
 * @throws LabError IMAGES_LABELS_MISSING, IMAGES_LABELS_MISMATCH, IMAGES_ONE_CLASS
 */
export async function labelPictures(
  files: PictureFiles,
  numbers: readonly number[],
  places: ReadonlyMap<string, Place>,
  reading: ImageReading,
  notices: ReadNotice[],
): Promise<Labelled> {
  const placeOf = (number: number): Place => places.get(folderOf(files.files[number].path))!;
  const folders = new Set<string>();
  for (const { className } of places.values()) if (className !== null) folders.add(className);
  let labels: (Label | undefined)[] = numbers.map((number) => placeOf(number).className ?? undefined);
  if (reading.labels !== undefined || folders.size < 2) {
    const chosen = labelFiles(files, reading);
    if (chosen.length > 0) labels = await fromLabelFiles(files, numbers, chosen);
    else if (folders.size === 1)
      throw new LabError(
        'IMAGES_ONE_CLASS',
        `All ${numbers.length} pictures lie in one folder, ${listed([...folders])}, and no file of labels is with them.`,
      );
    else
      throw new LabError(
        'IMAGES_LABELS_MISSING',
        `The ${numbers.length} pictures lie in no folders of classes, and no file of labels is with them.`,
      );
  }
  const partsFound = numbers.map((number) => placeOf(number).part);
  const validation = validationPart(partsFound, notices);
  const labelled: Labelled = { numbers: [], labels: [], parts: [] };
  const without: string[] = [];
  numbers.forEach((number, i) => {
    const label = labels[i];
    if (label === undefined) {
      without.push(files.files[number].path);
      return;
    }
    const part = partsFound[i];
    labelled.numbers.push(number);
    labelled.labels.push(label);
    labelled.parts.push(part === 'validation' ? validation : (part ?? 'train'));
  });
  if (without.length > 0)
    notices.push({
      code: 'pictures-without-class',
      text: `${without.length} pictures have no class and were left out: ${listed(without, 3)}.`,
    });
  return labelled;
}
