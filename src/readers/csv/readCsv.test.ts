import { describe, expect, it } from 'vitest';
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { cellText, firstDifference } from '../../core/table/table.ts';
import { readCsv } from './readCsv.ts';
import { cells, everywhere, fileOf, noticesOf, read, tableFrom } from './testing/textFiles.ts';

const utf8 = new TextEncoder();

describe('a well-formed file', () => {
  const expected = { a: [1, 3], b: ['x', 'y z'], c: [2.5, -4] };

  it('is read with any of the four delimiters and any line break', async () => {
    const names = { ',': 'comma', '\t': 'tab', ';': 'semicolon', '|': 'vertical bar' };
    for (const [delimiter, name] of Object.entries(names)) {
      for (const newline of ['\n', '\r\n', '\r']) {
        for (const end of ['', newline]) {
          const text = ['a/b/c', '1/x/2.5', '3/y z/-4'].join(newline).replaceAll('/', delimiter) + end;
          const result = await read(text);
          expect(cells(result.table)).toEqual(expected);
          expect(result).toMatchObject({ bytes: text.length, notices: [], format: 'csv' });
          expect(result.dialect).toContainEqual({ name: 'Delimiter', value: name });
        }
      }
    }
  });

  it('may end its lines in different ways', async () => {
    expect(await tableFrom('a,b,c\r\n1,x,2.5\n3,y z,-4\r\n')).toEqual(expected);
    expect(await tableFrom('a,b,c\n1,x,2.5\r\r\n3,y z,-4')).toEqual(expected);
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
    expect(await tableFrom('a,b\n1,""""\n2,""""""\n3,"""x"""\n')).toEqual({
      a: [1, 2, 3],
      b: ['"', '""', '"x"'],
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
    const text = '\ufeff\n\na\tb\n\n1\t2\n  \n3\t4\n\n';
    expect(await tableFrom(text)).toEqual({ a: [1, 3], b: [2, 4] });
    const { notices } = await read(text);
    expect(notices).toEqual([{ code: 'blank-rows', column: null, text: '5 blank rows left out.' }]);
  });

  it('keeps missing cells apart from text and from zero', async () => {
    expect(await tableFrom('a,b\n,\nNA, null \n0,zero\n?,N/A\nnan,NaN\nNULL,""\n')).toEqual({
      a: [null, null, 0, null, null, null],
      b: [null, null, 'zero', null, null, null],
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

  it('may have texts alone, or one column', async () => {
    expect(await tableFrom('a,b\nx,y\nz,w\n')).toEqual({ a: ['x', 'z'], b: ['y', 'w'] });
    expect(await tableFrom('a\n1\n2\n')).toEqual({ a: [1, 2] });
    expect(await noticesOf('a\n1\n2\n')).toEqual(['one-column']);
    expect(await tableFrom('note\nwell, well\nno\nyes; perhaps\n')).toEqual({
      note: ['well, well', 'no', 'yes; perhaps'],
    });
  });

  it('may have a column without any value', async () => {
    const { table, decisions } = await read('a,b\n1,\n2,NA\n');
    expect(cells(table)).toEqual({ a: [1, 2], b: [null, null] });
    expect(decisions[1]).toEqual({ column: 'b', type: 'number', chosen: false, why: 'no cell has a value' });
  });
});

describe('long rows', () => {
  it('of megabytes are read, and are not taken for longer than they are when many rows follow', async () => {
    const cell = 'x'.repeat(12 << 20);
    const others = Array.from({ length: 100 }, (_, k) => `${k},${'y'.repeat(100_000)}`);
    const text = `a,b\n0,"${cell}"\n${others.join('\n')}\n`;
    const cuts = Array.from({ length: 80 }, (_, k) => k * 300_000);
    const { table } = await read(text, {}, cuts);
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
  });

  it('say why also when the reason came late', async () => {
    const { table, notices } = await read('a,b\n1.50,1\n02139,2\n');
    expect(cells(table).a).toEqual(['1.50', '02139']);
    expect(notices.map(({ code }) => code)).toEqual(['leading-zeros']);
  });
});

describe('types over the whole file', () => {
  /** More rows than the first look takes in, then the one that changes everything. */
  const many = (row: (k: number) => string, last: string, header = 'a,b'): string =>
    `${header}\n${Array.from({ length: 30_000 }, (_, k) => row(k)).join('\n')}\n${last}\n`;

  it('are found where the first look said otherwise, with one more reading for all columns', async () => {
    const file = fileOf(many((k) => `${k / 4}.50,2024-01-01`.replace('..', '.'), 'word,1999'));
    const { table, decisions } = await readCsv(file);
    expect(cellText(table.columns[0], 3)).toBe('0.75.50');
    expect(table.rows).toBe(30_001);
    expect(decisions.map(({ type, why }) => [type, why])).toEqual([
      ['text', 'line 3 has "0.25.50"'],
      ['text', 'line 30002 has "1999"'],
    ]);
    expect(file.opened).toBe(2);
  });

  it('keep every spelling when a number column ends as text', async () => {
    const file = fileOf(many((k) => `${k}.0,${k}`, ' gone,7'));
    const { table, decisions } = await readCsv(file);
    expect([0, 29_999, 30_000].map((row) => cellText(table.columns[0], row))).toEqual([
      '0.0',
      '29999.0',
      ' gone',
    ]);
    expect(table.columns[1].kind).toBe('number');
    expect(decisions[0].why).toBe('line 30002 has "gone"');
    expect(file.opened).toBe(2);
  });

  it('need one reading when the first look is right', async () => {
    const file = fileOf(many((k) => `${k},t${k % 7}`, '5,2024-01-01'));
    await readCsv(file);
    expect(file.opened).toBe(1);
  });

  it('of a column that is empty for long come from its first cell', async () => {
    const file = fileOf(many(() => ',,,1', '7,2024-01-01,x y,1', 'a,b,c,d'));
    const { table } = await readCsv(file);
    expect(table.columns.map((column) => cellText(column, 30_000))).toEqual(['7', '2024-01-01', 'x y', '1']);
    expect(table.columns.map((column) => column.missing?.[29_999])).toEqual([1, 1, 1, undefined]);
    expect(table.columns.map(({ kind }) => kind)).toEqual(['number', 'number', 'text', 'number']);
    expect(file.opened).toBe(1);
  });

  it('find late that a column of numbers and one of times are mixed', async () => {
    const table = await tableFrom('a,b,c\n1,2024-01-01,12:00\n2024-01-01,5,12:00:00\n');
    expect(table).toEqual({ a: ['1', '2024-01-01'], b: ['2024-01-01', '5'], c: ['12:00', '12:00:00'] });
  });
});

describe('lines that end in a delimiter', () => {
  it('leave a column out, also where others are read a second time', async () => {
    const lines = Array.from({ length: 30_000 }, (_, k) => `${k % 9},${k},`);
    const { table } = await read(utf8.encode(['a,b,', ...lines, 'red,1,'].join('\n')));
    expect(table.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['a', 'text'],
      ['b', 'number'],
    ]);
  });
});

describe('dates and times', () => {
  it('become integers that are spelt back', async () => {
    const text =
      'day,at,clock,moment,x\n2024-02-29,2024-02-29 12:00,12:00:01,2024-02-29T12:00:00.250Z,1\n' +
      ',1969-12-31 23:59,NA,1969-12-31T23:59:59.999Z,2\n';
    const { table, notices, decisions } = await read(text);
    expect(cells(table)).toEqual({
      day: ['2024-02-29', null],
      at: ['2024-02-29 12:00', '1969-12-31 23:59'],
      clock: ['12:00:01', null],
      moment: ['2024-02-29T12:00:00.250Z', '1969-12-31T23:59:59.999Z'],
      x: [1, 2],
    });
    expect(table.columns.map((column) => (column.kind === 'number' ? column.time : null))).toEqual([
      'YYYY-MM-DD',
      'YYYY-MM-DD hh:mm',
      'hh:mm:ss',
      'YYYY-MM-DDThh:mm:ss.fffZ',
      undefined,
    ]);
    expect(table.columns[1]).toMatchObject({ values: Float64Array.of(28486800, -1) });
    expect(decisions[0].why).toBe('every cell is written YYYY-MM-DD');
    expect(notices.map(({ code, column }) => [code, column])).toEqual([['missing-spelt', 'clock']]);
  });

  it('of several forms stay text with a notice, impossible ones without', async () => {
    const { table, notices } = await read('a,b,c\n2024-01-01,2023-02-28,x\n2024-01-01 10:00,2023-02-30,y\n');
    expect(cells(table)).toMatchObject({
      a: ['2024-01-01', '2024-01-01 10:00'],
      b: ['2023-02-28', '2023-02-30'],
    });
    expect(notices.map(({ code, column }) => [code, column])).toEqual([['mixed-times', 'a']]);
  });
});

describe('what the user says', () => {
  it('goes before what would be found out', async () => {
    const text = 'a;b|c\n1;2|3\n4;5|6\n';
    expect(Object.keys(await tableFrom(text, { delimiter: '|' }))).toEqual(['a;b', 'c']);
    expect(await tableFrom('1,2\n3,4\n', { header: true }).catch((thrown: unknown) => thrown)).toMatchObject({
      code: 'CSV_ONE_ROW',
    });
    expect(await tableFrom('a,b\nx,y\n', { header: false })).toEqual({
      column1: ['a', 'x'],
      column2: ['b', 'y'],
    });
    expect(await tableFrom('a;b\n1,234;x\n2,345;y\n', { decimal: ',' })).toMatchObject({ a: [1.234, 2.345] });
    expect(await tableFrom('a;b\n1,234;x\n2,345;y\n', { decimal: '.' })).toMatchObject({ a: [1234, 2345] });
    const latin = Uint8Array.of(...utf8.encode('a,b\n1,'), 0xc3, 0xa4, 10, ...utf8.encode('2,x\n'));
    expect(await tableFrom(latin, { encoding: 'windows-1252' })).toMatchObject({ b: ['Ã¤', 'x'] });
  });

  it('adds markers of missing cells, numbers in every spelling', async () => {
    const text = 'a,b,c\n-200,none,1\n-200.0,x,-200\n-2e2,y,3\n-20,none ,4\n';
    expect(await tableFrom(text, { missing: ['-200', 'none'] })).toEqual({
      a: [null, null, null, -20],
      b: [null, 'x', 'y', null],
      c: [1, null, 3, 4],
    });
    expect(await tableFrom('a;b\n1,5;-9,0\n-9;2,5\n', { missing: ['-9'] })).toEqual({
      a: [1.5, null],
      b: [null, 2.5],
    });
  });

  it('makes a column text as it is spelt', async () => {
    const { table, decisions } = await read('a,b\n1.50,NA\n ,2\n,3\n', {
      types: [
        { column: 'a', type: 'text' },
        { column: 'b', type: 'text' },
      ],
    });
    expect(cells(table)).toEqual({ a: ['1.50', ' ', null], b: ['NA', '2', '3'] });
    expect(decisions[0]).toEqual({ column: 'a', type: 'text', chosen: true, why: 'chosen' });
  });

  it('makes a column numbers, whatever zeros and digits it loses, or refuses it by line and cell', async () => {
    const types = [{ column: 'a', type: 'number' as const }];
    expect(await tableFrom('a,b\n007,x\n12345678901234567890,y\n', { types })).toMatchObject({
      a: [7, Number('12345678901234567890')],
    });
    expect(await tableFrom('a;b\n1,234;x\n2,345;y\n', { types })).toMatchObject({ a: [1234, 2345] });
    await expect(read('a,b\n1,x\n"gone\n",y\n', { types })).rejects.toMatchObject({
      code: 'CSV_TYPE',
      message: 'Column a is to be read as numbers, but line 3 has "gone".',
    });
  });

  it('makes a column times, or refuses it', async () => {
    const types = [{ column: 'a', type: 'time' as const }];
    expect(await tableFrom('a,b\n12:00,x\n,y\n', { types })).toMatchObject({ a: ['12:00', null] });
    await expect(read('a,b\n12:00,x\n12,y\n', { types })).rejects.toMatchObject({ code: 'CSV_TYPE' });
    await expect(read('a,b\n12:00,x\n12:00:00,y\n', { types })).rejects.toMatchObject({ code: 'CSV_TYPE' });
  });

  it('about a column that is not there is passed over with a notice', async () => {
    expect(await noticesOf('a,b\n1,2\n3,4\n', { types: [{ column: 'z', type: 'text' }] })).toEqual([
      'unknown-column',
    ]);
  });
});

describe('a long reading', () => {
  it('reports bytes, and ends when it is cancelled', async () => {
    const file = fileOf('a,b\n1,2\n'.padEnd(600_000, '3,4\n'), [300_000, 400_000, 500_000]);
    const done: number[] = [];
    const pulse: Pulse = {
      due: () => true,
      beat: ({ done: bytes, total, unit }) => {
        expect([total, unit]).toEqual([600_000, 'bytes']);
        done.push(bytes);
        return done.length === 2 ? Promise.reject(new LabError('CANCELLED', 'Stopped.')) : Promise.resolve();
      },
    };
    await expect(readCsv(file, {}, pulse)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(done).toHaveLength(2);
    expect(done[1]).toBeGreaterThan(done[0]);
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
      expect([at, firstDifference(table, (await read(bytes, {}, [at])).table)]).toEqual([at, null]);
    }
    expect(firstDifference(table, (await read(bytes, {}, everywhere(bytes.length))).table)).toBeNull();
  });
});
