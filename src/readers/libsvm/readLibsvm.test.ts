import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { codeOf } from '../../core/testing/codeOf.ts';
import { fileOf, textFile } from '../testing/files.ts';
import { numberColumn, tableOf } from '../../core/testing/randomTables.ts';
import type { ReadingOptions, TableReading } from '../tableReading.ts';
import { firstDifference } from '../../core/table/table.ts';
import { looksLikeLibsvm } from './looksLikeLibsvm.ts';
import { readLibsvm } from './readLibsvm.ts';

const read = (text: string, piece = 65_536, options: ReadingOptions = {}): Promise<TableReading> =>
  readLibsvm(textFile(text, 'x.libsvm', piece), options, SILENT_PULSE);

async function columns(text: string): Promise<Record<string, (number | null)[]>> {
  const { table } = await read(text);
  return Object.fromEntries(
    table.columns.map((column) => {
      if (column.kind === 'text') throw new Error('LIBSVM has no text.');
      return [
        column.name,
        Array.from(column.values, (value, i) => (column.missing?.[i] === 1 ? null : value)),
      ];
    }),
  );
}

/** What other tables write with colons. */
const OTHERS = [
  '1 08:15 9:05\n2 10:20 11:45\n',
  '1 8:15 12:30\n2 7:20 11:45\n3 9:10 10:55\n',
  '12:30\n13:45\n',
  '12:30 13:45\n14:10 15:20\n',
  '1 16:9 4:3\n2 4:3 3:2\n',
  '1 1:foo 2:bar\n0 1:baz 2:foo\n',
  '1 1:1 In the beginning\n1 1:2 And the earth\n',
  '2024-01-01 12:30\n2024-01-02 13:45\n',
];

describe('LIBSVM text', () => {
  it('has the label last and zeros for what a line does not name', async () => {
    expect(await columns('+1 1:0.5 3:-2e-1\n-1 2:7 \n1.0\n')).toEqual({
      f1: [0.5, 0, 0],
      f2: [0, 7, 0],
      f3: [-0.2, 0, 0],
      label: [1, -1, 1],
    });
  });

  it('may count from 0, name queries, hold comments, tabs, blank lines and any line end', async () => {
    const text = '# head\r\n3\tqid:4  0:1 2:5 # a: comment\r\n\r\n  0.25 qid:9 1:2';
    expect(await columns(text)).toEqual({
      qid: [4, 9],
      f0: [1, 0],
      f1: [0, 2],
      f2: [5, 0],
      label: [3, 0.25],
    });
  });

  it('may say that a value is missing, and keeps infinities', async () => {
    expect(await columns('1 1:nan 2:inf\n0 1:3 2:-Infinity\n')).toEqual({
      f1: [null, 3],
      f2: [Infinity, -Infinity],
      label: [1, 0],
    });
  });

  it('ends its lines in CR, LF or both, in pieces of any size', async () => {
    for (const end of ['\r', '\n', '\r\n']) {
      const text = ['-1 1:0.5 3:0', '1 1:1.5 3:2', '', '-1 1:2.5', ''].join(end);
      const whole = (await read(text)).table;
      expect(await columns(text)).toEqual({
        f1: [0.5, 1.5, 2.5],
        f2: [0, 0, 0],
        f3: [0, 2, 0],
        label: [-1, 1, -1],
      });
      for (let piece = 1; piece < 20; piece++)
        expect([end, piece, firstDifference(whole, (await read(text, piece)).table)]).toEqual([
          end,
          piece,
          null,
        ]);
    }
  });

  it('may lack the label of a line, which is missing then', async () => {
    const text = '1 1:1.5 3:2\n 1:2.5 3:4\n1:3.5\n0 qid:1 1:3\n'.replace(' qid:1', '');
    expect(await columns(text)).toEqual({
      f1: [1.5, 2.5, 3.5, 3],
      f2: [0, 0, 0, 0],
      f3: [2, 4, 0, 0],
      label: [1, null, null, 0],
    });
    expect((await read(text)).notices).toEqual([
      { code: 'unlabelled-lines', column: null, text: '2 of 4 lines have no label, which is missing there.' },
    ]);
    expect(Object.keys(await columns('1:1 2:2 3:3\n1:2 2:3 3:4\n'))).toEqual(['f1', 'f2', 'f3']);
  });

  it('has a column for every label where lines name several', async () => {
    const text = '7 1:1\n3,7 1:2\n 1:3\n-1,3 1:4\n7,7 1:5\n';
    expect(await columns(text)).toEqual({
      f1: [1, 2, 3, 4, 5],
      'label -1': [0, 0, 0, 1, 0],
      'label 3': [0, 1, 0, 1, 0],
      'label 7': [1, 1, 0, 0, 1],
    });
    const { notices, decisions } = await read(text);
    expect(notices.map(({ code }) => code)).toEqual(['several-labels', 'unlabelled-lines']);
    expect(decisions[3].why).toBe('1 where a line names the label 7, else 0');
    const many = Array.from({ length: 1001 }, (_, k) => `${k},${k + 1} 1:1\n`).join('');
    expect(await codeOf(read(many))).toBe('LIBSVM_TOO_LARGE');
    expect(
      await codeOf(read(`${Array.from({ length: 1001 }, (_, k) => `${k} 1:1\n`).join('')}1,2 1:1\n`)),
    ).toBe('LIBSVM_TOO_LARGE');
  });

  it('reads back every table of numbers, dense or sparse, in pieces of any size', async () => {
    const cell = fc.oneof(
      fc.constant(0),
      fc.integer({ min: -1000, max: 1000 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const shape = fc.integer({ min: 1, max: 5 }).chain((width) =>
      fc.record({
        rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
          minLength: 2,
          maxLength: 12,
        }),
        labels: fc.array(fc.constantFrom(-1, 1, 2.5), { minLength: 12, maxLength: 12 }),
        dense: fc.boolean(),
        piece: fc.integer({ min: 1, max: 40 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(shape, async ({ rows, labels, dense, piece }) => {
        const width = rows[0].length;
        const spelt = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
        const text = rows
          .map((row, i) => {
            // The last column is always there, so that the table has its width.
            const pairs = row.flatMap((value, c) =>
              dense || !Object.is(value, 0) || c === width - 1 ? [`${c + 1}:${spelt(value)}`] : [],
            );
            return `${[labels[i], ...pairs].join(' ')}\n`;
          })
          .join('');
        const expected = tableOf(
          ...rows[0].map((_, c) =>
            numberColumn(
              `f${c + 1}`,
              rows.map((row) => row[c]),
            ),
          ),
          numberColumn('label', labels.slice(0, rows.length)),
        );
        expect(firstDifference(expected, (await read(text, piece)).table)).toBeNull();
      }),
    );
  });

  it('is told from its first lines', () => {
    expect(looksLikeLibsvm('1 1:2 3:4\n-1 2:1\n')).toBe(true);
    // A fault among lines of LIBSVM is named by its line, not taken for another format.
    expect(looksLikeLibsvm('1 1:2 3:4\n-1 2:x\n')).toBe(true);
    expect(looksLikeLibsvm('1 1:2 3:4\n-1 2:x\n1 2:y\n')).toBe(false);
    expect(looksLikeLibsvm('1 1:2 3:4\n-1 2:x late\n')).toBe(false);
    expect(looksLikeLibsvm('# c\n+1.5 qid:3 0:1e-3 # x\n2\n')).toBe(true);
    // Cut off within a pair.
    expect(looksLikeLibsvm('1 1:2 3:4\n-1 2:')).toBe(true);
    expect(looksLikeLibsvm('1 1:2 3:')).toBe(true);
    expect(looksLikeLibsvm('1,3 1:2 3:4\n2 2:1\n')).toBe(true);
    expect(looksLikeLibsvm('1 1:2 3:4\r0 2:1\r')).toBe(true);
    expect(looksLikeLibsvm('1 1:1.5 3:2\n 1:2.5 3:4\n0 1:3\n')).toBe(true);
    expect(looksLikeLibsvm('1:1 2:2 3:3\n1:2 2:3 3:4\n')).toBe(true);
    expect(looksLikeLibsvm('1 3:1 2:2 1:3\n0 3:2 2:3 1:4\n')).toBe(true);
    for (const text of [
      'a,b\n1,2\n',
      '1,2\n3,4\n',
      '1\n2\n',
      '12:30,4\n',
      '5 12:30:10 7\n',
      '1 a:2\n',
      '',
    ].concat(OTHERS))
      expect([text, looksLikeLibsvm(text)]).toEqual([text, false]);
  });

  it('is read as the user says', async () => {
    const options: ReadingOptions = { types: [{ column: 'label', type: 'text' }], missing: ['-200'] };
    const { table, decisions } = await read('1 1:-200.0\n1 1:3\n-1 1:4\n', 9, options);
    expect(table.columns[1]).toMatchObject({ kind: 'text', dictionary: ['1', '-1'], missing: null });
    expect([...table.columns[0].missing!]).toEqual([1, 0, 0]);
    expect(decisions[1]).toMatchObject({ column: 'label', type: 'text', chosen: true });
  });

  it('says how many numbers it had to round', async () => {
    const { notices } = await read('1 1:0.12345678901234567890\n0 1:12345678901234567890\n');
    expect(notices).toEqual([expect.objectContaining({ code: 'long-digits' })]);
    expect((await read('1 1:0.1\n0 1:0.30000000000000004\n')).notices).toEqual([]);
  });

  it('that is malformed is refused with its line', async () => {
    for (const [text, line] of [
      ['1 1:2\nx 1:2\n', 2],
      ['1 1:2\n\n1;2 1:2\n', 3],
      ['1 1:2\r\r1,x 1:2\r', 3],
      ['1 1:2\n1, 1:2\n', 2],
      ['1 1:2 1:3\n0\n', 1],
      ['1 2:2 1:3\n0\n', 1],
      ['1 1:2\n0 1\n', 2],
      ['1 1:2\n0 1:\n', 2],
      ['1 1:2\n0 1:2:3\n', 2],
      ['1 1:2\n0 a:2\n', 2],
      ['1 1:2\n0 -1:2\n', 2],
      ['1 1:2\n0 1.5:2\n', 2],
    ] as const) {
      await expect(read(text)).rejects.toMatchObject({
        code: 'LIBSVM_MALFORMED',
        message: expect.stringContaining(`Line ${line} `) as string,
      });
    }
    expect(await codeOf(read('1 qid:1 1:2\n1 1:2\n'))).toBe('LIBSVM_MALFORMED');
    expect(await codeOf(read('1 1:2\n'))).toBe('CSV_ONE_ROW');
  });

  it('that is too large is refused before its table is made', async () => {
    expect(await codeOf(read('1 1:2\n0 10001:1\n'))).toBe('LIBSVM_TOO_LARGE');
    expect(await codeOf(read(`1 1:2\n0 ${'9'.repeat(30)}:1\n`))).toBe('LIBSVM_TOO_LARGE');
    // 26,844 rows of 10,000 features are more than 2^28 cells.
    expect(await codeOf(read(`1 10000:1\n${'1\n'.repeat(30_000)}`))).toBe('LIBSVM_TOO_LARGE');
  });

  it('is refused with a line that does not end', async () => {
    const endless = fileOf(new Uint8Array(17 << 20).fill(32), 'x', 1 << 20);
    expect(await codeOf(readLibsvm(endless, {}, SILENT_PULSE))).toBe('LIBSVM_MALFORMED');
  });
});
