/** An experiment as SQL, between page and worker. */
import { SQL_DIALECTS, type DialectName, type SqlSource } from '../core/sql/dialect.ts';
import type { SqlScripts } from '../core/sql/script.ts';
import type { DatasetSource, ExperimentSettings } from './codec.ts';

export type { DialectName, SqlScripts, SqlSource };

/** The engines that SQL is written for. */
export const SQL_ENGINES = Object.values(SQL_DIALECTS).map(({ name, label }) => ({ value: name, label }));

/**
 * Where records are, by what it is called.
 *
 * @param otherwise what it is where its ending does not say
 */
export function sourceOf(path: string, otherwise: SqlSource['kind']): SqlSource {
  if (/\.(?:parquet|pq)$/i.test(path)) return { kind: 'parquet', path };
  return { kind: /\.[ct]sv(?:\.gz)?$/i.test(path) ? 'csv' : otherwise, path };
}

/** Files that no engine reads as a table of text: the table that can be saved of them has their name. */
const NOT_READ = /\.(?:dmla|xls[xm]|jsonl|ndjson|json|zip|tar|tgz|svm|libsvm)(?:\.gz)?$/i;

/** What an engine would read in the place of a file that the lab has opened: the file, or the table saved of it. */
export function engineFile(fileName: string): string {
  return fileName.replace(NOT_READ, '.parquet');
}

/** Results of the two queries that gather, as the text of their files. */
export interface Gathered {
  ranges: string | null;
  ones: string | null;
}

/** For whom the SQL is written. */
export interface SqlChoice {
  dialect: DialectName;
  from: SqlSource;
  /** Whether the records have a column "part" that says which are training and which are test records. */
  hasPart: boolean;
  gathered: Gathered;
}

export interface SqlRequest extends SqlChoice {
  source: DatasetSource;
  settings: ExperimentSettings;
}

export interface SqlReport {
  scripts: SqlScripts;
  /** Start of the names of the files. */
  stem: string;
  /** Columns of the condensed samples, "part" and the weight among them. */
  columns: number;
}
