/**
 * Pictures as a Parquet file, as dataset hubs have them: a record of the file's bytes and its name in each row, the
 * class as a number, and the names of the classes in the metadata.
 */
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter, type ColumnSource } from 'hyparquet-writer';

/** A picture in its row. */
export interface PictureRow {
  /** A PNG or another picture file. */
  bytes: Uint8Array;
  /** What the file is called. */
  path: string;
  /** Number of its class. */
  label: number;
  part?: 'train' | 'test';
  /** Number of the picture in the data set that it was drawn from. */
  record?: number;
}

export interface PictureTable {
  classNames: readonly string[];
  rows: Iterable<PictureRow> | AsyncIterable<PictureRow>;
  /** Whether every row has its part, and its record: columns "split" and "record". */
  hasPart: boolean;
  hasRecord: boolean;
}

/** Rows and bytes of a row group: what is held at a time. */
const GROUP_ROWS = 10_000;
const GROUP_BYTES = 16 << 20;

/** A writer whose bytes are taken away as they come. */
class PieceWriter extends ByteWriter {
  take(): Uint8Array<ArrayBuffer> {
    const piece = new Uint8Array(this.getBuffer());
    this.index = 0;
    return piece;
  }
}

/** A column: its elements, the feature that hubs call it, and its values. */
interface PictureColumn {
  elements: SchemaElement[];
  feature: Record<string, unknown>;
  source(rows: readonly PictureRow[]): Omit<ColumnSource, 'name'>;
}

function columnsOf({ classNames, hasPart, hasRecord }: PictureTable): PictureColumn[] {
  const integer = (name: string): SchemaElement[] => [{ name, type: 'INT64', repetition_type: 'OPTIONAL' }];
  const text = (name: string): SchemaElement => ({
    name,
    type: 'BYTE_ARRAY',
    converted_type: 'UTF8',
    repetition_type: 'OPTIONAL',
  });
  const image: PictureColumn = {
    elements: [
      { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' },
      { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
      text('path'),
    ],
    feature: { _type: 'Image' },
    // Pictures are compressed already, and none is there twice.
    source: (rows) => ({
      data: rows.map(({ bytes, path }) => ({ bytes, path })),
      encoding: 'PLAIN',
      codec: 'UNCOMPRESSED',
      statistics: false,
    }),
  };
  const label: PictureColumn = {
    elements: integer('label'),
    feature: { names: classNames, _type: 'ClassLabel' },
    source: (rows) => ({ data: rows.map((row) => BigInt(row.label)) }),
  };
  const part: PictureColumn = {
    elements: [text('split')],
    feature: { dtype: 'string', _type: 'Value' },
    source: (rows) => ({ data: rows.map((row) => row.part ?? null) }),
  };
  const record: PictureColumn = {
    elements: integer('record'),
    feature: { dtype: 'int64', _type: 'Value' },
    source: (rows) => ({
      data: rows.map((row) => (row.record === undefined ? null : BigInt(row.record))),
      encoding: 'DELTA_BINARY_PACKED',
    }),
  };
  return [image, label, ...(hasPart ? [part] : []), ...(hasRecord ? [record] : [])];
}

/**
 * Writes pictures as Parquet, row group by row group: of the file no more than one is held.
 *
 * @returns the pieces of the file; the same bytes for the same rows
 */
export async function* writePictures(table: PictureTable): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const columns = columnsOf(table);
  const features = Object.fromEntries(columns.map(({ elements, feature }) => [elements[0].name, feature]));
  const writer = new PieceWriter(1 << 20);
  const parquet = new ParquetWriter({
    writer,
    schema: [
      { name: 'schema', num_children: columns.length },
      ...columns.flatMap(({ elements }) => elements),
    ],
    codec: 'SNAPPY',
    createdBy: 'dreaMLearning Lab',
    kvMetadata: [{ key: 'huggingface', value: JSON.stringify({ info: { features } }) }],
  });
  let group: PictureRow[] = [];
  let bytes = 0;
  const write = (): Uint8Array<ArrayBuffer> => {
    // The writer is synchronous: it returns a promise only for writers that flush by one.
    void parquet.write({
      columnData: columns.map((column) => ({ name: column.elements[0].name, ...column.source(group) })),
      rowGroupSize: group.length,
    });
    group = [];
    bytes = 0;
    return writer.take();
  };
  for await (const row of table.rows) {
    group.push(row);
    bytes += row.bytes.length;
    if (group.length === GROUP_ROWS || bytes >= GROUP_BYTES) yield write();
  }
  if (group.length > 0) yield write();
  void parquet.finish();
  yield writer.take();
}
