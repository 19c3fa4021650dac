/** The schema section: what a reader needs to turn codes back into the table, and what the table is called. */
import { ByteReader, ByteWriter } from '../bits/bytes.ts';
import type { ColumnShape } from '../table/codes.ts';
import type { Mapping } from '../table/mapping.ts';

export interface Schema {
  /** SHA-256 of the dataset, 64 hex digits. */
  datasetId: string;
  /** Title to show, and the name of the file that it came from. */
  name: string;
  fileName: string;
  /** Bytes of the text it was read from, 0 when unknown. */
  csvBytes: number;
  rows: number;
  /** `time` is the pattern of a column of dates or times; it stands in a section of its own. */
  columns: ColumnShape[];
}

const KINDS = ['decimal', 'ratio', 'float32', 'float64', 'category', 'coded category'] as const;

/** Mins may be negative: zigzag maps 0, −1, 1, −2 … to 0, 1, 2, 3 …, exact up to 2^53 as two's complement is not. */
function writeSigned(writer: ByteWriter, value: number): void {
  writer.uint8(value < 0 ? 1 : 0).varint(Math.abs(value));
}

function readSigned(reader: ByteReader): number {
  const negative = reader.uint8() === 1;
  const size = reader.varint();
  return negative && size !== 0 ? -size : size;
}

/** @param isCoded whether strings are coded elsewhere: the schema then has their count alone */
function writeMapping(writer: ByteWriter, mapping: Mapping, isCoded: boolean): void {
  const kind = mapping.kind === 'category' && isCoded ? 'coded category' : mapping.kind;
  writer.uint8(KINDS.indexOf(kind) | (mapping.missing ? 128 : 0));
  switch (mapping.kind) {
    case 'decimal':
      writer.uint8(mapping.decimals);
      writeSigned(writer, mapping.min);
      writer.varint(mapping.values);
      return;
    case 'ratio':
      writeSigned(writer, mapping.pMin);
      writer.varint(mapping.pValues).varint(mapping.qMin).varint(mapping.qValues);
      return;
    case 'float32':
    case 'float64':
      if (mapping.missing) writer.uint32(mapping.missingHigh).uint32(mapping.missingLow);
      return;
    case 'category':
      writer.varint(mapping.dictionary.length);
      if (!isCoded) for (const entry of mapping.dictionary) writer.string(entry);
  }
}

/** @param coded gets the count of strings that are coded elsewhere, of each column that has some */
function readMapping(reader: ByteReader, coded: CodedStrings[]): Mapping {
  const tag = reader.uint8();
  const missing = tag >= 128;
  const kind = KINDS[tag & 127];
  switch (kind) {
    case 'decimal': {
      const decimals = reader.uint8();
      const min = readSigned(reader);
      const values = reader.varint();
      if (decimals > 15) throw reader.corrupt(`names ${decimals} decimals`);
      return { kind, decimals, min, values, missing };
    }
    case 'ratio': {
      const pMin = readSigned(reader);
      const pValues = reader.varint();
      const qMin = reader.varint();
      const qValues = reader.varint();
      if (qMin < 1 || pValues > 2 ** 32 || qValues > 2 ** 32)
        throw reader.corrupt('holds an impossible ratio');
      return { kind, pMin, pValues, qMin, qValues, missing };
    }
    case 'float32':
    case 'float64': {
      const missingHigh = missing ? reader.uint32() : 0;
      const missingLow = missing ? reader.uint32() : 0;
      return { kind, missing, missingHigh, missingLow };
    }
    case 'category': {
      const count = reader.count(1);
      const dictionary: string[] = [];
      for (let k = 0; k < count; k++) dictionary.push(reader.string());
      return { kind, dictionary, missing };
    }
    case 'coded category': {
      const dictionary: string[] = [];
      coded.push({ dictionary, count: reader.varint() });
      return { kind: 'category', dictionary, missing };
    }
    default:
      throw reader.corrupt(`holds a mapping of unknown kind ${tag & 127}`);
  }
}

/** A category without its strings as yet: so many are to be put into the dictionary. */
export interface CodedStrings {
  dictionary: string[];
  count: number;
}

/** @param areStringsCoded whether the strings of all categories are coded in a section of their own */
export function encodeSchema(schema: Schema, areStringsCoded: boolean): Uint8Array {
  const writer = new ByteWriter();
  for (let k = 0; k < 32; k++) writer.uint8(Number.parseInt(schema.datasetId.slice(2 * k, 2 * k + 2), 16));
  writer.string(schema.name).string(schema.fileName).varint(schema.csvBytes).varint(schema.rows);
  writer.varint(schema.columns.length);
  for (const { name, mapping } of schema.columns) {
    writer.string(name);
    writeMapping(writer, mapping, areStringsCoded);
  }
  return writer.finish();
}

/**
 * @returns the schema, and its categories whose strings are coded in a section of their own, in the order of the columns
 * @throws ARCHIVE_CORRUPT
 */
export function decodeSchema(bytes: Uint8Array): { schema: Schema; coded: CodedStrings[] } {
  const reader = new ByteReader(bytes, 'the schema');
  const datasetId = Array.from(reader.bytes(32), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const name = reader.string();
  const fileName = reader.string();
  const csvBytes = reader.varint();
  const rows = reader.varint();
  const columnCount = reader.count(2);
  const columns: Schema['columns'] = [];
  const coded: CodedStrings[] = [];
  for (let c = 0; c < columnCount; c++) {
    const columnName = reader.string();
    columns.push({ name: columnName, mapping: readMapping(reader, coded) });
  }
  reader.end();
  return { schema: { datasetId, name, fileName, csvBytes, rows, columns }, coded };
}
