/** Files of labels among pictures: which they are, and what those of them that belong together say of the pictures. */
import { LabError } from '../../core/errors.ts';
import { answersOf, type Answers, type NamingFile } from '../labels/answers.ts';
import { readLabelFile, readClassNames, type LabelFile } from '../labels/labelFile.ts';
import { mayHoldLabels, namesClasses, type Label } from '../labels/labels.ts';
import { compareNatural } from '../labels/naturalOrder.ts';
import { nameFacts, PARTS, wordsOf, type Part } from '../labels/pairing.ts';
import { cleanPictureName, lastName, type PictureNames } from '../labels/pictureNames.ts';
import type { ImageReading, ReadNotice } from '../imageReading.ts';
import { shortPath } from '../zip/names.ts';
import type { PictureFiles } from './files.ts';
import { folderOf, listed } from './places.ts';

/** Files that are read to see whether they hold labels. */
const MOST_FILES = 64;
/** Texts about a dataset, and answers that are handed in to a competition. */
const OTHER_TEXT = /(^|\/)(?:read.?me|licen[cs]e|[^/]*submission[^/]*$)/i;

/** A file that may hold labels. */
export interface PossibleFile {
  number: number;
  path: string;
  /** Whether its name says that it holds labels. */
  isTelling: boolean;
}

/** What files say of the pictures. */
export interface FileLabels {
  /** Paths of the files. */
  paths: string[];
  /** Whether they name the pictures; else their labels are in the order of these. */
  areNaming: boolean;
  /** Whether one of their names says that it holds labels. */
  isTelling: boolean;
  /** Whether it is sure where the labels stand. */
  isCertain: boolean;
  /** One per picture: undefined where no row is its own, "" where its label is empty. */
  labels: (Label | undefined)[];
  /** The part of each picture by the file that names it. */
  parts: (Part | null)[];
  /** Pictures of which it cannot be told which row is theirs. */
  doubtful: number[];
  notices: ReadNotice[];
}

/** Files that may hold labels, those whose names say so first, as many as are read. */
export function possibleFiles(files: PictureFiles): PossibleFile[] {
  const found: PossibleFile[] = [];
  files.files.forEach(({ path }, number) => {
    if (!mayHoldLabels(path) || namesClasses(path) || OTHER_TEXT.test(path)) return;
    found.push({ number, path, isTelling: nameFacts(path).holds === 'labels' });
  });
  const isTable = (path: string): boolean => /\.(?:csv|tsv|tab)$/i.test(path);
  found.sort(
    (a, b) =>
      Number(b.isTelling) - Number(a.isTelling) ||
      Number(isTable(b.path)) - Number(isTable(a.path)) ||
      compareNatural(a.path, b.path),
  );
  return found.slice(0, MOST_FILES);
}

/** The file that someone has chosen. @throws LabError IMAGES_LABELS_MISSING */
export function askedFile(files: PictureFiles, asked: string): PossibleFile {
  let number = files.files.findIndex(({ path }) => path === asked);
  if (number < 0) number = files.files.findIndex(({ path }) => lastName(path) === lastName(asked));
  if (number < 0)
    throw new LabError('IMAGES_LABELS_MISSING', `There is no file ${shortPath(asked)} to take labels from.`);
  return { number, path: files.files[number].path, isTelling: true };
}

/** Names of the classes, where a file of them is there. */
export async function classNamesOf(files: PictureFiles, reading: ImageReading): Promise<string[] | null> {
  const number = files.files.findIndex(({ path }) => namesClasses(path) && path !== reading.labels);
  return number < 0 ? null : readClassNames(files.file(number));
}

type Read = LabelFile & Pick<PossibleFile, 'isTelling'> & { part: Part | null };
type ReadNaming = Read & NamingFile;

/** The files that name pictures and belong together: those that say to hold labels, and those of other parts. */
function belongingTogether(naming: readonly ReadNaming[]): ReadNaming[] {
  const telling = naming.filter(({ isTelling }) => isTelling);
  if (telling.length === 0) return [...naming];
  const parts = new Set(telling.map(({ part }) => part));
  const others = parts.has(null) ? [] : naming.filter(({ part }) => part !== null && !parts.has(part));
  return [...telling, ...others];
}

/** The part that a file is for, by its name or its folder; none where it names several. */
function partOfFile(path: string): Part | null {
  const parts = new Set(wordsOf(lastName(path)).flatMap((word) => PARTS.get(word) ?? []));
  return parts.size > 1 ? null : nameFacts(path).part;
}

/** @throws LabError where the files name none of the pictures, or leave in doubt which for most of them */
function checkAnswers(files: readonly ReadNaming[], names: PictureNames, answers: Answers): void {
  const found = answers.labels.filter((label) => label !== undefined).length;
  const all = listed(files.map(({ path }) => path));
  if (answers.doubtful.length > found)
    throw new LabError(
      'IMAGES_LABELS_AMBIGUOUS',
      `In ${all} it cannot be told which rows belong to ${answers.doubtful.length} of the ${names.paths.length} pictures: ${answers.doubts.join('; ')}.`,
    );
  if (found === 0)
    throw new LabError(
      'IMAGES_LABELS_MISMATCH',
      `${shortPath(files[0].path)} names none of the ${names.paths.length} pictures; its first is ${listed(files[0].pictures.slice(0, 1))}.`,
    );
}

function fromNaming(
  files: readonly ReadNaming[],
  names: PictureNames,
  parts: readonly (Part | null)[],
): FileLabels {
  const answers = answersOf(files, names, parts);
  checkAnswers(files, names, answers);
  const { labels, doubtful } = answers;
  const used = files.filter((_, f) => answers.files.includes(f));
  const notices = used.flatMap((file) => file.notices);
  if (doubtful.length > 0)
    notices.push({
      code: 'labels-ambiguous',
      text: `${doubtful.length} pictures were left out, as it cannot be told which label is theirs: ${answers.doubts.join('; ')}.`,
    });
  const byName = answers.byNameOnly.map((f) => files[f].path);
  if (byName.length > 0)
    notices.push({
      code: 'labels-by-name',
      text: `${listed(byName)} ${byName.length === 1 ? 'names' : 'name'} pictures in other folders than they lie in; their names alone were compared.`,
    });
  return {
    paths: used.map(({ path }) => path),
    areNaming: true,
    isTelling: used.some(({ isTelling }) => isTelling),
    isCertain: used.every(({ isCertain }) => isCertain),
    labels,
    parts: Array.from(answers.files, (f) => (f < 0 ? null : files[f].part)),
    doubtful,
    notices,
  };
}

/**
 * The pictures that a list is for, in the natural order of their paths: all, where there is no other list, or those of
 * its part below its folder, whichever it has as many labels as.
 */
function picturesOfList(
  { path, part, labels }: Read,
  names: PictureNames,
  parts: readonly (Part | null)[],
  isOnly: boolean,
): number[] {
  const all = names.paths.map((_, picture) => picture);
  const folder = folderOf(path);
  const below = all.filter((picture) => folder === '' || names.paths[picture].startsWith(`${folder}/`));
  const near = below.length === 0 ? all : below;
  const ofPart = near.filter((picture) => part !== null && parts[picture] === part);
  const possible = [...(isOnly ? [all] : []), ...(ofPart.length > 0 ? [ofPart] : []), near];
  const own = possible.find(({ length }) => length === labels.length) ?? possible[0];
  return [...own].sort((a, b) => compareNatural(names.paths[a], names.paths[b]));
}

/** Labels in the order of the pictures: one file for all, or one for each part or folder. */
function fromLists(lists: readonly Read[], names: PictureNames, parts: readonly (Part | null)[]): FileLabels {
  const labels = new Array<Label | undefined>(names.paths.length).fill(undefined);
  const partOfEach = new Array<Part | null>(names.paths.length).fill(null);
  for (const list of lists) {
    const own = picturesOfList(list, names, parts, lists.length === 1);
    if (own.some((picture) => labels[picture] !== undefined))
      throw new LabError(
        'IMAGES_LABELS_MISSING',
        `It cannot be told which of ${listed(lists.map(({ path }) => path))} belongs to the pictures.`,
      );
    if (list.labels.length !== own.length)
      throw new LabError(
        'IMAGES_LABELS_MISMATCH',
        `${shortPath(list.path)} has ${list.labels.length} labels, but there are ${own.length} pictures.`,
      );
    own.forEach((picture, k) => {
      labels[picture] = list.labels[k];
      partOfEach[picture] = list.part;
    });
  }
  return {
    paths: lists.map(({ path }) => path),
    areNaming: false,
    isTelling: lists.some(({ isTelling }) => isTelling),
    isCertain: true,
    labels,
    parts: partOfEach,
    doubtful: [],
    notices: lists.flatMap(({ notices }) => notices),
  };
}

/**
 * The labels that files say: those that name pictures, else lists in the order of the pictures.
 *
 * @param possible files that may hold labels; whatever of them holds none is passed over while another one does
 * @returns null where none of them is about the pictures
 * @throws LabError IMAGES_LABELS_MISSING, IMAGES_LABELS_MISMATCH, IMAGES_LABELS_AMBIGUOUS, COLUMN_UNKNOWN
 */
export async function labelsFromFiles(
  files: PictureFiles,
  possible: readonly PossibleFile[],
  names: PictureNames,
  parts: readonly (Part | null)[],
  reading: ImageReading,
): Promise<FileLabels | null> {
  const read: Read[] = [];
  const refusals: { file: PossibleFile; error: LabError }[] = [];
  for (const file of possible) {
    try {
      const labels = await readLabelFile(files.file(file.number), names, reading.labelColumn);
      read.push({ ...labels, isTelling: file.isTelling, part: partOfFile(file.path) });
    } catch (thrown) {
      if (!(thrown instanceof LabError)) throw thrown;
      refusals.push({ file, error: thrown });
    }
  }
  const naming = read.flatMap((file) =>
    file.pictures === null ? [] : [{ ...file, pictures: file.pictures }],
  );
  const isAbout = ({ pictures }: ReadNaming): boolean =>
    pictures.some((name) => names.anyNamed(cleanPictureName(name)) >= 0);
  const about = naming.filter(isAbout);
  if (about.length > 0) return fromNaming(belongingTogether(about), names, parts);
  const lists = read.filter(
    ({ pictures, isTelling }) => pictures === null && (isTelling || possible.length === 1),
  );
  if (lists.length > 0) return fromLists(lists, names, parts);
  if (naming.length > 0) return fromNaming(naming, names, parts);
  const refused = refusals.find(({ file }) => file.isTelling || possible.length === 1) ?? refusals.at(0);
  if (refused !== undefined) throw refused.error;
  return null;
}
