/** Files and folders on disk as the service wants them: files as a page is given them, archives by byte range. */
import { openAsBlob, statSync, type Stats } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DroppedFile } from '../src/contracts/images.ts';
import type { ByteSource } from '../src/core/archive/container.ts';
import { LabError } from '../src/core/errors.ts';

/** Most files of one folder, as in the page. */
const MAX_FILES = 200_000;

function unreadable(path: string, cause: unknown): LabError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new LabError('FILE_UNREADABLE', `${path} could not be read: ${reason}`, { cause });
}

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

/**
 * Runs work over an archive on disk, of which only what is wanted is read, and closes it.
 *
 * @param isTrusted whether it may take as much memory as it claims
 */
export async function withArchive<T>(
  path: string,
  isTrusted: boolean,
  work: (source: ByteSource) => Promise<T>,
): Promise<T> {
  const { size } = statOf(path);
  const file = await open(path).catch((thrown: unknown) => {
    throw unreadable(path, thrown);
  });
  try {
    return await work({
      size,
      isTrusted,
      async read(offset, length) {
        // A damaged archive may ask for more than there is.
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
        await file.read(bytes, 0, bytes.length, offset);
        return bytes;
      },
    });
  } finally {
    await file.close();
  }
}
