/** Archives of pictures of format 1: every later version has to open them, and writes them byte for byte. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../archive/container.ts';
import { verifyArchive } from '../../verify.ts';
import { crc32c } from '../../bits/crc32c.ts';
import { pictureBytes, type ImageSet, type ImageShape } from '../imageSet.ts';
import type { ImageSettings } from '../settings.ts';
import { imageSetId } from '../statistics.ts';
import { madeFrom } from '../testing/imageArchives.ts';
import { openImageArchive } from './read.ts';

/** What scripts/picture-archive-fixture.ts wrote beside an archive. */
interface Expected {
  shape: ImageShape;
  records: number;
  classNames: string[];
  settings: ImageSettings;
  schema: object;
  pixels: string;
  labels: number[];
  givenTest: number[] | null;
  test: number[];
  fidelity: { kind: string };
  decodedCrc32c: number;
}

const fixture = (name: string): Buffer => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));

describe.each(['format-1-grey', 'format-1-colour'])('the archive of pictures %s', (name) => {
  const file = new Uint8Array(fixture(`${name}.dmla`));
  const expected = JSON.parse(fixture(`${name}.json`).toString()) as Expected;
  const set: ImageSet = {
    shape: expected.shape,
    records: expected.records,
    classNames: expected.classNames,
    pixels: new Uint8Array(Buffer.from(expected.pixels, 'base64')),
    labels: Uint16Array.from(expected.labels),
    givenTest: expected.givenTest === null ? null : Uint32Array.from(expected.givenTest),
  };

  it('is opened with everything that it was made with', async () => {
    const archive = await openImageArchive(memorySource(file));
    expect(archive.schema).toEqual(expected.schema);
    expect(archive.schema.datasetId).toBe(imageSetId(set));
    expect(archive.codec.meta.name).toBe(expected.settings.codec);
    expect(archive.fidelity).toEqual(expected.fidelity);
    expect([...archive.labels]).toEqual(expected.labels);
    expect([...archive.split.test]).toEqual(expected.test);
    expect(JSON.parse(archive.experiment!)).toEqual(expected.settings);
    expect(await verifyArchive(memorySource(file))).toMatchObject({
      bytes: file.length,
      records: set.records,
    });
  });

  it('gives back its pictures, together and each alone', async () => {
    const archive = await openImageArchive(memorySource(file));
    const { pixels, labels } = await archive.subset(Uint32Array.from({ length: set.records }, (_, i) => i));
    expect(crc32c(pixels)).toBe(expected.decodedCrc32c);
    if (expected.fidelity.kind === 'exact') expect(pixels).toEqual(set.pixels);
    expect(labels).toEqual(set.labels);
    const bytes = pictureBytes(set.shape);
    for (let record = 0; record < set.records; record++) {
      const one = await archive.inspect(record);
      expect(one.label).toBe(set.labels[record]);
      expect(one.pixels).toEqual(pixels.subarray(record * bytes, (record + 1) * bytes));
    }
  });

  it('is written again byte for byte', async () => {
    const { file: written } = await madeFrom(set, expected.settings);
    expect(Buffer.compare(written, file)).toBe(0);
  });
});
