import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../core/errors.ts';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { cellText, firstDifference, type Table } from '../../core/table/table.ts';
import { numberColumn, tableOf, textColumn } from '../../core/testing/randomTables.ts';
import { readTable } from '../readTable.ts';
import type { ReadingOptions, TableFile } from '../tableReading.ts';
import { fileOf, textFile } from '../testing/files.ts';
import { looksLikeJson, looksLikeRecords } from './looksLikeJson.ts';
import { readJson } from './readJson.ts';
import { writeJsonLines } from './writeJsonLines.ts';

const read = (text: string, options: ReadingOptions = {}, name = 'x.jsonl', piece = 5) =>
  readTable(textFile(text, name, piece), options);

const cells = ({ columns, rows }: Table): Record<string, (string | null)[]> =>
  Object.fromEntries(
    columns.map((column) => [column.name, Array.from({ length: rows }, (_, row) => cellText(column, row))]),
  );

/** Code and sentence of a refusal. */
async function refused(text: string, options: ReadingOptions = {}): Promise<[string, string]> {
  try {
    await read(text, options);
  } catch (thrown) {
    if (thrown instanceof LabError) return [thrown.code, thrown.message];
    throw thrown;
  }
  throw new Error('It was read.');
}

const said = (notices: readonly { code: string; column: string | null }[]): string[] =>
  notices.map(({ code, column }) => (column === null ? code : `${code} ${column}`));

describe('JSON records', () => {
  it('are a table of all keys, in the order in which they are first seen', async () => {
    const lines = [
      '{"a": 1, "b": {"c": "x", "d": {"e": true}}, "when": "2020-01-01"}',
      '',
      '{"b": {"c": "y\\u00e9\\ud83d\\ude00\\n"}, "f": null, "a": 2.50}',
      '  {"when": "2020-02-01", "a": -0, "g": ""}  ',
    ];
    const expected = {
      a: ['1', '2.5', '-0'],
      'b.c': ['x', 'yé😀\n', null],
      'b.d.e': ['true', null, null],
      when: ['2020-01-01', null, '2020-02-01'],
      f: [null, null, null],
      g: [null, null, null],
    };
    for (const piece of [1, 2, 7, 1000]) {
      for (const end of ['\n', '\r\n', '\r']) {
        const { table, format, decisions } = await read(lines.join(end) + end, {}, 'x', piece);
        expect([format, cells(table)]).toEqual(['json', expected]);
        expect(decisions.map(({ type }) => type)).toEqual([
          'number',
          'text',
          'text',
          'time',
          'number',
          'number',
        ]);
      }
      const list = `[\n${lines.filter((line) => line !== '').join(',\n')}\n]\n`;
      const reading = await read(list, {}, 'x.json', piece);
      expect(cells(reading.table)).toEqual(expected);
      expect(reading.dialect[0]).toEqual({ name: 'Records', value: 'a list' });
    }
  });

  it('may be packed, marked, in UTF-16 or windows-1252', async () => {
    const text = '{"a":"é","b":1}\n{"a":"ß","b":2}\n';
    const units = Uint16Array.from(`\ufeff${text}`, (letter) => letter.charCodeAt(0));
    const files: [Uint8Array, string][] = [
      [gzipSync(new TextEncoder().encode(text)), 'UTF-8'],
      [new TextEncoder().encode(`\ufeff${text}`), 'UTF-8'],
      [new Uint8Array(units.buffer), 'UTF-16 LE'],
      [Uint8Array.from(text, (letter) => letter.charCodeAt(0)), 'windows-1252'],
    ];
    for (const [bytes, encoding] of files) {
      const { table, dialect } = await readTable(fileOf(bytes, 'x.jsonl', 3));
      expect(cells(table)).toEqual({ a: ['é', 'ß'], b: ['1', '2'] });
      expect(dialect[1].value).toBe(encoding);
    }
  });

  it('keep numbers and words by the rules of CSV', async () => {
    const { table, notices } = await read(
      [
        '{"id": 12345678901234567890, "big": 1e999, "zip": "007", "n": 1, "w": "NA", "mix": 1}',
        '{"id": 1, "big": 1, "zip": "8", "n": "NA", "w": "x", "mix": "red"}',
        '{"id": 2, "big": 2, "zip": "9", "n": NaN, "w": null, "mix": {"in": Infinity}}',
      ].join('\n'),
    );
    expect(cells(table)).toEqual({
      id: ['12345678901234567890', '1', '2'],
      big: ['1e999', '1', '2'],
      zip: ['007', '8', '9'],
      n: ['1', null, null],
      w: ['NA', 'x', null],
      mix: ['1', 'red', null],
      'mix.in': [null, null, 'Infinity'],
    });
    expect(said(notices)).toEqual([
      'long-digits id',
      'long-digits big',
      'leading-zeros zip',
      'missing-spelt n',
    ]);
    const chosen = await read('{"a":"1,234","z":1}\n{"a":"-9","z":2}\n{"a":"5","z":-9}\n', {
      missing: ['-9'],
      types: [
        { column: 'a', type: 'number' },
        { column: 'z', type: 'text' },
        { column: 'gone', type: 'text' },
      ],
    });
    expect(cells(chosen.table)).toEqual({ a: ['1234', null, '5'], z: ['1', '2', null] });
    expect(said(chosen.notices)).toEqual(['unknown-column']);
    const ambiguous = await read('{"a":"1,234","z":1}\n{"a":"5,678","z":2}\n');
    expect(ambiguous.notices[0].text).toContain('Choose numbers as its type.');
  });

  it('keep lists, and what lies deep, as text', async () => {
    const deep = `${'{"k":'.repeat(10)}1${'}'.repeat(10)}`;
    const { table, notices } = await read(`{"l": [1, {"x":"\\n"}], "d": ${deep}}\n{"l": [], "d": null}\n`);
    expect(cells(table)).toEqual({
      l: ['[1, {"x":"\\n"}]', '[]'],
      [`d${'.k'.repeat(7)}`]: ['{"k":{"k":{"k":1}}}', null],
    });
    expect(said(notices).slice(0, 2)).toEqual(['lists-as-text l', `lists-as-text d${'.k'.repeat(7)}`]);
  });

  it('have keys that are names and nothing else', async () => {
    const { table, notices } = await read(
      '{"__proto__": {"polluted": 1}, "constructor": 2, "": 3, "a.b": 4, "a": {"b": 5}}\n' +
        '{"__proto__": 6, "toString": 7}\n',
    );
    expect(table.columns.map(({ name }) => name)).toEqual([
      '__proto__',
      '__proto__.polluted',
      'constructor',
      'column3',
      'a.b',
      'a.b (2)',
      'toString',
    ]);
    expect(said(notices)).toEqual(['nameless-columns', 'duplicate-names']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('are told from other texts', () => {
    const isJson = (text: string, name: string) => looksLikeJson(new TextEncoder().encode(text), name);
    expect(isJson(' \n{"a": 1}', 'x')).toBe(true);
    expect(isJson('[ {"a": 1}', 'x.csv')).toBe(true);
    expect(isJson('{}', 'x.txt')).toBe(true);
    expect(isJson('{"a"', 'x.json')).toBe(true);
    expect(isJson('[1,2]', 'x.json')).toBe(true);
    expect(isJson('a,b', 'x.jsonl')).toBe(true);
    expect(isJson('', 'x.jsonl')).toBe(false);
    for (const text of ['a,b\n', '{a},b\n1,2\n', '"{",b\n', '[1],[2]\n', '{"a",b\n', '1 1:2\n'])
      expect([text, isJson(text, 'x.csv')]).toEqual([text, false]);
    const areRecords = (text: string) => looksLikeRecords(new TextEncoder().encode(text));
    expect(['[{"a":1}', '{"a":1}\n{"a":'].map(areRecords)).toEqual([true, false]);
    expect(['{"a":1}\n{"a":2}', '{"a":1}', '[1]', '{"a":{"b":1}}\n'].map(areRecords)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('a table as JSON Lines', () => {
  it('is read back as it was, in pieces of any size', async () => {
    const number = fc.oneof(
      fc.double({ noNaN: true }),
      fc.integer(),
      fc.constantFrom(0.1, -0, 5e-324, Infinity, -Infinity, 1e22, 2 ** 53),
    );
    const text = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 6 })
      .filter((one) => one.isWellFormed());
    const list = <T>(one: fc.Arbitrary<T>) => fc.array(fc.option(one), { minLength: 9, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 9 }),
        fc.uniqueArray(text, { minLength: 3, maxLength: 3 }),
        list(number),
        list(text),
        list(fc.nat(86_399)),
        fc.constantFrom(1, 3, 50, 1e9),
        async (rows, names, numbers, texts, times, piece) => {
          const written = tableOf(
            numberColumn(names[0], [1, ...numbers.slice(0, rows)]),
            // A letter in front keeps texts from looking like numbers.
            textColumn(names[1], ['t', ...texts.slice(0, rows).map((one) => one && `t${one}`)]),
            { ...numberColumn(names[2], [0, ...times.slice(0, rows)]), time: 'YYYY-MM-DDThh:mm:ssZ' },
          );
          const bytes = Buffer.concat([...writeJsonLines(written)]);
          const { table } = await readJson(fileOf(bytes, 'x.jsonl', piece), {}, SILENT_PULSE);
          expect(firstDifference(table, written)).toBeNull();
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('what is no JSON', () => {
  it('is refused by the line', async () => {
    const cases: [string, string, string][] = [
      ['', 'CSV_EMPTY', 'is empty'],
      ['{}\n{}\n', 'CSV_EMPTY', 'no record with a key'],
      ['{"a":null}\n{"a":""}\n', 'CSV_EMPTY', 'None of the 2 records'],
      ['[]', 'CSV_EMPTY', 'has no record'],
      ['{"a":1}\n', 'CSV_ONE_ROW', 'only one record'],
      ['hello\n', 'JSON_MALFORMED', 'Line 1 of x.jsonl has "hello" where a record'],
      ['{"a":1}\n[1,2]\n', 'JSON_MALFORMED', 'Line 2 of x.jsonl has "[1,2]"'],
      ['[1,2]', 'JSON_MALFORMED', 'Line 1 of x.jsonl has "1,2]"'],
      [
        '{"a":1}\n{"a":2\n{"a":3}\n',
        'JSON_MALFORMED',
        'Line 2 of x.jsonl has a record that does not end on it',
      ],
      ['{"a":1}\n{"a":"2\n', 'JSON_MALFORMED', 'Line 2 of x.jsonl ends inside of a text'],
      ['{"a":1}\n{"a":2', 'JSON_MALFORMED', 'Line 2 of x.jsonl has a record that does not end'],
      ['{\n"a":1}\n{\n"a":01}\n', 'JSON_MALFORMED', 'Line 4 of x.jsonl has "01}"'],
      ['{"a":1}\r\n{"a":1.}\r\n', 'JSON_MALFORMED', 'Line 2 of x.jsonl has "1.}"'],
      ['{"a":1e}\n', 'JSON_MALFORMED', 'exponent'],
      ['{"a":nul}\n', 'JSON_MALFORMED', 'Line 1 of x.jsonl has "nul}" where a value is wanted'],
      ['{"a":}\n', 'JSON_MALFORMED', 'where a value is wanted'],
      ['{a:1}\n', 'JSON_MALFORMED', 'where a text in quotation marks is wanted'],
      ['{"a" 1}\n', 'JSON_MALFORMED', 'where a colon is wanted'],
      ['{"a":1,}\n', 'JSON_MALFORMED', 'where a text in quotation marks is wanted'],
      ['{"a":1]\n', 'JSON_MALFORMED', 'where a comma or } is wanted'],
      ['{"a":[1,]}\n', 'JSON_MALFORMED', 'where a value is wanted'],
      ['{"a":"\\x"}\n', 'JSON_MALFORMED', 'escape'],
      ['{"a":"\\ud800"}\n', 'JSON_MALFORMED', 'escape'],
      ['{"a":"\\udc00\\ud800"}\n', 'JSON_MALFORMED', 'escape'],
      ['{"a":"\\u12g4"}\n', 'JSON_MALFORMED', 'escape'],
      ['{"a":"\t"}\n', 'JSON_MALFORMED', 'control character'],
      ['{"a":1,"b":2,"a":3}\n', 'JSON_MALFORMED', 'a key that the record does not have already'],
      ['[{"a":1} {"a":2}]', 'JSON_MALFORMED', 'where a comma or the end of the list'],
      ['[{"a":1},{"a":2},]', 'JSON_MALFORMED', 'where a record'],
      ['[{"a":1},{"a":2}', 'JSON_MALFORMED', 'the list of records has not ended'],
      ['[{"a":1},{"a":2}] 3', 'JSON_MALFORMED', 'the list has ended'],
      [`{"a":${'['.repeat(300)}${']'.repeat(300)}}\n`, 'JSON_MALFORMED', '256 levels'],
    ];
    for (const [text, code, what] of cases) {
      const refusal = await refused(text);
      expect([text, refusal[0], refusal[1]]).toEqual([text, code, expect.stringContaining(what)]);
    }
    expect(await refused('{"a":"x"}\n{"a":1}\n', { types: [{ column: 'a', type: 'number' }] })).toEqual([
      'CSV_TYPE',
      'Column a is to be read as numbers, but line 1 has "x".',
    ]);
  });

  it('is refused before it fills the memory', async () => {
    let pulled = 0;
    const endless = (start: string, more: string): TableFile => ({
      name: 'x.jsonl',
      bytes: null,
      open: () =>
        Promise.resolve(
          (async function* () {
            yield await Promise.resolve(new TextEncoder().encode(start));
            const piece = new TextEncoder().encode(more.repeat(Math.ceil(2 ** 20 / more.length)));
            for (pulled = 0; pulled < 1000; pulled++) yield piece;
          })(),
        ),
    });
    await expect(readTable(endless('{"a":"', 'x'))).rejects.toMatchObject({ code: 'JSON_TOO_LARGE' });
    expect(pulled).toBeLessThan(40);
    const keys = Array.from({ length: 10_001 }, (_, k) => `"k${k}":1`).join(',');
    expect((await refused(`{${keys}}\n{}\n`))[0]).toBe('JSON_TOO_LARGE');
    // Few bytes a record, and many columns: what counts are the cells.
    const wide = Array.from({ length: 9000 }, (_, k) => `"k${k}":1`).join(',');
    await expect(readTable(endless(`{${wide}}\n`, '{}\n'))).rejects.toMatchObject({ code: 'JSON_TOO_LARGE' });
  });
});
