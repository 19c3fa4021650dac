import { expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import { numberColumn, tableOf } from '../testing/randomTables.ts';
import { sampleNames, withPart } from './part.ts';

it('names of samples differ from “part” and from each other, in small letters too', () => {
  expect(sampleNames(['x', 'y'])).toEqual(['x', 'y', 'weight']);
  expect(sampleNames(['part', 'weight', 'y'])).toEqual(['part (2)', 'weight', 'y', 'weight (2)']);
  expect(sampleNames(['Part', 'Weight', 'y'])).toEqual(['Part (2)', 'Weight', 'y', 'weight (2)']);
  const awkward = sampleNames(['part', 'part (2)', 'weight', 'weight (2)', 'y']);
  expect(new Set(['part', ...awkward]).size).toBe(7);
});

it('a table that has a column of the name gets no second one', () => {
  const x = numberColumn('x', [1, 2, 3]);
  expect(withPart(tableOf(x), [2]).columns.map(({ name }) => name)).toEqual(['part', 'x']);
  for (const name of ['part', 'PART'])
    expect(() => withPart(tableOf(x, numberColumn(name, [1, 2, 3])), [2])).toThrow(
      expect.objectContaining({ constructor: LabError, code: 'PART_TAKEN' }),
    );
});
