import { describe, expect, it } from 'vitest';
import { DEFAULT_IMAGE_SETTINGS } from '../../../contracts/images.ts';
import { readCsv } from '../../../readers/csv/readCsv.ts';
import { cellText } from '../../../core/table/table.ts';
import { textFile } from '../../../readers/testing/files.ts';
import { imageSweepCsv, imageSweepJson, type ImageSweepRecord } from './files.ts';
import { cellOf } from './testing.ts';

const record: ImageSweepRecord = {
  dataset: { id: 'b'.repeat(64), name: '=Cats, "dogs"', records: 120, width: 32, height: 32, channels: 3 },
  settings: DEFAULT_IMAGE_SETTINGS,
  plan: {
    transforms: ['none', 'dct'],
    representations: ['zigzag'],
    taus: [64],
    classWise: [true],
    limit: 100,
  },
  cells: [
    cellOf({ transform: 'none' }, 550),
    cellOf({ transform: 'dct' }, 400),
    cellOf({ transform: 'dct8' }, 410, {
      fidelity: { kind: 'near', psnr: Infinity, maxError: 0, exactShare: 1 },
    }),
  ],
};

describe('a sweep over pictures as a file', () => {
  it('writes every point as a line that a CSV reader understands', async () => {
    const { table } = await readCsv(textFile(imageSweepCsv(record), 'sweep.csv'));
    const lines = Array.from({ length: table.rows }, (_, row) =>
      Object.fromEntries(table.columns.map((column) => [column.name, cellText(column, row)])),
    );
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatchObject({
      dataset: '=Cats, "dogs"',
      transform: 'none',
      representation: null,
      class_wise: '1',
      tau: '64',
      storage: '0.55',
      equation1_storage: '0.6',
      round_trip: 'exact',
      psnr_db: null,
    });
    expect(lines[1]).toMatchObject({
      representation: 'zigzag',
      round_trip: 'near-lossless',
      psnr_db: '51.42',
      largest_error: '4',
      exact_share: '0.61',
      decode_mb_per_second: '0.02',
    });
    expect(lines[2]).toMatchObject({ round_trip: 'near-lossless', psnr_db: null, exact_share: '1' });
  });

  it('keeps settings, plan and points in the JSON, and nothing else of the dataset', () => {
    const whole = { ...record, dataset: { ...record.dataset, preview: 'pixels' } };
    const read = JSON.parse(imageSweepJson(whole, '1.2.3'));
    expect(read).toMatchObject({
      ...{ kind: 'dreaMLearning Lab picture sweep', version: '1.2.3', plan: record.plan },
      ...{ settings: record.settings, dataset: record.dataset },
    });
    expect(read.dataset.preview).toBeUndefined();
    expect(read.cells[1]).toMatchObject({ bytes: 400, storage: 0.4, fidelity: { psnr: 51.42 } });
  });
});
