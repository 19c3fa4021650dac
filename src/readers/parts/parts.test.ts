import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { PART } from '../../core/table/part.ts';
import { cellText, type Table } from '../../core/table/table.ts';
import { codeOf } from '../../core/testing/codeOf.ts';
import { findOpenings } from '../openings.ts';
import { readDivided } from '../readTogether.ts';
import type { ReadingOptions } from '../tableReading.ts';
import { textFile } from '../testing/files.ts';
import { textImageFile } from '../testing/imageFiles.ts';

const open = (text: string, test: string | null = null, options: ReadingOptions = {}) =>
  readDivided(
    { file: textFile(text, 'samples.csv'), inside: null },
    test === null ? null : { file: textFile(test, 'test.csv'), inside: null },
    options,
    SILENT_PULSE,
  );

const cellsOf = ({ rows, columns }: Table): Record<string, (string | null)[]> =>
  Object.fromEntries(
    columns.map((column) => [column.name, Array.from({ length: rows }, (_, row) => cellText(column, row))]),
  );

const SAMPLES =
  'part,x,cut = a,cut = b,y,weight\ntrain,1.5,0.25,0.75,3,4\ntrain,2,1,0,5,1\ntrain,9,0,1,7,2\n';

describe('a column that says which part a record is of', () => {
  it('divides a table, and is none of its columns', async () => {
    const text = 'x,part,y\n1,test,10\n2,train,20\n3,train,30\n4,test,40\n';
    const { table, testRows, weight, notices, decisions } = await open(text);
    expect(cellsOf(table)).toEqual({ x: ['2', '3', '1', '4'], y: ['20', '30', '10', '40'] });
    expect([testRows, weight]).toEqual([2, undefined]);
    expect(notices.map(({ code }) => code)).toContain('given-test');
    expect(decisions.map(({ column }) => column)).toEqual(['x', 'y']);
  });

  it('is a column like any other where the split is to be drawn, or where it says something else', async () => {
    const text = 'x,part,y\n1,test,10\n2,train,20\n3,train,30\n4,test,40\n';
    expect((await open(text, null, { testRows: 0 })).table.columns).toHaveLength(3);
    for (const other of [
      text.replace('4,test', '4,dev'),
      text.replace('4,test', '4,'),
      text.replaceAll('test', 'train'),
      text.replace('part', 'Part'),
    ]) {
      const read = await open(other);
      expect([read.table.columns.length, read.testRows]).toEqual([3, null]);
    }
  });
});

describe('a file of condensed samples', () => {
  it('is known by its marks, with and without test records', async () => {
    const alone = await open(SAMPLES);
    expect([alone.weight, alone.testRows, alone.table.columns.length]).toEqual(['weight', null, 5]);
    expect(alone.notices).toContainEqual(expect.objectContaining({ code: 'weight', column: 'weight' }));
    const both = await open(`${SAMPLES}test,4,1,0,6,1\n`);
    expect([both.weight, both.testRows]).toEqual(['weight', 1]);
    const named = await open(SAMPLES.replace(',weight', ',weight (2)').replace(',x', ',weight'));
    expect(named.weight).toBe('weight (2)');
  });

  it.each([
    ['a table of people', 'height,age,weight\n1.7,30,70\n1.8,31,80\n1.6,32,60\n'],
    [
      'people with a split, who do not weigh 1 where they test',
      'part,height,age,weight\ntrain,1.7,30,70\ntrain,1.8,31,80\ntest,1.6,32,60\n',
    ],
    ['weights that are no counts', SAMPLES.replace(',5,1\n', ',5,1.5\n')],
    ['a weight of 0', SAMPLES.replace(',5,1\n', ',5,0\n')],
    ['a negative weight', SAMPLES.replace(',5,1\n', ',5,-1\n')],
    ['a missing weight', SAMPLES.replace(',5,1\n', ',5,\n')],
    ['a missing mean', SAMPLES.replace('2,1,0', ',1,0')],
    ['a column of words', SAMPLES.replace('train,1.5', 'train,one').replace('train,2', 'train,two')],
    ['a weight that is not last', 'part,x,weight,y\ntrain,1,2,3\ntrain,2,1,4\ntest,3,1,5\n'],
    ['a part that is not first', 'x,part,y,weight\n1,train,2,3\n2,train,4,1\n3,test,5,1\n'],
    ['test records alone', SAMPLES.replaceAll('train', 'test')],
  ])('is not taken for one: %s', async (_, text) => {
    expect((await open(text)).weight).toBeUndefined();
  });
});

describe('condensed samples of classes', () => {
  it('become a row for each class that they have any of, weighted by its records', async () => {
    const pair = 'part,x,kind = yes,weight\ntrain,1.5,0.25,4\ntrain,2,1,3\ntest,9,0,1\ntest,8,1,1\n';
    const { table, testRows, weight, decisions, notices } = await open(pair);
    expect(cellsOf(table)).toEqual({
      x: ['1.5', '1.5', '2', '9', '8'],
      kind: ['not yes', 'yes', 'yes', 'not yes', 'yes'],
      weight: ['3', '1', '3', '1', '1'],
    });
    expect([testRows, weight]).toEqual([2, 'weight']);
    expect(decisions.map(({ column }) => column)).toEqual(['x', 'kind', 'weight']);
    expect(notices).toContainEqual(expect.objectContaining({ code: 'classes', column: 'kind' }));
  });

  it('have as many columns as classes where there are more than two, and words with the sign in them', async () => {
    const three = 'part,x,a = 1,a = c = 2,a = 3,weight\n';
    const third = 1 / 3;
    const { table } = await open(`${three}train,1,${third},0,${2 * third},3\ntrain,2,0,1,0,2\n`);
    expect(cellsOf(table)).toEqual({
      x: ['1', '1', '2'],
      a: ['1', '3', 'c = 2'],
      weight: ['1', '2', '2'],
    });
  });

  it('are numbers where they do not add up to one, or leave the range of a share', async () => {
    for (const text of [
      'part,x,kind = yes,weight\ntrain,1,1.5,4\ntrain,2,1,3\n',
      'part,x,k = 1,k = 2,k = 3,weight\ntrain,1,0.5,0.5,0.5,4\ntrain,2,1,0,0,3\n',
      'part,x,k = 1,k = 2,weight\ntrain,1,0.5,0.5,4\ntrain,2,1,0,3\n',
    ]) {
      const { table, weight } = await open(text);
      expect([table.columns.length, weight]).toEqual([text.split('\n')[0].split(',').length - 1, 'weight']);
    }
  });
});

describe('records beside condensed samples', () => {
  const TEST = 'cut,y,x,other\na,6,4,1\nb,8,5,2\nc,9,6,3\n';

  it('are written in the columns of the samples, each with weight 1', async () => {
    const { table, testRows, weight } = await open(SAMPLES, TEST);
    expect([testRows, weight]).toEqual([3, 'weight']);
    const cells = cellsOf(table);
    expect(Object.keys(cells)).not.toContain(PART);
    expect(cells).toMatchObject({
      x: ['1.5', '2', '9', '4', '5', '6'],
      weight: ['4', '1', '2', '1', '1', '1'],
    });
    expect(cells['cut = a']).toEqual(['0.25', '1', '0', '1', '0', '0']);
    expect(cells['cut = b']).toEqual(['0.75', '0', '1', '0', '1', '0']);
  });

  it('may be numbers that are classes, and have cells that are missing', async () => {
    const samples = 'part,x,x missing,k = 1,y,weight\ntrain,1,0,0.5,7,2\ntrain,2,0.25,1,8,4\n';
    const { table } = await open(samples, 'x,k,y\n5,1,9\n,,6\n7,1,5\n');
    const cells = cellsOf(table);
    expect(cells['x missing']).toEqual(['0', '0.25', '0', '1', '0']);
    expect(cells['k = 1']).toEqual(['0.5', '1', '1', null, '1']);
    expect(cells.x).toEqual(['1', '2', '5', null, '7']);
  });

  it('are refused where nothing of them makes a column', async () => {
    expect(await codeOf(open(SAMPLES, 'y,x\n1,2\n3,4\n'))).toBe('COLUMN_UNKNOWN');
    expect(await codeOf(open(SAMPLES, 'cut,y,x\na,1,u\nb,3,v\n'))).toBe('COLUMN_UNKNOWN');
  });

  it('are known for it when both files are given together', async () => {
    const pair = async (a: string, b: string) =>
      (await findOpenings([textImageFile('a.csv', a), textImageFile('b.csv', b)])).pair;
    expect(await pair(SAMPLES, TEST)).toEqual({ train: 0, test: 1, isNamed: true });
    expect(await pair(TEST, SAMPLES)).toEqual({ train: 1, test: 0, isNamed: true });
    expect(await pair(SAMPLES, 'y,x\n1,2\n3,4\n')).toBeNull();
  });
});
