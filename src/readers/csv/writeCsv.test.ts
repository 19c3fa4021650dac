import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileOf } from '../testing/files.ts';
import {
  COLUMN_KINDS,
  numberColumn,
  randomTable,
  tableOf,
  textColumn,
} from '../../core/testing/randomTables.ts';
import { readCsv } from './readCsv.ts';
import { firstDifference, type NumberColumn, type Table } from '../../core/table/table.ts';
import { writeCsv } from './writeCsv.ts';

const bytesOf = (table: Table): Uint8Array => new Uint8Array(Buffer.concat([...writeCsv(table)]));
const textOf = (table: Table): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(table));

const timeColumn = (name: string, time: string, cells: (number | null)[]): NumberColumn => ({
  ...numberColumn(name, cells),
  time,
});

/** What CSV cannot hold: NaN or empty text beside missing, lone surrogates, zero bytes. */
function expressible(table: Table): boolean {
  return table.columns.every((column) =>
    column.kind === 'text'
      ? column.dictionary.every((text) => text.isWellFormed() && text !== '' && !text.includes('\0'))
      : column.values.every((value) => !Number.isNaN(value)),
  );
}

describe('a table as CSV', () => {
  it('has a header, bare cells where that is enough, and LF', () => {
    const table = tableOf(
      numberColumn('n', [1, -0.5, 1e21, null, -0]),
      textColumn('t', ['a', 'b c', null, 'ä', '1']),
      timeColumn('when', 'YYYY-MM-DD hh:mm', [0, null, 1, 26_297_281, -1]),
    );
    expect(textOf(table)).toBe(
      'n,t,when\n1,a,1970-01-01 00:00\n-0.5,b c,\n1e+21,,1970-01-01 00:01\n,ä,2020-01-01 00:01\n-0,1,1969-12-31 23:59\n',
    );
  });

  it('quotes what would be taken apart or for something else', () => {
    const texts = ['a,b', 'say "hi"', 'two\nlines', ' x', 'x ', 'NA', '', '?', '#1', 'a;b', 'a\tb', 'a|b'];
    const lines = textOf(
      tableOf(
        textColumn('q"', texts),
        numberColumn(
          'n',
          texts.map((_, i) => i),
        ),
      ),
    );
    expect(lines).toBe(
      '"q""",n\n"a,b",0\n"say ""hi""",1\n"two\nlines",2\n" x",3\n"x ",4\n"NA",5\n"",6\n"?",7\n"#1",8\n' +
        '"a;b",9\n"a\tb",10\n"a|b",11\n',
    );
  });

  it('reads back as the same table, whatever its columns are', async () => {
    const recipe = fc.record({
      seed: fc.nat(),
      rows: fc.integer({ min: 2, max: 60 }),
      columns: fc.array(fc.record({ kind: fc.constantFrom(...COLUMN_KINDS), missing: fc.boolean() }), {
        minLength: 1,
        maxLength: 5,
      }),
    });
    await fc.assert(
      fc.asyncProperty(recipe, async (one) => {
        const table = randomTable(one);
        fc.pre(expressible(table));
        // A table of nothing but missing cells is no CSV table.
        fc.pre(table.columns.some((column) => !(column.missing?.every((flag) => flag === 1) ?? false)));
        const types = table.columns.map(({ name, kind }) => ({ column: name, type: kind }));
        const { table: back } = await readCsv(fileOf(bytesOf(table)), {
          types,
          header: true,
          delimiter: ',',
        });
        expect(firstDifference(table, back)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  it('keeps dates and times with their pattern, without being told', async () => {
    const table = tableOf(
      timeColumn('day', 'YYYY-MM-DD', [0, 18_262, -719_162, null]),
      timeColumn('moment', 'YYYY-MM-DDThh:mm:ss.fffZ', [0, 1, -1, 999]),
      timeColumn('offset', 'YYYY-MM-DD hh:mm:ss+02:00', [0, 1, 2, null]),
      timeColumn('clock', 'hh:mm', [0, 1439, 60, null]),
    );
    const { table: back } = await readCsv(fileOf(bytesOf(table)));
    expect(firstDifference(table, back)).toBeNull();
    expect(back.columns.map((column) => (column.kind === 'number' ? column.time : 'text'))).toEqual(
      table.columns.map((column) => (column as NumberColumn).time),
    );
  });

  it('comes in pieces of bounded size that stay as they are', () => {
    const rows = 100_000;
    const table = tableOf(
      numberColumn(
        'x',
        Array.from({ length: rows }, (_, i) => i / 7),
      ),
      textColumn(
        'y',
        Array.from({ length: rows }, () => null),
      ),
    );
    const pieces = [...writeCsv(table)];
    expect(pieces.length).toBeGreaterThan(5);
    for (const piece of pieces) expect(piece.length).toBeLessThan(300_000);
    expect(Buffer.concat(pieces).toString().split('\n').length).toBe(rows + 2);
  });
});
