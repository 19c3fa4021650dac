/** A gzip file as the file inside it, inflated while it is read and bounded in what it may become. */
import {
  Z_BUF_ERROR,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  zlibInflate,
  zlibInflateEnd,
  zlibInflateInit2,
  zlibInflateReset,
  ZStream,
} from 'pako';
import { LabError } from '../../core/errors.ts';
import type { TableFile } from '../tableReading.ts';
import { MAX_CELLS } from '../../core/table/table.ts';

/** Window of 32 KB behind a gzip header: zlib's number for both. */
const GZIP_WINDOW = 15 + 16;
/** Bytes of a piece of inflated text. */
const PIECE_BYTES = 1 << 18;

/** What any file may become, and how many times its size beyond that: repetitive tables shrink to a hundredth. */
const HARMLESS_BYTES = 64 * 1024 * 1024;
const MAX_RATIO = 200;
/** No table that is read has more text: 32 bytes for every cell that it may have. */
const MAX_BYTES = MAX_CELLS * 32;

/** Whether bytes begin as a gzip file does. */
export function isGzip(head: Uint8Array): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b;
}

function damaged(name: string, what: string): LabError {
  return new LabError('GZIP_DAMAGED', `${name} is damaged: ${what}.`);
}

/** Refuses what inflates beyond all measure, before more of it is made. */
function checkSize(name: string, packed: number, inflated: number): void {
  if (inflated <= HARMLESS_BYTES) return;
  const limit = Math.min(MAX_BYTES, Math.max(HARMLESS_BYTES, packed * MAX_RATIO));
  if (inflated <= limit) return;
  throw new LabError(
    'GZIP_TOO_LARGE',
    `${name} has become ${inflated} bytes after ${packed} bytes of it were read; the limit here is ${limit}.`,
  );
}

/** Inflates all members of a gzip stream, one after the other; zeros behind the last one are padding. */
async function* inflate(
  name: string,
  pieces: AsyncIterable<Uint8Array>,
  isBounded: boolean,
): AsyncGenerator<Uint8Array> {
  const stream = new ZStream();
  zlibInflateInit2(stream, GZIP_WINDOW);
  stream.avail_out = 0;
  let inMember = true;
  let packed = 0;
  let inflated = 0;
  for await (const piece of pieces) {
    packed += piece.length;
    stream.input = piece;
    stream.next_in = 0;
    stream.avail_in = piece.length;
    // A full piece of output may leave more of the same input waiting inside zlib.
    for (let pending = true; pending;) {
      if (!inMember) {
        while (stream.avail_in > 0 && piece[stream.next_in] === 0) {
          stream.next_in++;
          stream.avail_in--;
        }
        if (stream.avail_in === 0) break;
        zlibInflateReset(stream);
        inMember = true;
      }
      if (stream.avail_out === 0) {
        stream.output = new Uint8Array(PIECE_BYTES);
        stream.next_out = 0;
        stream.avail_out = PIECE_BYTES;
      }
      const from = stream.next_out;
      const status = zlibInflate(stream, Z_NO_FLUSH);
      if (status !== Z_OK && status !== Z_STREAM_END && status !== Z_BUF_ERROR)
        throw damaged(name, stream.msg === '' ? `it cannot be inflated near byte ${packed}` : stream.msg);
      if (stream.next_out > from) {
        inflated += stream.next_out - from;
        if (isBounded) checkSize(name, packed, inflated);
        yield stream.output.subarray(from, stream.next_out);
      }
      if (status === Z_STREAM_END) inMember = false;
      pending = stream.avail_in > 0 || (inMember && stream.avail_out === 0);
    }
  }
  zlibInflateEnd(stream);
  if (inMember) throw damaged(name, `it ends early, after ${packed} bytes`);
}

/**
 * The file inside a gzip file, of one or several members. What it gives is checked against the file's checksums.
 *
 * Reading it throws GZIP_DAMAGED when it is cut off or changed, GZIP_TOO_LARGE when it inflates beyond measure.
 *
 * @param isBounded false for who holds no more of it than a part of known size
 */
export function gunzipFile(file: TableFile, isBounded = true): TableFile {
  return {
    name: file.name.replace(/\.gz$/i, ''),
    bytes: null,
    open: async () => inflate(file.name, await file.open(), isBounded),
  };
}
