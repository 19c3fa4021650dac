/** A file on disk as the reader of tables wants it. */
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { TextFile } from '../src/core/table/csv/readCsv.ts';

export function fileSource(path: string): TextFile {
  return {
    name: basename(path),
    bytes: statSync(path).size,
    open: () => Promise.resolve(createReadStream(path, { highWaterMark: 1 << 20 })),
  };
}
