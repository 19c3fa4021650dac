import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODECS } from '../codecs/registry.ts';
import { LabError } from '../errors.ts';
import { makeArchive, type MadeArchive } from '../experiment/archiving.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../experiment/settings.ts';
import { Workbench } from '../experiment/workbench.ts';
import { SILENT_PULSE } from '../pulse.ts';
import { datasetId } from '../table/datasetId.ts';
import { cellText, dropColumns, firstDifference, type Column, type Table } from '../table/table.ts';
import { COLUMN_KINDS, numberColumn, randomTable, tableOf, textColumn } from '../testing/randomTables.ts';
import { imageSource, joinPieces, memorySource, readBlock, readContents } from './container.ts';
import { compareTable, decodeTable, locateRecord, openArchive, RecordReader } from './read.ts';

const make = (table: Table, settings: Partial<ExperimentSettings> = {}, label = {}): Promise<MadeArchive> =>
  makeArchive(
    new Workbench(table),
    { ...DEFAULT_SETTINGS, ...settings },
    { datasetId: datasetId(table), name: 'Näme', fileName: 'file.csv', csvBytes: 12, ...label },
    SILENT_PULSE,
  );

const sum = (parts: object): number =>
  Object.values(parts as Record<string, number>).reduce((a, b) => a + b, 0);

const SMALL = tableOf(
  numberColumn('price', [1.5, 2.25, null, 4, 8.75, 1.5, 2.25, 3, 4, 5, 7, 9]),
  textColumn('cut', ['a', 'b', 'a', null, '', 'c', 'a', 'b', 'c', 'a', 'a', 'b']),
  numberColumn('odd', [NaN, -0, Infinity, 5e-324, Math.PI / 10, 1, 2, 3, 4, 5, 6, 7]),
  numberColumn(
    'rate',
    Array.from({ length: 12 }, (_, i) => (i + 1) / 7),
  ),
);

/** A column of which one cell is another. */
function changed(column: Column, row: number): Column {
  if (column.kind === 'number') {
    const values = column.values.slice();
    values[row] = 77;
    return { ...column, values };
  }
  const codes = column.codes.slice();
  codes[row] = (codes[row] + 1) % column.dictionary.length;
  return { ...column, codes };
}

const recipe = fc.record({
  seed: fc.nat(),
  rows: fc.integer({ min: 0, max: 60 }),
  columns: fc.array(fc.record({ kind: fc.constantFrom(...COLUMN_KINDS), missing: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  }),
});
const someSettings = fc.record({
  codec: fc.constantFrom(...CODECS.names),
  ratio: fc.boolean(),
  objective: fc.constantFrom('true' as const, 'equation1' as const),
  tau: fc.constantFrom(1, 2, 5, 64, 100_000),
  split: fc.integer({ min: 0, max: 0xffffffff }),
  testFraction: fc.constantFrom(0, 0.05, 0.2, 0.5, 0.9, 1),
  beta: fc.constantFrom(1, 5, 13, 4096),
  samples: fc.constantFrom('on-demand' as const, 'stored' as const),
});

describe('an archive', () => {
  it('gives back the identical table, and every record alone, whatever the table and the settings are', async () => {
    await fc.assert(
      fc.asyncProperty(recipe, someSettings, async (one, settings) => {
        const table = randomTable(one);
        const trainRows = table.rows - Math.round(table.rows * settings.testFraction);
        if (trainRows === 0) {
          await expect(make(table, settings)).rejects.toMatchObject({ code: 'ROWS_TOO_FEW' });
          return;
        }
        const made = await make(table, settings);
        const file = joinPieces(made.image);
        expect(file.length).toBe(made.image.bytes);
        // Every byte is accounted for.
        expect(made.bytes.train + made.bytes.test).toBe(file.length);
        for (const part of ['train', 'test'] as const) {
          expect(sum(made.breakdown[part])).toBe(made.bytes[part]);
          for (const bytes of Object.values(made.breakdown[part])) expect(bytes).toBeGreaterThanOrEqual(0);
        }
        const archive = await openArchive(memorySource(file));
        const decoded = await decodeTable(archive);
        expect(firstDifference(table, decoded)).toBeNull();
        expect(datasetId(decoded)).toBe(archive.schema.datasetId);
        expect(await compareTable(archive, table)).toMatchObject({ difference: null });
        const reader = new RecordReader(archive);
        for (let record = 0; record < table.rows; record++) {
          const place = locateRecord(archive, record);
          await reader.fetch(place);
          reader.decode(place);
          const { block, at } = await reader.blockOf(place);
          const { bases } = archive[place.group];
          if (bases !== null) expect(block.baseId!(at)).toBeLessThan(bases.baseCount);
          expect(block.bytesOf(at)).toBeLessThanOrEqual(file.length);
          for (let c = 0; c < table.columns.length; c++) {
            expect(cellText(reader.columns[c], 0)).toBe(cellText(table.columns[c], record));
          }
        }
        // The same bytes when it is made again.
        expect(joinPieces((await make(table, settings)).image)).toEqual(file);
      }),
      { numRuns: 150 },
    );
  });

  it('is read alike through a source that gives copies', async () => {
    const file = joinPieces((await make(SMALL)).image);
    const source = {
      size: file.length,
      read: async (at: number, length: number) => file.slice(at, at + length),
    };
    expect(firstDifference(SMALL, await decodeTable(await openArchive(source)))).toBeNull();
  });

  it('is read alike before it is one file, whatever is asked for', async () => {
    const { image } = await make(SMALL);
    const file = joinPieces(image);
    const source = imageSource(image);
    expect(source.size).toBe(file.length);
    for (let offset = 0; offset <= file.length; offset++) {
      for (const length of [0, 1, 7, 500, file.length - offset]) {
        expect(await source.read(offset, length)).toEqual(file.subarray(offset, offset + length));
      }
    }
    expect(firstDifference(SMALL, await decodeTable(await openArchive(source)))).toBeNull();
  });

  it('is told from any other table, cell by cell', async () => {
    const archive = await openArchive(imageSource((await make(SMALL)).image));
    const differs = async (table: Table) => (await compareTable(archive, table)).difference;
    for (let c = 0; c < SMALL.columns.length; c++) {
      for (const row of [0, SMALL.rows - 1]) {
        const columns = SMALL.columns.map((column, k) => (k === c ? changed(column, row) : column));
        expect(await differs({ rows: SMALL.rows, columns })).toBe(`column ${c}, row ${row}`);
      }
    }
    expect(await differs({ rows: SMALL.rows, columns: SMALL.columns.slice(1) })).toBe('shape');
    expect(await differs({ rows: SMALL.rows + 1, columns: SMALL.columns })).toBe('shape');
  });

  it('divides records into blocks of whole bytes, and reads across them', async () => {
    const rows = 70_000;
    const table = tableOf(
      numberColumn(
        'x',
        Array.from({ length: rows }, (_, i) => (i * 7919) % 65_521),
      ),
      numberColumn(
        'y',
        Array.from({ length: rows }, (_, i) => i % 3),
      ),
    );
    const made = await make(table);
    const archive = await openArchive(memorySource(joinPieces(made.image)));
    expect(archive.train.records).toBeGreaterThan(archive.train.recordsPerBlock);
    expect(firstDifference(table, await decodeTable(archive))).toBeNull();
    const reader = new RecordReader(archive);
    const edge = archive.train.recordsPerBlock;
    for (const position of [0, edge - 1, edge, edge + 1, archive.train.records - 1]) {
      const place = { group: 'train', position } as const;
      await reader.fetch(place);
      reader.decode(place);
      expect(cellText(reader.columns[0], 0)).toBe(cellText(table.columns[0], archive.split.train[position]));
    }
  });

  it('keeps what it was made with', async () => {
    const settings = { target: 'odd', features: ['cut', 'rate'], beta: 3, split: 77, testFraction: 0.25 };
    const made = await make(SMALL, { ...settings, samples: 'stored' });
    const archive = await openArchive(memorySource(joinPieces(made.image)));
    // Where no column holds weights nothing is said of one: files made before there were any stay what they are.
    const { weight, ...said } = { ...DEFAULT_SETTINGS, ...settings, samples: 'stored' };
    expect(weight).toBeNull();
    expect(JSON.parse(archive.experiment!)).toEqual(said);
    expect(archive.rule).toEqual({ kind: 'random', seed: 77, testFraction: 0.25 });
    expect(archive.schema).toMatchObject({ name: 'Näme', fileName: 'file.csv', csvBytes: 12, rows: 12 });
    expect(archive.analytics!.cells.length).toBe(3);
    expect(archive.analytics!.quantisers.map((one) => one.column)).toEqual([3]);
    expect(archive.samples!.rows).toBe(made.condensedSamples);
    const bench = new Workbench(SMALL);
    expect(archive.samples).toEqual(await bench.condensed({ ...DEFAULT_SETTINGS, ...settings }));
  });

  it('has the same bytes whatever the order of the keys of its settings', async () => {
    const reversed = Object.fromEntries(
      Object.entries(DEFAULT_SETTINGS).reverse(),
    ) as unknown as ExperimentSettings;
    const label = { datasetId: datasetId(SMALL), name: '', fileName: '', csvBytes: 0 };
    const one = await makeArchive(new Workbench(SMALL), { ...DEFAULT_SETTINGS }, label, SILENT_PULSE);
    const other = await makeArchive(new Workbench(SMALL), reversed, label, SILENT_PULSE);
    expect(joinPieces(other.image)).toEqual(joinPieces(one.image));
  });

  it('without some columns holds the others', async () => {
    const made = await make(SMALL, { drop: ['cut'] });
    const decoded = await decodeTable(await openArchive(memorySource(joinPieces(made.image))));
    expect(firstDifference(dropColumns(SMALL, ['cut']), decoded)).toBeNull();
  });

  it('rewrites only its small sections when β changes', async () => {
    const bases = async (beta: number): Promise<string[]> => {
      const { image } = await make(SMALL, { target: 'odd', features: ['rate'], beta });
      return image.sections.flatMap(({ type, blocks }) =>
        type <= 6 ? blocks.map((block) => JSON.stringify(block)) : [],
      );
    };
    expect(await bases(2)).toEqual(await bases(9));
  });

  it('refuses record numbers that it does not have', async () => {
    const archive = await openArchive(memorySource(joinPieces((await make(SMALL)).image)));
    for (const record of [-1, 12, 0.5, NaN, Infinity]) {
      expect(() => locateRecord(archive, record)).toThrow(
        expect.objectContaining({ code: 'RECORD_OUT_OF_RANGE' }),
      );
    }
  });

  it('reports Equation 1 for what it holds', async () => {
    const made = await make(SMALL, { target: 'odd', features: ['rate'] });
    const n = 10;
    const { idBits } = made.encoded.train.bases!;
    const { baseCount, baseBits, deviationBits, constantBits, ...equation1 } = made.bases!;
    expect(made.recordBits).toBe(baseBits + deviationBits);
    const bare = baseCount * baseBits + n * (idBits + deviationBits) + 8 * made.parameterBytes;
    expect(equation1.equation1Bits).toBe(bare);
    const m = made.condensedSamples;
    expect(equation1.equation1BitsWithSamples).toBe(bare + m * (idBits + deviationBits) + m * 4);
    expect(made.breakdown.train.bases).toBe(Math.ceil((baseCount * (baseBits - constantBits)) / 8));
  });
});

describe('a damaged archive', () => {
  const CODES = ['ARCHIVE_CORRUPT', 'ARCHIVE_NEWER', 'CODEC_UNKNOWN'];

  /** What reading everything gives: the code of a refusal, or where the table differs. */
  async function outcome(file: Uint8Array, table: Table): Promise<string | null> {
    try {
      const archive = await openArchive(memorySource(file));
      const difference = firstDifference(table, await decodeTable(archive));
      const sections = await readContents(memorySource(file));
      for (const { blocks } of sections)
        for (const block of blocks) await readBlock(memorySource(file), block);
      return difference === null ? 'taken' : `wrong data: ${difference}`;
    } catch (thrown) {
      return thrown instanceof LabError ? thrown.code : `uncoded: ${String(thrown)}`;
    }
  }

  it('is refused for every changed byte', async () => {
    const file = joinPieces(
      (await make(SMALL, { target: 'odd', features: ['rate'], samples: 'stored' })).image,
    );
    expect(await outcome(file, SMALL)).toBe('taken');
    for (let at = 0; at < file.length; at++) {
      for (const change of [1, 0x80, 1 + (at % 254)]) {
        const damaged = file.slice();
        damaged[at] ^= change;
        const result = await outcome(damaged, SMALL);
        if (!CODES.includes(result ?? '')) expect([at, change, result]).toEqual([at, change, 'refused']);
      }
    }
  });

  it('is refused when it was cut off anywhere, or is followed by more', async () => {
    const file = joinPieces((await make(SMALL)).image);
    for (let length = 0; length < file.length; length++) {
      const result = await outcome(file.subarray(0, length), SMALL);
      if (result !== 'ARCHIVE_CORRUPT') expect([length, result]).toEqual([length, 'ARCHIVE_CORRUPT']);
    }
    expect(await outcome(Uint8Array.of(...file, 0), SMALL)).toBe('ARCHIVE_CORRUPT');
    // The head of one and the tail of another.
    const other = joinPieces((await make(SMALL, { split: 2 })).image);
    const mixed = Uint8Array.of(...file.subarray(0, file.length >> 1), ...other.subarray(other.length >> 1));
    expect(await outcome(mixed, SMALL)).toBe('ARCHIVE_CORRUPT');
  });

  it('is refused when it is no archive at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(await outcome(bytes, SMALL)).toBe('ARCHIVE_CORRUPT');
      }),
    );
  });
});
