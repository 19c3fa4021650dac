import { SparkSQL } from 'dt-sql-parser/dist/parser/spark/index';
import { SparkSqlLexer } from 'dt-sql-parser/dist/lib/spark/SparkSqlLexer';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../experiment/settings.ts';
import { Workbench } from '../experiment/workbench.ts';
import type { Table } from '../table/table.ts';
import { numberColumn, tableOf, textColumn } from '../testing/randomTables.ts';
import { codeOf } from '../testing/codeOf.ts';
import { number, SQL_DIALECTS, type DialectName } from './dialect.ts';
import { planCondensing } from './plan.ts';
import { sqlScripts, type SqlScripts } from './script.ts';
import { HOSTILE_NAMES, hostileTable } from './testing/hostile.ts';

async function scriptsOf(
  table: Table,
  target: string,
  dialect: DialectName,
  hasPart = true,
): Promise<SqlScripts> {
  const plan = await planCondensing(new Workbench(table), { ...DEFAULT_SETTINGS, target, beta: 9 });
  const source = { kind: 'parquet', path: "it's/*.parquet" } as const;
  return sqlScripts(plan, { dialect, source, hasPart, missingWords: ['NA', '?'], stem: 'a' });
}

const spark = new SparkSQL();
const scriptTexts = (scripts: SqlScripts): string[] =>
  (Object.values(scripts) as (string | null)[]).filter((text) => text !== null);

/** What of Spark's text is written otherwise for DuckDB. */
const DIFFERENCES: [RegExp, string][] = [
  [/`((?:[^`]|``)*)`/g, '"$1"'],
  [/ \/\*\+ COALESCE\(1\) \*\//g, ''],
  [/shiftright\((\w+), (\d+)\)/g, '($1 >> $2)'],
  [
    /datediff\((TRY_CAST\(substr\(CAST\(\S+ AS STRING\), 1, 10\) AS DATE\)), (DATE '1970-01-01')\)/g,
    "date_diff('day', $2, $1)",
  ],
];

function dated(): Table {
  const days = numberColumn(
    'day',
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((k) => k * 31),
  );
  days.time = 'YYYY-MM-DD';
  return tableOf(
    days,
    textColumn('cut', [...'aabbccaabbcc']),
    numberColumn('x', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12.5]),
    numberColumn('y', [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]),
  );
}

describe('the scripts', () => {
  it('are Spark SQL by its grammar, names and all', async () => {
    for (const table of [dated(), hostileTable()]) {
      const target = table.columns[table.columns.length - 1].name;
      for (const text of scriptTexts(await scriptsOf(table, target, 'spark'))) {
        expect(spark.validate(text)).toEqual([]);
      }
    }
    // The grammar is not one that takes everything.
    expect(spark.validate('SELECT `a FROM b;')).not.toEqual([]);
    expect(spark.validate('SELECT avg(a AS b FROM c;')).not.toEqual([]);
  });

  it('differ between the engines in quotes and four expressions only', async () => {
    const ours = await scriptsOf(dated(), 'y', 'spark');
    const theirs = await scriptsOf(dated(), 'y', 'duckdb');
    const query = (text: string): string =>
      /WITH cells AS[\s\S]*?\nFROM [\s\S]*?(?=\n\) TO |;\n)/.exec(text)?.[0] ?? '';
    const isMet = DIFFERENCES.map(() => false);
    for (const part of ['condense', 'misfits', 'sums', 'sumsPerCluster', 'ranges', 'ones'] as const) {
      let text = query(ours[part] ?? '');
      DIFFERENCES.forEach(([theirsOf, mine], k) => {
        isMet[k] ||= theirsOf.test(text);
        text = text.replace(theirsOf, mine);
      });
      expect(text.length).toBeGreaterThan(100);
      expect(text).toBe(query(theirs[part] ?? ''));
    }
    expect(isMet).toEqual([true, true, true, true]);
  });

  it('name nothing but the columns, the files and their own words, whatever the columns are called', async () => {
    const table = hostileTable();
    const { condense } = await scriptsOf(table, 'y', 'spark', false);
    const tokens = spark.getAllTokens(condense);
    const quoted = tokens.filter(({ type }) => type === SparkSqlLexer.BACKQUOTED_IDENTIFIER);
    const names = new Set(quoted.map(({ text }) => (text ?? '').slice(1, -1).replaceAll('``', '`')));
    const words = ['a', "b'; --", 'c`"'];
    expect([...names].sort()).toEqual(
      ['lab_records', ...HOSTILE_NAMES, 'cut', 'y', 'weight', ...words.map((word) => `cut = ${word}`)].sort(),
    );
    const semicolons = tokens.filter(({ text }) => text === ';');
    expect(semicolons).toHaveLength(2);
  });
});

describe('a name', () => {
  it('is refused where no SQL can hold it, or where engines take two for one', async () => {
    const y = numberColumn('y', [3, 1, 4, 1, 5, 9, 2, 6, 5, 3]);
    const x = (name: string) => numberColumn(name, [2, 7, 1, 8, 2, 8, 1, 8, 2, 8]);
    expect(await codeOf(scriptsOf(tableOf(x('a\0b'), y), 'y', 'duckdb'))).toBe('SQL_NAME');
    expect(await codeOf(scriptsOf(tableOf(x('a\ud800'), y), 'y', 'spark'))).toBe('SQL_NAME');
    expect(await codeOf(scriptsOf(tableOf(x('${a}'), y), 'y', 'spark'))).toBe('SQL_NAME');
    expect(await codeOf(scriptsOf(tableOf(x('a'), x('A'), y), 'y', 'duckdb'))).toBe('SQL_NAME');
    expect(await codeOf(scriptsOf(tableOf(x('a'), x('b'), y), 'y', 'duckdb'))).toBe('taken');
  });

  it('is refused where the column that divides the records has it, and else gives way to “part”', async () => {
    const y = numberColumn('y', [3, 1, 4, 1, 5, 9, 2, 6, 5, 3]);
    for (const name of ['part', 'Part']) {
      const table = tableOf(numberColumn(name, [2, 7, 1, 8, 2, 8, 1, 8, 2, 8]), y);
      expect(await codeOf(scriptsOf(table, 'y', 'duckdb'))).toBe('PART_TAKEN');
      const { condense } = await scriptsOf(table, 'y', 'duckdb', false);
      expect(condense).toContain(`'train' AS part,\n  avg(v0) AS "${name} (2)",\n  avg(v1) AS "y"`);
    }
  });

  it('of a table has its parts quoted one by one', () => {
    const view = (path: string) => SQL_DIALECTS.duckdb.view('v', { kind: 'table', path });
    expect(view('lake.sales')).toContain('FROM "lake"."sales"');
    expect(view('lake."a.b"')).toContain('FROM "lake"."a.b"');
    expect(view('x; DROP TABLE y')).toContain('FROM "x; DROP TABLE y"');
  });
});

it('numbers are written so that they read back as the same double', () => {
  for (const value of [0, 1, -1, 0.1, 1 / 3, 5e-324, 1.7976931348623157e308, 2 ** 53, -123.456, 1e21]) {
    const text = number(value);
    expect(text).toMatch(/^\(?-?\d(\.\d+)?e-?\d+\)?$/);
    expect(Number(text.replace(/[()]/g, ''))).toBe(value);
  }
  expect(number(-0)).toBe('(-0e0)');
});
