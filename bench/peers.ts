/** `bench peers FILE`: the archive beside general compressors and Parquet, on the same training records. */
import type { PeerResult, PeersReport } from '../src/contracts/peers.ts';
import {
  DEFAULT_SETTINGS,
  TABLE_SETTINGS,
  type ExperimentSettings,
} from '../src/core/experiment/settings.ts';
import { Workbench } from '../src/core/experiment/workbench.ts';
import { SILENT_PULSE } from '../src/core/pulse.ts';
import { datasetId } from '../src/core/table/datasetId.ts';
import { readTable } from '../src/readers/readTable.ts';
import { dropColumns } from '../src/core/table/table.ts';
import { runPeers } from '../src/peers/runPeers.ts';
import { CAREFUL, QUICK } from '../src/peers/timing.ts';
import { fileSource } from './fileSource.ts';
import { machineName } from './machine.ts';
import { Options } from './options.ts';
import { nodeLibraries } from './peerLibraries.ts';

export const PEERS_USAGE = `bench peers FILE [--split N] [--test-fraction F] [--codec NAME] [--drop a,b] [--no-ratio]
  [--most-megabytes N] [--best] [--quick] [--json]
One row per peer: bytes, of float64, encode and decode MB/s of float64 between typed columns and bytes, microseconds
for one random record, whether decoding gave back every cell. Tables beyond N megabytes of float64 (33.6 unless given)
are measured on their first training records; --best adds Parquet with the
smallest encoding of every column and zstd 22; --quick times everything once.`;

const FLAGS = new Set(['no-ratio', 'best', 'quick', 'json', 'help']);

/** Three significant digits, or a dash. */
function figure(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(3)));
}

function printRow(row: PeerResult): void {
  const cells = [
    row.label.padEnd(36),
    (row.bytes === null ? '–' : String(row.bytes)).padStart(10),
    (row.ratio === null ? '–' : row.ratio.toFixed(4)).padStart(8),
    figure(row.encodeMegabytesPerSecond).padStart(9),
    figure(row.decodeMegabytesPerSecond).padStart(9),
    figure(row.recordMicroseconds).padStart(10),
    row.exact === null ? '–' : row.exact ? 'exact' : 'differs',
    row.note ?? '',
  ];
  console.log(cells.join(' ').trimEnd());
}

function printHead(): void {
  const heads = [
    'peer'.padEnd(36),
    'bytes'.padStart(10),
    'ratio'.padStart(8),
    'enc MB/s'.padStart(9),
    'dec MB/s'.padStart(9),
    'record µs'.padStart(10),
  ];
  console.log(heads.join(' '));
}

function printFoot(report: PeersReport): void {
  const rows =
    report.measuredRows === report.trainRows
      ? `${report.trainRows} training records`
      : `the first ${report.measuredRows} of ${report.trainRows} training records`;
  console.log(
    `${rows} of ${report.columns} columns, ${report.rawFloat64Bytes} bytes as float64, ${report.csvBytes} as CSV; ${report.seconds.toFixed(1)} s on ${report.machine}`,
  );
}

export async function benchPeers(args: readonly string[]): Promise<void> {
  const options = new Options(args, FLAGS);
  const [path] = options.rest;
  if (options.flag('help')) {
    console.log(PEERS_USAGE);
    return;
  }
  if (path === undefined) throw new Error(`Which file? Usage: ${PEERS_USAGE}`);
  const settings: ExperimentSettings = {
    ...DEFAULT_SETTINGS,
    split: options.number('split', DEFAULT_SETTINGS.split),
    testFraction: options.number('test-fraction', DEFAULT_SETTINGS.testFraction),
    codec: options.text('codec') ?? DEFAULT_SETTINGS.codec,
    drop: options.names('drop') ?? [],
    ratio: !options.flag('no-ratio'),
  };
  const mostMegabytes = options.text('most-megabytes') === null ? null : options.number('most-megabytes', 0);
  const best = options.flag('best');
  const quick = options.flag('quick');
  const json = options.flag('json');
  options.end();
  TABLE_SETTINGS.check(settings);

  const source = fileSource(path);
  const { table, bytes } = await readTable(source);
  const id = datasetId(dropColumns(table, settings.drop));
  const label = { datasetId: id, name: source.name, fileName: source.name, csvBytes: bytes };
  if (!json) printHead();
  const report = await runPeers(
    new Workbench(table),
    settings,
    label,
    {
      libraries: nodeLibraries,
      machine: machineName(),
      best,
      effort: quick ? QUICK : CAREFUL,
      mostRawBytes: mostMegabytes === null ? undefined : mostMegabytes * 1e6,
    },
    SILENT_PULSE,
    json ? () => undefined : printRow,
  );
  if (json) console.log(JSON.stringify(report, null, 2));
  else printFoot(report);
}
