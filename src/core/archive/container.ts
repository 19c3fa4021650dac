/**
 * The container: a header, blocks, a table of contents at the end, a footer. It knows nothing of what is in the
 * blocks, so that it can be written as a stream and read by byte range. Layout: docs/FORMAT.md.
 */
import { ByteReader, ByteWriter } from '../bits/bytes.ts';
import { crc32c } from '../bits/crc32c.ts';
import { LabError } from '../errors.ts';
import { FORMAT_VERSION } from './format.ts';

const HEADER_MAGIC = 0x414c4d44; // "DMLA" as bytes
const FOOTER_MAGIC = 0x454c4d44; // "DMLE"
const HEADER_BYTES = 8;
const FOOTER_BYTES = 28;
/** Bytes of a section's entry in the table of contents, and of each of its blocks. */
const ENTRY_BYTES = 28;
const BLOCK_ENTRY_BYTES = 8;

export interface Section {
  type: number;
  /** Codec that made it, or 0. */
  codec: number;
  /** Group of records that it belongs to, or 0. */
  group: number;
  /** A reader that does not know a required section has to refuse the archive. */
  required: boolean;
  blocks: Uint8Array[];
}

export interface BlockEntry {
  offset: number;
  length: number;
  checksum: number;
}

/** A section as the table of contents has it. */
export interface SectionEntry {
  type: number;
  codec: number;
  group: number;
  required: boolean;
  blocks: BlockEntry[];
}

/** A piece of the container in file order. */
export interface Piece {
  /** Made from its content and place: the same name is the same bytes. */
  name: string;
  offset: number;
  bytes: Uint8Array;
}

/** A container ready to be written: its pieces one after the other are the file. */
export interface ContainerImage {
  bytes: number;
  pieces: Piece[];
  sections: SectionEntry[];
}

/** Lays sections out as a container, with a checksum for every block and for the table of contents. */
export function layOutContainer(sections: readonly Section[]): ContainerImage {
  const pieces: Piece[] = [];
  let offset = 0;
  const push = (bytes: Uint8Array, checksum: number): BlockEntry => {
    const entry = { offset, length: bytes.length, checksum };
    if (bytes.length > 0) {
      pieces.push({ name: `${offset}-${bytes.length}-${checksum.toString(16)}`, offset, bytes });
    }
    offset += bytes.length;
    return entry;
  };

  const header = new ByteWriter().uint32(HEADER_MAGIC).uint16(FORMAT_VERSION).uint16(0).finish();
  push(header, crc32c(header));
  const entries = sections.map(({ type, codec, group, required, blocks }): SectionEntry => ({
    type,
    codec,
    group,
    required,
    blocks: blocks.map((bytes) => push(bytes, crc32c(bytes))),
  }));

  const contents = new ByteWriter();
  contents.uint32(entries.length);
  for (const { type, codec, group, required, blocks } of entries) {
    contents
      .uint16(type)
      .uint16(codec)
      .uint16(group)
      .uint16(required ? 1 : 0);
    contents.uint64(blocks.length === 0 ? 0 : blocks[0].offset);
    contents.uint64(blocks.reduce((sum, block) => sum + block.length, 0));
    contents.uint32(blocks.length);
    for (const { length, checksum } of blocks) contents.uint32(length).uint32(checksum);
  }
  const contentsBytes = contents.finish();
  const footer = new ByteWriter()
    .uint64(offset)
    .uint64(contentsBytes.length)
    .uint32(crc32c(contentsBytes))
    .uint16(FORMAT_VERSION)
    .uint16(0);
  const footerBody = footer.finish();
  const tail = new ByteWriter()
    .bytes(contentsBytes)
    .bytes(footerBody)
    // The footer's own fields are covered too, or a flipped byte of it might point elsewhere.
    .uint32((FOOTER_MAGIC ^ crc32c(footerBody)) >>> 0)
    .finish();
  push(tail, crc32c(tail));
  return { bytes: offset, pieces, sections: entries };
}

/** Container bytes that belong to a section: its entries in the table of contents. */
export function entryBytes(section: { blocks: readonly unknown[] }): number {
  return ENTRY_BYTES + section.blocks.length * BLOCK_ENTRY_BYTES;
}

/** Container bytes that belong to no section: header, count of entries, footer. */
export const FIXED_CONTAINER_BYTES = HEADER_BYTES + 4 + FOOTER_BYTES;

/** The whole container as one array of bytes. */
export function joinPieces(image: ContainerImage): Uint8Array {
  const file = new Uint8Array(image.bytes);
  for (const { offset, bytes } of image.pieces) file.set(bytes, offset);
  return file;
}

/** Bytes by range, from wherever an archive lies. */
export interface ByteSource {
  size: number;
  /** Made or taken in here before: what it claims to hold is not measured by its size. */
  isTrusted?: boolean;
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Several ranges at once, in the order asked, where that is faster than one after the other. */
  readMany?(ranges: readonly ByteRange[]): Promise<Uint8Array[]>;
}

export interface ByteRange {
  offset: number;
  length: number;
}

/** A byte source over an array in memory. */
export function memorySource(file: Uint8Array, origin: Pick<ByteSource, 'isTrusted'> = {}): ByteSource {
  return {
    ...origin,
    size: file.length,
    read: (offset, length) => Promise.resolve(file.subarray(offset, offset + length)),
  };
}

/** A byte source over a container that is not written yet: its pieces as they lie in memory. */
export function imageSource(
  { bytes, pieces }: ContainerImage,
  origin: Pick<ByteSource, 'isTrusted'> = {},
): ByteSource {
  return {
    ...origin,
    size: bytes,
    read(offset, length) {
      const first = pieceAt(pieces, offset);
      const piece = pieces[first];
      const at = offset - piece.offset;
      // What a reader asks for are blocks, each of which is a piece.
      if (at + length <= piece.bytes.length) return Promise.resolve(piece.bytes.subarray(at, at + length));
      const joined = new Uint8Array(Math.max(0, Math.min(length, bytes - offset)));
      for (let k = first, done = 0; done < joined.length; k++) {
        const some = pieces[k].bytes
          .subarray(offset + done - pieces[k].offset)
          .subarray(0, joined.length - done);
        joined.set(some, done);
        done += some.length;
      }
      return Promise.resolve(joined);
    },
  };
}

/** Index of the piece that holds the byte at `offset`; of the last one for what is behind all of them. */
function pieceAt(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (pieces[middle].offset <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function corrupt(what: string): LabError {
  return new LabError('ARCHIVE_CORRUPT', `The archive is damaged: ${what}.`);
}

/**
 * Reads header, footer and table of contents, and checks that everything lies inside the file, without gaps.
 *
 * @throws ARCHIVE_CORRUPT, ARCHIVE_NEWER
 */
export async function readContents(source: ByteSource): Promise<SectionEntry[]> {
  if (source.size < FIXED_CONTAINER_BYTES) throw corrupt(`${source.size} bytes are too few for an archive`);
  const header = new ByteReader(await source.read(0, HEADER_BYTES), 'the header');
  if (header.uint32() !== HEADER_MAGIC) throw corrupt('it does not start as an archive does');
  const version = header.uint16();
  const reserved = header.uint16();
  const footerBytes = await source.read(source.size - FOOTER_BYTES, FOOTER_BYTES);
  const footer = new ByteReader(footerBytes, 'the footer');
  const offset = footer.uint64();
  const length = footer.uint64();
  const checksum = footer.uint32();
  const footerVersion = footer.uint16();
  const footerReserved = footer.uint16();
  const magic = footer.uint32();
  if ((magic ^ crc32c(footerBytes.subarray(0, FOOTER_BYTES - 4))) >>> 0 !== FOOTER_MAGIC) {
    throw corrupt('it does not end as an archive does; it may have been cut off');
  }
  if (version !== footerVersion || reserved !== 0 || footerReserved !== 0) {
    throw corrupt('its header and its footer disagree');
  }
  if (version > FORMAT_VERSION) {
    throw new LabError(
      'ARCHIVE_NEWER',
      `The archive has format ${version}; this version reads up to ${FORMAT_VERSION}.`,
    );
  }
  if (offset + length + FOOTER_BYTES !== source.size)
    throw corrupt('its table of contents lies outside of it');
  const contentsBytes = await source.read(offset, length);
  if (crc32c(contentsBytes) !== checksum) throw corrupt('its table of contents fails its checksum');
  return parseContents(new ByteReader(contentsBytes, 'the table of contents'), offset);
}

function parseContents(reader: ByteReader, end: number): SectionEntry[] {
  const count = reader.uint32();
  if (count * ENTRY_BYTES > reader.left) throw reader.corrupt(`claims ${count} sections`);
  const sections: SectionEntry[] = [];
  let next = HEADER_BYTES;
  for (let k = 0; k < count; k++) {
    const type = reader.uint16();
    const codec = reader.uint16();
    const group = reader.uint16();
    const flags = reader.uint16();
    const offset = reader.uint64();
    const length = reader.uint64();
    const blockCount = reader.uint32();
    if (blockCount * BLOCK_ENTRY_BYTES > reader.left) throw reader.corrupt(`claims ${blockCount} blocks`);
    if (blockCount > 0 && offset !== next) throw reader.corrupt('leaves gaps between sections');
    const blocks: BlockEntry[] = [];
    let total = 0;
    for (let b = 0; b < blockCount; b++) {
      const blockLength = reader.uint32();
      blocks.push({ offset: next, length: blockLength, checksum: reader.uint32() });
      next += blockLength;
      total += blockLength;
    }
    if (total !== length) throw reader.corrupt('gives a section a length that its blocks do not have');
    sections.push({ type, codec, group, required: (flags & 1) === 1, blocks });
  }
  reader.end();
  if (next !== end) throw reader.corrupt('does not cover the file');
  return sections;
}

/**
 * One block, checked.
 *
 * @throws ARCHIVE_CORRUPT when its checksum fails
 */
export async function readBlock(source: ByteSource, block: BlockEntry): Promise<Uint8Array> {
  return checked(await source.read(block.offset, block.length), block);
}

/**
 * Several blocks, checked, in the order asked.
 *
 * @throws ARCHIVE_CORRUPT when a checksum fails
 */
export async function readBlocks(source: ByteSource, blocks: readonly BlockEntry[]): Promise<Uint8Array[]> {
  const read =
    source.readMany === undefined
      ? await Promise.all(blocks.map(({ offset, length }) => source.read(offset, length)))
      : await source.readMany(blocks.map(({ offset, length }) => ({ offset, length })));
  if (read.length !== blocks.length) throw corrupt('blocks of it are missing');
  read.forEach((bytes, k) => checked(bytes, blocks[k]));
  return read;
}

function checked(bytes: Uint8Array, block: BlockEntry): Uint8Array {
  if (bytes.length !== block.length || crc32c(bytes) !== block.checksum) {
    throw corrupt(`the block at byte ${block.offset} fails its checksum`);
  }
  return bytes;
}
