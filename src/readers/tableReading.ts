/** What every reader of tables takes and gives, whatever the format of the file. */
import type { Table } from '../core/table/table.ts';

/** A file that can be read more than once. */
export interface TableFile {
  name: string;
  /** Size in bytes when known, for progress. */
  bytes: number | null;
  open(): Promise<AsyncIterable<Uint8Array>>;
  /** Bytes from … to − 1, for formats that are read from their end; without it such a file is held whole. */
  slice?(from: number, to: number): Promise<Uint8Array>;
}

/** What a column is read as. */
export type ColumnType = 'number' | 'text' | 'time';

/** What the user says about a file where the reader would decide otherwise; what is left out is found out. */
export interface ReadingOptions {
  delimiter?: ',' | ';' | '\t' | '|' | '::';
  /** Whether the first row names the columns. */
  header?: boolean;
  decimal?: '.' | ',';
  encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  /** Cells that stand for a missing value besides the usual ones: "-200", "999". */
  missing?: readonly string[];
  types?: readonly { column: string; type: ColumnType }[];
  /** Whether records without any value stay; they are left out otherwise. */
  emptyRecords?: 'kept';
  /** Which sheet of a workbook, by its name. */
  sheet?: string;
  /** How many of the last records are test records; 0 has them drawn where a file of them was given. */
  testRows?: number;
}

/** Something about the table that its user should know. */
export interface TableNotice {
  /** Stable name: "leading-zeros", "blank-rows", "windows-1252". */
  code: string;
  /** Column that it is about, or null for the whole table. */
  column: string | null;
  text: string;
}

/** What a column was read as, and why. */
export interface ColumnDecision {
  column: string;
  type: ColumnType;
  /** Whether the user said so. */
  chosen: boolean;
  /** A few words: "every filled cell is a number with a decimal point", "12 cells have leading zeros". */
  why: string;
  /** Words that alone keep the column from being numbers or times; they may stand for missing cells. */
  words?: string[];
}

/** A table with the story of its reading. */
export interface TableReading {
  table: Table;
  notices: TableNotice[];
  /** One per column, in their order. */
  decisions: ColumnDecision[];
  /** Bytes of the table as text, after decompression; of the file for a binary format. */
  bytes: number;
  format: 'csv' | 'json' | 'libsvm' | 'parquet' | 'xlsx';
  /** Cells of the first row where it may name the columns or be a record; the dialect says what it was taken for. */
  doubtfulRow: string[] | null;
  /** How a text file was taken apart, in a few words each: delimiter, encoding, header, decimal sign; else empty. */
  dialect: { name: string; value: string }[];
  /** Names of all sheets of a workbook. */
  sheets?: string[];
}
