import { expect, it } from 'vitest';
import { tableReport } from '../testing/pictures.ts';
import { orderTables } from './classOrder.ts';

const TABLES = [
  tableReport('a', { bytes: 500, rawBytes: 1000, baseCount: 5 }),
  tableReport('b', { bytes: 600, rawBytes: 3000, baseCount: 9 }),
  tableReport('c', { bytes: 10, rawBytes: 0, baseCount: 0 }),
];

it('orders tables by what is asked and remembers their numbers', () => {
  const names = (order: Parameters<typeof orderTables>[1]) =>
    orderTables(TABLES, order).map(({ className, table }) => `${className}${table}`);
  expect(names('class')).toEqual(['a0', 'b1', 'c2']);
  expect(names('share')).toEqual(['a0', 'b1', 'c2']);
  expect(names('bytes')).toEqual(['b1', 'a0', 'c2']);
  expect(names('bases')).toEqual(['b1', 'a0', 'c2']);
  // A class of test pictures alone has nothing to be a share of.
  expect(orderTables(TABLES, 'class')[2].share).toBe(0);
});
