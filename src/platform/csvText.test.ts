import { expect, it } from 'vitest';
import { cellText } from '../core/table/table.ts';
import { readCsv } from '../readers/csv/readCsv.ts';
import { textFile } from '../readers/testing/files.ts';
import { csvText } from './csvText.ts';

it('quotes what needs quotes, and leaves numbers and empty cells bare', () => {
  expect(csvText([['a,b', 'plain', '', -0.5, 'a "b"\nc']])).toBe('"a,b",plain,,-0.5,"a ""b""\nc"\r\n');
});

it('keeps every cell as it is, formulas of spreadsheets too', async () => {
  const texts = ['=1+1', '+1 x', '-1 x', '@SUM(A1)', '\tx', '\rx', "'=1", '=HYPERLINK("http://x","y")'];
  const { table } = await readCsv(
    textFile(csvText([['text', 'n'], ...texts.map((one, k) => [one, k])]), 'a.csv'),
  );
  expect(texts.map((_, row) => cellText(table.columns[0], row))).toEqual(texts);
});
