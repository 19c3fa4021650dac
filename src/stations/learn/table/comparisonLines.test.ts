import { expect, it } from 'vitest';
import { descent, errorScore, exact } from '../testing/results.ts';
import { comparisonRows } from './compare.ts';
import { comparisonLines } from './comparisonLines.ts';

it('are every row with the metrics that there are, the floor without samples', () => {
  const rows = comparisonRows(
    { closedForm: exact('full', errorScore(2), 0.1), descent: null },
    { closedForm: exact('condensed', errorScore(3), 0.01), descent: descent('condensed', errorScore(4)) },
  );
  const [header, ...lines] = comparisonLines(rows);
  expect(header.slice(0, 6)).toEqual([
    ...['method', 'solver', 'samples', 'test_mse', 'test_r2', 'ratio_to_full'],
  ]);
  expect(lines.find(([method]) => method === 'condensed')?.slice(0, 6)).toEqual([
    ...['condensed', 'closed form', 82, 3, 0.6, 1.5],
  ]);
  expect(lines.at(-1)?.slice(0, 4)).toEqual(['floor', '', '', 1.3]);
});
