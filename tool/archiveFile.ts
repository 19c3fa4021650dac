/** An archive on disk, of which only what is wanted is read. */
import { open } from 'node:fs/promises';
import type { ByteSource } from '../src/core/archive/container.ts';
import { unreadable } from '../src/platform/imageFile.ts';

export interface ArchiveFile extends ByteSource {
  close(): Promise<void>;
}

/**
 * @param isTrusted whether it may take as much memory as it claims
 * @throws LabError FILE_UNREADABLE
 */
export async function openArchiveFile(path: string, isTrusted = false): Promise<ArchiveFile> {
  const file = await open(path).catch((thrown: unknown) => {
    throw unreadable(path, thrown);
  });
  const { size } = await file.stat();
  return {
    size,
    isTrusted,
    async read(offset, length) {
      // A damaged archive may ask for more than there is.
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      try {
        await file.read(bytes, 0, bytes.length, offset);
      } catch (thrown) {
        throw unreadable(path, thrown);
      }
      return bytes;
    },
    close: () => file.close(),
  };
}

/** Runs work over an archive on disk, and closes it. */
export async function withArchive<T>(
  path: string,
  isTrusted: boolean,
  work: (source: ByteSource) => Promise<T>,
): Promise<T> {
  const file = await openArchiveFile(path, isTrusted);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
