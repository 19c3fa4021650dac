/**
 * Which label belongs to which picture. A row means the picture whose whole path it has. By the end of a path, a bare
 * name or one without ending it means one only among the pictures below the folder of its file and of the same part;
 * where several fit, or several rows fit one picture, nothing is guessed.
 */
import type { Part } from './pairing.ts';
import type { Label } from './labels.ts';
import { cleanPictureName, lastName, type PictureNames } from './pictureNames.ts';

/** A file of labels that names its pictures. */
export interface NamingFile {
  path: string;
  /** Empty texts where there is none. */
  labels: readonly Label[];
  pictures: readonly string[];
  /** The part that the file is for, by its own name or folder. */
  part: Part | null;
}

/** What was found for every picture. */
export interface Answers {
  /** Undefined where no row means the picture, or where it cannot be told which does; "" where its row has no label. */
  labels: (Label | undefined)[];
  /** The file that each label is from, by number; −1 without one. */
  files: Int32Array;
  /** Pictures of which it cannot be told which row is theirs, and in words why, of the first ones. */
  doubtful: number[];
  doubts: string[];
  /** Files whose names were matched without the folders that they have in them. */
  byNameOnly: number[];
}

const MOST_DOUBTS = 3;
/** Folders in front of a name that are cut one by one at most. */
const MOST_CUTS = 32;

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** The folder that a file speaks for: its own, or the next one above it that has pictures below. */
function homeOf(path: string, folders: ReadonlySet<string>): string {
  let home = folderOf(path);
  while (home !== '' && !folders.has(home)) home = folderOf(home);
  return home;
}

/** All folders that have pictures below them. */
function foldersAbove(paths: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const path of paths)
    for (let folder = folderOf(path); folder !== '' && !folders.has(folder); folder = folderOf(folder))
      folders.add(folder);
  return folders;
}

/** How many folders all names have in front of them alike. */
function commonFolders(names: readonly string[]): number {
  let common = names.length === 0 ? [] : folderOf(names[0]).split('/');
  for (const name of names) {
    const folders = folderOf(name).split('/');
    let same = 0;
    while (same < common.length && same < folders.length && common[same] === folders[same]) same++;
    common = common.slice(0, same);
  }
  return common[0] === '' ? 0 : common.length;
}

/** A name, then the same with folders in front cut off, one after the other. */
function* cutsOf(name: string, cuts: number): Generator<string> {
  let rest = name;
  yield rest;
  for (let cut = 0; cut < Math.min(cuts, MOST_CUTS); cut++) {
    const at = rest.indexOf('/');
    if (at < 0) return;
    rest = rest.slice(at + 1);
    yield rest;
  }
}

/** What rows have said of the pictures so far. */
class Book {
  readonly labels: (Label | undefined)[];
  readonly files: Int32Array;
  /** Why it cannot be told whose some rows are. */
  readonly doubts: string[] = [];
  /** Pictures with two labels, and pictures that a row may mean among others. */
  private readonly twice = new Set<number>();
  private readonly maybe = new Set<number>();

  constructor(pictures: number) {
    this.labels = new Array<Label | undefined>(pictures).fill(undefined);
    this.files = new Int32Array(pictures).fill(-1);
  }

  private say(why: () => string): void {
    if (this.doubts.length < MOST_DOUBTS) this.doubts.push(why());
  }

  /** An empty label gives way to any other; of two different ones neither is believed. */
  answer(picture: number, label: Label, file: number, path: string): void {
    const former = this.labels[picture];
    if (former === undefined || former === '') {
      this.labels[picture] = label;
      this.files[picture] = file;
    } else if (label !== '' && String(former) !== String(label) && !this.twice.has(picture)) {
      this.twice.add(picture);
      this.say(() => `"${path}" is called both "${former}" and "${label}"`);
    }
  }

  doubt(pictures: readonly number[], why: () => string): void {
    if (pictures.some((picture) => !this.maybe.has(picture))) this.say(why);
    for (const picture of pictures) this.maybe.add(picture);
  }

  /** Takes the labels of pictures with two away. @returns all pictures in doubt, ascending */
  settle(): number[] {
    for (const picture of this.twice) {
      this.labels[picture] = undefined;
      this.files[picture] = -1;
    }
    const open = [...this.maybe].filter((picture) => this.labels[picture] === undefined);
    return [...new Set([...this.twice, ...open])].sort((a, b) => a - b);
  }
}

/**
 * Finds the label of every picture, by whole paths in all files first.
 *
 * @param parts the part of every picture by its folders
 */
export function answersOf(
  files: readonly NamingFile[],
  names: PictureNames,
  parts: readonly (Part | null)[],
): Answers {
  const { paths } = names;
  const folders = foldersAbove(paths);
  /** The folder that all pictures lie in. */
  const wrapper = folderOf(paths.length === 0 ? '' : paths[0])
    .split('/')
    .slice(0, commonFolders(paths))
    .join('/');
  const book = new Book(paths.length);
  const rows = files.map((file): Rows => {
    const home = homeOf(file.path, folders);
    const isBelow = (picture: number): boolean => home === '' || paths[picture].startsWith(`${home}/`);
    const isOfPart = (picture: number): boolean => parts[picture] === file.part;
    const hasPart = file.part !== null && paths.some((_, picture) => isOfPart(picture) && isBelow(picture));
    return {
      home,
      names: file.pictures.map(cleanPictureName),
      isOwn: (picture) => isBelow(picture) && (!hasPart || isOfPart(picture)),
      open: [],
    };
  });
  files.forEach(({ path, labels }, f) => {
    const { home, names: called, open } = rows[f];
    called.forEach((name, row) => {
      const whole = [inFolder(folderOf(path), name), inFolder(home, name)];
      if (name.includes('/')) whole.push(name, inFolder(wrapper, name));
      const picture = whole.map((candidate) => names.at(candidate)).find((number) => number >= 0);
      if (picture === undefined) open.push(row);
      else book.answer(picture, labels[row], f, paths[picture]);
    });
  });

  const isKnown = Uint8Array.from(book.labels, (label) => Number(label !== undefined));
  const byNameOnly: number[] = [];
  files.forEach((file, f) => {
    const { home, names: called, isOwn, open } = rows[f];
    const found = new Map<string, number[]>();
    const ownEndingIn = (name: string): number[] => {
      const known = found.get(name);
      if (known !== undefined) return known;
      const own = names.endingIn(name).filter(isOwn);
      // From where the file lies, the one that has no more folders than the name.
      const near = own.filter((hit) => folderOf(paths[hit]) === folderOf(inFolder(home, name)));
      const hits = near.length === 1 ? near : own;
      found.set(name, hits);
      return hits;
    };
    const doubted = new Set<string>();
    const take = (row: number, name: string, hits: readonly number[]): void => {
      if (hits.length === 1) {
        if (isKnown[hits[0]] === 0) book.answer(hits[0], file.labels[row], f, paths[hits[0]]);
      } else if (!doubted.has(name)) {
        doubted.add(name);
        const free = hits.filter((hit) => isKnown[hit] === 0);
        book.doubt(free, () => `"${called[row]}" may be ${severalOf(hits.map((hit) => paths[hit]))}`);
      }
    };
    const common = commonFolders(called);
    let isAny = open.length < called.length;
    for (const row of open) {
      for (const name of cutsOf(called[row], common)) {
        const hits = ownEndingIn(name);
        if (hits.length === 0) continue;
        isAny = true;
        take(row, name, hits);
        break;
      }
    }
    if (isAny) return;
    for (const row of open) {
      const name = lastName(called[row]);
      const hits = ownEndingIn(name);
      if (hits.length === 0) continue;
      if (byNameOnly.at(-1) !== f) byNameOnly.push(f);
      take(row, name, hits);
    }
  });
  const doubtful = book.settle();
  return { labels: book.labels, files: book.files, doubtful, doubts: book.doubts, byNameOnly };
}

/** Rows of a file, and the pictures that they may mean by less than a whole path. */
interface Rows {
  home: string;
  names: string[];
  isOwn: (picture: number) => boolean;
  /** Rows that mean no picture by a whole path. */
  open: number[];
}

function severalOf(paths: readonly string[]): string {
  const more = paths.length > 2 ? ` or ${paths.length - 2} more` : '';
  return `"${paths[0]}" or "${paths[1]}"${more}`;
}
