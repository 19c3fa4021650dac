import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../contracts/codec.ts';
import { comparisonLines, comparisonOf, type Compared } from './comparison.ts';

const compared = (change: object, numbers: Compared['numbers']): Compared => ({
  name: 'Diamonds',
  shot: { kind: 'table', settings: [{ ...DEFAULT_SETTINGS, ...change }] },
  numbers,
});

const now = compared({ beta: 12 }, { storage: 0.1, samples: 100, ratio: 1.1 });

it('says what differs, by how much, and which is better', () => {
  const pin = compared({ beta: 16, features: ['a'] }, { storage: 0.1, samples: 250, ratio: 1.045 });
  const rows = comparisonOf(now, [pin]);
  const row = (label: RegExp) => rows.find((one) => label.test(one.label));
  expect(row(/Storage/)?.cells[1]).toMatchObject({ text: '10.0\u202f%', difference: null, verdict: null });
  expect(row(/samples/)?.cells[1]).toMatchObject({ difference: '+150\u202f%', verdict: 'worse' });
  expect(row(/Error/)?.cells[1]).toMatchObject({ difference: '−5.0\u202f%', verdict: 'better' });
  expect(rows.filter(({ isSetting }) => isSetting)).toHaveLength(2);
  expect(row(/β/)?.cells.map(({ text, isOther }) => [text, isOther])).toEqual([
    ['12', false],
    ['16', true],
  ]);
  expect(row(/eatures/)?.cells.map(({ text }) => text)).toEqual(['as now', 'others']);
});

it('lists a setting that only one of several pins has otherwise', () => {
  const rows = comparisonOf(now, [compared({ beta: 12 }, {}), compared({ beta: 20 }, {})]);
  const beta = rows.find(({ label }) => label.includes('β'));
  expect(beta?.cells.map(({ text, isOther }) => [text, isOther])).toEqual([
    ['12', false],
    ['12', false],
    ['20', true],
  ]);
  // What is not known is a dash.
  expect(rows[0].cells[1].text).toBe('–');
});

it('compares no settings of a table with those of pictures', () => {
  const pictures: Compared = {
    name: 'MNIST',
    shot: { kind: 'images', settings: [{}, {}] },
    numbers: { accuracy: 0.98 },
  };
  const rows = comparisonOf(now, [pictures]);
  expect(rows.every(({ isSetting }) => !isSetting)).toBe(true);
  expect(comparisonLines(['Now', 'MNIST'], rows)[0]).toEqual(['', 'Now', 'MNIST']);
  expect(rows.find(({ label }) => label === 'Test accuracy')?.cells.map(({ text }) => text)).toEqual([
    '–',
    '98.0\u202f%',
  ]);
});
