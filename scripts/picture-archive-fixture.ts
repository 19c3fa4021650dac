// Makes the archives of pictures that later versions have to open, and to write again byte for byte:
//
//     npx tsx scripts/picture-archive-fixture.ts && npm run format:write
//
// writes src/core/images/archive/fixtures/format-1-*.dmla and beside each what it was made from, as JSON. Files that
// are there already are left alone: a fixture is made once, by a version of its format, and stays as it is.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { crc32c } from '../src/core/bits/crc32c.ts';
import { openImageArchive } from '../src/core/images/archive/read.ts';
import type { ImageSettings } from '../src/core/images/settings.ts';
import { madeFrom } from '../src/core/images/testing/imageArchives.ts';
import { randomImages, type ImageRecipe } from '../src/core/images/testing/randomImages.ts';

const FIXTURES: { name: string; recipe: ImageRecipe; changes: Partial<ImageSettings> }[] = [
  {
    // Pixels as they are, lossless, a base table for each class; blocks small enough for several of them.
    name: 'format-1-grey',
    recipe: {
      seed: 11,
      shape: { width: 6, height: 5, channels: 1 },
      records: 260,
      classes: 3,
      given: 'third',
    },
    changes: { blockBytes: 512 },
  },
  {
    // Colour in frequencies, near-lossless, one base table for all, a split that is drawn.
    name: 'format-1-colour',
    recipe: { seed: 12, shape: { width: 8, height: 8, channels: 3 }, records: 90, classes: 4, given: 'none' },
    changes: { transform: 'dct', classWise: false, codec: 'greedygd', split: 5, testFraction: 0.25 },
  },
];

const folder = new URL('../src/core/images/archive/fixtures/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const { name, recipe, changes } of FIXTURES) {
  const files = [new URL(`${name}.dmla`, folder), new URL(`${name}.json`, folder)];
  if (files.some((file) => existsSync(file))) {
    console.error(`${name} is there already, and stays as it is.`);
    process.exitCode = 1;
    continue;
  }
  const set = randomImages(recipe);
  const { file, source, settings, fidelity } = await madeFrom(set, changes);
  const archive = await openImageArchive(source);
  const every = Uint32Array.from({ length: set.records }, (_, i) => i);
  const { pixels } = await archive.subset(every);
  const expected = {
    shape: set.shape,
    records: set.records,
    classNames: set.classNames,
    settings,
    schema: archive.schema,
    // The pictures that it was made from.
    pixels: Buffer.from(set.pixels).toString('base64'),
    labels: [...set.labels],
    givenTest: set.givenTest === null ? null : [...set.givenTest],
    test: [...archive.split.test],
    fidelity,
    decodedCrc32c: crc32c(pixels),
  };
  writeFileSync(files[0], file);
  writeFileSync(files[1], `${JSON.stringify(expected)}\n`);
  console.log(`${name}: ${file.length} bytes, ${set.records} pictures, ${archive.tables.length} base tables`);
}
