import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { readImages } from '../readImages.ts';
import { imageFile, joined, labelNames } from '../testing/imageFiles.ts';
import { decodeNothing, plainPng } from '../testing/pictureFiles.ts';
import { writePictures, type PictureRow } from './writePictures.ts';

const NAMES = ['cat', 'dog'];

async function written(
  rows: readonly PictureRow[],
  hasPart: boolean,
  hasRecord: boolean,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writePictures({ classNames: NAMES, rows, hasPart, hasRecord }))
    pieces.push(piece);
  return joined(...pieces);
}

it('pictures are written as hubs have them, and read back in their order', async () => {
  const rows = Array.from({ length: 12 }, (_, k): PictureRow => {
    // Large enough that several row groups are written.
    const bytes = k % 3 === 0 ? joined(plainPng(1, 1, [k]), new Uint8Array(8 << 20)) : plainPng(1, 1, [k]);
    return { bytes, path: `${k}.png`, label: k % 2, part: k < 9 ? 'train' : 'test', record: 100 - k };
  });
  const file = await written(rows, true, true);
  const buffer = new Uint8Array(file).buffer;
  const { row_groups, key_value_metadata } = parquetMetadata(buffer);
  expect(row_groups.length).toBeGreaterThan(1);
  expect(JSON.parse(key_value_metadata![0].value!)).toEqual({
    info: {
      features: {
        image: { _type: 'Image' },
        label: { names: NAMES, _type: 'ClassLabel' },
        split: { dtype: 'string', _type: 'Value' },
        record: { dtype: 'int64', _type: 'Value' },
      },
    },
  });
  const [, second] = await parquetReadObjects({ file: buffer, utf8: false });
  expect(second).toEqual({
    image: { bytes: rows[1].bytes, path: '1.png' },
    label: 1n,
    split: 'train',
    record: 99n,
  });
  const { set } = await readImages([imageFile('a.parquet', file)], {}, decodeNothing, SILENT_PULSE);
  expect([...set.pixels]).toEqual(rows.map((_, k) => k));
  expect(labelNames(set)).toEqual(rows.map(({ label }) => NAMES[label]));
  expect([...set.givenTest!]).toEqual([9, 10, 11]);
  const again = await readImages(
    [imageFile('a.parquet', await written(rows.slice(0, 4), false, false))],
    {},
    decodeNothing,
    SILENT_PULSE,
  );
  expect([again.set.records, again.set.givenTest]).toEqual([4, null]);
});
