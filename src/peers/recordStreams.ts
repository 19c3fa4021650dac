/**
 * Deflate of many short pieces of one length, each a stream of its own, by one state that is reset between them:
 * making a new one for every piece would take longer than deflating it.
 */
import {
  Z_DEFAULT_STRATEGY,
  Z_FINISH,
  Z_STREAM_END,
  zlibDeflate,
  zlibDeflateInit2,
  zlibDeflateReset,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
  ZStream,
} from 'pako';
import { DEFLATED } from './deflate.ts';

/** Whether a stream has zlib's header and checksum around it. */
export type StreamWrapper = 'raw' | 'zlib';

/** Bits of the smallest window that spans a piece, so that starting anew for each costs little. */
function windowBits(pieceBytes: number, wrapper: StreamWrapper): number {
  const bits = Math.min(15, Math.max(9, Math.ceil(Math.log2(Math.max(1, pieceBytes)))));
  return wrapper === 'raw' ? -bits : bits;
}

/** Most bytes of a piece's stream: what cannot be compressed is stored, with five bytes for every block of it. */
export function mostStreamBytes(pieceBytes: number): number {
  return pieceBytes + 5 * Math.ceil(pieceBytes / 512) + 22;
}

/** Deflates what is put into `piece`, again and again. */
export class RecordDeflater {
  readonly piece: Uint8Array<ArrayBuffer>;
  private readonly stream = new ZStream();
  private isFresh = true;

  /** @param level 1 … 9 */
  constructor(pieceBytes: number, level: number, wrapper: StreamWrapper) {
    this.piece = new Uint8Array(pieceBytes);
    const bits = windowBits(pieceBytes, wrapper);
    // The memory level whose blocks are as long as the window; the plain hash has a table of that size too.
    const memoryLevel = Math.min(9, Math.abs(bits) - 6);
    zlibDeflateInit2(this.stream, level, DEFLATED, bits, memoryLevel, Z_DEFAULT_STRATEGY, true);
    this.stream.input = this.piece;
  }

  /**
   * @param output with room for `mostStreamBytes` from `at` on
   * @returns where the stream ends in it
   */
  deflate(output: Uint8Array<ArrayBuffer>, at: number): number {
    const { stream } = this;
    if (!this.isFresh) zlibDeflateReset(stream);
    this.isFresh = false;
    stream.output = output;
    stream.next_in = 0;
    stream.avail_in = this.piece.length;
    stream.next_out = at;
    stream.avail_out = mostStreamBytes(this.piece.length);
    if (zlibDeflate(stream, Z_FINISH) !== Z_STREAM_END) throw new Error('A piece was not deflated.');
    return stream.next_out;
  }
}

/** Inflates such pieces out of a file that holds them. */
export class RecordInflater {
  /** The piece inflated last. */
  readonly piece: Uint8Array<ArrayBuffer>;
  private readonly stream = new ZStream();

  constructor(file: Uint8Array, pieceBytes: number, wrapper: StreamWrapper) {
    this.piece = new Uint8Array(pieceBytes);
    zlibInflateInit2(this.stream, windowBits(pieceBytes, wrapper));
    this.stream.input = file;
    this.stream.output = this.piece;
  }

  /** Puts the stream from `from` up to `to` into `piece`. */
  inflate(from: number, to: number): void {
    const { stream, piece } = this;
    zlibInflateReset(stream);
    stream.next_in = from;
    stream.avail_in = to - from;
    stream.next_out = 0;
    stream.avail_out = piece.length;
    zlibInflate(stream, Z_FINISH);
    if (stream.next_out !== piece.length) throw new Error(`The stream at byte ${from} cannot be inflated.`);
  }
}
