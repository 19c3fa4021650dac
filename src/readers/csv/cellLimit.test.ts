import { expect, it, vi } from 'vitest';
import { read, refusal } from './testing/textFiles.ts';

// The real limit is 2 GiB of cells.
vi.mock(import('../../core/table/table.ts'), async (original) => ({ ...(await original()), MAX_CELLS: 300 }));

it('a table with more cells than fit is refused, one with as many is read', async () => {
  const text = (rows: number): string => `a,b,c\n${'1,2,3\n'.repeat(rows)}`;
  expect((await read(text(100))).table.rows).toBe(100);
  expect(await refusal(text(101))).toEqual({
    code: 'CSV_TOO_LARGE',
    what: 'The table has more than 300 cells.',
  });
});
