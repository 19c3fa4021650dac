/** Archives with valid checksums that claim what is not so: made by hand, as only malice or a bug would. */
import { BASES, HEAD, MASK, RECORDS } from '../codecs/baseDeviation/sections.ts';
import { STRINGS } from '../codecs/dense/sections.ts';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ByteWriter } from '../bits/bytes.ts';
import { LabError } from '../errors.ts';
import { makeArchive } from '../experiment/archiving.ts';
import { DEFAULT_SETTINGS } from '../experiment/settings.ts';
import { Workbench } from '../experiment/workbench.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import type { Mapping } from '../table/mapping.ts';
import { firstDifference, type NumberColumn } from '../table/table.ts';
import { codeOf } from '../testing/codeOf.ts';
import { numberColumn, tableOf, textColumn } from '../testing/randomTables.ts';
import { storedSections } from '../testing/storedSections.ts';
import { joinPieces, layOutContainer, memorySource, type Section } from './container.ts';
import { decodeTable, openArchive } from './read.ts';
import { decodeSchema, encodeSchema, type Schema } from './schema.ts';
import { GROUP, SECTION } from './sections.ts';
import { decodeMask, encodeMask } from '../codecs/baseDeviation/mask.ts';
import { decodeAnalytics, decodeSamples, decodeSplit } from './smallSections.ts';

const TABLE = tableOf(
  numberColumn('x', [1, 2, 3, 4, 5, 6, 7, 8, 1, 2]),
  textColumn('c', ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b', 'c', null]),
);
let genuine: Section[] = [];

beforeAll(async () => {
  const label = { datasetId: '0'.repeat(64), name: '', fileName: '', csvBytes: 0 };
  const { image } = await makeArchive(new Workbench(TABLE), { ...DEFAULT_SETTINGS }, label, SILENT_PULSE);
  genuine = storedSections(image);
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

async function outcome(file: Uint8Array): Promise<string> {
  try {
    return firstDifference(TABLE, await decodeTable(await openArchive(memorySource(file)))) ?? 'taken';
  } catch (thrown) {
    return thrown instanceof LabError ? thrown.code : `uncoded: ${String(thrown)}`;
  }
}

/** A schema as the genuine one, with changes. */
function schema(changes: Partial<Schema>): Uint8Array {
  const section = genuine.find(({ type }) => type === SECTION.schema)!;
  return encodeSchema({ ...decodeSchema(section.blocks[0]).schema, ...changes }, false);
}

const head = (records: number, bases: number, perBlock: number, flags: number[] = []): Uint8Array =>
  new ByteWriter().varint(records).varint(bases).varint(perBlock).bytes(Uint8Array.from(flags)).finish();

describe('sections that this version does not know', () => {
  const extra = (required: boolean): Section => ({
    type: 60_000,
    codec: 0,
    group: 0,
    required,
    blocks: [Uint8Array.of(1, 2, 3)],
  });

  it('are skipped when they are optional', async () => {
    expect(await outcome(fileOf([...genuine, extra(false)]))).toBe('taken');
    expect(await outcome(fileOf([extra(false), ...genuine]))).toBe('taken');
  });

  it('make it refuse the archive when they are required', async () => {
    expect(await outcome(fileOf([...genuine, extra(true)]))).toBe('ARCHIVE_NEWER');
  });

  it('or a codec that it does not know, are told from damage', async () => {
    const other = genuine.map((section) =>
      section.type === MASK.type ? { ...section, codec: 999 } : section,
    );
    expect(await outcome(fileOf(other))).toBe('CODEC_UNKNOWN');
  });
});

describe('a missing section', () => {
  it('is damage when the table needs it, and none when it does not', async () => {
    for (const without of genuine) {
      const optional = without.type === SECTION.analytics || without.type === SECTION.experiment;
      const result = await outcome(fileOf(genuine.filter((section) => section !== without)));
      expect([without.type, without.group, result]).toEqual([
        without.type,
        without.group,
        optional ? 'taken' : 'ARCHIVE_CORRUPT',
      ]);
    }
    expect(await outcome(fileOf([]))).toBe('ARCHIVE_CORRUPT');
  });
});

describe('strings that are said to be coded', () => {
  const coded = async (codec: string): Promise<Section[]> => {
    const titles = Array.from({ length: 60 }, (_, k) => `The return of number ${k}`);
    const table = tableOf(textColumn('title', titles));
    const label = { datasetId: '0'.repeat(64), name: '', fileName: '', csvBytes: 0 };
    const { image } = await makeArchive(
      new Workbench(table),
      { ...DEFAULT_SETTINGS, codec },
      label,
      SILENT_PULSE,
    );
    return storedSections(image);
  };
  const changed = (sections: Section[], type: number, blocks: Uint8Array[]): Uint8Array =>
    fileOf(sections.map((section) => (section.type === type ? { ...section, blocks } : section)));

  it('are damage where they are not there, or the codec has none', async () => {
    const dense = await coded('dense');
    expect(await outcome(fileOf(dense))).toBe('shape');
    expect(await outcome(fileOf(dense.filter(({ type }) => type !== STRINGS.type)))).toBe('ARCHIVE_CORRUPT');
    const [{ blocks }] = dense.filter(({ type }) => type === SECTION.schema);
    const entrogede = await coded('entrogede');
    expect(await outcome(changed(entrogede, SECTION.schema, blocks))).toBe('ARCHIVE_CORRUPT');
  });

  it('are not read where they claim more than the file may take', async () => {
    const boasting = new ByteWriter()
      .varint(2 ** 40)
      .uint8(1)
      .bytes(new Uint8Array(20))
      .finish();
    expect(await outcome(changed(await coded('dense'), STRINGS.type, [boasting]))).toBe('ARCHIVE_TOO_LARGE');
  });
});

describe('absurd claims', () => {
  it('on records are refused before anything is allocated for them', async () => {
    const refused = async (file: Uint8Array): Promise<void> =>
      expect(await outcome(file)).toBe('ARCHIVE_CORRUPT');
    for (const records of [2 ** 53, 2 ** 40, 2 ** 31, 2 ** 31 - 1, 1000]) {
      await refused(forged(SECTION.schema, GROUP.all, schema({ rows: records })));
      await refused(forged(HEAD.type, GROUP.train, head(records, 1, 8)));
      await refused(forged(HEAD.type, GROUP.train, head(records, records, 8)));
    }
    await refused(forged(HEAD.type, GROUP.train, head(8, 1, 0)));
    await refused(forged(HEAD.type, GROUP.train, head(8, 1, 12)));
    await refused(forged(HEAD.type, GROUP.train, head(8, 0, 8)));
    await refused(forged(HEAD.type, GROUP.train, head(8, 9, 8)));
  });

  /** An archive of constant columns: its records take no bytes, so that only the claims say how many there are. */
  const constant = (
    records: number,
    bases: number,
    columns: Mapping[],
    mask: number[],
    flags: number[],
    more: Section[] = [],
    split = tailSplit(0),
  ): Uint8Array => {
    const sections = genuine
      .filter(({ type }) => type !== SECTION.analytics && type !== SECTION.experiment)
      .map((section): Section => {
        const { type, group } = section;
        if (type === SECTION.schema)
          return {
            ...section,
            blocks: [
              schema({ rows: records, columns: columns.map((mapping, k) => ({ name: `x${k}`, mapping })) }),
            ],
          };
        if (type === SECTION.split) return { ...section, blocks: [split] };
        if (type === MASK.type) return { ...section, blocks: [encodeMask(Uint8Array.from(mask))] };
        if (type === HEAD.type)
          return {
            ...section,
            blocks: [group === GROUP.train ? head(records, bases, 524_288, flags) : head(0, 0, 8, flags)],
          };
        if (type === BASES.type || type === RECORDS.type) return { ...section, blocks: [] };
        return section;
      });
    return fileOf([...sections, ...more]);
  };
  /** The last records as test records, as the checksum of none of them says. */
  const tailSplit = (tests: number): Uint8Array => new ByteWriter().uint8(2).uint32(tests).uint32(0).finish();
  const one: Mapping = { kind: 'decimal', decimals: 0, min: 0, values: 1, missing: false };
  const wide: Mapping = { ...one, values: 2 ** 30 };

  it('on records that take no bytes are refused when no table could have so many', async () => {
    for (const records of [2 ** 53, 2 ** 31 - 1, 2 ** 30, 2 ** 28 + 1]) {
      expect(await outcome(constant(records, 1, [one], [], []))).toBe('ARCHIVE_CORRUPT');
    }
  });

  it('beyond what a file of the size may take are refused by name, before anything but the schema is read', async () => {
    const rule = (fraction: number): Uint8Array =>
      new ByteWriter().uint8(1).uint32(1).float64(fraction).uint32(0).finish();
    const files = [2 ** 28, 2 ** 27, 2 ** 24].flatMap((records) => [
      constant(records, 1, [one], [], []),
      constant(records, 1, [one], [], [], [], rule(0)),
    ]);
    files.push(constant(2 ** 18, 1, new Array<Mapping>(1000).fill(one), [], []));
    files.push(
      constant(2 ** 22, 1, [wide], new Array<number>(30).fill(1), [0xff, 0xff, 0xff, 0x3f, 0, 0, 0, 0]),
    );
    for (const file of files) {
      const source = memorySource(file);
      const read = vi.spyOn(source, 'read');
      expect(await codeOf(openArchive(source))).toBe('ARCHIVE_TOO_LARGE');
      // The header, the footer, the table of contents and the schema.
      expect(read).toHaveBeenCalledTimes(4);
    }
  });

  it('are measured against the size of the file, 17 bytes for a record of one number', async () => {
    const of = (records: number, more: Section[] = []): Promise<string> =>
      codeOf(openArchive(memorySource(constant(records, 1, [one], [], [], more))));
    const most = Math.floor(64e6 / 17);
    expect(await of(most)).toBe('taken');
    expect(await of(most + 1)).toBe('ARCHIVE_TOO_LARGE');
    const padding = { type: 60_000, codec: 0, group: 0, required: false, blocks: [new Uint8Array(70_000)] };
    expect(await of(most + 1, [padding])).toBe('taken');
    expect(await of(2 * most, [padding])).toBe('ARCHIVE_TOO_LARGE');
  });

  it('say how much it would be, and are taken from where sizes are trusted', async () => {
    const file = constant(4_000_000, 1, [one], [], []);
    await expect(openArchive(memorySource(file))).rejects.toThrow(
      `claims 4,000,000 records of 1 column, which would take 68 MB of memory. Its file has ${file.length} bytes;`,
    );
    const archive = await openArchive(memorySource(file, { isTrusted: true }));
    expect(archive.split.train.length).toBe(4_000_000);
  });

  it('on records of a block are decoded piece by piece, and can be cancelled', async () => {
    const archive = await openArchive(memorySource(constant(2 ** 21, 1, [one], [], [])));
    const done: number[] = [];
    const pulse = (last: number): Pulse => ({
      due: () => true,
      beat: (progress) =>
        done.push(progress.done) >= last ? Promise.reject(new LabError('CANCELLED', '')) : Promise.resolve(),
    });
    archive.train.recordsPerBlock = 2 ** 21;
    const { columns } = await decodeTable(archive, pulse(Infinity));
    expect(done).toEqual([2 ** 20, 2 ** 21]);
    expect((columns[0] as NumberColumn).values.length).toBe(2 ** 21);
    expect(await codeOf(decodeTable(archive, pulse(3)))).toBe('CANCELLED');
  });

  it('on records without columns are refused', async () => {
    const sections = genuine.map((section): Section => {
      if (section.type === SECTION.schema) {
        return { ...section, blocks: [schema({ rows: 2 ** 31 - 1, columns: [] })] };
      }
      if (section.type === HEAD.type) {
        const records = section.group === GROUP.train ? 2 ** 31 - 1 : 0;
        return { ...section, blocks: [head(records, Math.min(1, records), 524_288)] };
      }
      if (section.type === BASES.type || section.type === RECORDS.type) return { ...section, blocks: [] };
      return section.type === MASK.type ? { ...section, blocks: [new Uint8Array(0)] } : section;
    });
    expect(await outcome(fileOf(sections))).toBe('ARCHIVE_CORRUPT');
  });

  it('on bases that take no bytes are refused: without a varying bit there is only one', async () => {
    // All 30 base bits are said to be constant.
    const mask = new Array<number>(30).fill(1);
    const flags = [0xff, 0xff, 0xff, 0x3f, 0, 0, 0, 0];
    for (const bases of [2 ** 21, 2])
      expect(await outcome(constant(2 ** 21, bases, [wide], mask, flags))).toBe('ARCHIVE_CORRUPT');
  });

  it('on columns, names and dictionaries are refused', () => {
    const start = (): ByteWriter =>
      new ByteWriter().bytes(new Uint8Array(32)).string('').string('').varint(0).varint(2);
    const code = (bytes: Uint8Array): string => {
      try {
        decodeSchema(bytes);
        return 'taken';
      } catch (thrown) {
        return LabError.from(thrown).code;
      }
    };
    expect(code(start().varint(0).finish())).toBe('taken');
    for (const writer of [
      start().varint(2 ** 40),
      start()
        .varint(1)
        .varint(2 ** 40),
      start()
        .varint(1)
        .string('x')
        .uint8(4)
        .varint(2 ** 40),
      start()
        .varint(1)
        .string('x')
        .uint8(4)
        .varint(1)
        .varint(2 ** 40),
      start().varint(1).string('x').uint8(99),
      start().varint(1).string('x').uint8(0).uint8(16).uint8(0).varint(0).varint(1),
      start()
        .varint(1)
        .string('x')
        .uint8(1)
        .uint8(0)
        .varint(0)
        .varint(2 ** 40)
        .varint(1)
        .varint(1),
      start().varint(1).string('x').uint8(1).uint8(0).varint(0).varint(1).varint(0).varint(1),
    ]) {
      expect(code(writer.finish())).toBe('ARCHIVE_CORRUPT');
    }
  });

  it('in the small sections are refused', async () => {
    const refused = (work: () => unknown): void =>
      expect(work).toThrow(expect.objectContaining({ code: 'ARCHIVE_CORRUPT' }));
    refused(() =>
      decodeSamples(
        new ByteWriter()
          .varint(2 ** 40)
          .varint(1)
          .finish(),
      ),
    );
    refused(() =>
      decodeSamples(
        new ByteWriter()
          .varint(1)
          .varint(2 ** 40)
          .bytes(new Uint8Array(24))
          .finish(),
      ),
    );
    refused(() => decodeAnalytics(new ByteWriter().varint(2 ** 40).finish()));
    refused(() =>
      decodeAnalytics(
        new ByteWriter()
          .varint(0)
          .varint(2 ** 40)
          .finish(),
      ),
    );
    refused(() => decodeMask(Uint8Array.of(1), 9));
    refused(() => decodeMask(Uint8Array.of(1, 1), 8));
    const rule = (kind: number, fraction: number, checksum: number): Uint8Array =>
      new ByteWriter().uint8(kind).uint32(1).float64(fraction).uint32(checksum).finish();
    const splits = [NaN, -0.1, 1.1, Infinity].map((fraction) => rule(1, fraction, 0));
    for (const bytes of [...splits, rule(2, 0.2, 0), rule(1, 0.2, 12345)])
      expect(await codeOf(decodeSplit(bytes, 10))).toBe('ARCHIVE_CORRUPT');
  });

  it('in the table of contents are refused', async () => {
    const { bytes, sections } = layOutContainer([
      { type: 1, codec: 0, group: 0, required: true, blocks: [Uint8Array.of(1)] },
    ]);
    expect(sections.length).toBe(1);
    // 2^32 − 1 sections, or blocks, with all checksums mended: made as an archive would be, then patched.
    const contents = (count: number, blocks: number): Uint8Array =>
      new ByteWriter()
        .uint32(count)
        .uint16(1)
        .uint16(0)
        .uint16(0)
        .uint16(1)
        .uint64(8)
        .uint64(1)
        .uint32(blocks)
        .uint32(1)
        .uint32(0)
        .finish();
    const { crc32c } = await import('../bits/crc32c.ts');
    const file = (offset: number, body: Uint8Array): Uint8Array => {
      const footer = new ByteWriter()
        .uint64(offset)
        .uint64(body.length)
        .uint32(crc32c(body))
        .uint16(1)
        .uint16(0)
        .finish();
      return new ByteWriter()
        .uint32(0x414c4d44)
        .uint16(1)
        .uint16(0)
        .uint8(1)
        .bytes(body)
        .bytes(footer)
        .uint32((0x454c4d44 ^ crc32c(footer)) >>> 0)
        .finish();
    };
    expect(file(9, contents(1, 1)).length).toBe(bytes);
    for (const [offset, body] of [
      [9, contents(0xffffffff, 1)],
      [9, contents(1, 0xffffffff)],
      [9, contents(1, 0)],
      [2 ** 52, contents(1, 1)],
      [8, contents(1, 1)],
    ] as const) {
      expect(await outcome(file(offset, body))).toBe('ARCHIVE_CORRUPT');
    }
  });
});
