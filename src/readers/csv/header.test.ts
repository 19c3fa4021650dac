import { describe, expect, it } from 'vitest';
import { cells, noticesOf, read, tableFrom } from './testing/textFiles.ts';

const lines = (...rows: string[]): string => `${rows.join('\n')}\n`;

/** Names, and the first record under them. */
async function firstOf(text: string): Promise<Record<string, string | number | null>> {
  return Object.fromEntries(Object.entries(await tableFrom(text)).map(([name, column]) => [name, column[0]]));
}

describe('a first row of numbers', () => {
  it('of years names columns of other numbers', async () => {
    const text = lines('region,2019,2020,2021', 'R0,100,110,120', 'R1,101,111,121', 'R10,110,120,130');
    expect(await tableFrom(text)).toEqual({
      region: ['R0', 'R1', 'R10'],
      2019: [100, 101, 110],
      2020: [110, 111, 120],
      2021: [120, 121, 130],
    });
    expect(await noticesOf(text)).toEqual(['header-numbers']);
    expect(await firstOf(lines('Country,2020', 'Italy,5', 'Spain,7', 'France,6'))).toEqual({
      Country: 'Italy',
      2020: 5,
    });
    expect(await firstOf(lines('2019;2020;2021', '1,5;2,5;0,5', '1,25;2,5;3,5', '3,5;2,5;1,5'))).toEqual({
      2019: 1.5,
      2020: 2.5,
      2021: 0.5,
    });
    expect(
      await firstOf(
        lines(
          '"Country","Code",1960,1970,1980,',
          '"Aruba","ABW",,5,7,',
          '"Africa, East","AFE",1,2,3,',
          '"Chad","TCD",3,1,4,',
        ),
      ),
    ).toEqual({ Country: 'Aruba', Code: 'ABW', 1960: null, 1970: 5, 1980: 7 });
  });

  it('of years does so where the records count on as well, by the words beside them', async () => {
    const text = lines(
      '"Country Name","Indicator Name","1960","1961","1962"',
      '"Land 0","Population, total","1960","1961","1962"',
      '"Land 1","Population, total","2960","2961","2962"',
      '"Land 2","Population, total","3960","3961","3962"',
    );
    expect(await tableFrom(text)).toEqual({
      'Country Name': ['Land 0', 'Land 1', 'Land 2'],
      'Indicator Name': ['Population, total', 'Population, total', 'Population, total'],
      1960: [1960, 2960, 3960],
      1961: [1961, 2961, 3961],
      1962: [1962, 2962, 3962],
    });
  });

  it('from 0 to n names what pandas wrote without names', async () => {
    expect(await firstOf(lines('0,1,2,3', '5.1,3.5,1.4,0.2', '4.9,3.0,1.4,0.2', '4.7,3.2,1.3,0.2'))).toEqual({
      0: 5.1,
      1: 3.5,
      2: 1.4,
      3: 0.2,
    });
    expect(await firstOf(lines(',0,1,2', 'a,5,6,7', 'b,7,1,4', 'c,3,2,9'))).toEqual({
      column1: 'a',
      0: 5,
      1: 6,
      2: 7,
    });
    expect(await firstOf(lines('0,1,2', '5,foo,x', '6,bar,y', '9,baz,x'))).toEqual({
      0: 5,
      1: 'foo',
      2: 'x',
    });
    const spectrum = Array.from({ length: 12 }, (_, k) => 1100 + k * k);
    const rows = [1, 2, 3].map((row) => spectrum.map((_, k) => `0.${((k * 7 + row * 3) % 9) + 1}`).join(','));
    expect(Object.keys(await firstOf(lines(spectrum.join(','), ...rows)))).toEqual(spectrum.map(String));
  });

  it('of dates names columns of numbers', async () => {
    const text = lines('store,2024-01-01,2024-02-01', 'north,5,6', 'south,7,8');
    expect(await tableFrom(text)).toEqual({
      store: ['north', 'south'],
      '2024-01-01': [5, 7],
      '2024-02-01': [6, 8],
    });
    expect(await noticesOf(text)).toEqual(['header-numbers']);
  });

  it('is a record where the records are like it', async () => {
    const none = async (text: string): Promise<void> => {
      expect([text, Object.keys(await tableFrom(text))[0]]).toEqual([text, 'column1']);
      expect([text, await noticesOf(text)]).toEqual([text, ['no-header']]);
    };
    await none(lines('5.1,3.5,1.4,0.2,setosa', '4.9,3.0,1.4,0.2,setosa', '7.0,3.2,4.7,1.4,virginica'));
    await none(lines('1,2,3', '4,5,6', '7,8,9'));
    await none(lines('2019,5,3', '2020,6,4', '2021,7,9'));
    await none(lines('1,14.23,1.71', '1,13.2,1.78', '2,13.16,2.36'));
    await none(
      lines('M,0.455,0.365,15', 'M,0.35,0.265,7', 'F,0.53,0.42,9', 'M,0.44,0.365,10', 'I,0.33,0.255,7'),
    );
    await none(lines('2024-01-01,5', '2024-01-02,7', '2024-01-03,6'));
    await none(lines('842302,M,17.99', '842517,M,20.57', '84300903,B,19.69', '84348301,B,11.42'));
  });

  it('in doubt is taken for the likelier, and shown for the other', async () => {
    const ratings = lines('1,2,3', '5,1,2', '3,3,1', '2,5,4');
    const { doubtfulRow, table, notices } = await read(ratings);
    expect(doubtfulRow).toEqual(['1', '2', '3']);
    expect(cells(table)).toEqual({ 1: [5, 3, 2], 2: [1, 3, 5], 3: [2, 1, 4] });
    expect(notices.map(({ code }) => code)).toEqual(['header-doubtful']);
    const asked = await read(ratings, { header: false });
    expect(asked.doubtfulRow).toBeNull();
    expect(cells(asked.table)).toEqual({
      column1: [1, 5, 3, 2],
      column2: [2, 1, 3, 5],
      column3: [3, 2, 1, 4],
    });
    expect(asked.notices).toEqual([]);
  });

  it('with one word above numbers does not make the column a text unasked', async () => {
    const text = lines('id,7,12,33', '1,4,6,8', '2,5,9,7', '3,6,5,1');
    const { doubtfulRow, table } = await read(text);
    expect(doubtfulRow).toEqual(['id', '7', '12', '33']);
    expect(cells(table)).toMatchObject({ id: [1, 2, 3], 33: [8, 7, 1] });
    // A word for a missing cell is no name.
    expect(await firstOf(lines('None,7,12', '1,4,6', '2,5,9', '3,6,5'))).toEqual({
      column1: null,
      column2: 7,
      column3: 12,
    });
  });
});

describe('a first row of words', () => {
  it('among numbers that stand twice is a record, in doubt', async () => {
    const text = lines('err,7,7,33', '1,4,6,8', '2,5,9,7', '3,6,5,1');
    expect((await tableFrom(text)).column1).toEqual(['err', '1', '2', '3']);
    expect(await noticesOf(text)).toEqual(['header-doubtful', 'stray-words: column1']);
  });

  it('that come again below is a record', async () => {
    const text = lines('p,x,s', 'e,x,s', 'e,b,s', 'p,x,y', 'e,b,y');
    expect((await tableFrom(text)).column1).toEqual(['p', 'e', 'e', 'p', 'e']);
    expect(await noticesOf(text)).toEqual(['header-doubtful']);
  });

  it('that stand out names the columns', async () => {
    expect(await firstOf(lines('name,city', 'Anna,Rome', 'Ben,Oslo', 'Cleo,Paris'))).toEqual({
      name: 'Anna',
      city: 'Rome',
    });
  });
});
