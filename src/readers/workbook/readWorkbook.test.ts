import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../core/errors.ts';
import { cellText, type Table } from '../../core/table/table.ts';
import { looksLikeImages } from '../readImages.ts';
import { findOpenings } from '../openings.ts';
import { readTable } from '../readTable.ts';
import type { ReadingOptions } from '../tableReading.ts';
import { fileOf } from '../testing/files.ts';
import { imageFile } from '../testing/imageFiles.ts';
import { rowsOf, workbook, workbookParts } from '../testing/workbookFiles.ts';

const read = (bytes: Uint8Array, options: ReadingOptions = {}) =>
  readTable(fileOf(bytes, 'x.xlsx', 997, true), options);

const cells = ({ columns, rows }: Table): Record<string, (string | null)[]> =>
  Object.fromEntries(
    columns.map((column) => [column.name, Array.from({ length: rows }, (_, row) => cellText(column, row))]),
  );

async function refused(bytes: Uint8Array, options: ReadingOptions = {}): Promise<string> {
  try {
    await read(bytes, options);
  } catch (thrown) {
    if (thrown instanceof LabError) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  throw new Error('It was read.');
}

const PLAIN = rowsOf([
  ['n', 't'],
  [1, 'a'],
  [2, 'b'],
]);

describe('a sheet', () => {
  it('is the table that its cells show', async () => {
    const shared = [
      '<t>na</t>',
      '<t xml:space="preserve"> a, "b" &amp; c</t>',
      '<r><t>ri</t></r><r><t>ch</t></r>',
    ];
    const rows =
      '<row r="2"><c r="B2" t="inlineStr"><is><t>A title</t></is></c></row>' +
      '<row r="4"><c r="B4" t="s"><v>0</v></c><c r="C4" t="str"><v>day</v></c><c r="D4" t="inlineStr"><is><t>clock</t></is></c>' +
      '<c r="E4" t="str"><v>moment</v></c><c r="F4" t="str"><v>x</v></c><c r="G4" t="str"><v>ok</v></c></row>' +
      '<row r="5"><c r="B5" t="s"><v>1</v></c><c r="C5" s="1"><v>43831</v></c><c r="D5" s="2"><v>0.5</v></c>' +
      '<c r="E5" s="3"><v>43831.520833333336</v></c><c r="F5"><f>1/3</f><v>0.33333333333333331</v></c><c r="G5" t="b"><v>1</v></c></row>' +
      '<row r="7"><c r="B7" t="s"><v>2</v></c><c r="C7" s="1"><v>1</v></c><c r="D7" s="2"><v>0.25001157407407409</v></c>' +
      '<c r="E7" s="3"><v>43832</v></c><c r="F7" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="G7" t="b"><v>0</v></c></row>' +
      '<row r="8"><c r="B8" t="inlineStr"><is><t>two\nlines</t></is></c><c r="F8"><v>-1E-7</v></c></row>' +
      '<row r="9"/><row r="1048576"/>';
    const { table, notices, format, dialect, sheets } = await read(
      workbook([{ name: 'One', rows }], { shared }),
    );
    expect(cells(table)).toEqual({
      na: [' a, "b" & c', 'rich', 'two\nlines'],
      day: ['2020-01-01', '1900-01-01', null],
      clock: ['12:00:00', '06:00:01', null],
      moment: ['2020-01-01 12:30:00', '2020-01-02 00:00:00', null],
      x: ['0.3333333333333333', null, '-1e-7'],
      ok: ['true', 'false', null],
    });
    expect(notices.map(({ code }) => code)).toEqual(['preamble', 'blank-rows', 'missing-spelt']);
    expect([format, sheets]).toEqual(['xlsx', ['One']]);
    expect(dialect).toEqual([
      { name: 'Sheet', value: 'One' },
      { name: 'Header', value: 'first row' },
    ]);
  });

  it('counts its days from 1904 where the workbook says so', async () => {
    const day = (r: number, days: number) => `<row r="${r}"><c r="A${r}" s="1"><v>${days}</v></c></row>`;
    const rows = `<row r="1"><c r="A1" t="str"><v>day</v></c></row>${day(2, 1)}${day(3, 42_369)}`;
    const { table } = await read(workbook([{ name: 'One', rows }], { is1904: true }));
    expect(cells(table)).toEqual({ day: ['1904-01-02', '2020-01-01'] });
  });

  it('is the first that is a table where others have too little for one, and it is said', async () => {
    const notes = {
      name: 'Notes',
      rows: rowsOf([
        ['what', 'when'],
        ['made', 'today'],
      ]),
    };
    const { table, notices } = await read(
      workbook([{ name: 'Empty', rows: '' }, notes, { name: 'Data', rows: PLAIN }]),
    );
    expect(cells(table)).toEqual({ n: ['1', '2'], t: ['a', 'b'] });
    expect(notices[0].text).toBe(
      'This workbook has 3 sheets; “Data” was read. It also has “Empty”, “Notes”. Too little for a table: “Empty”, “Notes”.',
    );
    expect(await refused(workbook([notes]))).toMatch(/^CSV_ONE_ROW: /);
    expect(await refused(workbook([notes, { name: 'Data', rows: PLAIN }]), { sheet: 'Notes' })).toMatch(
      /^CSV_ONE_ROW: /,
    );
  });

  it('is the first that is not hidden, and any other by its name', async () => {
    const book = workbook([
      { name: 'Notes', state: 'hidden', rows: rowsOf([['x'], [1], [2]]) },
      { name: 'Sales & more', rows: PLAIN },
      { name: 'Third', rows: rowsOf([['c'], [7], [8]]) },
    ]);
    const first = await read(book);
    expect(cells(first.table)).toEqual({ n: ['1', '2'], t: ['a', 'b'] });
    expect(first.notices[0]).toEqual({
      code: 'other-sheets',
      column: null,
      text: 'This workbook has 3 sheets; “Sales & more” was read. It also has “Notes” (hidden), “Third”.',
    });
    expect(first.sheets).toEqual(['Notes', 'Sales & more', 'Third']);
    expect(cells((await read(book, { sheet: 'Third' })).table)).toEqual({ c: ['7', '8'] });
    expect(await refused(book, { sheet: 'Fourth' })).toBe(
      'WORKBOOK_SHEET: x.xlsx has no sheet “Fourth”; it has “Notes”, “Sales & more”, “Third”.',
    );
    const plain = await read(
      workbook([
        { name: 'A', rows: PLAIN },
        { name: 'B', rows: '' },
      ]),
    );
    expect(plain.notices[0].text).toBe(
      'This workbook has 2 sheets; the first, “A”, was read. It also has “B”.',
    );
  });

  it('takes what the user says of its cells', async () => {
    const rows = rowsOf([
      [1, 2],
      [3, -9],
      [5, 6],
    ]);
    const { table } = await read(workbook([{ name: 'A', rows }]), {
      header: false,
      missing: ['-9'],
      types: [{ column: 'column1', type: 'text' }],
    });
    expect(cells(table)).toEqual({ column1: ['1', '3', '5'], column2: ['2', null, '6'] });
    expect(table.columns.map(({ kind }) => kind)).toEqual(['text', 'number']);
  });

  it('is a table whatever else the workbook holds, alone or among others', async () => {
    const parts = workbookParts([{ name: 'A', rows: PLAIN }], { parts: { 'xl/media/a.png': 'no picture' } });
    const book = zipSync(parts);
    expect(await looksLikeImages([imageFile('a.xlsx', book)])).toBe('table');
    const { tables, pair } = await findOpenings([
      imageFile('train.xlsx', book),
      imageFile('b.zip', zipSync({ 'in/test.xlsx': book, 'readme.txt': new Uint8Array(3) })),
    ]);
    expect(tables.map(({ path, inside }) => [path, inside])).toEqual([
      ['b.zip/in/test.xlsx', null],
      ['train.xlsx', null],
    ]);
    expect(pair).toEqual({ train: 1, test: 0, isNamed: true });
    const inside = await readTable(fileOf(zipSync({ 'in/a.xlsx': book }), 'b.zip', 997, true));
    expect(cells(inside.table)).toEqual({ n: ['1', '2'], t: ['a', 'b'] });
  });
});

describe('a workbook that is not sound', () => {
  const withRows = (rows: string): Uint8Array => workbook([{ name: 'A', rows: PLAIN + rows }]);
  const withParts = (parts: Record<string, string>): Uint8Array =>
    workbook([{ name: 'A', rows: PLAIN }], { parts });

  it('is refused by a code', async () => {
    const cases: [Uint8Array, string][] = [
      [withRows('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'), 'WORKBOOK_DAMAGED'],
      [withRows('<row r="2"><c r="A2"><v>1</v></c></row>'), 'WORKBOOK_DAMAGED'],
      [withRows('<row r="9"><c r="ZZZZ9"><v>1</v></c></row>'), 'WORKBOOK_DAMAGED'],
      [withRows('<row r="9"><c r="XFD9"><v>1</v></c></row>'), 'CSV_TOO_WIDE'],
      [withParts({ 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1">' }), 'WORKBOOK_DAMAGED'],
      [withParts({ 'xl/workbook.xml': '<workbook><sheets/></workbook>' }), 'WORKBOOK_SHEET'],
      [withParts({ 'xl/workbook.xml': '<?xml' }), 'WORKBOOK_DAMAGED'],
      [withParts({ 'xl/workbook.xml': '' }), 'WORKBOOK_DAMAGED'],
      [withParts({ 'xl/_rels/workbook.xml.rels': '<x/>' }), 'WORKBOOK_DAMAGED'],
      [workbook([{ name: 'A', rows: '' }]), 'CSV_EMPTY'],
      [
        workbook([
          {
            name: 'A',
            rows: rowsOf([
              ['a', 'b'],
              [1, 2],
            ]),
          },
        ]),
        'CSV_ONE_ROW',
      ],
    ];
    for (const [k, [bytes, code]] of cases.entries())
      expect([k, (await refused(bytes)).split(':')[0]]).toEqual([k, code]);
    const sound = workbook([{ name: 'A', rows: PLAIN }]);
    expect(await refused(sound.slice(0, -30))).toMatch(/^CSV_BINARY: x\.xlsx is a workbook, and damaged/);
    const parts = workbookParts([{ name: 'A', rows: PLAIN }]);
    const stored = zipSync(parts, { level: 0 });
    const at = Buffer.from(stored).indexOf('<v>1</v>');
    stored[at + 3] ^= 1;
    expect(await refused(stored)).toMatch(/^ZIP_DAMAGED: .*sheet1\.xml/);
  });

  it('cannot make more of entities, rows and cells than it has', async () => {
    const entities = `<!DOCTYPE x [<!ENTITY a "${'x'.repeat(50)}"><!ENTITY b "${'&a;'.repeat(50)}">]>`;
    const bomb = withParts({
      'xl/worksheets/sheet1.xml': `${entities}<worksheet><sheetData>${rowsOf([['h'], ['&b;'.repeat(50)], ['c']]).replaceAll('&amp;', '&')}</sheetData></worksheet>`,
    });
    const { table } = await read(bomb).catch(() => ({ table: null }));
    expect(JSON.stringify(table === null ? null : cells(table)).length).toBeLessThan(1000);
    const far = withRows('<row r="1048570"><c r="A1048570"><v>3</v></c></row>');
    expect((await read(far)).table.rows).toBe(3);
  });
});
