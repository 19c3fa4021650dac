/**
 * IDX, the format of MNIST: two zero bytes, the type of the values, the number of dimensions, every dimension as a
 * big-endian integer of 32 bits, then the values with the last dimension running fastest.
 */
import { LabError } from '../../core/errors.ts';
import { MAX_PIXEL_BYTES, pictureBytes, type ImageShape } from '../../core/images/imageSet.ts';
import { cleanName, type Label } from '../labels/labels.ts';
import { contiguousPile, readWhole, type PixelFile } from './pile.ts';
import { mostBytes, type Source } from '../source.ts';

/** Bytes of a value, and its name, by the number of its type. */
const TYPES: ReadonlyMap<number, { bytes: number; name: string }> = new Map([
  [0x08, { bytes: 1, name: 'unsigned bytes' }],
  [0x09, { bytes: 1, name: 'signed bytes' }],
  [0x0b, { bytes: 2, name: 'integers of 16 bits' }],
  [0x0c, { bytes: 4, name: 'integers of 32 bits' }],
  [0x0d, { bytes: 4, name: 'floats' }],
  [0x0e, { bytes: 8, name: 'doubles' }],
]);
const BYTES = 0x08;
/** Most labels of a file: pictures of four by four pixels have no more. */
const MAX_LABELS = MAX_PIXEL_BYTES / 16;

interface IdxHeader {
  type: number;
  dimensions: number[];
  /** Bytes of the header, and of what has to follow. */
  bytes: number;
  dataBytes: number;
}

function damaged(source: Source, what: string): LabError {
  return new LabError('IDX_DAMAGED', `${cleanName(source.path)} ${what}.`);
}

/** The header of a file that begins as IDX does, else null. */
function idxHeader(head: Uint8Array): IdxHeader | null {
  if (head.length < 8 || head[0] !== 0 || head[1] !== 0) return null;
  const type = TYPES.get(head[2]);
  const rank = head[3];
  if (type === undefined || rank < 1 || rank > 4 || head.length < 4 + 4 * rank) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const dimensions = Array.from({ length: rank }, (_, d) => view.getUint32(4 + 4 * d));
  // Four factors below 2^32 and eight bytes: a double may round this, but not to something small.
  const dataBytes = dimensions.reduce((product, dimension) => product * dimension, type.bytes);
  return { type: head[2], dimensions, bytes: 4 + 4 * rank, dataBytes };
}

/** Whether a name says that a file is IDX. */
function isNamedIdx(path: string): boolean {
  return /(?:^|[^a-z])idx[1-4]?(?:[-_.]?ubyte)?(?:\.gz)?$|-ubyte(?:\.gz)?$/i.test(path);
}

/** Whether a file is IDX: by its name, or by a header that goes with its length. */
export function isIdx(source: Source): boolean {
  const { head } = source;
  // Other programs have files called .idx too, which do not begin so.
  if (isNamedIdx(source.path) && (/ubyte/i.test(source.path) || (head[0] === 0 && head[1] === 0)))
    return true;
  const header = idxHeader(source.head);
  if (header === null) return false;
  const bytes = header.bytes + header.dataBytes;
  // Of a compressed file the length is not known: the usual kinds are believed.
  if (source.bytes === null) return header.type === BYTES && header.dimensions.every((n) => n > 0 && n < 1e9);
  return bytes === source.bytes;
}

function checkedHeader(source: Source): IdxHeader {
  const header = idxHeader(source.head);
  if (header === null) {
    const magic = [...source.head.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw damaged(
      source,
      `begins with ${magic === '' ? 'nothing' : magic}, not with the magic number of an IDX file`,
    );
  }
  const { bytes, dataBytes } = header;
  if (source.bytes !== null && source.bytes !== bytes + dataBytes)
    throw damaged(source, `has ${source.bytes} bytes, but its header says ${bytes + dataBytes}`);
  if (bytes + dataBytes > mostBytes(source))
    throw damaged(
      source,
      `says in its header that it has ${bytes + dataBytes} bytes, which cannot be packed in it`,
    );
  return header;
}

/** Pictures: n × height × width, or n × height × width × channels. */
function pictures(source: Source, header: IdxHeader): PixelFile {
  const { type, dimensions } = header;
  const [records, height, width, channels = 1] = dimensions;
  const shown = dimensions.join(' × ');
  if (type !== BYTES)
    throw damaged(source, `holds ${TYPES.get(type)!.name}, but pictures are unsigned bytes`);
  if (channels !== 1 && channels !== 3)
    throw damaged(source, `holds ${shown} values: its last dimension would have to be 1 or 3, the colours`);
  if (records * height * width === 0) throw damaged(source, `holds ${shown} values, so no pictures`);
  const shape: ImageShape = { width, height, channels };
  if (records * pictureBytes(shape) > MAX_PIXEL_BYTES)
    throw new LabError(
      'IMAGES_TOO_LARGE',
      `${cleanName(source.path)} holds ${shown} bytes; the limit is ${MAX_PIXEL_BYTES}.`,
    );
  return contiguousPile(source, header.bytes, shape, records, (what) => damaged(source, what));
}

async function labels(source: Source, header: IdxHeader): Promise<ArrayLike<Label>> {
  const { type, dimensions, dataBytes } = header;
  if (dimensions[0] === 0 || dimensions[0] > MAX_LABELS)
    throw damaged(source, `holds ${dimensions[0]} labels`);
  if (type > 0x0c) throw damaged(source, `holds ${TYPES.get(type)!.name}, but labels are integers`);
  const data = await readWhole(source, header.bytes, dataBytes, (what) => damaged(source, what));
  if (type === BYTES) return data;
  const view = new DataView(data.buffer);
  const { bytes } = TYPES.get(type)!;
  return Int32Array.from({ length: dimensions[0] }, (_, i) =>
    bytes === 1 ? view.getInt8(i) : bytes === 2 ? view.getInt16(2 * i) : view.getInt32(4 * i),
  );
}

/** What an IDX file holds. */
type IdxContent =
  | ({ kind: 'images' } & PixelFile)
  | { kind: 'labels'; path: string; records: number; read: () => Promise<ArrayLike<Label>> };

/**
 * What an IDX file holds: pictures where it has three dimensions or four, labels where it has one.
 *
 * @throws LabError IDX_DAMAGED for a wrong magic number, a wrong length, values that are no bytes; IMAGES_TOO_LARGE
 */
export function openIdx(source: Source): IdxContent {
  const header = checkedHeader(source);
  const { dimensions } = header;
  if (dimensions.length > 2) return { kind: 'images', ...pictures(source, header) };
  if (dimensions.length === 2)
    throw damaged(source, `holds ${dimensions.join(' × ')} values, which are neither pictures nor labels`);
  return { kind: 'labels', path: source.path, records: dimensions[0], read: () => labels(source, header) };
}
