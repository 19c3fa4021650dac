/** Files and folders on disk as a page is given them. */
import { openAsBlob, statSync, type Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DroppedFile } from '../src/contracts/images.ts';
import { byPath, checkCount } from '../src/platform/droppedFiles.ts';
import { unreadable } from '../src/platform/imageFile.ts';

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
    checkCount(files.length + waiting.length);
  }
  return byPath(files);
}
