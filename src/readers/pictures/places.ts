/**
 * What the folders above a picture say of its part and class. With a wrapper and train/ and test/ set aside, the class
 * is the folder at the top, as torchvision and Keras have it, or the one directly above the picture.
 */
import { PARTS, wordsOf, type Part } from '../labels/pairing.ts';
import { shortPath } from '../zip/names.ts';

export interface Place {
  part: Part | null;
  /** Names of the folder at the top and of the one directly above the picture; null where there is none. */
  top: string | null;
  last: string | null;
}

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
/** Words beside those in the name of a part: "training_set". */
const PART_WORDS = new Set([...GENERIC, 'set', 'dataset', 'split', 'folder']);

/** The part that a name has in it, and the words around it. */
function partIn(folder: string): { part: Part | null; rest: string } {
  const words = wordsOf(folder);
  const parts = words.filter((word) => PARTS.has(word));
  const rest = words.filter((word) => !PARTS.has(word) && !PART_WORDS.has(word)).join(' ');
  return { part: parts.length === 1 ? PARTS.get(parts[0])! : null, rest };
}

/**
 * Parts among folders beside each other: "train", "test_images"; and "seg_train" where "seg_test" is with it.
 *
 * @returns the part of every name that is one
 */
function partsAmong(names: Iterable<string>): Map<string, Part> {
  const seen = [...new Set(names)].map((name) => ({ name, ...partIn(name) }));
  const byRest = new Map<string, Set<Part>>();
  for (const { part, rest } of seen)
    if (part !== null) byRest.set(rest, (byRest.get(rest) ?? new Set<Part>()).add(part));
  return new Map(
    seen.flatMap(({ name, part, rest }) =>
      part !== null && (rest === '' || byRest.get(rest)!.size > 1) ? [[name, part] as const] : [],
    ),
  );
}

/** A folder with pictures: what is left of its path, and the part and the wrapper that were taken from it. */
interface Folder {
  rest: string[];
  part: Part | null;
  wrapper: string | null;
}

/**
 * The parts that folders at the top are: where all are parts, or two different ones hold folders, or one holds folders
 * of the same names as what lies beside it. Else a folder called "train" is a class, as beside "bus".
 */
function partsAtTop(folders: readonly Folder[]): Map<string, Part> | null {
  const inside = new Map<string, Set<string>>();
  for (const { rest } of folders) {
    if (rest.length === 0) continue;
    const below = inside.get(rest[0]) ?? new Set<string>();
    if (rest.length > 1) below.add(rest[1]);
    inside.set(rest[0], below);
  }
  const parts = partsAmong(inside.keys());
  if (parts.size === 0) return null;
  if (parts.size === inside.size) return parts;
  const withFolders = [...parts].filter(([name]) => inside.get(name)!.size > 0);
  if (new Set(withFolders.map(([, part]) => part)).size > 1) return parts;
  const isShared = withFolders.some(([name]) =>
    [...inside].some(
      ([other, below]) => !parts.has(other) && [...below].some((folder) => inside.get(name)!.has(folder)),
    ),
  );
  return isShared ? parts : null;
}

/** Whether all pictures lie in one folder that holds others. */
function areWrapped(folders: readonly Folder[]): boolean {
  const [{ rest }] = folders;
  return (
    folders.every((folder) => folder.rest.length > 0 && folder.rest[0] === rest[0]) &&
    folders.some((folder) => folder.rest.length > 1)
  );
}

/** Takes wrappers and parts away from above the classes. What lies beside parts, "extra/cat", is in none. */
function stripTop(folders: readonly Folder[]): void {
  for (;;) {
    const parts = partsAtTop(folders);
    if (parts === null && !areWrapped(folders)) return;
    for (const folder of folders) {
      if (folder.rest.length === 0) continue;
      const part = parts?.get(folder.rest[0]) ?? null;
      // "x/train/cat" beside "train/cat": the class of the second stays.
      if (parts !== null && part === null && folder.part !== null) continue;
      const name = folder.rest.shift()!;
      if (parts === null) folder.wrapper = name;
      else folder.part ??= part;
    }
  }
}

/** Takes parts away from below the classes: "cat/train", "dog/test". */
function stripBelow(folders: readonly Folder[]): void {
  const deepest = Math.max(...folders.map(({ rest }) => rest.length));
  for (let level = 1; level < deepest; level++) {
    const having = folders.filter(({ rest }) => rest.length > level);
    const parts = partsAmong(having.map(({ rest }) => rest[level]));
    if (!having.every(({ rest }) => parts.has(rest[level]))) continue;
    for (const folder of having) {
      const [name] = folder.rest.splice(level, 1);
      folder.part ??= parts.get(name)!;
    }
    return;
  }
}

/** Folder of a path as text, "" at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The places of pictures, one for each folder that holds some, by `folderOf` of their paths. */
export function placesOf(paths: readonly string[]): Map<string, Place> {
  const folders = new Map<string, Folder>();
  for (const path of paths) {
    const name = folderOf(path);
    if (folders.has(name)) continue;
    folders.set(name, { rest: name === '' ? [] : name.split('/'), part: null, wrapper: null });
  }
  const all = [...folders.values()];
  // "cat/images/1.png": the folder directly above says nothing, the one above it does.
  if (all.every(({ rest }) => GENERIC.has((rest.at(-1) ?? '').toLowerCase())))
    for (const { rest } of all) rest.pop();
  if (all.length > 0) {
    stripTop(all);
    stripBelow(all);
  }
  return new Map(
    [...folders].map(([name, { rest, part, wrapper }]) => [
      name,
      { part, top: rest.at(0) ?? null, last: rest.at(-1) ?? wrapper },
    ]),
  );
}

/** Names for a sentence, the first few of them. */
export function listed(names: readonly string[], most = 5): string {
  const some = names.slice(0, most).map((name) => `"${shortPath(name)}"`);
  if (names.length > most) some.push(`${names.length - most} more`);
  return some.join(', ');
}
