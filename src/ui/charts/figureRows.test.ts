import { expect, it } from 'vitest';
import type { ChartAxis } from './figure.tsx';
import { confusionRows, lineRows, rocRows } from './figureRows.ts';

const axis = (label: string): ChartAxis => ({ label, kind: 'log', format: String });

it('are every point of every line and the lines across, with only the columns that are needed', () => {
  const series = [
    {
      id: 'a',
      name: 'A',
      colour: '',
      points: [
        { x: 1, y: 2 },
        { x: 2, y: NaN },
      ],
    },
    { id: 'b', name: 'B', colour: '', points: [{ x: 1, y: 3 }] },
  ];
  const x = axis('seconds of training, logarithmic');
  expect(lineRows({ series, x, y: axis('test error (RMSE)') })).toEqual([
    ['line', 'seconds of training', 'test error (RMSE)'],
    ['A', 1, 2],
    ['A', 2, ''],
    ['B', 1, 3],
  ]);
});

it('have error bars, bands and notes where there are some, and names in place of numbers', () => {
  const series = [
    { id: 'a', name: 'A', colour: '', points: [{ x: 1, y: 2, spread: 0.5, note: 'over 3 splits' }] },
  ];
  const x = { ...axis('order'), categories: ['left', 'right'] };
  const references = [{ name: 'Random', y: 4, colour: '', band: [3, 5] as const }];
  expect(lineRows({ series, x, y: axis('error'), references })).toEqual([
    ['line', 'order', 'error', 'half of the error bar', 'band from', 'band to', 'note'],
    ['A', 'right', 2, 0.5, '', '', 'over 3 splits'],
    ['Random', '', 4, '', 3, 5, ''],
  ]);
});

it('of a confusion matrix are a line for each true class', () => {
  expect(confusionRows(['no', 'yes'], [5, 1, 2, 8])).toEqual([
    ['true class', 'taken for no', 'taken for yes'],
    ['no', 5, 1],
    ['yes', 2, 8],
  ]);
});

it('of ROC curves are their points', () => {
  const line = { id: 'a', name: 'A', colour: '', stroke: 'solid' as const, area: 0.8 };
  expect(rocRows([{ ...line, falsePositiveRate: [0, 1], truePositiveRate: [0.5, 1] }])).toEqual([
    ['line', 'false positive rate', 'true positive rate'],
    ['A', 0, 0.5],
    ['A', 1, 1],
  ]);
});
