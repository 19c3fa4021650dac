/** The peers on an open dataset. The compressors are loaded when they are first measured. */
import type { ExperimentSettings } from '../contracts/codec.ts';
import type { PeerResult, PeersReport } from '../contracts/peers.ts';
import type { Pulse } from '../core/pulse.ts';
import type { OpenDataset } from './datasets.ts';

/** Where this runs, a few words for a report. */
export function machine(): string {
  const cores = navigator.hardwareConcurrency;
  return `this browser, one worker of a machine with ${cores} logical ${cores === 1 ? 'core' : 'cores'}`;
}

/**
 * @param onRow is told each row as it is done, the archive's first
 * @throws CANCELLED, and the codes of encoding the experiment itself
 */
export async function peers(
  { workbench, summary }: OpenDataset,
  settings: ExperimentSettings,
  pulse: Pulse,
  onRow: (row: PeerResult) => void,
): Promise<PeersReport> {
  const { runPeers } = await import('../peers/runPeers.ts');
  const { browserLibraries } = await import('../peers/browserLibraries.ts');
  const label = {
    datasetId: summary.id,
    name: summary.name,
    fileName: summary.fileName,
    csvBytes: summary.csvBytes ?? 0,
  };
  return runPeers(
    workbench,
    settings,
    label,
    { libraries: browserLibraries, machine: machine() },
    pulse,
    onRow,
  );
}
