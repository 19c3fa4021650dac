import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../errors.ts';
import { datasetId } from '../datasetId.ts';
import { cellText, firstDifference, type Table } from '../table.ts';
import { readCsv, type CsvResult, type TextFile } from './readCsv.ts';

const utf8 = new TextEncoder();

/** A file in memory, given out in chunks; like a file on disk it can be opened again. */
function fileOf(content: string | Uint8Array, chunks?: number[]): TextFile & { opened: number } {
  const bytes = typeof content === 'string' ? utf8.encode(content) : content;
  const file = {
    name: 'test.csv',
    bytes: bytes.length,
    opened: 0,
    open: () => {
      file.opened++;
      return Promise.resolve(
        (async function* () {
          let from = 0;
          for (const to of [...(chunks ?? []), bytes.length]) {
            if (to > from || to === 0) yield bytes.subarray(from, to);
            from = Math.max(from, to);
          }
        })(),
      );
    },
  };
  return file;
}

const read = (content: string | Uint8Array, chunks?: number[]): Promise<CsvResult> =>
  readCsv(fileOf(content, chunks));

async function refusal(content: string | Uint8Array): Promise<string> {
  try {
    await read(content);
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown.code;
    throw thrown;
  }
  return 'taken';
}

/** Cells by column, numbers as numbers, missing ones as null. */
function cells({ columns, rows }: Table): Record<string, (number | string | null)[]> {
  return Object.fromEntries(
    columns.map((column) => [
      column.name,
      Array.from({ length: rows }, (_, row) => {
        const text = cellText(column, row);
        return text === null || column.kind === 'text' ? text : column.values[row];
      }),
    ]),
  );
}

const tableFrom = async (content: string): Promise<ReturnType<typeof cells>> =>
  cells((await read(content)).table);

describe('a well-formed file', () => {
  const expected = { a: [1, 3], b: ['x', 'y z'], c: [2.5, -4] };

  it('is read with any of the three delimiters and any line break', async () => {
    for (const delimiter of [',', '\t', ';']) {
      for (const newline of ['\n', '\r\n', '\r']) {
        for (const end of ['', newline]) {
          const text = ['a|b|c', '1|x|2.5', '3|y z|-4'].join(newline).replaceAll('|', delimiter) + end;
          const result = await read(text);
          expect(cells(result.table)).toEqual(expected);
          expect(result).toMatchObject({ delimiter, bytes: text.length, notices: [] });
        }
      }
    }
  });

  it('may quote delimiters, line breaks and quotes', async () => {
    expect(await tableFrom('a,"b, or c"\n1,"x,y"\n2,"line\nbreak"\n3,"say ""hi"""\n4," spaced "\n')).toEqual({
      a: [1, 2, 3, 4],
      'b, or c': ['x,y', 'line\nbreak', 'say "hi"', ' spaced '],
    });
    expect(await tableFrom('a;b\r\n"1";"x;\r\n,y"\r\n"2";""\r\n')).toEqual({
      a: [1, 2],
      b: ['x;\r\n,y', null],
    });
  });

  it('may have line breaks and other delimiters in its quoted header', async () => {
    // As spreadsheets write it: \n inside of a cell, \r\n between rows.
    expect(await tableFrom('"price\n(US, total)";size\r\n1;large\r\n2;small\r\n')).toEqual({
      'price\n(US, total)': [1, 2],
      size: ['large', 'small'],
    });
    expect(await tableFrom('"a ""b"", c,,,"\td\n1\t2\n3\t4\n')).toEqual({ 'a "b", c,,,': [1, 3], d: [2, 4] });
  });

  it('may have a stray quote inside of an unquoted cell', async () => {
    expect(await tableFrom('5" pipe,b\n1,6" long\n2,x\n')).toEqual({
      '5" pipe': [1, 2],
      b: ['6" long', 'x'],
    });
  });

  it('may have blank lines anywhere and a byte order mark', async () => {
    expect(await tableFrom('\ufeff\n\na\tb\n\n1\t2\n  \n3\t4\n\n')).toEqual({ a: [1, 3], b: [2, 4] });
  });

  it('names nameless columns by their place', async () => {
    expect(Object.keys(await tableFrom('a,, \n1,2,3\n4,5,6\n'))).toEqual(['a', 'column2', 'column3']);
  });

  it('keeps missing cells apart from text and from zero', async () => {
    expect(await tableFrom('a,b\n,\nNA, null \n0,zero\n?,N/A\nnan,NaN\n')).toEqual({
      a: [null, null, 0, null, null],
      b: [null, null, 'zero', null, null],
    });
  });

  it('orders a dictionary by frequency, then by first appearance', async () => {
    const { table } = await read('n,t\n1,b\n2,a\n3,c\n4,a\n5,\n6,c\n');
    expect(table.columns[1]).toMatchObject({ kind: 'text', dictionary: ['a', 'c', 'b'] });
  });

  it('may have columns called as what every object has', async () => {
    const table = await tableFrom('__proto__,constructor,toString\n1,__proto__,x\n2,constructor,x\n');
    expect(Object.entries(table)).toContainEqual(['constructor', ['__proto__', 'constructor']]);
    const { table: raw } = await read('__proto__,constructor\n1,2\n3,4\n');
    expect(raw.columns.map((column) => column.name)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('long rows', () => {
  it('of megabytes are read, and are not taken for longer than they are when many rows follow', async () => {
    const cell = 'x'.repeat(12 << 20);
    const others = Array.from({ length: 100 }, (_, k) => `${k},${'y'.repeat(100_000)}`);
    const text = `a,b\n0,"${cell}"\n${others.join('\n')}\n`;
    const { table } = await read(
      text,
      Array.from({ length: 80 }, (_, k) => k * 300_000),
    );
    expect(table.rows).toBe(101);
    expect(cellText(table.columns[1], 0)).toBe(cell);
  });
});

describe('numbers that a double would change', () => {
  it('become text, spelled as they were, with a notice', async () => {
    const { table, notices } = await read(
      'zip,id,x\n01234,12345678901234567890,0.1\n98765,12345678901234567891,0.30000000000000004\n',
    );
    expect(cells(table)).toEqual({
      zip: ['01234', '98765'],
      id: ['12345678901234567890', '12345678901234567891'],
      x: [0.1, 0.30000000000000004],
    });
    expect(notices.map(({ code, column }) => [code, column])).toEqual([
      ['leading-zeros', 'zip'],
      ['long-digits', 'id'],
    ]);
  });

  it('keep the spelling of cells that were read as numbers before', async () => {
    const file = fileOf('a,b\n41.0,1\n 1e3 ,2\n,3\nword,4\n007,5\n');
    const { table, notices } = await readCsv(file);
    expect(cells(table).a).toEqual(['41.0', ' 1e3 ', null, 'word', '007']);
    expect(notices).toEqual([]);
    expect(file.opened).toBe(2);
  });

  it('say why also when the reason came late', async () => {
    const { table, notices } = await read('a,b\n1.50,1\n02139,2\n');
    expect(cells(table).a).toEqual(['1.50', '02139']);
    expect(notices.map(({ code }) => code)).toEqual(['leading-zeros']);
  });
});

describe('chunk boundaries', () => {
  // Everything that a boundary could cut in two: \r\n, "", a quote before its delimiter, characters of 2, 3 and 4 bytes.
  const awkward = '\ufeff"ä\r\nb";c;"𝄞"\r\n"1";"x""y";"ü;\r\n€"\r\n2;;𝄞 \r\n\r\n"3" ;"";"é"\r\n';

  it('at any byte give the same table', async () => {
    const bytes = utf8.encode(awkward);
    const { table } = await read(bytes);
    expect(cells(table)).toEqual({
      'ä\r\nb': [1, 2, 3],
      c: ['x"y', null, null],
      '𝄞': ['ü;\r\n€', '𝄞 ', 'é'],
    });
    for (let at = 1; at < bytes.length; at++) {
      expect([at, firstDifference(table, (await read(bytes, [at])).table)]).toEqual([at, null]);
    }
    const everywhere = Array.from(bytes, (_, at) => at);
    expect(firstDifference(table, (await read(bytes, everywhere)).table)).toBeNull();
  });

  it('never change the table or the refusal of any text', async () => {
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
      'x',
      ' ',
      '',
      'é',
      '𝄞',
      '007',
    );
    const text = fc.array(pieces, { maxLength: 25 }).map((parts) => `a,b\n1,2\n3,4\n${parts.join('')}`);
    const outcome = async (content: string, chunks: number[]): Promise<string> => {
      try {
        return datasetId((await read(content, chunks)).table);
      } catch (thrown) {
        return LabError.from(thrown).code;
      }
    };
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(60), { maxLength: 6 }), async (content, chunks) => {
        const sorted = chunks.sort((a, b) => a - b);
        expect(await outcome(content, sorted)).toBe(await outcome(content, []));
      }),
      { numRuns: 400 },
    );
  });
});

describe('refusals', () => {
  it('name what is wrong by a code', async () => {
    const cases: [string, string | Uint8Array][] = [
      ['CSV_EMPTY', ''],
      ['CSV_EMPTY', '\n\n  \n'],
      ['CSV_EMPTY', 'a,b\n'],
      ['CSV_EMPTY', 'a,b'],
      ['CSV_ONE_ROW', 'a,b\n1,2\n'],
      ['CSV_ONE_COLUMN', 'a\n1\n2\n'],
      ['CSV_NO_NUMERIC_COLUMN', 'a,b\nx,y\nz,w\n'],
      ['CSV_NO_NUMERIC_COLUMN', 'a,b\nx,\ny,NA\n'],
      ['CSV_RAGGED', 'a,b\n1,2\n3\n'],
      ['CSV_RAGGED', 'a,b\n1,2\n3,4,5\n'],
      ['CSV_DUPLICATE_HEADER', 'a,b, a\n1,2,3\n4,5,6\n'],
      ['CSV_DUPLICATE_HEADER', 'column2,\n1,2\n3,4\n'],
      ['CSV_QUOTES', 'a,b\n1,2\n3,"4\n'],
      ['CSV_QUOTES', 'a,b\n1,"x" y\n2,z\n'],
      ['CSV_QUOTES', 'a,b\n"x"y,1\n"z",2\n3,4\n'],
      ['CSV_QUOTES', 'a,b\n1,"x"y"\n2,z\n3,w\n'],
      ['CSV_TOO_WIDE', `${Array.from({ length: 10_001 }, (_, c) => `c${c}`).join(',')}\n`],
      ['CSV_BINARY', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)],
      ['CSV_BINARY', utf8.encode('a,b\n1,2\u0000\n')],
      ['CSV_NOT_UTF8', Uint8Array.of(...utf8.encode('a,b\n1,2\n3,'), 0xe4, 0x0a)],
      ['CSV_NOT_UTF8', Uint8Array.of(...utf8.encode('a,b\n1,2\n3,'), 0xc3)],
    ];
    for (const [code, content] of cases) {
      const shown = typeof content === 'string' ? content.slice(0, 40) : '(bytes)';
      expect([shown, await refusal(content)]).toEqual([shown, code]);
    }
  });

  it('come before a line without end fills the memory', async () => {
    const line = utf8.encode('1,'.repeat(1 << 19));
    const endless: TextFile = {
      name: 'endless.csv',
      bytes: null,
      open: () =>
        Promise.resolve(
          (async function* () {
            yield utf8.encode('a,b\n1,2\n');
            for (let k = 0; k < 40; k++) yield line;
            throw new Error('The line was read on and on.');
          })(),
        ),
    };
    await expect(readCsv(endless)).rejects.toMatchObject({ code: 'CSV_TOO_LARGE' });
  });

  it('come early for a quoted cell full of misplaced quotes', async () => {
    const piece = utf8.encode('"x'.repeat(1 << 16));
    let given = 0;
    const file: TextFile = {
      name: 'quotes.csv',
      bytes: null,
      open: () =>
        Promise.resolve(
          (async function* () {
            yield utf8.encode('a,b\n1,2\n');
            for (; given < 100; given++) yield piece;
          })(),
        ),
    };
    await expect(readCsv(file)).rejects.toMatchObject({ code: 'CSV_QUOTES' });
    expect(given).toBeLessThan(3);
  });

  it('are the only thing thrown, whatever the bytes are', async () => {
    const check = async (bytes: Uint8Array): Promise<void> => {
      try {
        const { table } = await read(bytes);
        expect(table.rows).toBeGreaterThan(1);
        for (const column of table.columns) {
          expect((column.kind === 'number' ? column.values : column.codes).length).toBe(table.rows);
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
    };
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), check), { numRuns: 300 });
    const valid = utf8.encode('a,__proto__,"c d"\n1,x,2.50\n"3","é",\n-4,"q,""r""",1e5\n5,constructor,NA\n');
    const edit = fc.tuple(
      fc.nat(valid.length - 1),
      fc.nat(255),
      fc.constantFrom('change', 'insert', 'delete', 'cut'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        let bytes = [...valid];
        for (const [at, byte, how] of edits) {
          if (how === 'change') bytes[at % bytes.length] = byte;
          else if (how === 'insert') bytes.splice(at, 0, byte);
          else if (how === 'delete') bytes.splice(at, 1);
          else bytes = bytes.slice(0, Math.max(1, at));
        }
        await check(Uint8Array.from(bytes));
      }),
      { numRuns: 700 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
  });

  it('pass on what opening the file throws', async () => {
    const file: TextFile = {
      name: 'gone.csv',
      bytes: null,
      open: () => Promise.reject(new LabError('FILE_UNREADABLE', 'gone.csv could not be read.')),
    };
    await expect(readCsv(file)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

describe('a table written as CSV', () => {
  it('is read back as it was', async () => {
    const number = fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.constantFrom(0.1, -0, 5e-324, null));
    const text = fc.oneof(
      fc
        .string({ unit: 'binary', maxLength: 6 })
        .filter((one) => one.isWellFormed() && !one.includes('\u0000')),
      fc.constantFrom('a,b', 'x"y', 'line\nbreak', '\r\n', ';', '\t', ' ', ' a '),
    );
    const rows = fc.array(fc.tuple(number, text), { minLength: 2, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, async (data) => {
        fc.pre(data.some(([value]) => value !== null));
        const spelled = (value: number | null): string =>
          value === null ? '' : Object.is(value, -0) ? '-0' : String(value);
        const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
        const csv = ['n,t', ...data.map(([n, t]) => `${spelled(n)},${quoted(`t${t}`)}`)].join('\n');
        fc.pre([...csv].every((one) => one >= ' ' || '\t\n\f\r'.includes(one)));
        const { table } = await read(csv);
        expect(cells(table)).toEqual({ n: data.map(([n]) => n), t: data.map(([, t]) => `t${t}`) });
      }),
      { numRuns: 150 },
    );
  });
});
