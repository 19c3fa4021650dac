import { describe, expect, it } from 'vitest';
import type { ColumnSummary, ReadingOptions } from '../../../contracts/codec.ts';
import {
  countChanges,
  headerReadings,
  lossyColumns,
  markersIn,
  strayWords,
  suggestedMarkers,
  typeSaid,
  withChoice,
  withMarkers,
  withType,
} from './readingChoices.ts';
import { columnOf } from '../../testing/columns.ts';

describe('a reading', () => {
  it('says one thing more or less, and nothing where all is left to be found out', () => {
    let reading: ReadingOptions = withChoice({}, 'delimiter', ';');
    reading = withMarkers(reading, ['-200', '-200', 'n.d.']);
    reading = withType(withType(reading, 'zip', 'text'), 'day', 'time');
    reading = withType(reading, 'zip', 'number');
    expect(reading).toEqual({
      delimiter: ';',
      missing: ['-200', 'n.d.'],
      types: [
        { column: 'day', type: 'time' },
        { column: 'zip', type: 'number' },
      ],
    });
    expect([typeSaid(reading, 'zip'), typeSaid(reading, 'x')]).toEqual(['number', null]);
    reading = withType(withType(reading, 'zip', null), 'day', null);
    expect(withMarkers(withChoice(reading, 'delimiter', undefined), [])).toEqual({});
  });

  it('takes the name of a column as a name, whatever it is', () => {
    const reading = withType({}, '__proto__', 'text');
    expect(typeSaid(reading, '__proto__')).toBe('text');
    expect(typeSaid(reading, 'constructor')).toBeNull();
  });

  it('counts what another says otherwise', () => {
    const before: ReadingOptions = {
      header: true,
      missing: ['1', '2'],
      types: [{ column: 'a', type: 'text' }],
    };
    expect(countChanges(before, before)).toBe(0);
    expect(countChanges(before, { ...before, missing: ['2', '1'] })).toBe(0);
    expect(countChanges(before, {})).toBe(3);
    expect(countChanges(before, { ...before, header: false, types: [{ column: 'b', type: 'time' }] })).toBe(
      3,
    );
    expect(countChanges(before, withChoice(before, 'emptyRecords', 'kept'))).toBe(1);
  });

  it('reads markers as they are typed', () => {
    expect(markersIn(' -200, n.d.,, -200 ,not here')).toEqual(['-200', 'n.d.', 'not here']);
    expect(markersIn(' , ')).toEqual([]);
  });
});

describe('a marker of missing cells', () => {
  const number = (name: string, change: Partial<ColumnSummary>) =>
    columnOf(name, { kind: 'number', distinct: null, ...change });
  const far = [90, ...new Array<number>(20).fill(0), 3, 4, 5];
  const spread = new Array<number>(24).fill(4);

  it('is suggested where a known one stands far from all other values, more than once', () => {
    const columns = [
      number('co', { min: -200, max: 12, histogram: far }),
      number('no', { min: -200, max: 340, histogram: [9, 0, ...spread.slice(2)] }),
      number('wind', { min: 0, max: 999, histogram: [...far].reverse() }),
    ];
    expect(suggestedMarkers(columns, {})).toEqual([
      { marker: '-200', columns: ['co', 'no'] },
      { marker: '999', columns: ['wind'] },
    ]);
    expect(suggestedMarkers(columns, { missing: ['-200.0'] })).toEqual([
      { marker: '999', columns: ['wind'] },
    ]);
  });

  it('is not suggested for a value among others, a single one, another number, or what is no number', () => {
    const columns = [
      number('even', { min: -200, max: 999, histogram: spread }),
      number('once', { min: -200, max: 12, histogram: [1, ...far.slice(1)] }),
      number('low', { min: -40, max: 12, histogram: far }),
      number('flag', { min: -99, max: 0, distinct: 2, histogram: [5, ...new Array<number>(22).fill(0), 5] }),
      number('day', { kind: 'time', min: -200, max: 12, histogram: far }),
    ];
    expect(suggestedMarkers(columns, {})).toEqual([]);
  });
});

describe('a first row in doubt', () => {
  const columns = ['1', '2'].map((name) => columnOf(name));
  const header = (value: string) => [{ name: 'Header', value }];

  it('is shown as names and as a record, whichever was taken', () => {
    const asNames = {
      doubtfulRow: ['1', '2', ''],
      columns,
      preview: [
        ['5', null],
        ['3', '4'],
      ],
      dialect: header('first row'),
    };
    const names = { header: true, names: ['1', '2'], rows: asNames.preview };
    const record = {
      header: false,
      names: ['column1', 'column2'],
      rows: [
        ['1', '2'],
        ['5', null],
        ['3', '4'],
      ],
    };
    expect(headerReadings(asNames)).toEqual([
      { ...names, isTaken: true },
      { ...record, isTaken: false },
    ]);
    const asRecord = {
      ...asNames,
      columns: ['column1', 'column2'].map((name) => columnOf(name)),
      preview: record.rows,
      dialect: header('none'),
    };
    expect(headerReadings(asRecord)).toEqual([
      { ...names, isTaken: false },
      { ...record, isTaken: true },
    ]);
    expect(headerReadings({ ...asNames, doubtfulRow: null })).toBeNull();
  });
});

describe('words among numbers', () => {
  it('are offered once for all columns that have them', () => {
    const decision = (column: string, words?: string[]) => ({
      column,
      type: 'text' as const,
      chosen: false,
      why: '',
      ...(words && { words }),
    });
    expect(
      strayWords({ decisions: [decision('a', ['-', '.']), decision('b'), decision('c', ['-'])] }),
    ).toEqual([
      { marker: '-', columns: ['a', 'c'] },
      { marker: '.', columns: ['a'] },
    ]);
  });

  it('that were read as missing are told by their columns', () => {
    const notices = [
      { code: 'missing-spelt', column: 'a', text: '' },
      { code: 'no-header', column: null, text: '' },
      { code: 'stray-words', column: 'b', text: '' },
      { code: 'infinite-times', column: 'c', text: '' },
    ];
    expect(lossyColumns({ notices })).toEqual(['a', 'c']);
  });
});
