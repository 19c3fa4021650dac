import { describe, expect, it } from 'vitest';
import { noticesOf, read, refusal, tableFrom } from './testing/textFiles.ts';

const utf8 = new TextEncoder();

/** What the reader says of delimiter, decimal sign, header and encoding. */
async function dialectOf(content: string | Uint8Array): Promise<string> {
  const { dialect } = await read(content);
  return dialect.map(({ value }) => value).join(', ');
}

describe('the delimiter', () => {
  it('is found by what it makes of all rows, not of the header alone', async () => {
    expect(await dialectOf('a, b and c;d\n1;2\n3;4\n')).toMatch(/^semicolon/);
    expect(await dialectOf('name\tnote\nx\tone, two\ny\tthree, four\n')).toMatch(/^tab/);
    expect(await dialectOf('id,genres\n1,x|y\n2,x|y\n')).toMatch(/^comma/);
    expect(await dialectOf('id|note\n1|x, y\n2|z, w\n')).toMatch(/^vertical bar/);
    expect(await dialectOf('"a;b";"c;d";"e,f"\n1;2;3\n4;5;6\n')).toMatch(/^semicolon/);
  });

  it('is the semicolon between decimal commas, with a header or without', async () => {
    expect(await tableFrom('a;b\n1,5;2,25\n3,5;4,75\n')).toEqual({ a: [1.5, 3.5], b: [2.25, 4.75] });
    expect(await tableFrom('1,5;2,25\n3,5;4,75\n')).toEqual({ column1: [1.5, 3.5], column2: [2.25, 4.75] });
    expect(await tableFrom('1;2,5\n3;4,5\n')).toEqual({ column1: [1, 3], column2: [2.5, 4.5] });
  });

  it('may be declared in the first line', async () => {
    const text = 'sep=;\na;b,c\n1;2,1\n3;4,2\n';
    expect(Object.keys(await tableFrom(text))).toEqual(['a', 'b,c']);
    expect(await noticesOf(text)).toEqual(['preamble']);
  });

  it('may be a double colon, where no part of a row is taken for half of one', async () => {
    const text = '1::Film: the first (1911)::Drama|War\n2::"Two" of it::Drama\n3::C:::War|Comedy\n';
    expect(await tableFrom(text)).toEqual({
      column1: [1, 2, 3],
      column2: ['Film: the first (1911)', '"Two" of it', 'C'],
      column3: ['Drama|War', 'Drama', ':War|Comedy'],
    });
    expect(await dialectOf(text)).toBe('double colon, point, none, UTF-8');
    const cuts = Array.from(text, (_, at) => at);
    expect((await read(text, {}, cuts)).table).toEqual((await read(text)).table);
    expect(await tableFrom('user::item::rating\n1::1193::5\n1::661::3\n')).toEqual({
      user: [1, 1],
      item: [1193, 661],
      rating: [5, 3],
    });
  });

  it('is no double colon in names and addresses', async () => {
    expect(await tableFrom('type\nstd::vector\nstd::map\n')).toEqual({ type: ['std::vector', 'std::map'] });
    expect(await tableFrom('fe80::1,5\nfe80::2,6\nfe80::3,7\n')).toEqual({
      column1: ['fe80::1', 'fe80::2', 'fe80::3'],
      column2: [5, 6, 7],
    });
    expect(await tableFrom('a::b,c\n1,2\n3,4\n')).toEqual({ 'a::b': [1, 3], c: [2, 4] });
    expect(await tableFrom('a::b|c\n1|2\n', { delimiter: '::' }).catch(() => 'refused')).toBe('refused');
  });

  it('that is no one of the five is named', async () => {
    expect(await refusal('a b c\n1 2 3\n4 5 6\n')).toMatchObject({ code: 'CSV_ONE_COLUMN' });
    expect((await refusal('a:b\n1:2\n3:4\n')).what).toContain('colons');
    expect((await refusal('just text\nof some\nwords\n')).code).toBe('taken');
  });
});

describe('the decimal sign', () => {
  it('is a comma beside every delimiter but the comma', async () => {
    for (const delimiter of [';', '\t', '|']) {
      const text = 'a/b\n3,14/x\n2,5e3/y\n-7/z\n'.replaceAll('/', delimiter);
      expect(await tableFrom(text)).toEqual({ a: [3.14, 2500, -7], b: ['x', 'y', 'z'] });
      expect(await dialectOf(text)).toContain(', comma, first row');
    }
    expect(await tableFrom('a,b\n"3,14",1\n"2,71",2\n')).toEqual({ a: ['3,14', '2,71'], b: [1, 2] });
    expect(await noticesOf('a,b\n"3,14",1\n"2,71",2\n')).toEqual(['decimal-comma: a']);
    expect(await tableFrom('a,b\n"3,14",1\n"2,71",2\n', { decimal: ',' })).toEqual({
      a: [3.14, 2.71],
      b: [1, 2],
    });
  });

  it('of a column may be another than the file has', async () => {
    expect(await tableFrom('a;b;c\n3,14;2,5;1.5\n2,71;3,5;2.25\n')).toEqual({
      a: [3.14, 2.71],
      b: [2.5, 3.5],
      c: [1.5, 2.25],
    });
  });
});

describe('separated thousands', () => {
  it('are taken where a cell of the column leaves no doubt', async () => {
    expect(await tableFrom('a,b\n"1,234,567",1\n"1,234",2\n12,3\n')).toEqual({
      a: [1234567, 1234, 12],
      b: [1, 2, 3],
    });
    expect(await tableFrom('a,b\n"1,234",1\n"-1,234.5",2\n')).toEqual({ a: [1234, -1234.5], b: [1, 2] });
    expect(await tableFrom('a;b\n1.234,5;1,5\n1.234;2,5\n')).toEqual({ a: [1234.5, 1234], b: [1.5, 2.5] });
    const { decisions } = await read('a,b\n"1,234,567",1\n"1,234",2\n');
    expect(decisions[0].why).toBe('every filled cell is a number, with thousands separated by commas');
  });

  it('are text with a notice where they might be fractions', async () => {
    expect(await tableFrom('a,b\n"1,234",1.5\n"2,345",2.5\n')).toEqual({
      a: ['1,234', '2,345'],
      b: [1.5, 2.5],
    });
    expect(await noticesOf('a,b\n"1,234",1.5\n"2,345",2.5\n')).toEqual(['ambiguous-separator: a']);
    // In a file with decimal commas the same cells are fractions, and points between three digits are in doubt.
    expect(await tableFrom('a;b;c\n1,234;1,5;1.234\n2,345;2,5;2.345\n')).toEqual({
      a: [1.234, 2.345],
      b: [1.5, 2.5],
      c: ['1.234', '2.345'],
    });
  });

  it('are decided by a cell far behind the first rows', async () => {
    const rows = Array.from({ length: 40_000 }, (_, k) => `"1,${100 + (k % 900)}",${k}`);
    const { table } = await read(`a,b\n${rows.join('\n')}\n"1,234,567",5\n`);
    expect(table.columns[0]).toMatchObject({ kind: 'number' });
    expect(table.columns[0]).toHaveProperty(['values', 0], 1100);
    expect(table.columns[0]).toHaveProperty(['values', 40_000], 1234567);
  });

  it('that are none make text', async () => {
    expect(await tableFrom('a,b\n"1,234,56",1\n"12,34,567",2\n')).toMatchObject({
      a: ['1,234,56', '12,34,567'],
    });
    expect(await tableFrom('a,b\n"1,234",1\n2.5,2\n')).toMatchObject({ a: [1234, 2.5] });
    expect(await tableFrom('a,b\n"1,5",1\n2.5,2\n')).toMatchObject({ a: ['1,5', '2.5'] });
  });
});

describe('the header', () => {
  it('is missing when the first row has numbers, and names are made', async () => {
    expect(await tableFrom('1,x,2.5\n2,y,3.5\n')).toEqual({
      column1: [1, 2],
      column2: ['x', 'y'],
      column3: [2.5, 3.5],
    });
    expect(await noticesOf('1,x,2.5\n2,y,3.5\n')).toEqual(['no-header']);
    expect(Object.keys(await tableFrom('2024-01-01,x\n2024-01-02,y\n'))).toEqual(['column1', 'column2']);
    expect(Object.keys(await tableFrom('01234,x\n02345,y\n'))).toEqual(['column1', 'column2']);
  });

  it('is there above numbers, and assumed above words', async () => {
    expect(await tableFrom('id,2020\n1,5\n2,6\n')).toEqual({ id: [1, 2], 2020: [5, 6] });
    expect(Object.keys(await tableFrom('a,b\nx,y\nz,w\n'))).toEqual(['a', 'b']);
  });

  it('may lack names or have one twice', async () => {
    expect(Object.keys(await tableFrom('a,, \n1,2,3\n4,5,6\n'))).toEqual(['a', 'column2', 'column3']);
    expect(Object.keys(await tableFrom('a,b, a,a\n1,2,3,4\n4,5,6,7\n'))).toEqual([
      'a',
      'b',
      'a (2)',
      'a (3)',
    ]);
    expect(Object.keys(await tableFrom('column2,\n1,2\n3,4\n'))).toEqual(['column2', 'column2 (2)']);
    expect(Object.keys(await tableFrom('a,a,a (2)\n1,2,3\n4,5,6\n'))).toEqual(['a', 'a (3)', 'a (2)']);
    expect(await noticesOf('a,a,\n1,2,3\n4,5,6\n')).toEqual(['nameless-columns', 'duplicate-names']);
  });

  it('may stand below titles and comments', async () => {
    const expected = { a: [1, 4], b: ['x', 'y'], c: [3, 6] };
    const table = 'a,b,c\n1,x,3\n4,y,6\n';
    for (const above of [
      'Sales of 2024\n',
      'Sales of 2024\n\nall regions\n',
      '# made by hand\n# a, b and c, of course\n',
      'Report,,\n',
      'Report,,\n,,\n',
      'Made in May, 2024\n',
      '"A title\nover two lines"\n',
    ]) {
      expect([above, await tableFrom(above + table)]).toEqual([above, expected]);
      expect(await noticesOf(above + table)).toContain('preamble');
    }
  });

  it('may begin with a number sign', async () => {
    expect(await tableFrom('#,name\n1,x\n2,y\n')).toEqual({ '#': [1, 2], name: ['x', 'y'] });
    expect(await tableFrom('#ff0000,1\n#00ff00,2\n')).toEqual({
      column1: ['#ff0000', '#00ff00'],
      column2: [1, 2],
    });
  });

  it('that has a name too few or too many is not passed over', async () => {
    expect((await refusal('a,b\n1,2,3\n4,5,6\n')).what).toContain('Line 1 has 2 cells');
    expect((await refusal('a,b,c\n1,2\n4,5\n6,7\n')).code).toBe('CSV_RAGGED');
    expect((await refusal('a,b,c\nx,y\nz,w\nu,v\n')).code).toBe('CSV_RAGGED');
  });
});

describe('empty columns at the right', () => {
  it('are dropped with a notice', async () => {
    expect(await tableFrom('a,b,,\n1,2,,\n3,4,,\n')).toEqual({ a: [1, 3], b: [2, 4] });
    expect(await tableFrom('1,2,\n3,4,\n')).toEqual({ column1: [1, 3], column2: [2, 4] });
    expect(await noticesOf('a,b,,\n1,2,,\n3,4,,\n')).toContain('empty-columns');
  });

  it('may lack in the header', async () => {
    expect(await tableFrom('a,b\n1,2,\n3,4,\n')).toEqual({ a: [1, 3], b: [2, 4] });
  });

  it('with a name or a value stay', async () => {
    expect(await tableFrom('a,b\n1,\n3,\n')).toEqual({ a: [1, 3], b: [null, null] });
    expect(await tableFrom('a,b,\n1,2,\n3,4,5\n')).toEqual({ a: [1, 3], b: [2, 4], column3: [null, 5] });
  });
});

describe('the encoding', () => {
  const text = 'größe;name;𝄞\r\n1,5;"a""ä";€\r\n2,5;Ω\n;\u2028\r\n'.replace('Ω\n', 'Ω');
  const expected = { größe: [1.5, 2.5], name: ['a"ä', 'Ω'], '𝄞': ['€', '\u2028'] };

  function utf16(of: string, low: boolean, mark: boolean): Uint8Array {
    const units = Array.from({ length: of.length }, (_, k) => of.charCodeAt(k));
    const bytes = (mark ? [0xfeff, ...units] : units).flatMap((unit) =>
      low ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255],
    );
    return Uint8Array.from(bytes);
  }

  it('is UTF-8 with or without a mark, and UTF-16 with one', async () => {
    const files = [
      utf8.encode(text),
      utf8.encode(`\ufeff${text}`),
      utf16(text, true, true),
      utf16(text, false, true),
    ];
    const names = ['UTF-8', 'UTF-8', 'UTF-16 LE', 'UTF-16 BE'];
    for (let k = 0; k < files.length; k++) {
      expect(await tableFrom(files[k])).toEqual(expected);
      expect(await dialectOf(files[k])).toContain(names[k]);
      // Cut into single bytes, every unit and every pair of surrogates is.
      const cuts = Array.from(files[k], (_, at) => at);
      expect((await read(files[k], {}, cuts)).table).toEqual((await read(files[k])).table);
    }
    expect(await tableFrom(utf16(text, true, false), { encoding: 'utf-16le' })).toEqual(expected);
  });

  it('is windows-1252 where it is not UTF-8, with a notice', async () => {
    const bytes = Uint8Array.of(
      ...utf8.encode('a,b\n1,'),
      0xe4,
      0x80,
      0x78,
      0x9f,
      10,
      ...utf8.encode('2,x\n'),
    );
    expect(await tableFrom(bytes)).toEqual({ a: [1, 2], b: ['ä€xŸ', 'x'] });
    expect(await noticesOf(bytes)).toEqual(['windows-1252']);
    const cut = Uint8Array.of(...utf8.encode('a,b\n1,2\n3,'), 0xc3);
    expect(await tableFrom(cut)).toEqual({ a: [1, 3], b: ['2', 'Ã'] });
  });

  it('is decided once for a file, by a byte far behind the first rows too', async () => {
    const bytes = utf8.encode(`a,b\n${'1,é\n'.repeat(100_000)}2,x\n`);
    bytes[bytes.length - 2] = 0xe9;
    const { table, notices } = await read(bytes);
    expect(notices.map(({ code }) => code)).toEqual(['windows-1252']);
    expect(table.columns[1]).toMatchObject({ dictionary: ['Ã©', 'é'] });
  });

  it('that is marked or chosen and not kept is refused', async () => {
    const bad = Uint8Array.of(...utf8.encode('a,b\n1,2\n3,'), 0xe4, 0x0a);
    expect(await refusal(bad, { encoding: 'utf-8' })).toMatchObject({ code: 'CSV_ENCODING' });
    expect(await refusal(Uint8Array.of(0xef, 0xbb, 0xbf, ...bad))).toMatchObject({ code: 'CSV_ENCODING' });
    for (const broken of ['a,b\n1,\ud834x\n2,y\n', 'a,b\n1,\udd1e\n2,y\n', 'a,b\n1,x\n2,\ud834']) {
      expect(await refusal(utf16(broken, true, true))).toMatchObject({ code: 'CSV_ENCODING' });
    }
    expect(await refusal(utf16(text, true, true).subarray(0, -1))).toMatchObject({ code: 'CSV_ENCODING' });
  });

  it('knows what UTF-8 forbids', async () => {
    const forbidden = [
      [0xc0, 0xaf],
      [0xe0, 0x80, 0xaf],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xf8],
      [0x80],
    ];
    for (const bytes of forbidden) {
      for (const before of ['1', '12', '123', '1234']) {
        const file = Uint8Array.of(...utf8.encode(`a,b\n${before},`), ...bytes, ...utf8.encode('\n1,2\n'));
        expect(await refusal(file, { encoding: 'utf-8' })).toMatchObject({ code: 'CSV_ENCODING' });
      }
    }
    for (const allowed of ['\u07ff\u0800\ud7ff\ue000\uffff', '\u{10000}\u{10ffff}']) {
      expect(await tableFrom(`a,b\n1,${allowed}\n2,x\n`)).toMatchObject({ b: [allowed, 'x'] });
    }
  });
});
