/** Writing and reading archives of pictures. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource, type ByteRange, type ByteSource } from '../../archive/container.ts';
import { openArchive } from '../../archive/read.ts';
import { verifyArchive } from '../../verify.ts';
import { CODECS } from '../../codecs/registry.ts';
import { makeArchive } from '../../experiment/archiving.ts';
import { DEFAULT_SETTINGS } from '../../experiment/settings.ts';
import { Workbench } from '../../experiment/workbench.ts';
import { SILENT_PULSE } from '../../pulse.ts';
import { codeOf } from '../../testing/codeOf.ts';
import { numberColumn, tableOf } from '../../testing/randomTables.ts';
import { joinPieces } from '../../archive/container.ts';
import { fidelityOf, measureError, noErrors } from '../fidelity.ts';
import { pictureBytes, type ImageSet } from '../imageSet.ts';
import { REPRESENTATION_METAS } from '../representations/registry.ts';
import { TRANSFORM_METAS } from '../transforms/registry.ts';
import { splitImages } from '../split.ts';
import { madeFrom } from '../testing/imageArchives.ts';
import { randomImages, type ImageRecipe } from '../testing/randomImages.ts';
import { decodeAll, isImageArchive, openImageArchive } from './read.ts';

const GREY = randomImages({
  seed: 3,
  shape: { width: 6, height: 5, channels: 1 },
  records: 90,
  classes: 3,
  given: 'tail',
});

const recipes: fc.Arbitrary<ImageRecipe> = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  shape: fc.record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    channels: fc.constantFrom(1 as const, 3 as const),
  }),
  records: fc.integer({ min: 12, max: 130 }),
  classes: fc.integer({ min: 2, max: 5 }),
  given: fc.constantFrom('tail' as const, 'third' as const, 'none' as const),
});

const choices = fc.record({
  codec: fc.constantFrom(...CODECS.names),
  transform: fc.constantFrom(...TRANSFORM_METAS.names),
  representation: fc.constantFrom(...REPRESENTATION_METAS.names),
  classWise: fc.boolean(),
  objective: fc.constantFrom('true' as const, 'equation1' as const),
  tau: fc.constantFrom(4, 64),
  blockBytes: fc.constantFrom(64, 500, 65_536),
});

/** A source that keeps a list of what is read of it. */
function recording(file: Uint8Array, many: boolean): ByteSource & { reads: ByteRange[] } {
  const plain = memorySource(file);
  const reads: ByteRange[] = [];
  const read = (offset: number, length: number): Promise<Uint8Array> => {
    reads.push({ offset, length });
    return plain.read(offset, length);
  };
  return {
    size: file.length,
    reads,
    read,
    ...(many && {
      readMany: (ranges: readonly ByteRange[]) =>
        Promise.all(ranges.map(({ offset, length }) => read(offset, length))),
    }),
  };
}

const picture = (set: Pick<ImageSet, 'pixels' | 'shape'>, record: number): Uint8Array => {
  const bytes = pictureBytes(set.shape);
  return set.pixels.slice(record * bytes, (record + 1) * bytes);
};

describe('an archive of pictures', () => {
  it('gives back the set, exactly or as near as it says, whatever the settings', async () => {
    await fc.assert(
      fc.asyncProperty(recipes, choices, async (recipe, changes) => {
        const set = randomImages(recipe);
        const made = await madeFrom(set, changes);
        const archive = await openImageArchive(made.source);
        const decoded = await decodeAll(archive);
        expect(decoded.shape).toEqual(set.shape);
        expect(decoded.labels).toEqual(set.labels);
        expect(decoded.classNames).toEqual(set.classNames);
        expect(decoded.givenTest).toEqual(set.givenTest);
        expect(archive.split).toEqual(splitImages(set, made.settings));
        const errors = noErrors();
        measureError(set.pixels, decoded.pixels, errors);
        expect(fidelityOf(errors)).toEqual(made.fidelity);
        expect(archive.fidelity).toEqual(made.fidelity);
        if (changes.transform === 'none' || changes.codec === 'dense')
          expect(decoded.pixels).toEqual(set.pixels);
        expect((await verifyArchive(made.source)).records).toBe(set.records);
        expect(made.bytes.train + made.bytes.test).toBe(made.file.length);
        const own = made.tables.reduce((sum, { bytes }) => sum + bytes, 0);
        expect(own).toBeLessThan(made.bytes.train);
      }),
      { numRuns: 60 },
    );
  });

  it('gives any subset in the order asked, as decoding everything does', async () => {
    await fc.assert(
      fc.asyncProperty(
        recipes,
        choices,
        fc.array(fc.nat(), { maxLength: 60 }),
        async (recipe, changes, drawn) => {
          const set = randomImages(recipe);
          const { source } = await madeFrom(set, { ...changes, codec: 'entrogede' });
          const archive = await openImageArchive(source);
          const all = await decodeAll(archive);
          const records = Uint32Array.from(drawn, (one) => one % set.records);
          const subset = await archive.subset(records);
          records.forEach((record, k) => {
            expect(picture({ pixels: subset.pixels, shape: set.shape }, k)).toEqual(picture(all, record));
            expect(subset.labels[k]).toBe(set.labels[record]);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('holds a class that has no test pictures, and one that has no pictures at all', async () => {
    const set = { ...GREY, classNames: [...GREY.classNames, 'empty'] };
    set.givenTest = Uint32Array.from(set.givenTest!.filter((record) => set.labels[record] !== 1));
    for (const transform of TRANSFORM_METAS.names) {
      const made = await madeFrom(set, { transform });
      const archive = await openImageArchive(made.source);
      expect(made.tables[1]).toMatchObject({ label: 1, testRecords: 0 });
      expect(made.tables[3]).toMatchObject({ trainRecords: 0, testRecords: 0, bases: { baseCount: 0 } });
      const { labels, pixels } = await decodeAll(archive);
      expect(labels).toEqual(set.labels);
      if (transform === 'none') expect(pixels).toEqual(set.pixels);
    }
  });

  it('holds a class whose pictures are all test pictures, and pictures that are all alike', async () => {
    const onlyTest = {
      ...GREY,
      givenTest: GREY.labels.reduce<number[]>(
        (list, label, record) => (label === 2 ? [...list, record] : list),
        [],
      ),
    };
    const set: ImageSet = { ...GREY, givenTest: Uint32Array.from(onlyTest.givenTest) };
    expect((await decodeAll(await openImageArchive((await madeFrom(set)).source))).pixels).toEqual(
      set.pixels,
    );
    const alike: ImageSet = { ...GREY, pixels: new Uint8Array(GREY.pixels.length).fill(9) };
    for (const transform of TRANSFORM_METAS.names) {
      const { source, fidelity } = await madeFrom(alike, { transform });
      const archive = await openImageArchive(source);
      expect(fidelity).toEqual({ kind: 'exact' });
      expect((await decodeAll(archive)).pixels).toEqual(alike.pixels);
      expect(await archive.sharing(0, 5)).toMatchObject({ blocksRead: 0, bytesRead: 0 });
    }
  });

  it('keeps what it is called, and the settings it was made with', async () => {
    const { source, settings } = await madeFrom(GREY, { blockBytes: 4096 });
    const { schema, experiment } = await openImageArchive(source);
    expect(schema).toMatchObject({
      name: 'Pictures',
      fileName: 'pictures.zip',
      classWise: true,
      blockBytes: 4096,
    });
    // A codec that knows of no effort says none.
    const { effort: _, ...said } = settings;
    expect(JSON.parse(experiment!)).toEqual(said);
  });

  it('is told from an archive of a table, both ways', async () => {
    const table = tableOf(numberColumn('x', [1, 2, 3, 4]), numberColumn('y', [1, 2, 3, 5]));
    const label = { datasetId: '0'.repeat(64), name: '', fileName: '', csvBytes: 0 };
    const { image } = await makeArchive(new Workbench(table), { ...DEFAULT_SETTINGS }, label, SILENT_PULSE);
    const tables = memorySource(joinPieces(image));
    const { source } = await madeFrom(GREY);
    expect(await isImageArchive(source)).toBe(true);
    expect(await isImageArchive(tables)).toBe(false);
    expect(await codeOf(openArchive(source))).toBe('ARCHIVE_HOLDS_IMAGES');
    expect(await codeOf(openImageArchive(tables))).toBe('ARCHIVE_HOLDS_TABLE');
  });
});

describe('reading pictures', () => {
  it('takes a picture from its own block and its own base table alone', async () => {
    const made = await madeFrom(GREY, { blockBytes: 200 });
    for (const many of [false, true]) {
      const source = recording(made.file, many);
      const archive = await openImageArchive(source);
      const held = made.image.sections.flatMap(({ type, blocks }) => (type === 6 ? blocks : []));
      const isRecords = ({ offset }: ByteRange): boolean => held.some((block) => block.offset === offset);
      expect(source.reads.filter(isRecords)).toEqual([]);
      for (const record of [0, 17, 44, GREY.records - 1]) {
        source.reads.length = 0;
        const subset = await archive.subset(Uint32Array.of(record));
        expect(subset.pixels).toEqual(picture(GREY, record));
        const blocks = source.reads.filter(isRecords);
        expect(blocks).toHaveLength(1);
        // Nothing else but the base table of its class, the first time.
        expect(source.reads.length - blocks.length).toBeLessThanOrEqual(1);
        expect(subset.bytesRead).toBe(source.reads.reduce((sum, { length }) => sum + length, 0));
        source.reads.length = 0;
        const inspected = await archive.inspect(record);
        expect(source.reads).toEqual(blocks);
        expect(inspected).toMatchObject({
          blocksRead: 1,
          bytesRead: blocks[0].length,
          label: GREY.labels[record],
        });
        expect(inspected.pixels).toEqual(picture(GREY, record));
      }
    }
  });

  it('holds one base table at a time of a large subset, and states what it holds', async () => {
    const set = randomImages({
      seed: 5,
      shape: { width: 8, height: 8, channels: 1 },
      records: 900,
      classes: 3,
      given: 'tail',
    });
    const { file } = await madeFrom(set, { blockBytes: 256 });
    const source = recording(file, true);
    const archive = await openImageArchive(source);
    const few = await archive.subset(Uint32Array.of(0, 1, 2));
    const many = await archive.subset(archive.split.train);
    expect(many.resident.bases).toBeLessThan(few.resident.bases);
    expect(many.resident.subset).toBe(archive.trainRecords * 64);
    const { subset, bases, index, blocks, total } = many.resident;
    expect(total).toBe(subset + bases + index + blocks);
    expect(archive.tables.every(({ train, test }) => !train.isKept && !test.isKept)).toBe(true);
  });

  it('refuses numbers that no picture has', async () => {
    const archive = await openImageArchive((await madeFrom(GREY)).source);
    for (const record of [GREY.records, 2 ** 31]) {
      expect(await codeOf(archive.subset(Uint32Array.of(0, record)))).toBe('RECORD_OUT_OF_RANGE');
    }
    for (const record of [-1, 0.5, GREY.records, NaN]) {
      expect(await codeOf(archive.inspect(record))).toBe('RECORD_OUT_OF_RANGE');
    }
    expect((await archive.subset(new Uint32Array(0))).pixels).toHaveLength(0);
  });

  it('finds the pictures that share a base, and shows the base alone', async () => {
    const { source } = await madeFrom(GREY, { blockBytes: 128 });
    const archive = await openImageArchive(source);
    const inspected = await Promise.all(Array.from(GREY.labels, (_, record) => archive.inspect(record)));
    for (const one of inspected) {
      const alike = inspected.filter(
        ({ table, group, base }) => table === one.table && group === one.group && base?.id === one.base?.id,
      );
      const sharing = await archive.sharing(one.record, 1000);
      expect(sharing.count).toBe(alike.length);
      expect([...sharing.records]).toEqual(alike.map(({ record }) => record).filter((r) => r !== one.record));
      expect((await archive.sharing(one.record, 2)).records).toHaveLength(Math.min(2, alike.length - 1));
      for (const { base } of alike) expect(base).toEqual(one.base);
      // A base lacks the deviation's ones and has no others.
      one.base!.pixels.forEach((byte, k) => expect(byte & ~one.pixels[k]).toBe(0));
      expect(one.bytesTouched).toBeGreaterThan(0);
    }
  });

  it('ends when it is cancelled', async () => {
    const archive = await openImageArchive((await madeFrom(GREY)).source);
    const stop = { due: () => true, beat: () => Promise.reject(new Error('stop')) };
    await expect(decodeAll(archive, stop)).rejects.toThrow('stop');
  });
});
