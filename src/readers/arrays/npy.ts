/** Arrays as NumPy writes them (.npy, NEP 1): a magic string, a header that is a Python dictionary, then the values. */
import { LabError } from '../../core/errors.ts';
import { MAX_PIXEL_BYTES, pictureBytes, type ImageShape } from '../../core/images/imageSet.ts';
import { cleanName, type Label } from '../labels/labels.ts';
import { nameFacts } from '../labels/pairing.ts';
import { contiguousPile, readWhole, type PixelFile } from './pile.ts';
import { parseLiteral } from './pythonLiteral.ts';
import { sideOf } from './side.ts';
import { mostBytes, withHead, type Source } from '../source.ts';

/** Longest header that is read: the shape and the type of one array take less than a hundred bytes. */
const MAX_HEADER_BYTES = 65_536;
/** Bytes of one label, texts of 256 characters, and of all. */
const MAX_LABEL_BYTES = 1024;
const MAX_LABELS_BYTES = 256 * 1024 * 1024;

interface NpyHeader {
  /** Type of a value as it is spelt: "|u1", "<f4", "<U5"; of records their list. */
  type: string;
  /** Letter of the type and bytes of a value. */
  kind: string;
  itemBytes: number;
  isLittleEndian: boolean;
  isFortran: boolean;
  shape: number[];
  /** Where the values start, and how many bytes they have. */
  from: number;
  dataBytes: number;
}

type NpyContent =
  | ({ kind: 'images' } & PixelFile)
  | { kind: 'labels'; path: string; records: number; read: () => Promise<ArrayLike<Label>> }
  /** Neither, and why. */
  | { kind: 'other'; path: string; error: LabError };

export function isNpy(head: Uint8Array): boolean {
  return head.length >= 6 && head[0] === 0x93 && String.fromCharCode(...head.subarray(1, 6)) === 'NUMPY';
}

function damaged(source: Source, what: string): LabError {
  return new LabError('NPY_DAMAGED', `${cleanName(source.path)} ${what}.`);
}

/** "float32", as NumPy says it in words, for a message. */
function wordFor({ kind, itemBytes, type }: NpyHeader): string {
  const words: Record<string, string> = { f: 'float', i: 'int', u: 'uint', c: 'complex' };
  const bits = Object.hasOwn(words, kind) ? `${words[kind]}${itemBytes * 8}` : null;
  if (bits !== null) return bits;
  if (kind === 'O') return 'object';
  if (kind === 'b') return 'bool';
  return cleanName(type);
}

function spelt(shape: readonly number[]): string {
  return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}

async function readHeader(given: Source): Promise<NpyHeader> {
  if (given.head.length < 12) throw damaged(given, 'ends in its header');
  const view = new DataView(given.head.buffer, given.head.byteOffset, given.head.length);
  const version = view.getUint8(6);
  if (version < 1 || version > 3) throw damaged(given, `is of version ${version}, of which nothing is known`);
  const textFrom = version === 1 ? 10 : 12;
  const textBytes = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (textBytes > MAX_HEADER_BYTES) throw damaged(given, `has a header of ${textBytes} bytes`);
  const from = textFrom + textBytes;
  const source = await withHead(given, from);
  if (source.head.length < from) throw damaged(source, 'ends in its header');
  const text = new TextDecoder().decode(source.head.subarray(textFrom, from));
  const header = parseLiteral(text);
  const type = header instanceof Map ? header.get('descr') : undefined;
  const isFortran = header instanceof Map ? header.get('fortran_order') : undefined;
  const shape = header instanceof Map ? header.get('shape') : undefined;
  const isShape =
    Array.isArray(shape) &&
    shape.length <= 32 &&
    shape.every((dimension) => typeof dimension === 'number' && dimension >= 0);
  if (type === undefined || typeof isFortran !== 'boolean' || !isShape)
    throw damaged(source, 'has a header that does not say type, order and shape');
  const dimensions = shape as number[];
  const parsed = typeof type === 'string' ? /^([<>|=]?)([a-zA-Z])(\d{0,6})$/.exec(type) : null;
  const [, order, kind, digits] = parsed ?? ['', '|', 'V', '0'];
  const itemBytes = Number(digits === '' ? 0 : digits) * (kind === 'U' ? 4 : 1);
  return {
    type: typeof type === 'string' ? type : 'record',
    kind,
    itemBytes,
    isLittleEndian: order !== '>',
    isFortran,
    shape: dimensions,
    from,
    dataBytes: dimensions.reduce((product, dimension) => product * dimension, itemBytes),
  };
}

/** Refuses a length that the header does not say, before anything is allocated. */
function checkLength(source: Source, { from, dataBytes }: NpyHeader): void {
  if (source.bytes !== null && source.bytes !== from + dataBytes)
    throw damaged(source, `has ${source.bytes} bytes, but its header says ${from + dataBytes}`);
  if (from + dataBytes > mostBytes(source))
    throw damaged(source, `says that it has ${from + dataBytes} bytes, which cannot be packed in it`);
}

function unsupported(source: Source, header: NpyHeader, what: string): LabError {
  return new LabError(
    'NPY_UNSUPPORTED',
    `${cleanName(source.path)} is an array of ${wordFor(header)} of shape ${spelt(header.shape)}: ${what}.`,
  );
}

/** Size of the pictures of an array, or null where it is none of pictures. */
function shapeOf(shape: readonly number[]): ImageShape | null {
  const [, height, width, channels = 1] = shape;
  if (shape.length === 2) return sideOf(height);
  if (shape.length > 4 || (channels !== 1 && channels !== 3)) return null;
  return { width, height, channels };
}

function pictures(source: Source, header: NpyHeader): NpyContent {
  const { kind, itemBytes, isFortran, shape, from, dataBytes } = header;
  const other = (what: string): NpyContent => ({
    kind: 'other',
    path: source.path,
    error: unsupported(source, header, what),
  });
  if (kind !== 'u' || itemBytes !== 1) return other('pictures are read from uint8 only');
  const picture = shapeOf(shape);
  if (picture === null)
    return other('the last dimension would have to be the colours, 1 or 3, or be left out');
  if (isFortran) return other('it is in Fortran order, and read is C order');
  if (dataBytes === 0) return other('it holds no pictures');
  if (shape[0] * pictureBytes(picture) > MAX_PIXEL_BYTES)
    throw new LabError(
      'IMAGES_TOO_LARGE',
      `${cleanName(source.path)} holds ${dataBytes} bytes of pictures; the limit is ${MAX_PIXEL_BYTES}.`,
    );
  const pile = contiguousPile(source, from, picture, shape[0], (what) => damaged(source, what));
  return { kind: 'images', ...pile };
}

/** Reads labels from values of whole numbers, or of text in a fixed length. */
function labelsFrom(source: Source, data: Uint8Array<ArrayBuffer>, header: NpyHeader): ArrayLike<Label> {
  const { kind, itemBytes, isLittleEndian } = header;
  const records = header.shape[0];
  if (itemBytes === 1 && (kind === 'u' || kind === 'b')) return data;
  const view = new DataView(data.buffer);
  const number = (at: number): number => {
    if (itemBytes === 1) return view.getInt8(at);
    if (itemBytes === 2)
      return kind === 'u' ? view.getUint16(at, isLittleEndian) : view.getInt16(at, isLittleEndian);
    if (itemBytes === 4)
      return kind === 'u' ? view.getUint32(at, isLittleEndian) : view.getInt32(at, isLittleEndian);
    return Number(
      kind === 'u' ? view.getBigUint64(at, isLittleEndian) : view.getBigInt64(at, isLittleEndian),
    );
  };
  const text = (at: number): string => {
    let word = '';
    for (let k = at; k < at + itemBytes; k += kind === 'U' ? 4 : 1) {
      const code = kind === 'U' ? view.getUint32(k, isLittleEndian) : data[k];
      if (code > 0x10ffff)
        throw damaged(source, `has a character of the number ${code}, which does not exist`);
      if (code === 0) break;
      word += String.fromCodePoint(code);
    }
    return word;
  };
  const labels: Label[] = [];
  for (let i = 0; i < records; i++)
    labels.push(kind === 'U' || kind === 'S' ? text(i * itemBytes) : number(i * itemBytes));
  return labels;
}

function labels(source: Source, header: NpyHeader): NpyContent {
  const { kind, itemBytes, shape, from, dataBytes } = header;
  const isNumber = 'iu'.includes(kind) && [1, 2, 4, 8].includes(itemBytes);
  const isText = 'SU'.includes(kind) && itemBytes > 0 && itemBytes <= MAX_LABEL_BYTES;
  const path = source.path;
  if (!isNumber && !isText && !(kind === 'b' && itemBytes === 1))
    return { kind: 'other', path, error: unsupported(source, header, 'labels are integers') };
  if (shape.length > 1 && shape[1] !== 1) {
    const error = unsupported(source, header, 'labels are one integer per picture');
    return { kind: 'other', path, error };
  }
  if (dataBytes > MAX_LABELS_BYTES || shape[0] === 0)
    return { kind: 'other', path, error: unsupported(source, header, 'that many labels are not read') };
  const read = async (): Promise<ArrayLike<Label>> =>
    labelsFrom(source, await readWhole(source, from, dataBytes, (what) => damaged(source, what)), header);
  return { kind: 'labels', path, records: shape[0], read };
}

/**
 * What an array holds: pictures where it has three dimensions or four, or two with as many columns as a square picture
 * has pixels; labels where it has one.
 *
 * @throws LabError NPY_DAMAGED, IMAGES_TOO_LARGE
 */
export async function openNpy(source: Source): Promise<NpyContent> {
  const header = await readHeader(source);
  const { shape } = header;
  // Sizes of Python's own objects are not in the header; they are refused by their type.
  if (header.kind !== 'O' && header.itemBytes > 0) checkLength(source, header);
  const isFlat = shape.length === 2 && sideOf(shape[1]) !== null && nameFacts(source.path).holds !== 'labels';
  if (shape.length > 2 || isFlat) return pictures(source, header);
  if (shape.length > 0) return labels(source, header);
  return { kind: 'other', path: source.path, error: unsupported(source, header, 'it holds one value') };
}
