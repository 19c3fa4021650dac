/** What compresses a record by itself: deflate, and zstd with a dictionary of plain content. */
import type { ZstdWithDictionary } from './libraries.ts';
import { mostStreamBytes, RecordDeflater, RecordInflater } from './recordStreams.ts';

/** Writes records of one length. */
interface RecordWriter {
  /** What is put here is written next. */
  readonly piece: Uint8Array;
  /** @returns where the stream ends that was begun at `at` */
  write(output: Uint8Array<ArrayBuffer>, at: number): number;
  close?(): void;
}

/** Reads what a writer wrote. */
export interface RecordReader {
  /** @returns the record whose stream lies from `from` up to `to`, valid until the next call */
  read(from: number, to: number): Uint8Array;
  close?(): void;
}

export interface LoadedRecordCodec {
  /** Most bytes of a record's stream. */
  mostBytes(recordBytes: number): number;
  /** @param dictionary whole records, one after the other; empty where the codec takes none or there are few records */
  writer(recordBytes: number, dictionary: Uint8Array): RecordWriter;
  reader(file: Uint8Array, recordBytes: number, dictionary: Uint8Array): RecordReader;
}

export interface RecordCodec {
  name: string;
  label: string;
  sentence: string;
  /** Most bytes of records that are kept as they are, for every other to find what it repeats. */
  dictionaryBytes: number;
  /** Loads what the codec needs. */
  load(): Promise<LoadedRecordCodec>;
}

const DEFLATE_LEVEL = 9;

export const deflateRecords: RecordCodec = {
  name: `deflate-${DEFLATE_LEVEL}`,
  label: `deflate ${DEFLATE_LEVEL}`,
  sentence:
    'Every record a stream of its own, behind an index of four bytes a record: any of them can be read alone.',
  dictionaryBytes: 0,
  load: () =>
    Promise.resolve({
      mostBytes: mostStreamBytes,
      writer(recordBytes) {
        const deflater = new RecordDeflater(recordBytes, DEFLATE_LEVEL, 'raw');
        return { piece: deflater.piece, write: (output, at) => deflater.deflate(output, at) };
      },
      reader(file, recordBytes) {
        const inflater = new RecordInflater(file, recordBytes, 'raw');
        return {
          read(from, to) {
            inflater.inflate(from, to);
            return inflater.piece;
          },
        };
      },
    }),
};

/**
 * The dictionary is taken in anew for every record, so that its size is the time: 64 KB at level 3 is smaller and
 * twenty times as fast as 16 KB at level 19, and 64 KB at level 19, six milliseconds a record, gains 2 % more.
 */
const ZSTD_LEVEL = 3;
const DICTIONARY_BYTES = 65_536;
/** A frame's header, the header of its one block, and what zstd asks for beyond. */
const FRAME_BYTES = 64;

export function zstdRecords(load: () => Promise<ZstdWithDictionary>): RecordCodec {
  return {
    name: `zstd-${ZSTD_LEVEL}-dictionary`,
    label: `zstd ${ZSTD_LEVEL} with a dictionary`,
    sentence:
      'Every record a frame of its own, behind an index; one in a hundred of them, one after the other, are the dictionary, 64 KB at most.',
    dictionaryBytes: DICTIONARY_BYTES,
    async load() {
      const zstd = await load();
      return {
        mostBytes: (recordBytes) => recordBytes + (recordBytes >> 8) + FRAME_BYTES,
        writer(recordBytes, dictionary) {
          const context = zstd.createCCtx();
          const piece = new Uint8Array(recordBytes);
          return {
            piece,
            write(output, at) {
              const frame = zstd.compressUsingDict(context, piece, dictionary, ZSTD_LEVEL);
              output.set(frame, at);
              return at + frame.length;
            },
            close: () => zstd.freeCCtx(context),
          };
        },
        reader(file, recordBytes, dictionary) {
          const context = zstd.createDCtx();
          return {
            read(from, to) {
              const record = zstd.decompressUsingDict(context, file.subarray(from, to), dictionary);
              if (record.length !== recordBytes)
                throw new Error(`The frame at byte ${from} holds no record.`);
              return record;
            },
            close: () => zstd.freeDCtx(context),
          };
        },
      };
    },
  };
}
