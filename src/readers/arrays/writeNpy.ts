/** Arrays as NumPy writes them (format 1.0), and several of them as an .npz: a zip of stored .npy entries. */
import { createStoredZip } from '../zip/storedZip.ts';

/** How NumPy calls what the bytes are: unsigned bytes, doubles, 32-bit integers, 4-byte characters; little endian. */
type Dtype = '|u1' | '<f8' | '<i4' | `<U${number}`;

export interface NpyArray {
  dtype: Dtype;
  shape: readonly number[];
  /** In C order. */
  bytes: Uint8Array;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
/** The header ends at a multiple of this, so that arrays can be mapped into memory. */
const ALIGNED = 64;

function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

export const npyBytes = (shape: readonly number[], bytes: Uint8Array): NpyArray => ({
  dtype: '|u1',
  shape,
  bytes,
});

export const npyDoubles = (values: Float64Array): NpyArray => ({
  dtype: '<f8',
  shape: [values.length],
  bytes: bytesOf(values),
});

export const npyIntegers = (values: Int32Array): NpyArray => ({
  dtype: '<i4',
  shape: [values.length],
  bytes: bytesOf(values),
});

/** Texts in UTF-32, each as long as the longest, as NumPy keeps them. */
export function npyTexts(texts: readonly string[]): NpyArray {
  const points = texts.map((text) => Array.from(text, (letter) => letter.codePointAt(0) ?? 0));
  const width = points.reduce((most, { length }) => Math.max(most, length), 1);
  const values = new Uint32Array(width * texts.length);
  points.forEach((letters, k) => values.set(letters, k * width));
  return { dtype: `<U${width}`, shape: [texts.length], bytes: bytesOf(values) };
}

/** What stands before the bytes of an array. */
function headerOf({ dtype, shape }: NpyArray): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = MAGIC.length + 2;
  const length = Math.ceil((start + text.length + 1) / ALIGNED) * ALIGNED;
  const header = new Uint8Array(length).fill(0x20);
  header.set(MAGIC);
  new DataView(header.buffer).setUint16(MAGIC.length, length - start, true);
  header.set(new TextEncoder().encode(text), start);
  header[length - 1] = 0x0a;
  return header;
}

/** An array as an .npy file. */
function writeNpy(array: NpyArray): Uint8Array {
  const header = headerOf(array);
  const file = new Uint8Array(header.length + array.bytes.length);
  file.set(header);
  file.set(array.bytes, header.length);
  return file;
}

/** Arrays by their names as an .npz file, entry by entry. @throws IMAGES_TOO_LARGE beyond 4 GB */
export function* writeNpz(arrays: Iterable<readonly [name: string, array: NpyArray]>): Generator<Uint8Array> {
  const zip = createStoredZip();
  for (const [name, array] of arrays) yield* zip.entry(`${name}.npy`, writeNpy(array));
  yield* zip.end();
}
