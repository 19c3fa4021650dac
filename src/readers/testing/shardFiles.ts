/** Parquet files of pictures for tests, laid out as dataset hubs have them. */
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';

export interface HubRow {
  image: { bytes: Uint8Array | null; path: string | null } | null;
  [column: string]: unknown;
}

interface HubOptions {
  /** Features by column, as the metadata has them; `null` leaves the metadata out. */
  features?: Record<string, unknown> | null;
  rowGroupSize?: number;
  /** Name of the column of pictures, which is called "image" in the rows. */
  image?: string;
  /** Elements of the columns other than the pictures, where they are not integers and texts. */
  elements?: Record<string, SchemaElement>;
}

/** A feature of classes. */
export const classLabel = (names: readonly string[]) => ({ names, _type: 'ClassLabel' });

function elementOf(name: string, values: readonly unknown[]): SchemaElement {
  return values.some((value) => typeof value === 'string')
    ? { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }
    : { name, type: 'INT64', repetition_type: 'OPTIONAL' };
}

/** Rows as a shard: `image: struct<bytes, path>` and columns of 64-bit integers or of texts. */
export function shardBytes(rows: readonly HubRow[], options: HubOptions = {}): Uint8Array {
  const { features = {}, rowGroupSize = 4, image = 'image', elements = {} } = options;
  const others = Object.keys(rows[0]).filter((name) => name !== 'image');
  const valuesOf = (name: string): unknown[] =>
    rows.map((row) => (typeof row[name] === 'number' ? BigInt(row[name]) : row[name]));
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const;
  const columns = others.map((name) => ({
    element: elements[name] ?? elementOf(name, valuesOf(name)),
    data: elements[name] === undefined ? valuesOf(name) : rows.map((row) => row[name]),
  }));
  const metadata = { info: { features: { [image]: { _type: 'Image' }, ...features } } };
  return new Uint8Array(
    parquetWriteBuffer({
      schema: [
        { name: 'schema', num_children: 1 + columns.length },
        { name: image, num_children: 2, repetition_type: 'OPTIONAL' },
        { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
        { name: 'path', ...text },
        ...columns.map(({ element }) => element),
      ],
      columnData: [
        { name: image, data: rows.map((row) => row.image) },
        ...columns.map(({ element, data }) => ({ name: element.name, data })),
      ],
      rowGroupSize,
      ...(features !== null && { kvMetadata: [{ key: 'huggingface', value: JSON.stringify(metadata) }] }),
    }),
  );
}
