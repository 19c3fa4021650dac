import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../core/testing/anyText.ts';
import { numberColumn, tableOf, textColumn } from '../../core/testing/randomTables.ts';
import type { ReadingOptions } from '../tableReading.ts';
import { cellText, firstDifference, type Column, type Table } from '../../core/table/table.ts';
import { patternOfShape, readTime, writeTime } from '../../core/table/time.ts';
import { Dictionary } from './dictionary.ts';
import { GrowingArray, GrowingFlags } from './growing.ts';
import { read } from './testing/textFiles.ts';

type Delimiter = NonNullable<ReadingOptions['delimiter']>;
type Encoding = NonNullable<ReadingOptions['encoding']>;

/** A way to write a table down. */
interface Style {
  delimiter: Delimiter;
  decimal: '.' | ',';
  newline: '\n' | '\r\n' | '\r';
  lastNewline: boolean;
  encoding: Encoding;
  mark: boolean;
  quoting: 'needed' | 'all' | 'text';
  missing: string;
  padded: boolean;
}

const style: fc.Arbitrary<Style> = fc
  .record({
    delimiter: fc.constantFrom<Delimiter>(',', ';', '\t', '|'),
    decimal: fc.constantFrom<'.' | ','>('.', ','),
    newline: fc.constantFrom<'\n' | '\r\n' | '\r'>('\n', '\r\n', '\r'),
    lastNewline: fc.boolean(),
    encoding: fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
    mark: fc.boolean(),
    quoting: fc.constantFrom<Style['quoting']>('needed', 'all', 'text'),
    missing: fc.constantFrom('', 'NA', 'N/A', 'null', 'NULL', 'nan', '?'),
    padded: fc.boolean(),
  })
  // Decimal commas between commas are written by nobody and would all need quotes.
  .filter(({ delimiter, decimal }) => delimiter !== ',' || decimal === '.');

function spellNumber(value: number, { decimal }: Style): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return decimal === ',' ? text.replace('.', ',') : text;
}

function spellCell(column: Column, row: number, how: Style): string {
  const text = cellText(column, row);
  if (text === null) return how.missing;
  const isNumber = column.kind === 'number' && column.time === undefined;
  const spelt = isNumber ? spellNumber(column.values[row], how) : text;
  const special = /["\r\n]/.test(spelt) || spelt.includes(how.delimiter);
  const quotes = how.quoting === 'all' || special || (how.quoting === 'text' && column.kind === 'text');
  if (quotes) return `"${spelt.replaceAll('"', '""')}"`;
  return how.padded && column.kind === 'number' ? ` ${spelt} ` : spelt;
}

function encode(text: string, { encoding, mark }: Style): Uint8Array {
  const marked = mark && encoding !== 'windows-1252' ? `\ufeff${text}` : text;
  if (encoding === 'utf-8') return new TextEncoder().encode(marked);
  const units = Array.from({ length: marked.length }, (_, k) => marked.charCodeAt(k));
  // Of windows-1252 only the characters that it shares with Latin-1 are used here.
  if (encoding === 'windows-1252') return Uint8Array.from(units);
  return Uint8Array.from(
    units.flatMap((unit) => (encoding === 'utf-16le' ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])),
  );
}

function write({ columns, rows }: Table, how: Style): Uint8Array {
  const header = columns.map(({ name }) => name).join(how.delimiter);
  const lines = Array.from({ length: rows }, (_, row) =>
    columns.map((column) => spellCell(column, row, how)).join(how.delimiter),
  );
  return encode([header, ...lines].join(how.newline) + (how.lastNewline ? how.newline : ''), how);
}

const number = fc.oneof(
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.integer({ min: -99_999, max: 99_999 }).map((n) => n / 100),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
  fc.constantFrom(0.1, -0, 5e-324, Infinity, 1e22, 2 ** 53),
);
const latin = fc.stringMatching(/^[ -~¡-ÿ\t\r\n]{0,6}$/);
const wide = fc
  .string({ unit: 'binary', maxLength: 5 })
  .filter((text) => text.isWellFormed() && [...text].every((one) => one >= ' '));
const time = fc
  .record({
    pattern: fc.constantFrom(
      'YYYY-MM-DD',
      'YYYY-MM-DD hh:mm',
      'YYYY-MM-DDThh:mm:ssZ',
      'YYYY-MM-DDThh:mm:ss.fff+02:00',
      'hh:mm:ss',
    ),
    starts: fc.array(fc.nat(86_399), { minLength: 12, maxLength: 12 }),
  })
  .map(({ pattern, starts }) => ({ pattern, values: starts }));

/** Makes rows of cells that are missing now and then, but not all of a column. */
const withGaps = <T>(cells: T[], gaps: boolean[]): (T | null)[] =>
  cells.map((cell, k) => (gaps[k] && k > 0 ? null : cell));

const twelve = { minLength: 12, maxLength: 12 };
const table = fc.record({
  rows: fc.integer({ min: 2, max: 12 }),
  numbers: fc.array(number, twelve),
  texts: fc.array(latin, twelve),
  wides: fc.array(wide, twelve),
  times: time,
  gaps: fc.array(fc.array(fc.boolean(), twelve), { minLength: 4, maxLength: 4 }),
});

describe('a table written down in any style', () => {
  it('is read back as it was, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        style,
        fc.constantFrom(1, 2, 3, 7, 50, 1e9),
        async ({ rows, numbers, texts, wides, times, gaps }, how, piece) => {
          const some = <T>(cells: T[], k: number): (T | null)[] => withGaps(cells.slice(0, rows), gaps[k]);
          const narrow = how.encoding === 'windows-1252';
          // A letter in front keeps texts from looking like numbers, and one behind from ending in a space; this
          // reader's own marks of a missing cell are none of theirs.
          const written = tableOf(
            numberColumn('n', some(numbers, 0)),
            textColumn(
              'text',
              some(texts, 1).map((text) => (text === null ? null : `t${text}é`)),
            ),
            { ...numberColumn('when', some(times.values, 2)), time: times.pattern },
            textColumn(
              'wide',
              some(narrow ? texts : wides, 3).map((text) => (text === null ? null : `_${text}_`)),
            ),
          );
          const bytes = write(written, how);
          const cuts = Array.from({ length: Math.floor(bytes.length / piece) }, (_, k) => (k + 1) * piece);
          // Two rows say too little to tell a delimiter from text in every case; what is told is then the rest.
          const asked: ReadingOptions = { delimiter: how.delimiter, decimal: how.decimal };
          if (how.encoding.startsWith('utf-16') && !how.mark) asked.encoding = how.encoding;
          const { table: again, dialect } = await read(bytes, asked, cuts);
          expect(firstDifference(again, written)).toBeNull();
          expect(dialect).toContainEqual({ name: 'Header', value: 'first row' });
        },
      ),
      { numRuns: 400 },
    );
  });

  it('needs no word on its delimiter and decimal sign when it has some rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            n: fc.integer({ min: -99_999, max: 99_999 }).map((n) => (n * 10 + 5) / 100),
            word: fc.constantFrom(
              'red',
              'green',
              'x, y',
              'a;b',
              'p|q',
              'say "hi"',
              'two\nlines',
              'tab\there',
            ),
            k: fc.nat(1000),
          }),
          { minLength: 6, maxLength: 30 },
        ),
        style,
        async (data, how) => {
          const written = tableOf(
            numberColumn(
              'n',
              data.map(({ n }) => n),
            ),
            textColumn(
              'word',
              data.map(({ word }) => word),
            ),
            numberColumn(
              'k',
              data.map(({ k }) => k),
            ),
          );
          const utf16 = how.encoding.startsWith('utf-16');
          const { table: again } = await read(write(written, { ...how, mark: how.mark || utf16 }));
          expect(firstDifference(again, written)).toBeNull();
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('parts of the reader', () => {
  it('dictionaries number texts by their bytes', () => {
    const text = fc.oneof(fc.constantFrom('', 'a', 'b', 'ab', 'ba'), anyText(20));
    fc.assert(
      fc.property(
        fc.array(
          text.filter((one) => one.isWellFormed()),
          { maxLength: 300 },
        ),
        (texts) => {
          const dictionary = new Dictionary();
          const known = new Map<string, number>();
          for (const one of texts) {
            const bytes = new TextEncoder().encode(`<${one}>`);
            if (!known.has(one)) known.set(one, known.size);
            expect(dictionary.code(bytes, 1, bytes.length - 1)).toBe(known.get(one));
          }
          expect(dictionary.texts(Uint32Array.from(known.values()))).toEqual([...known.keys()]);
        },
      ),
      { numRuns: 100 },
    );
    const long = new Dictionary();
    const bytes = new TextEncoder().encode('x'.repeat(1_000_000));
    expect([long.code(bytes, 0, 900_000), long.code(bytes, 0, 3), long.code(bytes, 1, 900_001)]).toEqual([
      0, 1, 0,
    ]);
    expect(long.texts(Uint32Array.of(1, 0)).map(({ length }) => length)).toEqual([3, 900_000]);
  });

  it('growing arrays and flags are what was put into them', () => {
    for (const length of [0, 1, 64, 65, 4096, 200_000]) {
      const growing = new GrowingArray((size) => new Float64Array(size));
      const flags = new GrowingFlags();
      for (let k = 0; k < length; k++) {
        growing.push(k / 2);
        if (k % 5000 === 3) flags.set(k);
      }
      const joined = growing.join();
      expect(joined.length).toBe(length);
      expect(joined.findIndex((value, k) => value !== k / 2)).toBe(-1);
      const set = flags.join(length);
      expect(set === null).toBe(length <= 3);
      if (set === null) continue;
      expect(set.length).toBe(length);
      expect(set.findIndex((flag, k) => flag !== (k % 5000 === 3 ? 1 : 0))).toBe(-1);
    }
  });

  it('growing arrays keep every number that their blocks hold more narrowly', () => {
    const length = 2 * 65_536 + 9;
    const odd = 100_000;
    for (const base of [
      0,
      255,
      256,
      65_535,
      65_536,
      2 ** 31 - 1,
      2 ** 31,
      -1,
      -128,
      -129,
      -32_768,
      -32_769,
    ]) {
      for (const other of [0.5, -0, NaN, -Infinity, -(2 ** 31), 2 ** 40]) {
        const growing = new GrowingArray((size) => new Float64Array(size));
        const valueOf = (k: number): number => (k === odd ? other : k % 3 === 0 ? base : k % 100);
        for (let k = 0; k < length; k++) growing.push(valueOf(k));
        expect(growing.join().findIndex((value, k) => !Object.is(value, valueOf(k)))).toBe(-1);
      }
      const codes = new GrowingArray((size) => new Uint32Array(size));
      for (let k = 0; k < length; k++) codes.push(base + k);
      expect(codes.join().findIndex((value, k) => value !== (base + k) >>> 0)).toBe(-1);
    }
  });

  it('times of a column are spelt back by its pattern', () => {
    const out = { value: 0, shape: 0 };
    fc.assert(
      fc.property(time, ({ pattern, values }) => {
        for (const value of values) {
          const bytes = new TextEncoder().encode(writeTime(value, pattern));
          expect(readTime(bytes, 0, bytes.length, out)).toBe(true);
          expect([out.value, patternOfShape(out.shape)]).toEqual([value, pattern]);
        }
      }),
      { numRuns: 100 },
    );
  });
});
