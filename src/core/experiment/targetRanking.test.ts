import { describe, expect, it } from 'vitest';
import { numberColumn, tableOf, textColumn } from '../testing/randomTables.ts';
import type { Column } from '../table/table.ts';
import { identifierReason, isRowNumber } from './identifiers.ts';
import { rankTargets } from './targetRanking.ts';

const ROWS = 120;
const rows = Array.from({ length: ROWS }, (_, i) => i);
const noisy = (name: string, step = 7): Column =>
  numberColumn(
    name,
    rows.map((i) => ((i * step) % 31) + (i % 3) / 10),
  );
const flag = (name: string): Column =>
  numberColumn(
    name,
    rows.map((i) => ((i * 7) % 31 > 17 ? 1 : 0)),
  );
const counter = (name: string): Column =>
  numberColumn(
    name,
    rows.map((i) => i + 1),
  );
const words = (name: string, of: number): Column =>
  textColumn(
    name,
    rows.map((i) => `${name} ${(i * 7) % of}`),
  );
const first = (...columns: Column[]): string => rankTargets(tableOf(...columns))[0].column;
const numbers = (...names: string[]): Column[] => names.map((name, k) => noisy(name, k + 4));

describe('the likeliest target', () => {
  it('is the one whose name says so, wherever it stands', () => {
    expect(
      first(
        ...[counter('PassengerId'), flag('Survived'), ...numbers('Pclass')],
        ...[textColumn('Name', rows.map(String)), flag('Sex'), ...numbers('Age', 'SibSp', 'Parch', 'Fare')],
      ),
    ).toBe('Survived');
    expect(
      first(counter('id'), ...numbers('date', 'price', 'bedrooms', 'sqft_living', 'sqft_lot', 'sqft_lot15')),
    ).toBe('price');
    expect(
      first(counter('instant'), flag('holiday'), ...numbers('temp', 'casual', 'registered', 'cnt')),
    ).toBe('cnt');
    expect(first(...numbers('sepal_length', 'petal_width'), words('species', 3))).toBe('species');
    expect(first(...numbers('fixed acidity', 'citric acid', 'alcohol', 'quality'))).toBe('quality');
    expect(first(...numbers('MedInc', 'HouseAge', 'AveOccup', 'Longitude', 'MedHouseVal'))).toBe(
      'MedHouseVal',
    );
    expect(
      first(
        ...numbers('housing_median_age', 'median_income', 'median_house_value'),
        words('ocean_proximity', 5),
      ),
    ).toBe('median_house_value');
    expect(first(...numbers('carat', 'depth', 'price', 'x', 'y', 'z'))).toBe('price');
    expect(first(...numbers('age', 'balance'), flag('default'), flag('housing'), flag('y'))).toBe('y');
    expect(first(counter('ID'), flag('SEX'), ...numbers('AGE'), flag('default.payment.next.month'))).toBe(
      'default.payment.next.month',
    );
    expect(first(noisy('LotArea'), noisy('SalePrice', 5), flag('SaleCondition'))).toBe('SalePrice');
    expect(first(counter('RowNumber'), noisy('Tenure'), flag('Exited'))).toBe('Exited');
  });

  it('is the last column where no name tells, unless that one names records', () => {
    expect(first(noisy('a'), flag('b'), noisy('c', 5))).toBe('c');
    expect(first(noisy('a'), flag('b'), counter('c'))).toBe('b');
    expect(first(noisy('a'), words('b', 3))).toBe('b');
    expect(
      rankTargets(tableOf(noisy('a'), noisy('b', 5), counter('record id'))).map(({ rank }) => rank),
    ).toEqual(['possible', 'possible', 'unlikely']);
  });

  it('comes with the reason for it, and the others with why they are not meant', () => {
    const same = numberColumn(
      'same',
      rows.map((i) => (i === 3 ? 1 : 0)),
    );
    // A rare class is a class all the same.
    const fraud = numberColumn('fraud', [...(same.kind === 'number' ? same.values : [])]);
    const ranked = rankTargets(
      tableOf(counter('id'), noisy('x'), same, textColumn('note', rows.map(String)), words('kind', 4), fraud),
    );
    expect(ranked).toEqual([
      { column: 'fraud', reason: '“fraud” often names a target. Two values: 0 or 1.', rank: 'likely' },
      { column: 'x', reason: 'A number.', rank: 'possible' },
      { column: 'kind', reason: '4 classes.', rank: 'possible' },
      { column: 'id', reason: 'It counts the rows. It names records.', rank: 'unlikely' },
      { column: 'same', reason: '99.1 % of the records have the same value.', rank: 'unlikely' },
      { column: 'note', reason: 'Every record has a text of its own. It names records.', rank: 'unlikely' },
    ]);
  });
});

describe('an identifier', () => {
  it('counts the rows, or gives nearly every record a value of its own', () => {
    expect(identifierReason(counter('a'))).toBe('It counts the rows.');
    const shuffled = numberColumn(
      'a',
      rows.map((i) => (i * 7) % ROWS),
    );
    expect(identifierReason(shuffled)).toBe('Every record has a number of its own.');
    const spread = rows.map((i) => 7_129_300_520 + i * i * 1_000_003);
    expect(identifierReason(numberColumn('population', spread))).toBeNull();
    expect(identifierReason(numberColumn('house id', spread))).toBe('Every record has a number of its own.');
    spread[4] = spread[9];
    expect(identifierReason(numberColumn('houseId', spread))).toBe(
      'Nearly every record has a number of its own.',
    );
    expect(identifierReason(numberColumn('citric acid', spread))).toBeNull();
    expect(identifierReason(noisy('shop_id'))).toBeNull();
    expect(identifierReason(words('uuid', 120))).toBe('Every record has a text of its own.');
    expect(identifierReason(words('town', 60))).toBeNull();
  });

  it('that counts rows needs three of them without a gap', () => {
    expect(isRowNumber(numberColumn('x', [4, 5, 6]))).toBe(true);
    expect(isRowNumber(numberColumn('x', [1, 2]))).toBe(false);
    expect(isRowNumber(numberColumn('x', [1, 2, 4]))).toBe(false);
    expect(isRowNumber(numberColumn('x', [1, 2, null]))).toBe(false);
  });
});
