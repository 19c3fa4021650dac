/** Answers about pictures for tests. */
import type {
  CondensedImages,
  ImageArchiveReport,
  ImageBitsReport,
  ImageInspection,
  RandomSampleReport,
  ImageSource,
  ImageSummary,
} from '../../contracts/images.ts';

/** Two classes of grey pictures of 2 × 2, eight for training and two to test. */
export function imageSummaryOf(name: string, change: Partial<ImageSummary> = {}): ImageSummary {
  return {
    id: name.padEnd(64, '0').slice(0, 64),
    name,
    fileName: `${name}.zip`,
    sampleId: null,
    format: 'zip',
    records: 10,
    width: 2,
    height: 2,
    channels: 1,
    rawBytes: 40,
    classes: [
      { name: 'cat', train: 4, test: 1 },
      { name: 'dog', train: 4, test: 1 },
    ],
    split: 'made',
    sizeCount: 1,
    sizes: [{ width: 2, height: 2, count: 10 }],
    rule: 'only',
    depth: null,
    skippedCount: 0,
    skipped: [],
    notices: [],
    preview: noPictures(),
    histogram: new Float64Array(256),
    isNear: false,
    seconds: 0.1,
    ...change,
  };
}

export function noPictures() {
  return {
    width: 2,
    height: 2,
    channels: 1 as const,
    records: new Uint32Array(0),
    labels: new Uint16Array(0),
    pixels: new Uint8Array(0),
  };
}

export const imageBits: ImageBitsReport = {
  table: 0,
  className: 'cat',
  tables: 2,
  trainRecords: 4,
  transform: 'none',
  columns: 4,
  place: { channel: new Uint8Array(4), y: Uint16Array.of(0, 0, 1, 1), x: Uint16Array.of(0, 1, 0, 1) },
  channelNames: ['grey'],
  widths: new Uint8Array(4).fill(8),
  starts: Uint32Array.of(0, 8, 16, 24),
  ones: new Uint32Array(32),
  role: new Uint8Array(32),
  mean: new Uint8Array(4),
  counts: { constant: 32, base: 0, deviation: 0 },
  baseCount: 1,
  seconds: 0.01,
};

export function imageArchiveOf(id: string, encodeSeconds: number): ImageArchiveReport {
  const part = { container: 10, parameters: 5, masks: 2, bases: 1, baseIds: 1, deviations: 1, samples: 0 };
  return {
    id,
    stored: true,
    storeError: null,
    trainRecords: 8,
    testRecords: 2,
    rawBytes: { train: 32, test: 8 },
    bytes: { train: 20, test: 20 },
    breakdown: { train: part, test: part },
    equation1Bits: 100,
    tables: [],
    fidelity: { kind: 'exact' },
    blockBytes: 65_536,
    blocks: 4,
    workers: 2,
    encodeSeconds,
    decodeSeconds: 0.1,
  };
}

export function imageSampleOf(fraction: number, seed: number): RandomSampleReport {
  return {
    fraction,
    seed,
    records: Math.round(8 * fraction),
    trainRecords: 8,
    rawBytes: 32,
    archiveBytes: 20,
    blocksRead: 2,
    bytesRead: 10,
    resident: { subset: 4, bases: 1, index: 1, blocks: 5, total: 11 },
    seconds: { fetch: 0.01, decode: 0.01, total: 0.02 },
    pictures: noPictures(),
  };
}

export function imageInspectionOf(record: number): ImageInspection {
  return {
    record,
    group: 'train',
    className: 'cat',
    table: 0,
    position: record,
    before: null,
    after: noPictures(),
    base: { id: 0, pixels: new Uint8Array(4), sharedBy: 1, sharing: noPictures() },
    bits: null,
    bytesTouched: 4,
    blocksRead: 1,
    bytesRead: 10,
    microseconds: 5,
  };
}

export const condensedImages: CondensedImages = {
  beta: 5,
  maxBeta: 32,
  trainRecords: 8,
  samples: 4,
  perClass: [2, 2],
  pictures: noPictures(),
  weights: new Uint32Array(0),
  seconds: 0.01,
};

export function imageSourceKey(source: ImageSource): string {
  return source.kind === 'files' ? `files:${source.files[0].path}` : `${source.kind}:${source.id}`;
}
