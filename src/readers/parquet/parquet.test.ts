import fc from 'fast-check';
import { parquetReadObjects, type ColumnMetaData, type SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { codeOf } from '../../core/testing/codeOf.ts';
import { fileOf } from '../testing/files.ts';
import {
  COLUMN_KINDS,
  numberColumn,
  randomTable,
  tableOf,
  textColumn,
} from '../../core/testing/randomTables.ts';
import { datasetId } from '../../core/table/datasetId.ts';
import type { TableReading } from '../tableReading.ts';
import {
  cellText,
  firstDifference,
  type Column,
  type NumberColumn,
  type Table,
} from '../../core/table/table.ts';
import { readParquet } from './read.ts';
import { readRuns } from './runs.ts';
import { writeParquet } from './write.ts';

const read = (bytes: Uint8Array, ranged = true): Promise<TableReading> =>
  readParquet(fileOf(bytes, 'x.parquet', 1000, ranged), {}, SILENT_PULSE);

const bufferOf = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer;

const timeColumn = (name: string, time: string, cells: (number | null)[]): NumberColumn => ({
  ...numberColumn(name, cells),
  time,
});

/** Strings that UTF-8 holds. */
const wellFormed = (table: Table): boolean =>
  table.columns.every(
    (column) => column.kind === 'number' || column.dictionary.every((s) => s.isWellFormed()),
  );

describe('a table written as Parquet', () => {
  const recipe = fc.record({
    seed: fc.nat(),
    rows: fc.integer({ min: 2, max: 60 }),
    columns: fc.array(fc.record({ kind: fc.constantFrom(...COLUMN_KINDS), missing: fc.boolean() }), {
      minLength: 1,
      maxLength: 5,
    }),
  });

  it('reads back as the same table, whatever its columns are', async () => {
    await fc.assert(
      fc.asyncProperty(
        recipe,
        fc.constantFrom('UNCOMPRESSED' as const, 'SNAPPY' as const),
        fc.boolean(),
        async (one, codec, ranged) => {
          const table = randomTable(one);
          fc.pre(wellFormed(table));
          const file = writeParquet(table, { codec });
          expect(firstDifference(table, (await read(file, ranged)).table)).toBeNull();
          expect(writeParquet(randomTable(one), { codec })).toEqual(file);
        },
      ),
    );
  });

  it('says the same to another reader', async () => {
    const table = tableOf(
      numberColumn('int', [1, -2, null, 2 ** 31 - 1]),
      numberColumn('big', [2 ** 40, -(2 ** 53) + 1, 0, 5]),
      numberColumn('double', [0.1, -0, NaN, Infinity]),
      textColumn('__proto__', ['a', null, 'é💎', '']),
      timeColumn('day', 'YYYY-MM-DD', [0, 18_262, -719_162, null]),
      timeColumn('moment', 'YYYY-MM-DD hh:mm', [0, 26_297_281, -1, null]),
      timeColumn('offset', 'YYYY-MM-DD hh:mm:ss+02:00', [0, 1, 2, null]),
    );
    const rows = await parquetReadObjects({ file: bufferOf(writeParquet(table, { codec: 'SNAPPY' })) });
    const column = (name: string): unknown[] =>
      rows.map((row) => Object.getOwnPropertyDescriptor(row, name)?.value as unknown);
    expect(column('int')).toEqual([1, -2, null, 2 ** 31 - 1]);
    expect(column('big')).toEqual([2n ** 40n, -(2n ** 53n) + 1n, 0n, 5n]);
    expect(column('double')).toEqual([0.1, -0, NaN, Infinity]);
    expect(column('day')).toEqual([
      new Date('1970-01-01'),
      new Date('2020-01-01'),
      new Date('0001-01-01'),
      null,
    ]);
    expect(column('moment')).toEqual([
      new Date('1970-01-01T00:00Z'),
      new Date('2020-01-01T00:01Z'),
      new Date('1969-12-31T23:59Z'),
      null,
    ]);
    expect(column('offset')[1]).toBe('1970-01-01 00:00:01+02:00');
    // hyparquet makes objects by assignment, which __proto__ swallows.
    expect((await read(writeParquet(table, { codec: 'SNAPPY' }))).table.columns[3]).toMatchObject({
      name: '__proto__',
    });
  });

  it('keeps dates and times with their patterns', async () => {
    const patterns = [
      'YYYY-MM-DD',
      'YYYY-MM-DD hh:mm',
      'YYYY-MM-DDThh:mm:ssZ',
      'YYYY-MM-DD hh:mm:ss.f',
      'YYYY-MM-DD hh:mm:ss.ffffff000',
      'YYYY-MM-DDThh:mm:ss.ff-11:30',
      'hh:mm',
      'hh:mm:ss.fffffffff',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...patterns),
        fc.array(fc.option(fc.integer({ min: 0, max: 1439 })), { minLength: 2, maxLength: 20 }),
        async (pattern, cells) => {
          fc.pre(cells.some((cell) => cell !== null) || !pattern.includes('-11:30'));
          const table = tableOf(timeColumn('t', pattern, cells));
          const back = (await read(writeParquet(table, { codec: 'UNCOMPRESSED' }))).table;
          expect(firstDifference(table, back)).toBeNull();
          expect(datasetId(back)).toBe(datasetId(table));
        },
      ),
    );
  });

  it('leaves a column as it is where a remark on its pattern does not fit it', async () => {
    const forged = (pattern: string): Table =>
      tableOf(timeColumn('t', 'YYYY-MM-DD hh:mm:ss', [61, 0, null]), timeColumn('u', pattern, [1, 2, 3]));
    const remark = (text: string, to: string): Promise<TableReading> => {
      const bytes = Buffer.from(writeParquet(forged('YYYY-MM-DD'), { codec: 'UNCOMPRESSED' }));
      const at = bytes.indexOf(text);
      bytes.write(to, at);
      return read(new Uint8Array(bytes));
    };
    // Of the same length each, as lengths stand before them: minutes, which 61 seconds are not; no pattern; no JSON.
    for (const other of [
      '["t","YYYY-MM-DDThh:mm   "]',
      '["t","YYYY-MM-DD hh:mm:xx"]',
      '{"t":"YYYY-MM-DD hh:mm:ss"}',
    ])
      expect((await remark('["t","YYYY-MM-DD hh:mm:ss"]', other)).table.columns[0]).toMatchObject({
        time: 'YYYY-MM-DD hh:mm:ss',
        values: Float64Array.of(61, 0, 0),
      });
  });

  it('has several row groups when it is long or wide, and takes a compressor of the caller', async () => {
    const long = tableOf(
      numberColumn(
        'x',
        Array.from({ length: 150_000 }, (_, i) => i % 1000),
      ),
      textColumn(
        'y',
        Array.from({ length: 150_000 }, (_, i) => (i % 1000 < 500 ? 'a' : `b${i % 7}`)),
      ),
    );
    let calls = 0;
    const gzip = (bytes: Uint8Array): Uint8Array => {
      calls++;
      return deflateSync(bytes);
    };
    const file = writeParquet(long, { codec: 'ZSTD', compressors: { ZSTD: gzip } });
    // It is not read back: what it holds is no Zstandard. Two groups of two columns, with a dictionary here and there.
    expect(calls).toBeGreaterThanOrEqual(4);
    expect(file.length).toBeLessThan(150_000);
    expect(firstDifference(long, (await read(writeParquet(long, { codec: 'SNAPPY' }))).table)).toBeNull();
  });
});

describe('a Parquet file of another writer', () => {
  const fixture = (name: string): Uint8Array =>
    new Uint8Array(readFileSync(new URL(`./fixtures/${name}.parquet`, import.meta.url)));
  const range = <T>(make: (i: number) => T): T[] => Array.from({ length: 12 }, (_, i) => make(i));
  const optional = <T>(make: (i: number) => T): (T | null)[] => range((i) => (i === 5 ? null : make(i)));
  const moment = (milliseconds: number): string =>
    new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '');

  /** What Apache Arrow (pyarrow 25) was given when it wrote the fixtures, spelt as cells. */
  const EXPECTED: Record<string, (string | null)[]> = {
    int8: optional((i) => String(i - 6)),
    uint32: range((i) => String(4_294_967_295 - i)),
    int64: optional((i) => String((i - 6) * 10 ** 12)),
    long: range((i) => String(2n ** 60n + BigInt(i))),
    float: optional((i) => String(i / 8)),
    double: range((i) => String(i / 10)),
    half: range((i) => String(i / 4)),
    bool: optional((i) => String(i % 3 === 0)),
    text: optional((i) => ['a', 'bé', '', '"q"'][i % 4]),
    decimal: optional((i) => String((i * 7 - 40) / 100)),
    wide: range((i) => `${10n ** 24n}.${String(i).padStart(3, '0')}`),
    date: optional((i) => new Date((i - 4) * 86_400_000).toISOString().slice(0, 10)),
    moment: range((i) => moment(Date.UTC(2020, 0, 1) + i * 1500)),
    utc: range((i) => `1969-12-31T23:59:59.${String(i).padStart(6, '0')}Z`),
    nanos: range((i) => `2020-01-01 00:00:00.${String(i).padStart(9, '0')}`),
    clock: range((i) => [i, i, i].map((part) => String(part).padStart(2, '0')).join(':')),
    nothing: range(() => null),
    last: range(String),
  };

  const cells = (column: Column): (string | null)[] => range((i) => cellText(column, i));

  it.each(['pages-1-gzip', 'pages-2-zstd'])('is read in full: %s', async (name) => {
    const { table, notices, decisions } = await read(fixture(name));
    expect(Object.fromEntries(table.columns.map((column) => [column.name, cells(column)]))).toEqual(EXPECTED);
    expect(notices.map(({ code, column }) => [code, column])).toEqual([
      ['long-digits', 'long'],
      ['long-digits', 'wide'],
      ['long-digits', 'nanos'],
      ['left-out', 'bytes'],
      ['left-out', 'list'],
    ]);
    expect(decisions.map(({ column }) => column)).toEqual(table.columns.map((column) => column.name));
    expect(decisions.find(({ column }) => column === 'utc')!.type).toBe('time');
  });

  it('is read when it holds differences and split bytes', async () => {
    const { table } = await read(fixture('deltas-brotli'));
    for (const column of table.columns)
      expect([column.name, cells(column)]).toEqual([column.name, EXPECTED[column.name]]);
    expect(table.columns.length).toBe(5);
  });

  it('that was changed or cut is refused by a code, or read', async () => {
    for (const name of ['pages-1-gzip', 'pages-2-zstd', 'deltas-brotli']) {
      const file = fixture(name);
      for (let at = 0; at < file.length; at += name === 'deltas-brotli' ? 5 : 37) {
        const damaged = file.slice();
        damaged[at] ^= 1 + (at % 255);
        const code = await codeOf(read(damaged));
        // Without checksums of pages a changed value is a value.
        if (!/^(?:taken|PARQUET_(?:DAMAGED|UNSUPPORTED|TOO_LARGE)|CSV_ONE_ROW)$/.test(code))
          expect([name, at, code]).toEqual([name, at, 'coded']);
      }
      for (let length = 0; length < file.length; length += 83)
        expect([length, await codeOf(read(file.subarray(0, length)))]).toEqual([length, 'PARQUET_DAMAGED']);
    }
  });

  it('with checksums is refused for every changed byte of its pages', async () => {
    const file = fixture('pages-2-zstd');
    const footer = file.length - 8 - new DataView(file.buffer).getUint32(file.length - 8, true);
    const whole = JSON.stringify((await read(file)).table);
    let refused = 0;
    for (let at = 4; at < footer; at += 3) {
      const damaged = file.slice();
      damaged[at] ^= 0x10;
      try {
        // A header's remarks (an index page, a sorted dictionary) may change without harm, the table may not.
        expect(JSON.stringify((await read(damaged)).table)).toBe(whole);
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: expect.stringMatching(/^PARQUET_/) as string });
        refused++;
      }
    }
    expect(refused).toBeGreaterThan((footer / 3) * 0.8);
  });
});

describe('dates and moments without end', () => {
  const DAY = { type: 'INT32', logical_type: { type: 'DATE' } } as const;
  const MOMENT = {
    type: 'INT64',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' },
  } as const;

  /** A file of two columns as DuckDB writes them. */
  function fileWith(days: number[], moments: bigint[]): Uint8Array {
    const writer = new ByteWriter();
    const parquet = new ParquetWriter({
      writer,
      schema: [
        { name: 'root', num_children: 2 },
        { name: 'd', repetition_type: 'REQUIRED', ...DAY },
        { name: 't', repetition_type: 'REQUIRED', ...MOMENT },
      ],
    });
    void parquet.write({
      columnData: [
        { name: 'd', data: Int32Array.from(days) },
        { name: 't', data: BigInt64Array.from(moments) },
      ],
    });
    void parquet.finish();
    return writer.getBytes();
  }

  const largest = 2n ** 63n - 1n;
  const bytes = fileWith(
    [2 ** 31 - 1, 18_263, -(2 ** 31 - 1), 18_264],
    [1_577_872_800_000_000n, largest, -largest, 0n],
  );
  const spelt = ({ table }: TableReading): (string | null)[][] =>
    table.columns.map((column) => Array.from({ length: table.rows }, (_, row) => cellText(column, row)));

  it('are missing among the others, and said', async () => {
    const reading = await read(bytes);
    expect(spelt(reading)).toEqual([
      [null, '2020-01-02', null, '2020-01-03'],
      ['2020-01-01 10:00:00', null, null, '1970-01-01 00:00:00'],
    ]);
    expect(reading.notices.map(({ code, column, text }) => [code, column, text])).toEqual([
      [
        'infinite-times',
        'd',
        '2 cells are infinite, and read as missing. As text the column keeps what they say.',
      ],
      [
        'infinite-times',
        't',
        '2 cells are infinite, and read as missing. As text the column keeps what they say.',
      ],
    ]);
    expect(reading.decisions.map(({ type }) => type)).toEqual(['time', 'time']);
  });

  it('are kept where the column is chosen as text', async () => {
    const types = ['d', 't'].map((column) => ({ column, type: 'text' as const }));
    const reading = await readParquet(fileOf(bytes), { types }, SILENT_PULSE);
    expect(spelt(reading)).toEqual([
      ['infinity', '2020-01-02', '-infinity', '2020-01-03'],
      ['2020-01-01 10:00:00.000000', 'infinity', '-infinity', '1970-01-01 00:00:00.000000'],
    ]);
    expect(reading.notices).toEqual([]);
  });

  it('are no years beyond 9999, which leave a column plain numbers with a word on it', async () => {
    const reading = await read(fileWith([3_000_000, 1], [0n, 1n]));
    expect(spelt(reading)[0]).toEqual(['3000000', '1']);
    expect(reading.notices.map(({ code, column }) => [code, column])).toEqual([['times-beyond', 'd']]);
  });
});

describe('a Parquet file with bytes changed at random', () => {
  /** Columns with runs, dictionaries, differences, prefixes and split streams, on pages of the second version. */
  const made = (encoding: 'PLAIN' | 'DELTA_BINARY_PACKED' | 'BYTE_STREAM_SPLIT'): Uint8Array => {
    const bytes = new ByteWriter();
    const schema: SchemaElement[] = [
      { name: 'root', num_children: 3 },
      { name: 'long', type: 'INT64', repetition_type: 'OPTIONAL' },
      { name: 'text', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED' },
      { name: 'int', type: 'INT32', repetition_type: 'REQUIRED' },
    ];
    const rows = Array.from({ length: 100 }, (_, i) => i);
    const writer = new ParquetWriter({ writer: bytes, schema, codec: 'UNCOMPRESSED' });
    void writer.write({
      columnData: [
        { name: 'long', data: rows.map((i) => (i % 9 === 0 ? null : -(BigInt(i) ** 3n))), encoding },
        {
          name: 'text',
          data: rows.map((i) => new TextEncoder().encode(`text ${i}`)),
          encoding: encoding === 'PLAIN' ? 'DELTA_LENGTH_BYTE_ARRAY' : 'DELTA_BYTE_ARRAY',
        },
        { name: 'int', data: Int32Array.from(rows, (i) => i * 7 - 50), encoding },
      ],
    });
    void writer.finish();
    return new Uint8Array(bytes.getBuffer());
  };

  it('is read, or refused by a code, without delay', async () => {
    const files = (['PLAIN', 'DELTA_BINARY_PACKED', 'BYTE_STREAM_SPLIT'] as const).map(made);
    for (const file of files) expect(await codeOf(read(file))).toBe('taken');
    const changes = fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(0, 127, 128, 255), fc.nat(255))), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), changes, async (file, bytes) => {
        const damaged = file.slice();
        for (const [at, value] of bytes) damaged[at % file.length] = value;
        expect(await codeOf(read(damaged))).toMatch(
          /^(?:taken|PARQUET_(?:DAMAGED|UNSUPPORTED|TOO_LARGE)|CSV_ONE_ROW)$/,
        );
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('is refused for integers without end and for lists within lists', async () => {
    const footers = [
      [0x36, ...new Uint8Array(300_000).fill(255), 0],
      // A list of lists of lists, each of which claims 2^25 elements.
      [0x39, ...Array.from({ length: 200 }, () => [0xf9, 0x80, 0x80, 0x80, 0x10]).flat(), 0],
    ];
    for (const footer of footers) {
      const end = new DataView(new ArrayBuffer(8));
      end.setUint32(0, footer.length, true);
      end.setUint32(4, 0x31524150, true);
      const file = Uint8Array.from([...footer, ...new Uint8Array(end.buffer)]);
      expect(await codeOf(read(file))).toBe('PARQUET_DAMAGED');
    }
  });
});

describe('runs of integers', () => {
  it('are read at any width, cut where their values end, and never beyond their number', () => {
    // 32 bits a value, as fastparquet packs the numbers of wide dictionaries: one group of which two are there.
    expect([...readRuns(Uint8Array.of(3, 1, 0, 0, 128, 2, 0, 0, 0), 32, 2)]).toEqual([2 ** 31 + 1, 2]);
    expect([...readRuns(Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0x0f, 1), 1, 3)]).toEqual([1, 1, 1]);
    expect(() => readRuns(Uint8Array.of(3, 1, 0, 0), 32, 2)).toThrow(RangeError);
    expect(() => readRuns(Uint8Array.of(), 0, 1)).toThrow(RangeError);
  });
});

describe('a Parquet file that claims what is not so', () => {
  /** A column of three numbers whose footer is edited before it is written. */
  const forged = (edit: (writer: ParquetWriter) => void): Uint8Array => {
    const bytes = new ByteWriter();
    const schema: SchemaElement[] = [
      { name: 'root', num_children: 1 },
      { name: 'x', type: 'DOUBLE', repetition_type: 'REQUIRED' },
    ];
    const writer = new ParquetWriter({ writer: bytes, schema, codec: 'UNCOMPRESSED' });
    void writer.write({ columnData: [{ name: 'x', data: Float64Array.of(1, 2, 3) }] });
    edit(writer);
    void writer.finish();
    return new Uint8Array(bytes.getBuffer());
  };
  const claim =
    (rows: bigint) =>
    (writer: ParquetWriter): void => {
      writer.num_rows = rows;
      writer.row_groups[0].num_rows = rows;
    };

  it('on its rows is refused before they are allocated', async () => {
    expect(await codeOf(read(forged(() => undefined)))).toBe('taken');
    for (const rows of [2n ** 28n + 1n, 2n ** 40n, 2n ** 62n])
      expect(await codeOf(read(forged(claim(rows))))).toBe('PARQUET_TOO_LARGE');
    for (const rows of [4n, 2n ** 27n, -3n])
      expect(await codeOf(read(forged(claim(rows))))).toBe('PARQUET_DAMAGED');
    expect(await codeOf(read(forged((writer) => (writer.num_rows = 4n))))).toBe('PARQUET_DAMAGED');
  });

  it('on the place, size, type and codec of its columns is refused', async () => {
    const edits: [string, (meta: ColumnMetaData) => void][] = [
      ['PARQUET_DAMAGED', (meta) => (meta.data_page_offset = 2n ** 40n)],
      ['PARQUET_DAMAGED', (meta) => (meta.data_page_offset = 0n)],
      ['PARQUET_DAMAGED', (meta) => (meta.total_compressed_size = 2n ** 50n)],
      ['PARQUET_DAMAGED', (meta) => (meta.total_compressed_size = 8n)],
      ['PARQUET_DAMAGED', (meta) => (meta.type = 'INT64')],
      ['PARQUET_UNSUPPORTED', (meta) => (meta.codec = 'LZO')],
      ['PARQUET_DAMAGED', (meta) => (meta.codec = 'ZSTD')],
      ['PARQUET_DAMAGED', (meta) => (meta.codec = 'SNAPPY')],
    ];
    for (const [code, edit] of edits)
      expect([
        String(edit),
        await codeOf(read(forged((writer) => edit(writer.row_groups[0].columns[0].meta_data!)))),
      ]).toEqual([String(edit), code]);
    expect(await codeOf(read(forged((writer) => (writer.row_groups[0].columns = []))))).toBe(
      'PARQUET_DAMAGED',
    );
  });

  it('on its columns is refused', async () => {
    const wide = forged(({ schema: elements }) => {
      elements[0].num_children = 10_001;
      for (let k = 1; k <= 10_000; k++) elements.push({ ...elements[1], name: `x${k}` });
    });
    expect(await codeOf(read(wide))).toBe('PARQUET_TOO_LARGE');
  });

  it('or has one row or none is refused', async () => {
    const one = tableOf(numberColumn('x', [1]));
    const none = tableOf(numberColumn('x', []));
    for (const table of [one, none])
      expect(await codeOf(read(writeParquet(table, { codec: 'SNAPPY' })))).toBe('CSV_ONE_ROW');
  });
});
