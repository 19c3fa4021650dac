/** The whole comparison on the training records of one experiment, for the page and the bench alike. */
import type { PeerResult, PeersReport } from '../contracts/peers.ts';
import { makeArchive, type DatasetLabel } from '../core/experiment/archiving.ts';
import type { ExperimentSettings } from '../core/experiment/settings.ts';
import type { Workbench } from '../core/experiment/workbench.ts';
import type { Pulse } from '../core/pulse.ts';
import { rawFloat64Bytes, type Table } from '../core/table/table.ts';
import { writeCsv } from '../readers/csv/writeCsv.ts';
import { archivePeer, type ArchiveSubject } from './archivePeer.ts';
import { gatherRows } from './gatherRows.ts';
import type { PeerLibraries } from './libraries.ts';
import { measurePeer } from './measure.ts';
import { peersOf } from './peersOf.ts';
import { CAREFUL, type Effort } from './timing.ts';

/** Most bytes of float64 that are measured: beyond, the slow peers would take many minutes and much memory. */
const MOST_RAW_BYTES = 32 << 20;

export interface PeersOptions {
  libraries: PeerLibraries;
  /** Where this runs, a few words for the report. */
  machine: string;
  /** Most bytes of float64 that are measured. */
  mostRawBytes?: number;
  /** Measures Parquet at its best settings too. */
  best?: boolean;
  /** How much time is spent on taking times; usually much. */
  effort?: Effort;
}

/** The archive to measure: the experiment's own, or where not all of its records are measured one of those alone. */
async function subjectOf(
  bench: Workbench,
  settings: ExperimentSettings,
  label: DatasetLabel,
  measured: Table,
  pulse: Pulse,
): Promise<ArchiveSubject> {
  const { table, train } = await bench.prepare(settings);
  const compressOnly: ExperimentSettings = { ...settings, target: null, drop: [], samples: 'on-demand' };
  if (measured.rows < train.records) {
    const alone = { ...compressOnly, testFraction: 0 };
    return { table: measured, testRows: null, settings: alone, label, bytes: null };
  }
  const { bytes } = await makeArchive(bench, { ...settings, samples: 'on-demand' }, label, pulse);
  const rule = bench.rule(settings);
  const testRows = rule.kind === 'tail' ? rule.testRows : null;
  return { table, testRows, settings: compressOnly, label, bytes: bytes.train };
}

async function csvSize(table: Table, pulse: Pulse): Promise<number> {
  let bytes = 0;
  for (const piece of writeCsv(table)) {
    bytes += piece.length;
    if (pulse.due()) await pulse.beat({ phase: 'Writing CSV', done: bytes, total: null, unit: 'bytes' });
  }
  return bytes;
}

/**
 * Measures the archive and its peers on the experiment's training records, or on the first of them where they are
 * more than can be measured in reasonable time.
 *
 * @param onRow is told each row as it is done, the archive's first
 * @throws CANCELLED, and the codes of encoding the experiment itself
 */
export async function runPeers(
  bench: Workbench,
  settings: ExperimentSettings,
  label: DatasetLabel,
  options: PeersOptions,
  pulse: Pulse,
  onRow: (row: PeerResult) => void,
): Promise<PeersReport> {
  const started = performance.now();
  const { table, split } = await bench.prepare(settings);
  const columns = table.columns.length;
  const most = Math.max(
    2,
    Math.floor((options.mostRawBytes ?? MOST_RAW_BYTES) / rawFloat64Bytes(1, columns)),
  );
  const measured = gatherRows(table, split.train.subarray(0, most));
  const rawBytes = rawFloat64Bytes(measured.rows, columns);
  const csvBytes = await csvSize(measured, pulse);
  const subject = await subjectOf(bench, settings, label, measured, pulse);
  const peers = [
    archivePeer(subject),
    ...peersOf(measured, csvBytes, options.libraries, options.best === true),
  ];
  const { effort = CAREFUL } = options;
  const rows: PeerResult[] = [];
  for (const peer of peers) {
    const row = await measurePeer(peer, rawBytes, { done: rows.length, total: peers.length }, effort, pulse);
    rows.push(row);
    onRow(row);
  }
  return {
    rows,
    trainRows: split.train.length,
    measuredRows: measured.rows,
    columns,
    rawFloat64Bytes: rawBytes,
    csvBytes,
    seconds: (performance.now() - started) / 1000,
    machine: options.machine,
  };
}
