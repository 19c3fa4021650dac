import { describe, expect, it } from 'vitest';
import { codeOf } from '../core/testing/codeOf.ts';
import { cells } from './csv/testing/textFiles.ts';
import { readTable } from './readTable.ts';
import { textFile } from './testing/files.ts';

describe('records without any value', () => {
  const text = 'a,b,t\n1,2,x\n,,\n3,,y\nNA,null,?\n,5,x\n';

  it('are left out with a count', async () => {
    const { table, notices } = await readTable(textFile(text));
    expect(cells(table)).toEqual({ a: [1, 3, null], b: [2, null, 5], t: ['x', 'y', 'x'] });
    expect(notices.find(({ code }) => code === 'empty-records')?.text).toBe(
      '2 records without a value in any column were left out.',
    );
    const full = await readTable(textFile('a,b\n1,2\n,\n3,4\n'));
    expect(full.table.columns.map(({ missing }) => missing)).toEqual([null, null]);
  });

  it('stay where they are wanted', async () => {
    const { table, notices } = await readTable(textFile(text), { emptyRecords: 'kept' });
    expect(cells(table)).toEqual({
      a: [1, null, 3, null, null],
      b: [2, null, null, null, 5],
      t: ['x', null, 'y', null, 'x'],
    });
    expect(notices.map(({ code }) => code)).toContain('empty-records');
  });

  it('may leave too few', async () => {
    expect(await codeOf(readTable(textFile('a,b\n1,2\n,\n,\n')))).toBe('CSV_ONE_ROW');
  });
});
