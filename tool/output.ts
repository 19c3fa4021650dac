/** What a command writes: a file that is there in one piece or not at all. */
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { LabError } from '../src/core/errors.ts';
import { ToolError } from './errors.ts';

/** @returns what was thrown by whoever made the content as it is */
function unwritable(path: string, cause: unknown): unknown {
  if (!(cause instanceof Error && 'errno' in cause)) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new ToolError('DISK_FULL', `There is no room for ${path}.`, { cause });
  return new ToolError('FILE_UNWRITABLE', `${path} could not be written: ${message}.`, { cause });
}

/** @throws ToolError FILE_EXISTS, so that nothing is worked for that cannot be put down */
export function checkFree(path: string, isForced: boolean): void {
  if (!isForced && existsSync(path)) throw new ToolError('FILE_EXISTS', `${path} is there already.`);
}

/** What is under way, by its temporary path: removed where a command is broken off. */
const underWay = new Set<string>();

/** Removes what was begun. */
export async function dropUnfinished(): Promise<void> {
  await Promise.all([...underWay].map((path) => rm(path, { recursive: true, force: true })));
}

async function inOnePiece(path: string, isForced: boolean, make: (temporary: string) => Promise<void>) {
  checkFree(path, isForced);
  const temporary = `${resolve(path)}.${process.pid}.part`;
  underWay.add(temporary);
  try {
    await make(temporary);
    if (isForced) await rm(path, { recursive: true, force: true });
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { recursive: true, force: true });
    throw unwritable(path, thrown);
  } finally {
    underWay.delete(temporary);
  }
}

/** Writes pieces one after the other. @throws ToolError FILE_EXISTS, FILE_UNWRITABLE, DISK_FULL */
export function writeFileOf(
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  isForced: boolean,
): Promise<void> {
  return inOnePiece(path, isForced, async (temporary) => {
    const file = await open(temporary, 'wx');
    try {
      for await (const piece of pieces) await file.write(piece);
    } finally {
      await file.close();
    }
  });
}

export interface FolderEntry {
  /** Parted by /, below the folder. */
  path: string;
  bytes: Uint8Array;
}

/** Writes files into a folder of their own. */
export function writeFolderOf(
  path: string,
  entries: AsyncIterable<FolderEntry>,
  isForced: boolean,
): Promise<void> {
  return inOnePiece(path, isForced, async (temporary) => {
    await mkdir(temporary, { recursive: true });
    for await (const entry of entries) {
      const target = join(temporary, entry.path);
      if (!target.startsWith(temporary + sep))
        throw new LabError('INTERNAL', `${entry.path} lies outside of the folder.`);
      await mkdir(dirname(target), { recursive: true });
      const file = await open(target, 'wx');
      try {
        await file.write(entry.bytes);
      } finally {
        await file.close();
      }
    }
  });
}

/** Writes what the service made. */
export function writeBlob(path: string, blob: Blob, isForced: boolean): Promise<void> {
  return writeFileOf(path, blob.stream() as AsyncIterable<Uint8Array>, isForced);
}
