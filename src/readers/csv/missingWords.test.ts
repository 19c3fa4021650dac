import { describe, expect, it } from 'vitest';
import { noticesOf, read, tableFrom } from './testing/textFiles.ts';

const WORDS = [
  'None',
  'none',
  'n/a',
  '#N/A',
  '<NA>',
  '-nan',
  '-NaN',
  '1.#QNAN',
  '-1.#IND',
  'NaT',
  '#DIV/0!',
  'nan(ind)',
];

/** Numbers with a word in the second row and in the last. */
const withWord = (word: string): string => `a,b\n1.50,1\n"${word}",2\n3,3\n ${word} ,4\n`;

describe('words for a missing value', () => {
  it('are missing cells in a column that is otherwise numbers or times, and counted by their spelling', async () => {
    for (const word of WORDS) {
      expect([word, (await tableFrom(withWord(word))).a]).toEqual([word, [1.5, null, 3, null]]);
      const { notices } = await read(withWord(word));
      expect(notices).toEqual([
        {
          code: 'missing-spelt',
          column: 'a',
          text: `2 cells are read as missing, so that the spelling is not kept: "${word}" (2).`,
        },
      ]);
    }
    expect(await tableFrom('a,b\n2024-01-01,1\nNone,2\n2024-01-03,3\n')).toMatchObject({
      a: ['2024-01-01', null, '2024-01-03'],
    });
    expect(await tableFrom('a,b\n"1,234,567",1\nNone,2\n"1,234",3\n')).toMatchObject({
      a: [1_234_567, null, 1234],
    });
    const { notices } = await read('a,b\nNA,1\n5,2\nNone,3\nNA,4\n');
    expect(notices[0].text).toBe(
      '3 cells are read as missing, so that the spelling is not kept: "NA" (2), "None" (1).',
    );
  });

  it('are words where a column is text, from its first rows or by a cell far behind', async () => {
    expect(await tableFrom('a,b\nNone,1\nred,2\nn/a,3\n')).toMatchObject({ a: ['None', 'red', 'n/a'] });
    expect(await tableFrom('a,b\nNone,1\nNone,2\n')).toMatchObject({ a: ['None', 'None'] });
    expect(await tableFrom('a,b\nNone,1\n,2\nnull,3\n')).toMatchObject({ a: ['None', null, null] });
    const rows = Array.from({ length: 40_000 }, (_, k) => `${k % 10 === 0 ? 'None' : k},1`);
    const { table, decisions } = await read(`a,b\n${rows.join('\n')}\nred,1\n`);
    expect(table.columns[0]).toMatchObject({ kind: 'text' });
    expect(table.columns[0].missing).toBeNull();
    expect(table.columns[0]).toHaveProperty(['dictionary', 0], 'None');
    expect(decisions[0]).toMatchObject({ why: 'line 40002 has "red"', words: ['red'] });
    const late = await read(`a,b\n${'None,1\n'.repeat(60_000)}red,1\n`);
    expect(late.table.columns[0]).toMatchObject({ dictionary: ['None', 'red'], missing: null });
    const alone = await read(`a,b\n${'None,1\n'.repeat(60_000)}`);
    expect(alone.table.columns[0]).toMatchObject({ dictionary: ['None'], missing: null });
    expect(alone.decisions[0].why).toBe('every filled cell is "None"');
    const number = await read(`a,b\n${'None,1\n'.repeat(60_000)}7,1\n`);
    expect(number.table.columns[0]).toMatchObject({ kind: 'number' });
    expect(number.table.columns[0].missing?.indexOf(0)).toBe(60_000);
  });

  it('stay as they are spelt in a column that is chosen as text, and count where numbers are chosen', async () => {
    const text = withWord('None');
    expect(await tableFrom(text, { types: [{ column: 'a', type: 'text' }] })).toMatchObject({
      a: ['1.50', 'None', '3', ' None '],
    });
    expect(await noticesOf(text, { types: [{ column: 'a', type: 'text' }] })).toEqual([]);
    expect(await tableFrom(text, { types: [{ column: 'a', type: 'number' }] })).toMatchObject({
      a: [1.5, null, 3, null],
    });
  });
});

describe('a handful of equal words among numbers', () => {
  it('keeps them text, says so and names the words', async () => {
    const text = 'a,b\n-,1\n2.50,2\n3,3\n-,4\n5,5\n.,6\n7,7\n8,8\n9,9\n';
    const { table, notices, decisions } = await read(text);
    expect(table.columns[0]).toMatchObject({
      kind: 'text',
      dictionary: ['-', '2.50', '3', '5', '.', '7', '8', '9'],
    });
    expect(notices).toEqual([
      {
        code: 'stray-words',
        column: 'a',
        text: 'Kept as text: 6 cells are numbers, the others "-" (2), "." (1).',
      },
    ]);
    expect(decisions[0].words).toEqual(['-', '.']);
    expect((await tableFrom(text, { missing: ['-', '.'] })).a).toEqual([
      null,
      2.5,
      3,
      null,
      5,
      null,
      7,
      8,
      9,
    ]);
    const times = await read('a,b\n12:00,1\nnever,2\n12:30,3\n');
    expect(times.notices[0].text).toBe('Kept as text: 2 cells are dates or times, the others "never" (1).');
  });

  it('is not said of words that are many, or as many as the numbers, or of numbers of several kinds', async () => {
    for (const cells of [
      ['1', '2', '3', '4', '5', '6', '7', 'a', 'b', 'c', 'd', 'e', 'f'],
      ['1', 'a', '2', 'a'],
      ['1', '2024-01-01', '3', 'a'],
      ['007', '8', '9', 'a'],
      ['red', 'green'],
    ]) {
      const { decisions } = await read(`a,b\n${cells.map((cell, k) => `${cell},${k}`).join('\n')}\n`);
      expect([cells, decisions[0].words]).toEqual([cells, undefined]);
    }
  });
});
