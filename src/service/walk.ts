/** A few records of a table through every stage of EntroGeDe. */
import { MOST_WRITTEN, WALK_RECORDS, type WalkReport, type WalkRequest } from '../contracts/walk.ts';
import { LabError } from '../core/errors.ts';
import { Workbench } from '../core/experiment/workbench.ts';
import type { Pulse } from '../core/pulse.ts';
import { asInThePaper, walk } from '../core/walkthrough/walk.ts';
import { readTable } from '../readers/readTable.ts';
import { mapRows } from './bitsReport.ts';
import type { Datasets } from './datasets.ts';

/** A table that is written as CSV with a header. Every record trains, and stands in for a test record as well. */
async function written(csv: string, pulse: Pulse): Promise<Workbench> {
  if (csv.length > MOST_WRITTEN)
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `The table has ${csv.length} characters; ${MOST_WRITTEN} are the most.`,
    );
  const records = csv.slice(csv.indexOf('\n') + 1);
  const bytes = new TextEncoder().encode(csv + records);
  const file = {
    name: 'the table',
    bytes: bytes.length,
    open: () =>
      Promise.resolve(
        (async function* () {
          yield await Promise.resolve(bytes);
        })(),
      ),
  };
  const { table } = await readTable(file, { header: true, delimiter: ',', encoding: 'utf-8' }, pulse);
  return new Workbench(table, table.rows / 2);
}

/** @throws what reading and the workbench throw */
export async function walkThrough(
  { subject, settings: given }: WalkRequest,
  datasets: Datasets,
  pulse: Pulse,
): Promise<WalkReport> {
  const settings = asInThePaper(given);
  const bench =
    subject.kind === 'written'
      ? await written(subject.csv, pulse)
      : (await datasets.open(subject.source, pulse)).workbench;
  const shown = await walk(bench, settings, WALK_RECORDS, pulse);
  const analytics = shown.clusters === null ? null : await bench.analytics(settings, pulse);
  return { ...shown, rows: mapRows(await bench.prepare(settings), analytics, settings) };
}
