/** The image schema: what the pictures are called, how large they are, and what was done to them before the codec. */
import { ByteReader, ByteWriter } from '../../bits/bytes.ts';
import { MAX_CLASSES, MAX_PICTURE_BYTES, MAX_PIXEL_BYTES } from '../../limits.ts';
import { pictureBytes, type ImageShape } from '../imageSet.ts';
import { REPRESENTATIONS } from '../representations/registry.ts';
import type { RepresentationName, TransformName } from '../settings.ts';
import { TRANSFORMS } from '../transforms/registry.ts';

export interface ImageSchema {
  /** SHA-256 of the dataset, 64 hex digits. */
  datasetId: string;
  /** Title to show, and the name of the file or folder that it came from. */
  name: string;
  fileName: string;
  shape: ImageShape;
  /** Pictures, training and test pictures together. */
  records: number;
  classNames: string[];
  transform: TransformName;
  representation: RepresentationName;
  /** Whether every class has a base table of its own; else there is one. */
  classWise: boolean;
  /** Bytes that a block of records aims at. */
  blockBytes: number;
}

/** Base tables of an archive. */
export function tableCount({ classWise, classNames }: Pick<ImageSchema, 'classWise' | 'classNames'>): number {
  return classWise ? classNames.length : 1;
}

export function encodeImageSchema(schema: ImageSchema): Uint8Array {
  const writer = new ByteWriter();
  for (let k = 0; k < 32; k++) writer.uint8(Number.parseInt(schema.datasetId.slice(2 * k, 2 * k + 2), 16));
  writer.string(schema.name).string(schema.fileName);
  const { width, height, channels } = schema.shape;
  writer.varint(width).varint(height).uint8(channels).varint(schema.records);
  writer.uint16(TRANSFORMS.byName(schema.transform).meta.id);
  writer.uint16(REPRESENTATIONS.byName(schema.representation).meta.id);
  writer.uint8(schema.classWise ? 1 : 0).varint(schema.blockBytes);
  writer.varint(schema.classNames.length);
  for (const name of schema.classNames) writer.string(name);
  return writer.finish();
}

/** @throws ARCHIVE_CORRUPT, TRANSFORM_UNKNOWN, REPRESENTATION_UNKNOWN */
export function decodeImageSchema(bytes: Uint8Array): ImageSchema {
  const reader = new ByteReader(bytes, 'the schema of the pictures');
  const datasetId = Array.from(reader.bytes(32), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const name = reader.string();
  const fileName = reader.string();
  const width = reader.varint();
  const height = reader.varint();
  const channels = reader.uint8();
  const records = reader.varint();
  if (channels !== 1 && channels !== 3) throw reader.corrupt(`names ${channels} channels`);
  const shape: ImageShape = { width, height, channels };
  const size = pictureBytes(shape);
  if (!(size >= 1 && size <= MAX_PICTURE_BYTES && records >= 1 && records * size <= MAX_PIXEL_BYTES)) {
    throw reader.corrupt(`claims ${records} pictures of ${width} × ${height}`);
  }
  const transform = TRANSFORMS.byId(reader.uint16()).meta.name;
  const representation = REPRESENTATIONS.byId(reader.uint16()).meta.name;
  const classWise = reader.uint8();
  const blockBytes = reader.varint();
  const count = reader.count(1);
  if (count < 1 || count > MAX_CLASSES || classWise > 1) {
    throw reader.corrupt(`claims ${count} classes and table rule ${classWise}`);
  }
  const classNames: string[] = [];
  for (let k = 0; k < count; k++) classNames.push(reader.string());
  reader.end();
  return {
    datasetId,
    name,
    fileName,
    shape,
    records,
    classNames,
    transform,
    representation,
    classWise: classWise === 1,
    blockBytes,
  };
}
