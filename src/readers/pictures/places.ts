/**
 * What the folders above a picture say: its class is the folder directly above, and above that may be train/ and test/
 * and a wrapper.
 */
import { shortPath } from '../zip/names.ts';

export type Part = 'train' | 'test' | 'validation';

export interface Place {
  part: Part | null;
  /** Name of the class's folder; null where only train/, test/ or nothing is above the picture. */
  className: string | null;
}

const PARTS: ReadonlyMap<string, Part> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['test', 'test'],
  ['testing', 'test'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
]);

/** Names of folders that hold pictures of whatever class. */
const GENERIC = new Set([
  'images',
  'image',
  'imgs',
  'img',
  'pictures',
  'pics',
  'photos',
  'data',
  'png',
  'jpg',
  'jpeg',
]);

function partOf(folder: string | undefined): Part | null {
  return folder === undefined ? null : (PARTS.get(folder.toLowerCase()) ?? null);
}

/** The folders above a file, the outermost first. */
function foldersOf(path: string): string[] {
  return path.split('/').slice(0, -1);
}

/** Folder of a path as text, "" at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/**
 * The places of pictures, one for each folder that holds some, by `folderOf` of their paths.
 *
 * A folder called train, test or val is a part of the dataset where pictures lie in folders below it; a folder of that
 * name with pictures directly inside is a class ("train" beside "bus"), unless all classes are called so.
 */
export function placesOf(paths: readonly string[]): Map<string, Place> {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const folder = folderOf(path);
    if (!folders.has(folder)) folders.set(folder, foldersOf(path));
  }
  const all = [...folders.values()];
  // "cat/images/1.png": the folder directly above says nothing, the one above it does.
  if (all.every((parts) => GENERIC.has((parts.at(-1) ?? '').toLowerCase())))
    for (const parts of all) parts.pop();
  const hasParts = all.some((parts) => parts.slice(0, -1).some((folder) => partOf(folder) !== null));
  const areOnlyParts = all.every((parts) => parts.length === 0 || partOf(parts.at(-1)) !== null);
  const places = new Map<string, Place>();
  for (const [folder, parts] of folders) {
    const last = parts.at(-1);
    const above = parts.slice(0, -1).findLast((name) => partOf(name) !== null);
    const isPart =
      last !== undefined && above === undefined && partOf(last) !== null && (hasParts || areOnlyParts);
    places.set(folder, {
      part: isPart ? partOf(last) : hasParts ? partOf(above) : null,
      className: last === undefined || isPart ? null : last,
    });
  }
  return places;
}

/** Names for a sentence, the first few of them. */
export function listed(names: readonly string[], most = 5): string {
  const some = names.slice(0, most).map((name) => `"${shortPath(name)}"`);
  if (names.length > most) some.push(`${names.length - most} more`);
  return some.join(', ');
}
