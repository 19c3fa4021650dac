/**
 * What every reader of a base table reads whole besides the table itself (its mask, its forms, its heads) is deflated.
 * Layout: docs/FORMAT.md.
 */
import { deflateRaw } from 'pako';
import { ByteReader, ByteWriter } from './bytes.ts';
import { inflateExactly } from './inflate.ts';

/** How the bytes of a packed section stand: as they are, or as a raw deflate stream. */
const METHOD = { stored: 0, deflated: 1 } as const;

/** The same bytes everywhere: pako is zlib's own algorithm in JavaScript. */
export function pack(bytes: Uint8Array): Uint8Array {
  const writer = new ByteWriter().varint(bytes.length);
  const deflated = deflateRaw(bytes, { level: 9 });
  return deflated.length < bytes.length
    ? writer.uint8(METHOD.deflated).bytes(deflated).finish()
    : writer.uint8(METHOD.stored).bytes(bytes).finish();
}

/**
 * @param most bytes that there can be: more are refused before anything is allocated
 * @param where what it is, for the error's sentence
 * @throws ARCHIVE_CORRUPT
 */
export function unpack(packed: Uint8Array, most: number, where: string): Uint8Array {
  const reader = new ByteReader(packed, where);
  const bytes = reader.varint();
  const method = reader.uint8();
  if (bytes > most) throw reader.corrupt(`claims ${bytes} bytes, where there can be ${most}`);
  const rest = reader.bytes(reader.left);
  if (method === METHOD.stored && rest.length === bytes) return rest;
  const inflated = method === METHOD.deflated ? inflateExactly(rest, bytes) : null;
  if (inflated === null) throw reader.corrupt('cannot be inflated');
  // What is kept of it should not hold on to a larger array.
  return inflated.byteLength === inflated.buffer.byteLength ? inflated : inflated.slice();
}
