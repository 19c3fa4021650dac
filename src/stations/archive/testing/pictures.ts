/** An archive of pictures, for tests of what shows it. */
import type {
  Fidelity,
  ImageArchiveReport,
  ImageInspection,
  ImagePeerResult,
  TableReport,
} from '../../../contracts/images.ts';
import type { StorageBreakdown } from '../../../contracts/codec.ts';

export const NEAR: Fidelity = { kind: 'near', psnr: 51.42, maxError: 3, exactShare: 0.412 };

export function tableReport(
  className: string | null,
  { baseCount = 12, ...change }: Partial<TableReport> & { baseCount?: number } = {},
): TableReport {
  return {
    className,
    trainRecords: 100,
    testRecords: 20,
    bytes: 800,
    rawBytes: 1600,
    recordBits: 128,
    bases: {
      baseCount,
      baseBits: 40,
      constantBits: 30,
      deviationBits: 88,
      curve: {
        baseBits: Uint32Array.of(30, 40),
        baseCounts: Uint32Array.of(1, 12),
        size: Float64Array.of(9000, 6400),
        chosen: 1,
        stop: 'plateau',
        objective: 'true',
      },
    },
    ...change,
  };
}

const BREAKDOWN: StorageBreakdown = {
  container: 60,
  parameters: 40,
  masks: 20,
  bases: 480,
  baseIds: 100,
  deviations: 1100,
  samples: 0,
};

export function imageReport(change: Partial<ImageArchiveReport> = {}): ImageArchiveReport {
  return {
    id: 'b'.repeat(32),
    stored: true,
    storeError: null,
    trainRecords: 200,
    testRecords: 40,
    rawBytes: { train: 3200, test: 640 },
    bytes: { train: 1800, test: 400 },
    breakdown: { train: BREAKDOWN, test: BREAKDOWN },
    equation1Bits: 15_360,
    tables: [tableReport('cats', { bytes: 900 }), tableReport('dogs', { bytes: 700, baseCount: 30 })],
    fidelity: { kind: 'exact' },
    blockBytes: 65_536,
    blocks: 4,
    workers: 2,
    encodeSeconds: 1.5,
    decodeSeconds: 0.2,
    ...change,
  };
}

export function imageInspection(change: Partial<ImageInspection> = {}): ImageInspection {
  return {
    record: 7,
    group: 'train',
    className: 'cats',
    table: 0,
    position: 5,
    before: Uint8Array.of(1, 2, 3, 4),
    after: {
      width: 2,
      height: 2,
      channels: 1,
      records: Uint32Array.of(7),
      labels: Uint16Array.of(0),
      pixels: Uint8Array.of(1, 2, 3, 4),
    },
    base: {
      id: 3,
      pixels: Uint8Array.of(0, 0, 2, 4),
      sharedBy: 3,
      sharing: {
        width: 2,
        height: 2,
        channels: 1,
        records: Uint32Array.of(7, 9, 11),
        labels: new Uint16Array(3),
        pixels: new Uint8Array(12),
      },
    },
    bits: null,
    bytesTouched: 60,
    blocksRead: 1,
    bytesRead: 4096,
    microseconds: 120,
    ...change,
  };
}

export function imagePeer(
  label: string,
  ratio: number | null,
  change: Partial<ImagePeerResult> = {},
): ImagePeerResult {
  return {
    name: label.toLowerCase(),
    label,
    sentence: `About ${label}.`,
    isOurs: label === 'Ours',
    randomAccess: true,
    bytes: ratio === null ? null : ratio * 1000,
    ratio,
    encodeMegabytesPerSecond: ratio === null ? null : 10,
    decodeMegabytesPerSecond: ratio === null ? null : 20,
    pictureMicroseconds: ratio === null ? null : 30,
    fidelity: ratio === null ? null : { kind: 'exact' },
    note: null,
    ...change,
  };
}
