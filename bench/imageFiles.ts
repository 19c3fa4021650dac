/** Files and folders on disk as the readers of pictures want them. */
import { readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ImageFile } from '../src/readers/imageReading.ts';

function fileAt(path: string, name: string, bytes: number): ImageFile {
  return {
    path: name,
    bytes,
    async slice(from, to) {
      const file = await open(path);
      try {
        const piece = new Uint8Array(Math.max(0, Math.min(to, bytes) - from));
        const { bytesRead } = await file.read(piece, 0, piece.length, from);
        return piece.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}

function* walk(path: string, name: string): Generator<ImageFile> {
  const state = statSync(path);
  if (state.isFile()) yield fileAt(path, name, state.size);
  if (!state.isDirectory()) return;
  for (const entry of readdirSync(path).sort()) yield* walk(join(path, entry), `${name}/${entry}`);
}

/** Every file given, and every file of the folders given; a folder's files carry its name in their paths. */
export function imageFilesAt(paths: readonly string[]): ImageFile[] {
  return paths.flatMap((path) => [...walk(path, basename(join(path)))]);
}
