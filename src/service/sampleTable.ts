/** A table that is too large to be opened, as a file of some of its records. */
import type { DrawnTable } from '../contracts/codec.ts';
import type { Pulse } from '../core/pulse.ts';
import { tableFileOf } from '../platform/tableFile.ts';
import { estimateTable, sampleRows } from '../readers/sampleRows.ts';
import type { ReadingOptions } from '../readers/tableReading.ts';

/** Records that are drawn, and cells that they may have together. */
const MOST_RECORDS = 100_000;
const MOST_CELLS = 1 << 24;
const SEED = 1;

/** @throws LabError those of `sampleRows` */
export async function sampleTable(
  file: File,
  { header = true }: ReadingOptions,
  pulse: Pulse,
): Promise<DrawnTable> {
  const table = tableFileOf(file);
  const columns = (await estimateTable(table))?.columns ?? 1;
  const wanted = Math.max(2, Math.min(MOST_RECORDS, Math.floor(MOST_CELLS / columns)));
  const { name, bytes, seen, taken } = await sampleRows(
    table,
    { wanted, seed: SEED, hasHeader: header },
    pulse,
  );
  // Another name: a link to the sample is none to the table.
  const ownName = name.replace(/(\.[^.]*)?$/, (ending) => `-sample${ending}`);
  return {
    file: new File([bytes], ownName, { lastModified: file.lastModified }),
    seen,
    taken,
    seed: SEED,
  };
}
