import { expect, it } from 'vitest';
import { fileSource } from '../../../bench/fileSource.ts';
import { TABLE_SAMPLES } from '../../contracts/gallery.ts';
import { readTable } from '../../readers/readTable.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { Workbench } from './workbench.ts';

// The file that `npm run samples` copies, so that nothing has to be made before the unit tests.
const DIAMONDS = 'node_modules/@observablehq/sample-datasets/diamonds.csv';

it('Diamonds, as the page opens it, has 1,974 condensed samples in place of 43,152 training records', async () => {
  const { target, beta } = TABLE_SAMPLES.find(({ id }) => id === 'diamonds')!;
  const { table } = await readTable(fileSource(DIAMONDS));
  const workbench = new Workbench(table);
  const settings = { ...DEFAULT_SETTINGS, target, beta };
  const full = await workbench.full(settings);
  const condensed = await workbench.condensed(settings);
  expect([table.rows, full.rows, condensed.rows]).toEqual([53_940, 43_152, 1_974]);
  expect(condensed.weights?.reduce((sum, weight) => sum + weight, 0)).toBe(43_152);
  expect((await workbench.condensedCounts(settings))[beta]).toBe(1_974);
});
