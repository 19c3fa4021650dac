import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../core/testing/codeOf.ts';
import { fileOf, textFile } from './testing/files.ts';
import { numberColumn, tableOf, textColumn } from '../core/testing/randomTables.ts';
import { writeParquet } from './parquet/write.ts';
import { readTable } from './readTable.ts';
import type { ReadingOptions } from './tableReading.ts';
import { firstDifference, type Table } from '../core/table/table.ts';
import { writeCsv } from './csv/writeCsv.ts';

const TABLE = tableOf(numberColumn('x', [1, 2.5, null, -200]), textColumn('t', ['a', 'b', 'a', '7']), {
  ...numberColumn('day', [0, 1, 2, 18_262]),
  time: 'YYYY-MM-DD',
});
const PARQUET = writeParquet(TABLE, { codec: 'SNAPPY' });
const CSV = new Uint8Array(Buffer.concat([...writeCsv(TABLE)]));

async function kinds(bytes: Uint8Array, options: ReadingOptions): Promise<Table['columns']> {
  return (await readTable(fileOf(bytes), options)).table.columns;
}

describe('readTable', () => {
  it('tells CSV, LIBSVM and Parquet by their first bytes, plain or in gzip, whatever the pieces', async () => {
    for (const piece of [1, 7, 100_000]) {
      const csv = await readTable(fileOf(CSV, 'x.csv', piece));
      expect([csv.format, csv.bytes, firstDifference(TABLE, csv.table)]).toEqual(['csv', CSV.length, null]);
      const packed = await readTable(fileOf(gzipSync(CSV), 'x.csv.gz', piece));
      expect([packed.format, packed.bytes, firstDifference(TABLE, packed.table)]).toEqual([
        'csv',
        CSV.length,
        null,
      ]);
      const parquet = await readTable(fileOf(PARQUET, 'x.parquet', piece));
      expect([parquet.format, parquet.bytes, firstDifference(TABLE, parquet.table)]).toEqual([
        'parquet',
        PARQUET.length,
        null,
      ]);
      const lines = '1 1:2 3:4\n-1 2:1\n';
      const libsvm = await readTable(fileOf(gzipSync(lines), 'x.libsvm.gz', piece));
      expect([libsvm.format, libsvm.bytes, libsvm.table.columns.length]).toEqual(['libsvm', lines.length, 4]);
    }
    expect((await readTable(fileOf(gzipSync(PARQUET), 'x.parquet.gz'))).format).toBe('parquet');
  });

  it('says of other containers what they are', async () => {
    for (const [bytes, what] of [
      [Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), /older Excel/],
      [gzipSync(gzipSync(CSV)), /inside a gzip file/],
    ] as const)
      await expect(readTable(fileOf(bytes))).rejects.toMatchObject({ code: 'CSV_BINARY', message: what });
    expect(await codeOf(readTable(fileOf(Uint8Array.of(0, 1, 2, 3))))).toBe('CSV_BINARY');
    expect(await codeOf(readTable(fileOf(new Uint8Array(0))))).toBe('CSV_EMPTY');
    expect(await codeOf(readTable(fileOf(gzipSync(CSV).subarray(0, 30))))).toBe('GZIP_DAMAGED');
    expect(await codeOf(readTable(textFile('PAR1')))).toBe('PARQUET_DAMAGED');
  });

  it('reads formats with types of their own as the user says, too', async () => {
    const types = (column: string, type: 'number' | 'text' | 'time'): ReadingOptions => ({
      types: [{ column, type }],
    });
    expect(await kinds(PARQUET, types('x', 'text'))).toMatchObject([
      { kind: 'text', dictionary: ['1', '2.5', '-200'] },
      {},
      {},
    ]);
    expect((await kinds(PARQUET, types('day', 'text')))[2]).toMatchObject({
      dictionary: ['1970-01-01', '1970-01-02', '1970-01-03', '2020-01-01'],
    });
    expect((await kinds(PARQUET, types('day', 'number')))[2]).not.toHaveProperty('time');
    const [x, t] = await kinds(PARQUET, { missing: ['-200', 'b'] });
    expect([...x.missing!]).toEqual([0, 0, 1, 1]);
    expect(t).toMatchObject({ dictionary: ['a', '7'], missing: Uint8Array.of(0, 1, 0, 0) });
    await expect(kinds(PARQUET, types('t', 'number'))).rejects.toMatchObject({
      code: 'CSV_TYPE',
      message: expect.stringContaining('record 0 has "a"') as string,
    });
    expect(await codeOf(kinds(PARQUET, types('x', 'time')))).toBe('CSV_TYPE');
    const days = tableOf(textColumn('d', ['2020-01-01', null, '1969-12-31']), numberColumn('n', [1, 2, 3]));
    const file = writeParquet(days, { codec: 'SNAPPY' });
    expect((await kinds(file, types('d', 'time')))[0]).toMatchObject({
      time: 'YYYY-MM-DD',
      values: Float64Array.of(18_262, 0, -1),
    });
    const digits = tableOf(textColumn('d', ['1', null, '2.5']), numberColumn('n', [1, 2, 3]));
    expect((await kinds(writeParquet(digits, { codec: 'SNAPPY' }), types('d', 'number')))[0]).toMatchObject({
      kind: 'number',
      values: Float64Array.of(1, 0, 2.5),
    });
  });
});
