/**
 * SQL as an engine wants it. Everything in which the engines differ stands here and nowhere else; what is not here is
 * written the same for all of them.
 */
import { LabError } from '../errors.ts';

export type DialectName = 'duckdb' | 'spark';

/** Files or a table with the records, as the person who runs the query names them. */
export interface SqlSource {
  kind: 'csv' | 'parquet' | 'table';
  /** A path, which may be a pattern of several files, or the name of a table: its parts are separated by dots. */
  path: string;
}

export interface SqlDialect {
  name: DialectName;
  label: string;
  /** A name in quotes. @throws SQL_NAME */
  identifier(name: string): string;
  /** A string literal. @throws SQL_NAME */
  text(value: string): string;
  /** A BIGINT without its lowest bits. */
  shiftRight(x: string, bits: number): string;
  /** Days from 1970-01-01 to a date given as text; null where it is none. */
  days(text: string): string;
  /** The statement that makes moments print by the clock of UTC. */
  utc: string;
  /** The statement that makes a view of the source, every cell of a CSV file as it is spelt. */
  view(name: string, source: SqlSource): string;
  /** The statement that saves what a query gives as a file, or as a folder with one. */
  save(query: string, stem: string, format: 'parquet' | 'csv'): string;
  /** Stands behind the SELECT whose rows are few and should come as one file. */
  oneFile: string;
}

/** Whether a text can stand in SQL at all: NUL ends it, and half of a surrogate pair is no character. */
function isWritable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function check(text: string, what: string): string {
  if (isWritable(text)) return text;
  throw new LabError(
    'SQL_NAME',
    `${what} ${JSON.stringify(text)} holds a character that no SQL text can hold: a zero, or half of one.`,
  );
}

/** A name whose quotes are doubled, between such quotes. */
function quoted(name: string, quote: string): string {
  if (name === '') throw new LabError('SQL_NAME', 'A column or a table has an empty name.');
  return quote + check(name, 'The name').replaceAll(quote, quote + quote) + quote;
}

/** "a.b" as the names of its parts; a part in double quotes or backticks may have dots of its own. */
function tableName(path: string, identifier: (name: string) => string): string {
  const parts = path.match(/"(?:[^"]|"")+"|`(?:[^`]|``)+`|[^.]+/g) ?? [''];
  const bare = (part: string): string => {
    const [quote] = part;
    if (part.length < 3 || (quote !== '"' && quote !== '`') || !part.endsWith(quote)) return part;
    return part.slice(1, -1).replaceAll(quote + quote, quote);
  };
  return parts.map((part) => identifier(bare(part.trim()))).join('.');
}

const duckIdentifier = (name: string): string => quoted(name, '"');
const duckText = (value: string): string => `'${check(value, 'The text').replaceAll("'", "''")}'`;

const DUCKDB: SqlDialect = {
  name: 'duckdb',
  label: 'DuckDB',
  identifier: duckIdentifier,
  text: duckText,
  shiftRight: (x, bits) => `(${x} >> ${bits})`,
  days: (text) => `date_diff('day', DATE '1970-01-01', TRY_CAST(${text} AS DATE))`,
  utc: "SET TimeZone = 'UTC'",
  view(name, { kind, path }) {
    const from = {
      csv: () => `read_csv(${duckText(path)}, header = true, all_varchar = true)`,
      parquet: () => `read_parquet(${duckText(path)})`,
      table: () => tableName(path, duckIdentifier),
    }[kind]();
    return `CREATE OR REPLACE TEMPORARY VIEW ${duckIdentifier(name)} AS\nSELECT * FROM ${from}`;
  },
  save: (query, stem, format) =>
    `COPY (\n${query}\n) TO ${duckText(`${stem}.${format}`)} (FORMAT ${format}${format === 'csv' ? ', HEADER' : ''})`,
  oneFile: '',
};

/** @throws SQL_NAME also for "${…}": Spark puts a setting's value in its place, even between quotes */
function sparkIdentifier(name: string): string {
  if (name.includes('${'))
    throw new LabError('SQL_NAME', `Spark would replace a part of the name "${name}".`);
  return quoted(name, '`');
}
/** A backslash escapes in Spark's strings, and "${" would be looked up as a variable. */
const sparkText = (value: string): string =>
  `'${check(value, 'The text')
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('${', '\\u0024{')}'`;

const SPARK: SqlDialect = {
  name: 'spark',
  label: 'Spark SQL',
  identifier: sparkIdentifier,
  text: sparkText,
  shiftRight: (x, bits) => `shiftright(${x}, ${bits})`,
  days: (text) => `datediff(TRY_CAST(${text} AS DATE), DATE '1970-01-01')`,
  utc: "SET TIME ZONE 'UTC'",
  view(name, { kind, path }) {
    const view = `CREATE OR REPLACE TEMPORARY VIEW ${sparkIdentifier(name)}`;
    if (kind === 'table') return `${view} AS\nSELECT * FROM ${tableName(path, sparkIdentifier)}`;
    const csv = kind === 'csv' ? ", header 'true', escape '\"', multiLine 'true'" : '';
    return `${view}\nUSING ${kind} OPTIONS (path ${sparkText(path)}${csv})`;
  },
  save: (query, stem, format) =>
    `INSERT OVERWRITE DIRECTORY ${sparkText(stem)}\nUSING ${format}${format === 'csv' ? " OPTIONS (header 'true')" : ''}\n${query}`,
  oneFile: ' /*+ COALESCE(1) */',
};

export const SQL_DIALECTS: Readonly<Record<DialectName, SqlDialect>> = { duckdb: DUCKDB, spark: SPARK };

/** A double as a literal that both engines read as the same double. */
export function number(value: number): string {
  if (!Number.isFinite(value)) throw new LabError('INTERNAL', `${value} is no SQL literal.`);
  const digits = (Object.is(value, -0) ? '-0e0' : value.toExponential()).replace('e+', 'e');
  return digits.startsWith('-') ? `(${digits})` : digits;
}

const LARGEST = number(Number.MAX_VALUE);

/** Whether a double is there and finite; never null. Both engines hold NaN for greater than every number. */
export const isPresent = (x: string): string => `(${x} IS NOT NULL AND abs(${x}) <= ${LARGEST})`;

/** The nearest whole number, halves upwards: Math.round, which neither engine's own function is. */
export const nearest = (x: string): string =>
  `(floor(${x}) + CASE WHEN ${x} - floor(${x}) >= 5e-1 THEN 1e0 ELSE 0e0 END)`;
