/** `bench growth [FILE]`: bytes of a record and seconds against the number of records, codec by codec. */
import { joinPieces, memorySource } from '../src/core/archive/container.ts';
import { decodeTable, openArchive } from '../src/core/archive/read.ts';
import { CODECS } from '../src/core/codecs/registry.ts';
import { makeArchive } from '../src/core/experiment/archiving.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../src/core/experiment/settings.ts';
import { Workbench } from '../src/core/experiment/workbench.ts';
import { SILENT_PULSE } from '../src/core/pulse.ts';
import { firstDifference, rawFloat64Bytes, type Table } from '../src/core/table/table.ts';
import { gatherRows } from '../src/peers/gatherRows.ts';
import { readTable } from '../src/readers/readTable.ts';
import { fileSource } from './fileSource.ts';
import { Options } from './options.ts';
import { salesTable } from './salesTable.ts';
import { processorSeconds, round } from './timings.ts';

const ROWS = [1_000, 3_162, 10_000, 31_623, 100_000, 316_228, 1_000_000];

export const GROWTH_USAGE = `bench growth [FILE] [--rows N,N…] [--codecs ${CODECS.names.join(',')}] [--seed N] [--json]
Takes the first N records of a file, or generates a table of N rows (1,000 to 1,000,000) whose columns hang together as
those of real ones do, and makes an archive of all of it with each codec: bytes, bytes a record, of float64, seconds of the processor to encode and to
decode, once and cold after a first small table. Every archive is decoded and compared.`;

const FLAGS = new Set(['json', 'help']);

async function measureOne(table: Table, codec: string, name: string) {
  const settings: ExperimentSettings = { ...DEFAULT_SETTINGS, target: null, codec, testFraction: 0 };
  const label = { datasetId: '0'.repeat(64), name, fileName: name, csvBytes: 0 };
  const encoding = await processorSeconds(() =>
    makeArchive(new Workbench(table), settings, label, SILENT_PULSE),
  );
  const made = encoding.value;
  const file = joinPieces(made.image);
  const decoding = await processorSeconds(async () =>
    decodeTable(await openArchive(memorySource(file, { isTrusted: true }))),
  );
  const difference = firstDifference(table, decoding.value);
  return {
    rows: table.rows,
    codec,
    bytes: file.length,
    bytesPerRecord: round(file.length / table.rows, 4),
    ratio: round(file.length / rawFloat64Bytes(table.rows, table.columns.length), 4),
    encodeSeconds: round(encoding.seconds, 3),
    decodeSeconds: round(decoding.seconds, 3),
    roundTrip: difference === null ? 'exact' : `differs at ${difference}`,
  };
}

const firstRecords = (table: Table, rows: number): Table =>
  gatherRows(
    table,
    Uint32Array.from({ length: rows }, (_, i) => i),
  );

export async function benchGrowth(args: readonly string[]): Promise<void> {
  const options = new Options(args, FLAGS);
  if (options.flag('help')) {
    console.log(GROWTH_USAGE);
    return;
  }
  const sizes = options.wholes('rows', ROWS);
  const codecs = options.names('codecs') ?? CODECS.names;
  const unknown = codecs.find((name) => !CODECS.names.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no codec ${unknown}; there are ${CODECS.names.join(', ')}.`);
  const seed = options.number('seed', 1);
  const isJson = options.flag('json');
  options.end();
  const [path] = options.rest;
  const name = path === undefined ? 'generated' : fileSource(path).name;
  const whole = path === undefined ? null : (await readTable(fileSource(path))).table;
  // What is timed has been compiled.
  for (const codec of codecs) await measureOne(salesTable(2_000, seed), codec, name);
  for (const rows of sizes) {
    if (whole !== null && rows > whole.rows) break;
    const table = whole === null ? salesTable(rows, seed) : firstRecords(whole, rows);
    for (const codec of codecs) {
      const line = await measureOne(table, codec, name);
      console.log(isJson ? JSON.stringify(line) : Object.values(line).join('\t'));
    }
  }
}
