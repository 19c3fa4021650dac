/** Damaged archives of pictures, and archives with valid checksums that claim what is not so. */
import { BASES, HEAD, MASK, RECORDS } from '../../codecs/baseDeviation/sections.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { joinPieces, layOutContainer, memorySource, type Section } from '../../archive/container.ts';
import { GROUP, SECTION, testGroup, trainGroup } from '../../archive/sections.ts';
import { verifyArchive } from '../../verify.ts';
import { ByteWriter } from '../../bits/bytes.ts';
import { codeOf } from '../../testing/codeOf.ts';
import { MAX_CLASSES } from '../imageSet.ts';
import { madeFrom } from '../testing/imageArchives.ts';
import { randomImages } from '../testing/randomImages.ts';
import { decodeAll, openImageArchive } from './read.ts';
import { decodeImageSchema, encodeImageSchema, type ImageSchema } from './schema.ts';

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

function sectionsOf(bytes: Uint8Array, image: Awaited<ReturnType<typeof madeFrom>>['image']): Section[] {
  return image.sections.map(({ blocks, ...section }) => ({
    ...section,
    blocks: blocks.map(({ offset, length }) => bytes.slice(offset, offset + length)),
  }));
}

beforeAll(async () => {
  const made = await madeFrom(SET, { blockBytes: 64 });
  file = made.file;
  genuine = sectionsOf(file, made.image);
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
      await refused(schema({ shape: { width: side, height: side, channels: 3 } }));
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
