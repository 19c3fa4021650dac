/** What decoding gives back, per base table and group: sums of the errors that were measured, and a checksum. */
import { ByteReader, ByteWriter } from '../../bits/bytes.ts';
import type { DecodedFacts } from '../encodeTable.ts';

/** Facts of one base table's training and test pictures. */
export interface TableFacts {
  train: DecodedFacts;
  test: DecodedFacts;
}

/** Bytes that the facts of one group take at least. */
const LEAST_BYTES = 7;

/** The number of values is not written: it follows from the number of pictures. */
export function encodeFidelity(tables: readonly TableFacts[]): Uint8Array {
  const writer = new ByteWriter();
  for (const { train, test } of tables) {
    for (const { errors, checksum } of [train, test]) {
      writer
        .uint32(checksum)
        .uint8(errors.largest)
        .varint(errors.squared)
        .varint(errors.values - errors.exact);
    }
  }
  return writer.finish();
}

/**
 * @param values channel values of each table's training and test pictures
 * @throws ARCHIVE_CORRUPT
 */
export function decodeFidelity(
  bytes: Uint8Array,
  values: readonly { train: number; test: number }[],
): TableFacts[] {
  const reader = new ByteReader(bytes, 'the list of checksums');
  if (values.length * 2 * LEAST_BYTES > reader.left) throw reader.corrupt('is too short for its tables');
  const facts = (count: number): DecodedFacts => {
    const checksum = reader.uint32();
    const largest = reader.uint8();
    const squared = reader.varint();
    const wrong = reader.varint();
    // Every wrong value is off by one level at least, and by the largest difference at most.
    if (wrong > count || squared < wrong || squared > wrong * largest * largest) {
      throw reader.corrupt('holds errors that cannot be');
    }
    return { checksum, errors: { values: count, squared, largest, exact: count - wrong } };
  };
  const tables = values.map(({ train, test }) => ({ train: facts(train), test: facts(test) }));
  reader.end();
  return tables;
}
