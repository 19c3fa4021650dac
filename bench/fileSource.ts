/** A file on disk as the readers of tables want it. */
import { createReadStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { TableFile } from '../src/readers/tableReading.ts';

export function fileSource(path: string): TableFile {
  return {
    name: basename(path),
    bytes: statSync(path).size,
    open: () => Promise.resolve(createReadStream(path, { highWaterMark: 1 << 20 })),
    async slice(from, to) {
      const file = await open(path);
      try {
        const bytes = new Uint8Array(to - from);
        const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
        return bytes.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}
