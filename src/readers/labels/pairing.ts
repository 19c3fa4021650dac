/** Which file of labels belongs to which file of pictures, and which of them are the test pictures: by name and count. */
import { LabError } from '../../core/errors.ts';
import { compareNatural } from './naturalOrder.ts';
import { cleanName } from './labels.ts';

/** Part of a dataset by the name of a file; "validation" becomes one of the others when all names are known. */
export type Part = 'train' | 'test' | 'validation';

interface NameFacts {
  part: Part | null;
  holds: 'images' | 'labels' | null;
  /** What is left of the name when part and content are taken out of it, and the folder. */
  stem: string;
}

/** A file with a number of pictures or labels in it. */
export interface Counted {
  path: string;
  records: number;
}

/** Words for the parts of a dataset in names of files and folders. */
export const PARTS: ReadonlyMap<string, Part> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['test', 'test'],
  ['testing', 'test'],
  ['t10k', 'test'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
]);
const IMAGE_WORDS = new Set([
  'image',
  'images',
  'img',
  'imgs',
  'x',
  'pictures',
  'pixels',
  'data',
  'idx3',
  'idx4',
]);
const LABEL_WORDS = new Set([
  'label',
  'labels',
  'lables',
  'y',
  'target',
  'targets',
  'class',
  'classes',
  'idx1',
]);
const FORMAT_WORDS = new Set(['idx', 'ubyte', 'npy', 'npz', 'gz', 'bin', 'csv', 'json', 'txt', 'png']);

const PART_COLUMN = /^(?:usage|split|set|subset|part|partition)$/i;

/** Whether the name of a column says that it has the part of every record. */
export function isPartColumn(name: string): boolean {
  return PART_COLUMN.test(name);
}

/** Words of a name: at signs that are no letters and digits, at capitals, and "xtrain" as two. */
export function wordsOf(text: string): string[] {
  return text
    .slice(0, 1000)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/(^|[^a-z])([xy])(train|test|val)(?![a-z])/g, '$1$2 $3')
    .replace(/(^|[^a-z])(train|test|val)([xy])(?![a-z])/g, '$1$2 $3')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function isTelling(word: string): boolean {
  return PARTS.has(word) || IMAGE_WORDS.has(word) || LABEL_WORDS.has(word);
}

/** What a file's name says about its content. */
export function nameFacts(path: string): NameFacts {
  const cut = path.lastIndexOf('/');
  const folders = path.slice(0, Math.max(0, cut)).split('/');
  const words = wordsOf(path.slice(cut + 1));
  const part = words.map((word) => PARTS.get(word)).find((found) => found !== undefined);
  const ofFolder = folders
    .map((folder) => PARTS.get(folder.toLowerCase()))
    .findLast((found) => found !== undefined);
  const isLabels = words.some((word) => LABEL_WORDS.has(word));
  const isImages = words.some((word) => IMAGE_WORDS.has(word));
  const rest = words.filter((word) => !isTelling(word) && !FORMAT_WORDS.has(word));
  return {
    part: part ?? ofFolder ?? null,
    holds: isLabels ? 'labels' : isImages ? 'images' : null,
    stem: [...folders.filter((folder) => !isTelling(folder.toLowerCase())), ...rest].join('/'),
  };
}

/**
 * The part of every file: validation pictures are the test pictures where nothing else is, else they are for training;
 * the one file without a part beside training files is the test.
 */
export function partsOf(paths: readonly string[]): ('train' | 'test' | null)[] {
  const parts = paths.map((path) => nameFacts(path).part);
  const hasTest = parts.includes('test');
  const hasTrain = parts.includes('train');
  return parts.map((part) => {
    if (part === 'validation') return hasTest || !hasTrain ? 'train' : 'test';
    if (part !== null) return part;
    if (paths.length !== 2) return null;
    return hasTrain ? 'test' : hasTest ? 'train' : null;
  });
}

function listed(files: readonly Counted[]): string {
  const some = files.slice(0, 8).map(({ path, records }) => `${cleanName(path)} (${records})`);
  if (files.length > some.length) some.push(`${files.length - some.length} more`);
  return some.join(', ');
}

function isSameFile(path: string, asked: string): boolean {
  return path === asked || path.replace(/\.gz$/i, '') === asked.replace(/\.gz$/i, '');
}

/** The only one that fits, or null where none does or several do. */
function only<T>(all: readonly T[], fits: (item: T) => boolean): T | null {
  const found = all.filter(fits);
  return found.length === 1 ? found[0] : null;
}

/**
 * Finds the labels of every file of pictures: by name, and by count where names do not tell.
 *
 * @param chosen path of the labels that someone has chosen; it belongs to the pictures that it fits best
 * @returns labels in the order of the pictures' files
 * @throws LabError IMAGES_LABELS_MISSING naming the candidates, IMAGES_LABELS_MISMATCH with both counts
 */
export function pairLabels<L extends Counted>(
  images: readonly Counted[],
  labels: readonly L[],
  chosen: string | undefined,
): L[] {
  const paired = new Map<Counted, L>();
  let free: L[] = [...labels].sort((a, b) => compareNatural(a.path, b.path));
  const facts = new Map<Counted, NameFacts>();
  for (const file of [...images, ...labels]) facts.set(file, nameFacts(file.path));
  const pair = (image: Counted, label: L): void => {
    paired.set(image, label);
    free = free.filter((other) => other !== label);
  };
  const unpaired = (): Counted[] => images.filter((image) => !paired.has(image));

  if (chosen !== undefined) {
    const label = labels.find(({ path }) => isSameFile(path, chosen));
    if (label === undefined)
      throw new LabError('IMAGES_LABELS_MISSING', `No file of labels is called ${cleanName(chosen)}.`);
    const part = facts.get(label)!.part;
    const image =
      only(images, (file) => file.records === label.records) ??
      only(images, (file) => facts.get(file)!.part === part) ??
      images[0];
    pair(image, label);
  }
  type Rule = (a: NameFacts, b: NameFacts) => boolean;
  const rules: Rule[] = [
    (a, b) => a.stem === b.stem && a.part === b.part,
    (a, b) => a.part !== null && a.part === b.part,
    (a, b) => a.stem === b.stem && (a.part === null || b.part === null),
  ];
  for (const rule of rules) {
    for (const image of unpaired()) {
      const fits = (label: Counted): boolean => rule(facts.get(image)!, facts.get(label)!);
      const label = only(free, fits) ?? only(free, (file) => fits(file) && file.records === image.records);
      if (label !== null) pair(image, label);
    }
  }
  for (const image of unpaired()) {
    const rivals = unpaired().filter((other) => other.records === image.records);
    const label = only(free, (file) => file.records === image.records);
    if (label !== null && rivals.length === 1) pair(image, label);
  }
  if (unpaired().length === 1 && free.length === 1) pair(unpaired()[0], free[0]);

  return images.map((image) => {
    const label = paired.get(image);
    if (label === undefined) {
      const candidates =
        labels.length === 0 ? 'there is no file of labels' : `the candidates are ${listed(labels)}`;
      throw new LabError(
        'IMAGES_LABELS_MISSING',
        `No labels could be told to belong to ${cleanName(image.path)} (${image.records} pictures): ${candidates}.`,
      );
    }
    if (label.records !== image.records)
      throw new LabError(
        'IMAGES_LABELS_MISMATCH',
        `${cleanName(label.path)} has ${label.records} labels, but ${cleanName(image.path)} has ${image.records} pictures.`,
      );
    return label;
  });
}
