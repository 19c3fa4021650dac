/** Files and folders on disk as a page is given them. */
import { openAsBlob, statSync, type Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DroppedFile } from '../src/contracts/images.ts';
import { LabError } from '../src/core/errors.ts';
import { unreadable } from '../src/platform/imageFile.ts';

/** Most files of one folder, as in the page. */
const MAX_FILES = 200_000;

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (thrown) {
    throw unreadable(path, thrown);
  }
}

/** A file of the disk: its bytes are read where they are asked for. */
async function fileAt(path: string, stats: Stats): Promise<File> {
  try {
    const blob = await openAsBlob(path);
    return new File([blob], basename(path), { lastModified: Math.round(stats.mtimeMs) });
  } catch (thrown) {
    throw unreadable(path, thrown);
  }
}

/** The files that are named, those of folders with the folder's path, in the order of their paths: as of a drop. */
export async function filesAt(paths: readonly string[]): Promise<DroppedFile[]> {
  const files: DroppedFile[] = [];
  const waiting = paths.map((path) => ({ path, place: basename(path.replace(/[\\/]+$/, '')) }));
  while (waiting.length > 0) {
    const { path, place } = waiting.shift()!;
    const stats = statOf(path);
    if (stats.isDirectory()) {
      const names = await readdir(path).catch((thrown: unknown) => {
        throw unreadable(path, thrown);
      });
      for (const name of names) waiting.push({ path: join(path, name), place: `${place}/${name}` });
    } else files.push({ path: place, file: await fileAt(path, stats) });
    if (files.length + waiting.length > MAX_FILES)
      throw new LabError(
        'IMAGES_TOO_LARGE',
        `There are more than ${MAX_FILES} files; a zip of them can hold more.`,
      );
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
