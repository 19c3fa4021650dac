/** Damaged archives of pictures, and archives with valid checksums that claim what is not so. */
import { BASES, HEAD, MASK, RECORDS } from '../../codecs/baseDeviation/sections.ts';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { joinPieces, layOutContainer, memorySource, type Section } from '../../archive/container.ts';
import { GROUP, SECTION, testGroup, trainGroup } from '../../archive/sections.ts';
import { verifyArchive } from '../../verify.ts';
import { ByteWriter } from '../../bits/bytes.ts';
import { pack } from '../../bits/packing.ts';
import { LabError } from '../../errors.ts';
import type { Pulse } from '../../pulse.ts';
import { codeOf } from '../../testing/codeOf.ts';
import { MAX_CLASSES } from '../imageSet.ts';
import { madeFrom } from '../testing/imageArchives.ts';
import { imageSetId } from '../statistics.ts';
import { randomImages } from '../testing/randomImages.ts';
import { decodeAll, openImageArchive } from './read.ts';
import { decodeImageSchema, encodeImageSchema, type ImageSchema } from './schema.ts';
import { storedSections } from '../../testing/storedSections.ts';

const SET = randomImages({
  seed: 11,
  shape: { width: 3, height: 3, channels: 1 },
  records: 40,
  classes: 2,
  given: 'third',
});

let file: Uint8Array;
let near: Uint8Array;
let genuine: Section[];

beforeAll(async () => {
  const made = await madeFrom(SET, { blockBytes: 64 });
  file = made.file;
  genuine = storedSections(made.image);
  near = (await madeFrom(SET, { transform: 'dct', blockBytes: 64 })).file;
});

const fileOf = (sections: Section[]): Uint8Array => joinPieces(layOutContainer(sections));

/** The genuine archive with one section's bytes replaced. */
function forged(type: number, group: number, bytes: Uint8Array): Uint8Array {
  return fileOf(
    genuine.map((section) =>
      section.type === type && section.group === group ? { ...section, blocks: [bytes] } : section,
    ),
  );
}

/** What becomes of an archive that is opened and decoded, without its checksums of pixels being compared. */
const outcome = (bytes: Uint8Array): Promise<string> =>
  codeOf(openImageArchive(memorySource(bytes)).then((archive) => decodeAll(archive)));

const section = (type: number, group: number): Uint8Array =>
  genuine.find((one) => one.type === type && one.group === group)!.blocks[0];

function schema(changes: Partial<ImageSchema>): Uint8Array {
  return forged(
    SECTION.imageSchema,
    GROUP.all,
    encodeImageSchema({ ...decodeImageSchema(section(SECTION.imageSchema, GROUP.all)), ...changes }),
  );
}

describe('a damaged archive of pictures', () => {
  it('is refused whichever byte has changed', async () => {
    for (const whole of [file, near]) {
      expect(await codeOf(verifyArchive(memorySource(whole)))).toBe('taken');
      for (let at = 0; at < whole.length; at++) {
        const damaged = whole.slice();
        damaged[at] ^= 1 << (at % 8);
        const code = await codeOf(verifyArchive(memorySource(damaged)));
        if (code !== 'ARCHIVE_CORRUPT' && code !== 'ARCHIVE_NEWER')
          expect([at, code]).toEqual([at, 'refused']);
      }
    }
  });

  it('is refused wherever it is cut off', async () => {
    for (let length = 0; length < file.length; length += 7) {
      expect(await outcome(file.slice(0, length))).toBe('ARCHIVE_CORRUPT');
    }
  });

  it('is refused by a source that gives less than it was asked for', async () => {
    const source = memorySource(file);
    const archive = await openImageArchive({ ...source, readMany: undefined });
    const short = await openImageArchive({
      ...source,
      readMany: (ranges) => Promise.all(ranges.map(({ offset, length }) => source.read(offset, length))),
    });
    short.source.readMany = () => Promise.resolve([]);
    archive.source.read = () => Promise.resolve(new Uint8Array(0));
    expect(await codeOf(short.subset(Uint32Array.of(0)))).toBe('ARCHIVE_CORRUPT');
    expect(await codeOf(archive.subset(Uint32Array.of(0)))).toBe('ARCHIVE_CORRUPT');
  });
});

describe('forged sections', () => {
  it('that are missing, or there twice, are damage', async () => {
    for (const without of genuine) {
      const code = await outcome(fileOf(genuine.filter((one) => one !== without)));
      expect([without.type, without.group, code]).toEqual([
        without.type,
        without.group,
        without.required ? 'ARCHIVE_CORRUPT' : 'taken',
      ]);
      expect(await outcome(fileOf([...genuine, without]))).toBe('ARCHIVE_CORRUPT');
    }
    expect(await outcome(fileOf([]))).toBe('ARCHIVE_CORRUPT');
  });

  it('that this version does not know make it refuse the archive when they are required', async () => {
    const unknown = { type: 60_000, codec: 0, group: 0, blocks: [Uint8Array.of(1)] };
    expect(await outcome(fileOf([...genuine, { ...unknown, required: true }]))).toBe('ARCHIVE_NEWER');
    expect(await outcome(fileOf([...genuine, { ...unknown, required: false }]))).toBe('taken');
  });

  it('that claim absurd sizes are refused before anything is allocated for them', async () => {
    const refused = async (bytes: Uint8Array): Promise<void> =>
      expect(await outcome(bytes)).toBe('ARCHIVE_CORRUPT');
    for (const records of [0, 39, 41, 1e6, 2 ** 32, 2 ** 53]) await refused(schema({ records }));
    for (const side of [0, 2, 4, 1000, 30_000, 2 ** 26, 2 ** 53]) {
      await refused(schema({ shape: { width: side, height: 3, channels: 1 } }));
      if (side !== 1000) await refused(schema({ shape: { width: side, height: side, channels: 3 } }));
    }
    await refused(schema({ shape: { width: 3, height: 3, channels: 3 } }));
    await refused(schema({ shape: { width: 3, height: 3, channels: 2 as 1 } }));
    await refused(schema({ classNames: [] }));
    await refused(schema({ classNames: ['one'] }));
    await refused(schema({ classNames: new Array<string>(MAX_CLASSES + 1).fill('') }));
    await refused(schema({ classWise: false }));
    await refused(schema({ transform: 'dct' }));
    const head = (records: number, bases: number, perBlock: number): Uint8Array =>
      new ByteWriter().varint(records).varint(bases).varint(perBlock).finish();
    for (const group of [trainGroup(1), testGroup(0)]) {
      for (const records of [0, 1, 1000, 2 ** 31, 2 ** 53]) {
        await refused(forged(HEAD.type, group, head(records, 1, 8)));
        await refused(forged(HEAD.type, group, head(records, records, 8)));
      }
      await refused(forged(BASES.type, group, new Uint8Array(3)));
      await refused(forged(RECORDS.type, group, new Uint8Array(3)));
    }
    await refused(forged(MASK.type, trainGroup(0), new Uint8Array(2)));
    await refused(forged(SECTION.fidelity, GROUP.all, new Uint8Array(5)));
    await refused(forged(SECTION.fidelity, GROUP.all, new Uint8Array(28).fill(255)));
    await refused(forged(SECTION.imageIndex, GROUP.all, new Uint8Array(2)));
    await refused(forged(SECTION.imageIndex, GROUP.test, new Uint8Array(0)));
  });

  /** One class of pictures that take no bytes: only the claims say how many there are. */
  const empty = (records: number, changes: Partial<ImageSchema> = {}, more: Section[] = []): Uint8Array => {
    const shape = changes.shape ?? { width: 1, height: 1, channels: 1 };
    const bits = 8 * shape.width * shape.height * shape.channels;
    const own: ImageSchema = {
      ...decodeImageSchema(section(SECTION.imageSchema, GROUP.all)),
      ...{ records, classNames: ['a'], shape, ...changes },
    };
    // All bits are base bits, and said to be constant.
    const ones = new Uint8Array(bits / 8).fill(255);
    const head = (count: number): Uint8Array =>
      pack(
        new ByteWriter()
          .varint(count)
          .varint(Math.min(1, count))
          .varint(524_288)
          .bytes(ones)
          .bytes(new Uint8Array(bits / 8))
          .finish(),
      );
    const one = (type: number, group: number, blocks: Uint8Array[], codec = 0): Section => ({
      ...{ type, codec, group, required: true, blocks },
    });
    const facts = new ByteWriter();
    for (let k = 0; k < 2 * own.classNames.length; k++) facts.uint32(0).uint8(0).varint(0).varint(0);
    const { codec } = genuine.find(({ type }) => type === MASK.type)!;
    return fileOf([
      one(SECTION.imageSchema, GROUP.all, [encodeImageSchema(own)]),
      one(SECTION.imageIndex, GROUP.all, [Uint8Array.of(0, 0, 0)]),
      one(SECTION.imageIndex, GROUP.test, []),
      one(SECTION.fidelity, GROUP.all, [facts.finish()]),
      one(MASK.type, trainGroup(0), [pack(ones)], codec),
      one(HEAD.type, trainGroup(0), [head(records)], codec),
      one(HEAD.type, testGroup(0), [head(0)], codec),
      ...[BASES.type, RECORDS.type].flatMap((type) => [
        one(type, trainGroup(0), [], codec),
        one(type, testGroup(0), [], codec),
      ]),
      ...more,
    ]);
  };

  it('that claim more than a file of the size may take are refused by name, before the index is read', async () => {
    const wide = { width: 1000, height: 1000, channels: 3 } as const;
    const dct = { transform: 'dct' } as const;
    for (const file of [
      empty(2 ** 30),
      empty(2 ** 26),
      empty(2 ** 22),
      empty(2 ** 18, { shape: { width: 32, height: 32, channels: 3 } }),
      // One picture, of which the columns alone take as much; and little pictures of which the forms of all classes do.
      empty(1, { shape: wide }),
      empty(2 ** 12, {
        ...dct,
        classNames: new Array<string>(MAX_CLASSES).fill(''),
        shape: { ...wide, width: 1 },
      }),
    ]) {
      const source = memorySource(file);
      const read = vi.spyOn(source, 'read');
      expect(await codeOf(openImageArchive(source))).toBe('ARCHIVE_TOO_LARGE');
      // The header, the footer, the table of contents and four small sections.
      expect(read.mock.calls.length).toBeLessThanOrEqual(7);
    }
  });

  it('are measured against the size of the file, 25 bytes for a picture of one byte', async () => {
    const most = Math.floor((64e6 - 100 - 8 * 2 * 12) / 25);
    const of = (records: number, more: Section[] = []): Promise<string> =>
      codeOf(openImageArchive(memorySource(empty(records, {}, more))));
    expect(await of(most)).toBe('taken');
    expect(await of(most + 1)).toBe('ARCHIVE_TOO_LARGE');
    const padding = { type: 60_000, codec: 0, group: 0, required: false, blocks: [new Uint8Array(70_000)] };
    expect(await of(most + 1, [padding])).toBe('taken');
    const source = memorySource(empty(most + 1), { isTrusted: true });
    expect((await openImageArchive(source)).labels.length).toBe(most + 1);
  });

  it('of pictures that take no bytes are decoded piece by piece, and can be cancelled', async () => {
    const archive = await openImageArchive(memorySource(empty(5_000)));
    const done: number[] = [];
    const pulse = (last: number): Pulse => ({
      due: () => true,
      beat: (progress) =>
        done.push(progress.done) >= last ? Promise.reject(new LabError('CANCELLED', '')) : Promise.resolve(),
    });
    const { pixels } = await decodeAll(archive, pulse(Infinity));
    expect(done).toEqual([0, 0, 1024, 2048, 3072, 4096, 5000]);
    expect([pixels.length, Math.max(...pixels)]).toEqual([5_000, 0]);
    expect(await codeOf(decodeAll(archive, pulse(9)))).toBe('CANCELLED');
  });

  it('with numbers that this version does not know are told from damage', async () => {
    const bytes = section(SECTION.imageSchema, GROUP.all);
    // Behind id, both names and the shape.
    const at = 32 + 9 + 13 + 4;
    const other = (offset: number): Uint8Array => {
      const changed = bytes.slice();
      changed[offset] = 99;
      return forged(SECTION.imageSchema, GROUP.all, changed);
    };
    expect(await outcome(other(at))).toBe('TRANSFORM_UNKNOWN');
    expect(await outcome(other(at + 2))).toBe('REPRESENTATION_UNKNOWN');
    const codec = genuine.map((one) => (one.type === MASK.type ? { ...one, codec: 999 } : one));
    expect(await outcome(fileOf(codec))).toBe('CODEC_UNKNOWN');
  });

  it('whose records name bases that there are not are refused', async () => {
    const blocks = genuine.find(
      ({ type, group }) => type === RECORDS.type && group === trainGroup(0),
    )!.blocks;
    const all = blocks.map((block) => new Uint8Array(block.length).fill(255));
    const code = await outcome(
      fileOf(
        genuine.map((one) =>
          one.type === RECORDS.type && one.group === trainGroup(0) ? { ...one, blocks: all } : one,
        ),
      ),
    );
    // Where there are as many bases as numbers for them, every number names one.
    expect(['ARCHIVE_CORRUPT', 'taken']).toContain(code);
    expect(await codeOf(verifyArchive(memorySource(fileOf(genuine))))).toBe('taken');
  });

  it('of pictures that are held only nearly prove neither what they were made from nor their losses', async () => {
    const other = randomImages({ seed: 12, shape: SET.shape, records: 40, classes: 2, given: 'third' });
    const foreign = await madeFrom(other, { transform: 'dct', blockBytes: 64 });
    const sections = storedSections(foreign.image);
    const bytes = sections.find(({ type }) => type === SECTION.imageSchema)!.blocks[0];
    const named = encodeImageSchema({ ...decodeImageSchema(bytes), datasetId: imageSetId(SET) });
    const lying = sections.map((one) =>
      one.type === SECTION.imageSchema ? { ...one, blocks: [named] } : one,
    );
    const { datasetId, claims } = await verifyArchive(memorySource(fileOf(lying)));
    expect(claims).toBe(imageSetId(SET));
    expect(datasetId).toBe(imageSetId(await decodeAll(await openImageArchive(foreign.source))));
    expect(await verifyArchive(memorySource(file))).toMatchObject({
      datasetId: imageSetId(SET),
      claims: null,
    });
  });

  it('with other pixels, labels or names than the dataset has are found by a verification', async () => {
    const refused = async (bytes: Uint8Array): Promise<void> =>
      expect(await codeOf(verifyArchive(memorySource(bytes)))).toBe('ARCHIVE_CORRUPT');
    await refused(schema({ datasetId: '0'.repeat(64) }));
    await refused(schema({ classNames: ['other', 'names'] }));
    const records = genuine.find(({ type, group }) => type === RECORDS.type && group === trainGroup(0))!;
    const changed = records.blocks.map((block) => block.slice());
    changed[0][Math.floor(changed[0].length / 2)] ^= 4;
    await refused(fileOf(genuine.map((one) => (one === records ? { ...one, blocks: changed } : one))));
  });
});
