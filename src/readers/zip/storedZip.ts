/**
 * A zip file written as a stream, its entries stored as they are: PNGs do not become smaller a second time. Written
 * here because the usual library counts entries in 16 bits, and a data set may well have more than 65,535 pictures.
 */
import { ByteWriter } from '../../core/bits/bytes.ts';
import { LabError } from '../../core/errors.ts';
import { crc32 } from './crc32.ts';

const LOCAL_SIGNATURE = 0x04034b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const END64_SIGNATURE = 0x06064b50;
const LOCATOR64_SIGNATURE = 0x07064b50;
/** Version 1.0 for plain entries; 4.5 knows the 64-bit end record. */
const PLAIN_VERSION = 10;
const VERSION_64 = 45;
/** Names are UTF-8. */
const FLAGS = 1 << 11;
/** 1 January 1980, the zero of a zip's clock: the same pictures give the same file. */
const DATE = (1 << 5) | 1;
/** Bytes of the 64-bit end record that its own length field counts. */
const END64_REST = 44;
const NOT_HERE_16 = 0xffff;
const NOT_HERE_32 = 0xffffffff;

export interface StoredZip {
  /** The bytes of the next entry: its header and its content. */
  entry(path: string, content: Uint8Array): Uint8Array[];
  /** The directory, which ends the file. */
  end(): Uint8Array[];
}

/**
 * Paths have to be different from one another.
 *
 * @throws IMAGES_TOO_LARGE, from `entry`, beyond 4 GB
 */
export function createStoredZip(): StoredZip {
  const directory: Uint8Array[] = [];
  let directoryBytes = 0;
  let offset = 0;
  let entries = 0;

  return {
    entry(path, content) {
      const name = new TextEncoder().encode(path);
      if (offset + content.length >= NOT_HERE_32)
        throw new LabError('IMAGES_TOO_LARGE', 'The pictures would fill a zip of more than 4 GB.');
      const shared = new ByteWriter()
        .uint16(PLAIN_VERSION)
        .uint16(FLAGS)
        .uint16(0) // stored
        .uint16(0)
        .uint16(DATE)
        .uint32(crc32(content))
        .uint32(content.length)
        .uint32(content.length)
        .uint16(name.length)
        .uint16(0) // no extra field
        .finish();
      const local = new ByteWriter().uint32(LOCAL_SIGNATURE).bytes(shared).bytes(name).finish();
      const listed = new ByteWriter()
        .uint32(ENTRY_SIGNATURE)
        .uint16(PLAIN_VERSION)
        .bytes(shared)
        .uint16(0) // no comment
        .uint16(0) // first disk
        .uint16(0)
        .uint32(0)
        .uint32(offset)
        .bytes(name)
        .finish();
      directory.push(listed);
      directoryBytes += listed.length;
      offset += local.length + content.length;
      entries++;
      return [local, content];
    },
    end() {
      const end = new ByteWriter();
      if (entries >= NOT_HERE_16) {
        end
          .uint32(END64_SIGNATURE)
          .uint64(END64_REST)
          .uint16(VERSION_64)
          .uint16(VERSION_64)
          .uint32(0)
          .uint32(0)
          .uint64(entries)
          .uint64(entries)
          .uint64(directoryBytes)
          .uint64(offset)
          .uint32(LOCATOR64_SIGNATURE)
          .uint32(0)
          .uint64(offset + directoryBytes)
          .uint32(1);
      }
      const counted = Math.min(entries, NOT_HERE_16);
      end
        .uint32(END_SIGNATURE)
        .uint16(0)
        .uint16(0)
        .uint16(counted)
        .uint16(counted)
        .uint32(directoryBytes)
        .uint32(offset)
        .uint16(0);
      return [...directory, end.finish()];
    },
  };
}
