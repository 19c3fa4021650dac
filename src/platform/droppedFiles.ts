/** Files that were dropped or chosen, those of folders with their paths. */
import type { DroppedFile } from '../contracts/images.ts';
import { LabError } from '../core/errors.ts';
import { unreadable } from './imageFile.ts';

export { imageFileOf } from './imageFile.ts';

/** Most files of one drop. */
const MAX_FILES = 200_000;

/** @throws LabError IMAGES_TOO_LARGE */
export function checkCount(count: number): void {
  if (count > MAX_FILES)
    throw new LabError(
      'IMAGES_TOO_LARGE',
      `There are more than ${MAX_FILES} files; a zip of them can hold more.`,
    );
}

/** The files in the order of their paths, which is the same on every machine. */
export function byPath(files: DroppedFile[]): DroppedFile[] {
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** The entries of a folder: browsers give about a hundred at a time, and none when that was all. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
    checkCount(all.length);
  }
}

/** Goes through folders, those in folders last: nothing is as deep as to overflow a stack. */
async function walk(roots: readonly FileSystemEntry[]): Promise<DroppedFile[]> {
  const files: DroppedFile[] = [];
  const waiting = [...roots];
  while (waiting.length > 0) {
    const entry = waiting.shift()!;
    const path = entry.fullPath.replace(/^\//, '');
    try {
      if (entry.isDirectory) {
        const entries = await entriesOf(entry as FileSystemDirectoryEntry);
        const own = entries.filter((inside) => inside.isFile) as FileSystemFileEntry[];
        checkCount(files.length + own.length);
        const found = await Promise.all(own.map(fileOf));
        found.forEach((file, i) => files.push({ path: own[i].fullPath.replace(/^\//, ''), file }));
        waiting.push(...entries.filter((inside) => inside.isDirectory));
      } else files.push({ path, file: await fileOf(entry as FileSystemFileEntry) });
    } catch (thrown) {
      throw thrown instanceof LabError ? thrown : unreadable(path, thrown);
    }
    checkCount(files.length + waiting.length);
  }
  return byPath(files);
}

/**
 * The files of a drop, those of dropped folders with the folder's path, in the order of their paths. To be called in
 * the event itself: what was dropped is gone when the event is over.
 *
 * @returns rejects with LabError IMAGES_TOO_LARGE beyond 200,000 files, FILE_UNREADABLE
 */
export function droppedFiles(transfer: DataTransfer): Promise<DroppedFile[]> {
  const entries: FileSystemEntry[] = [];
  for (const item of transfer.items) {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null;
    if (entry !== null) entries.push(entry);
  }
  // Files that were not dragged from a disk have no entries.
  if (entries.length === 0) return Promise.resolve().then(() => chosenFiles(transfer.files));
  return walk(entries);
}

/**
 * The files of an input, those of a folder (`webkitdirectory`) with the folder's path, in the order of their paths.
 *
 * @throws LabError IMAGES_TOO_LARGE
 */
export function chosenFiles(list: ArrayLike<File>): DroppedFile[] {
  checkCount(list.length);
  return byPath(
    Array.from(list, (file) => ({
      // Empty where no folder was chosen, and missing where folders cannot be.
      path: file.webkitRelativePath || file.name,
      file,
    })),
  );
}
