/** The whole comparison on the training pictures of one experiment, for the page and the bench alike. */
import type { ImagePeerResult, ImagePeersReport } from '../../contracts/images.ts';
import { pictureBytes, type ImageSet } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';
import { CAREFUL, type Effort } from '../timing.ts';
import { archiveImagePeer, type OurArchive } from './archiveImagePeer.ts';
import { imagePeersOf } from './imagePeersOf.ts';
import type { ImagePeerLibraries } from './libraries.ts';
import { measureImagePeer } from './measureImages.ts';
import { spreadOver, subset } from './spread.ts';

export type { OurArchive } from './archiveImagePeer.ts';

/** Pictures and bytes of pixels that are measured at most: lossless WebP takes milliseconds for a picture of 32 × 32. */
const MOST_PICTURES = 2_000;
const MOST_BYTES = 8 << 20;

export interface ImagePeersOptions {
  /** Where this runs, a few words for the report. */
  machine: string;
  /** Most training pictures that are measured, whatever their size. */
  mostPictures?: number;
  /** Measures the peers at their best efforts too. */
  best?: boolean;
  /** How much time is spent on taking times; usually much. */
  effort?: Effort;
}

/**
 * Measures the archive and its peers on training pictures: all of them, or some spread over the classes where they are
 * more than can be measured in reasonable time.
 *
 * @param records the training pictures by number
 * @param ours the experiment's archive of these training pictures
 * @param onPeer is told each row as it is done, the archive's first
 * @throws CANCELLED
 */
export async function runImagePeers(
  set: ImageSet,
  records: Uint32Array,
  ours: OurArchive,
  pulse: Pulse,
  onPeer: (row: ImagePeerResult) => void,
  libraries: ImagePeerLibraries,
  options: ImagePeersOptions,
): Promise<ImagePeersReport> {
  const started = performance.now();
  const most = options.mostPictures ?? Math.min(MOST_PICTURES, MOST_BYTES / pictureBytes(set.shape));
  const measured = subset(set, spreadOver(records, set.labels, Math.max(2, Math.floor(most))));
  const pictures = { shape: measured.shape, count: measured.records, pixels: measured.pixels };
  const peers = [
    archiveImagePeer(measured, ours, records.length),
    ...imagePeersOf(pictures, libraries, options.best === true),
  ];
  const { effort = CAREFUL } = options;
  const rows: ImagePeerResult[] = [];
  for (const peer of peers) {
    const row = await measureImagePeer(
      peer,
      pictures,
      { done: rows.length, total: peers.length },
      effort,
      pulse,
    );
    rows.push(row);
    onPeer(row);
  }
  return {
    rows,
    trainRecords: records.length,
    measuredRecords: measured.records,
    rawBytes: measured.pixels.length,
    seconds: (performance.now() - started) / 1000,
    machine: options.machine,
  };
}
