import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../core/errors.ts';
import { datasetId } from '../../core/table/datasetId.ts';
import type { ReadingOptions, TableFile } from '../tableReading.ts';
import { cellText } from '../../core/table/table.ts';
import { readCsv } from './readCsv.ts';
import { cells, read, refusal, tableFrom } from './testing/textFiles.ts';

const utf8 = new TextEncoder();

/** A file that is made while it is read. */
const streamOf = (pieces: () => Iterable<Uint8Array>): TableFile => ({
  name: 'stream.csv',
  bytes: null,
  open: () =>
    Promise.resolve(
      (async function* () {
        for (const piece of pieces()) yield await Promise.resolve(piece);
      })(),
    ),
});

describe('refusals', () => {
  it('name what is wrong by a code', async () => {
    const cases: [string, string | Uint8Array][] = [
      ['CSV_EMPTY', ''],
      ['CSV_EMPTY', '\n\n  \n'],
      ['CSV_EMPTY', 'a,b\n'],
      ['CSV_EMPTY', 'a,b'],
      ['CSV_EMPTY', '\ufeff'],
      ['CSV_EMPTY', 'a,b\nNA,\n,?\n'],
      ['CSV_ONE_ROW', 'a,b\n1,2\n'],
      ['CSV_ONE_ROW', '1,2\n'],
      ['CSV_ONE_COLUMN', 'a b\n1 2\n3 4\n'],
      ['CSV_RAGGED', 'a,b\n1,2\n3\n'],
      ['CSV_RAGGED', 'a,b\n1,2\n3,4,5\n'],
      ['CSV_RAGGED', 'a,b\n1\n2\n'],
      ['CSV_QUOTES', 'a,b\n1,2\n3,"4\n'],
      ['CSV_QUOTES', 'a,b\n1,"x" y\n2,z\n'],
      ['CSV_QUOTES', 'a,b\n"x"y,1\n"z",2\n3,4\n'],
      ['CSV_QUOTES', 'a,b\n1,"x"y"\n2,z\n3,w\n'],
      ['CSV_QUOTES', '"'],
      ['CSV_TOO_WIDE', `${Array.from({ length: 10_001 }, (_, c) => `c${c}`).join(',')}\n`],
      ['CSV_BINARY', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)],
      ['CSV_BINARY', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)],
      ['CSV_NUL', utf8.encode('a,b\n1,2\u0000\n')],
      ['CSV_NUL', utf8.encode(`a,b\n${'1,2\n'.repeat(100_000)}3,\u0000\n`)],
      ['CSV_EMPTY', Uint8Array.of(97, 0, 44, 0, 98, 0, 10, 0)],
    ];
    for (const [code, content] of cases) {
      const shown = typeof content === 'string' ? content.slice(0, 40) : '(bytes)';
      expect([shown, (await refusal(content)).code]).toEqual([shown, code]);
    }
  });

  it('name the lines of ragged rows as an editor counts them', async () => {
    const { code, what } = await refusal('a,b\n1,"x\ny"\n\n3\n4,5\n6,7,8\n9,0\n');
    expect(code).toBe('CSV_RAGGED');
    expect(what).toBe(
      '2 rows have another number of cells than the table, which has 2: line 5 (1 cell), line 7 (3 cells).',
    );
    const many = `a,b\n${'1,2\n'.repeat(50)}${'3\n'.repeat(40)}`;
    expect((await refusal(many)).what).toBe(
      '40 rows have another number of cells than the table, which has 2: ' +
        'line 52 (1 cell), line 53 (1 cell), line 54 (1 cell), line 55 (1 cell), line 56 (1 cell), ….',
    );
    const endless = `a,b\n${'1,2\n'.repeat(5000)}${'3\n'.repeat(4000)}`;
    expect((await refusal(endless)).what).toMatch(/^At least 1000 rows/);
  });

  it('name the line on which a quote was opened', async () => {
    expect((await refusal('a,b\n1,"x\ny"\n2,z\n3,"open\n4,w\n')).what).toContain('starts on line 5 (cell 2)');
    expect((await refusal('a,b\n1,2\n"two\nlines","x"y\n')).what).toContain('starts on line 4');
  });

  it('come before a line without end fills the memory', async () => {
    const line = utf8.encode('1,'.repeat(1 << 19));
    const endless = streamOf(function* () {
      yield utf8.encode('a,b\n1,2\n');
      for (let k = 0; k < 40; k++) yield line;
      throw new Error('The line was read on and on.');
    });
    await expect(readCsv(endless)).rejects.toMatchObject({ code: 'CSV_TOO_LARGE' });
    const headless = streamOf(function* () {
      for (let k = 0; k < 40; k++) yield line;
      throw new Error('The line was read on and on.');
    });
    await expect(readCsv(headless)).rejects.toMatchObject({ code: 'CSV_TOO_LARGE' });
  });

  it('come early for a quoted cell full of misplaced quotes', async () => {
    const piece = utf8.encode('"x'.repeat(1 << 16));
    let given = 0;
    const file = streamOf(function* () {
      yield utf8.encode('a,b\n1,2\n');
      for (; given < 100; given++) yield piece;
    });
    await expect(readCsv(file)).rejects.toMatchObject({ code: 'CSV_QUOTES' });
    expect(given).toBeLessThan(3);
  });

  it('tell of a file that changes between two readings', async () => {
    const text = `a,b\n${'1.0,2\n'.repeat(10)}x,3\n`;
    let opened = 0;
    const file: TableFile = {
      ...streamOf(() => []),
      open: async () => {
        const content = utf8.encode(opened++ === 0 ? text : `${text}4,5\n`);
        return (async function* () {
          yield await Promise.resolve(content.subarray(0, 7));
          yield content.subarray(7);
        })();
      },
    };
    // All of it is within the first look, so nothing is read twice.
    await expect(readCsv(file)).resolves.toBeDefined();
    expect(opened).toBe(1);
    opened = 0;
    const long = `a,b\n${'1.0,2\n'.repeat(60_000)}x,3\n`;
    const changing: TableFile = {
      ...file,
      open: async () => {
        const content = utf8.encode(opened++ === 0 ? long : `${long}4,5\n`);
        return (async function* () {
          yield await Promise.resolve(content);
        })();
      },
    };
    await expect(readCsv(changing)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    expect(opened).toBe(2);
  });

  it('pass on what opening the file throws', async () => {
    const file: TableFile = {
      name: 'gone.csv',
      bytes: null,
      open: () => Promise.reject(new LabError('FILE_UNREADABLE', 'gone.csv could not be read.')),
    };
    await expect(readCsv(file)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

describe('a hostile table', () => {
  it('of 10,000 columns is read', async () => {
    const columns = Array.from({ length: 10_000 }, (_, c) => c);
    const text = [
      columns.map((c) => `c${c}`).join(','),
      ...[0, 1, 2].map((row) => columns.map((c) => (c % 3 === 0 ? `t${row}` : row * c)).join(',')),
    ].join('\n');
    const { table } = await read(text);
    expect([table.rows, table.columns.length]).toEqual([3, 10_000]);
    expect(cellText(table.columns[9998], 2)).toBe('19996');
    expect(cellText(table.columns[9999], 1)).toBe('t1');
  });

  it('with as many different texts as rows is read, each with its own', async () => {
    const rows = 200_000;
    const text = `id,n\n${Array.from({ length: rows }, (_, k) => `${(k * 7919) % rows}-ü${k},${k % 10}`).join('\n')}`;
    const { table } = await read(text);
    const [column] = table.columns;
    expect(column.kind === 'text' && column.dictionary.length).toBe(rows);
    for (const row of [0, 1, 77_777, rows - 1])
      expect(cellText(column, row)).toBe(`${(row * 7919) % rows}-ü${row}`);
  });

  it('of infinities, huge and tiny numbers keeps them', async () => {
    expect(await tableFrom('a,b\nInfinity,1e308\n-inf,-5e-324\nNA,0\n')).toEqual({
      a: [Infinity, -Infinity, null],
      b: [1e308, -5e-324, 0],
    });
  });

  it('whose texts look like parts of objects or formulas keeps them', async () => {
    const texts = ['__proto__', '=1+1', 'constructor', '<script>', '\u202e', '\\n', '0x10', 'true'];
    const text = `t,n\n${texts.map((one, k) => `${one},${k}`).join('\n')}\n`;
    expect((await tableFrom(text)).t).toEqual(texts);
  });
});

describe('any bytes', () => {
  /** Reads, and checks that the table is sound or the refusal has a code. */
  async function check(bytes: Uint8Array, options: ReadingOptions = {}): Promise<void> {
    try {
      const { table, decisions } = await read(bytes, options);
      expect(table.rows).toBeGreaterThan(1);
      expect(decisions.map(({ column }) => column)).toEqual(table.columns.map(({ name }) => name));
      expect(new Set(table.columns.map(({ name }) => name)).size).toBe(table.columns.length);
      for (const column of table.columns) {
        expect((column.kind === 'number' ? column.values : column.codes).length).toBe(table.rows);
        if (column.missing !== null) expect(column.missing.length).toBe(table.rows);
        if (column.kind === 'text') {
          for (let i = 0; i < table.rows; i++) {
            if (column.missing?.[i] !== 1) expect(column.codes[i]).toBeLessThan(column.dictionary.length);
          }
        }
      }
    } catch (thrown) {
      if (!(thrown instanceof LabError)) throw thrown;
      expect(thrown.code).toMatch(/^CSV_/);
    }
  }

  it('are a table or refused with a code, and nothing else happens', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), (bytes) => check(bytes)),
      { numRuns: 300 },
    );
    const valid = utf8.encode(
      'a,__proto__,"c d",day\n1,x,2.50,2024-01-01\n"3","é",,\n-4,"q,""r""",1e5,2024-02-29\n5,constructor,NA,NA\n',
    );
    const edit = fc.tuple(
      fc.nat(valid.length - 1),
      fc.nat(255),
      fc.constantFrom('change', 'insert', 'delete', 'cut', 'mark'),
    );
    const options = fc.record(
      {
        delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const),
        header: fc.boolean(),
        decimal: fc.constantFrom('.' as const, ',' as const),
        encoding: fc.constantFrom('utf-8' as const, 'utf-16le' as const, 'windows-1252' as const),
        missing: fc.array(fc.constantFrom('1', 'x', '-4.0', ''), { maxLength: 2 }),
        types: fc.array(
          fc.record({
            column: fc.constantFrom('a', '__proto__', 'c d', 'column1', 'constructor'),
            type: fc.constantFrom('number' as const, 'text' as const, 'time' as const),
          }),
          { maxLength: 2 },
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: options }),
        async (edits, asked) => {
          let bytes = [...valid];
          for (const [at, byte, how] of edits) {
            if (how === 'change') bytes[at % bytes.length] = byte;
            else if (how === 'insert') bytes.splice(at, 0, byte);
            else if (how === 'delete') bytes.splice(at, 1);
            else if (how === 'mark')
              bytes.splice(at, 0, ...utf8.encode(['"', '\r', ';', ',,', '\ufeff'][byte % 5]));
            else bytes = bytes.slice(0, Math.max(1, at));
          }
          await check(Uint8Array.from(bytes), asked);
        },
      ),
      { numRuns: 1200 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
  });

  it('give the same table or refusal however they come in pieces', async () => {
    const pieces = fc.constantFrom(
      ',',
      ';',
      '\n',
      '\r\n',
      '\r',
      '"',
      '""',
      '"a"',
      '1',
      '-2.5',
      '1,234',
      'x',
      ' ',
      '',
      'é',
      '𝄞',
      '007',
      '#',
      '2024-01-01',
    );
    const text = fc.array(pieces, { maxLength: 25 }).map((parts) => `a,b\n1,2\n3,4\n${parts.join('')}`);
    const outcome = async (content: string, cuts: number[]): Promise<string> => {
      try {
        const { table, notices, decisions } = await read(content, {}, cuts);
        return datasetId(table) + JSON.stringify([notices, decisions]);
      } catch (thrown) {
        return LabError.from(thrown).message;
      }
    };
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(60), { maxLength: 6 }), async (content, cuts) => {
        const sorted = cuts.sort((a, b) => a - b);
        expect(await outcome(content, sorted)).toBe(await outcome(content, []));
      }),
      { numRuns: 400 },
    );
  });
});

describe('cells of a file', () => {
  it('stay as they are spelt when nothing is known of them', async () => {
    const text = 'x\n 1 \n" 2 "\n3\n';
    expect(cells((await read(text)).table)).toEqual({ x: [1, 2, 3] });
    expect(await tableFrom(text, { types: [{ column: 'x', type: 'text' }] })).toEqual({
      x: [' 1 ', ' 2 ', '3'],
    });
  });
});
