/** Pictures that are open, for tests of what shows them. */
import { DEFAULT_IMAGE_SETTINGS, type ImageSummary } from '../../../contracts/images.ts';
import type { ImagesState } from '../../lab/pictures.ts';
import { idleTask } from '../../lab/task.ts';

/** Two classes of 4 × 4 grey pictures, three of each in the preview. */
export function imageSummary(change: Partial<ImageSummary> = {}): ImageSummary {
  return {
    id: 'a'.repeat(64),
    name: 'Pets',
    fileName: 'pets.zip',
    sampleId: null,
    format: 'zip',
    records: 150,
    width: 4,
    height: 4,
    channels: 1,
    rawBytes: 2400,
    classes: [
      { name: 'cats', train: 80, test: 20 },
      { name: 'dogs', train: 40, test: 10 },
    ],
    split: 'made',
    sizeCount: 1,
    sizes: [{ width: 4, height: 4, count: 150 }],
    rule: 'only',
    depth: null,
    skippedCount: 0,
    skipped: [],
    notices: [],
    preview: {
      width: 4,
      height: 4,
      channels: 1,
      records: Uint32Array.of(0, 1, 2, 100, 101, 102),
      labels: Uint16Array.of(0, 0, 0, 1, 1, 1),
      pixels: new Uint8Array(6 * 16),
    },
    histogram: Float64Array.from({ length: 256 }, (_, value) =>
      value === 0 ? 2300 : value === 255 ? 100 : 0,
    ),
    isNear: false,
    seconds: 0.4,
    ...change,
  };
}

export function imagesState(dataset: ImageSummary, change: Partial<ImagesState> = {}): ImagesState {
  return {
    source: { kind: 'files', files: [] },
    settings: DEFAULT_IMAGE_SETTINGS,
    dataset: { ...idleTask<ImageSummary>(), status: 'done', value: dataset },
    page: idleTask(),
    ...change,
  } as ImagesState;
}
