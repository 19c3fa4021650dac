/** A file as a stream of UTF-8 text without a byte order mark, in pieces of bounded size. */
import type { TableFile } from '../tableReading.ts';
import { ControlWatch } from './controls.ts';
import { markedEncoding, refuseBinary, transcoderFor, unmarkedUtf16, type Encoding } from './encoding.ts';

/** Pieces of a quarter megabyte keep the work between two pulses to some milliseconds. */
const PIECE_BYTES = 262_144;
/** Bytes that are gathered before the encoding is decided and binary files are refused. */
const START_BYTES = 4096;

export class TextStream {
  /** Bytes of the file read so far, and as what. */
  bytes = 0;
  encoding: Encoding;
  /** Whether nothing but its zeros says that it is UTF-16. */
  isUnmarked = false;
  readonly controls: ControlWatch;
  private readonly file: TableFile;
  private readonly asked: Encoding | undefined;

  /** @param asked the encoding when it is known; else a byte order mark names it, or it is UTF-8 */
  constructor(file: TableFile, asked: Encoding | undefined) {
    this.file = file;
    this.asked = asked;
    this.encoding = asked ?? 'utf-8';
    this.controls = new ControlWatch(file.name);
  }

  /**
   * @throws NotUtf8 where the encoding was not known and the text is not UTF-8; CSV_ENCODING, CSV_BINARY, FILE_PACKED,
   * CSV_NUL
   */
  async *pieces(): AsyncGenerator<Uint8Array, void> {
    let start: Uint8Array | null = new Uint8Array(START_BYTES);
    let started = 0;
    let transcode = (chunk: Uint8Array): Uint8Array => chunk;
    let end = (): void => undefined;
    const begin = (head: Uint8Array): Uint8Array => {
      const mark = markedEncoding(head);
      if (this.asked === undefined) {
        const found = mark === null ? unmarkedUtf16(head) : null;
        this.isUnmarked = found !== null;
        this.encoding = mark?.encoding ?? found ?? this.encoding;
      }
      const marked = mark !== null && mark.encoding === this.encoding;
      const transcoder = transcoderFor(this.encoding, this.asked !== undefined || marked, this.file.name);
      transcode = (chunk) => this.controls.push(transcoder.push(chunk));
      end = () => {
        transcoder.end();
        this.controls.end();
      };
      const content = marked ? head.subarray(mark.bytes) : head;
      const utf16 = this.encoding === 'utf-16le' || this.encoding === 'utf-16be';
      // Before its encoding is doubted: a picture is no windows-1252 text.
      if (!utf16) refuseBinary(content, this.file.name);
      const text = transcoder.push(content);
      if (utf16) refuseBinary(text, this.file.name);
      return this.controls.push(text);
    };
    for await (const chunk of await this.file.open()) {
      let rest = chunk;
      if (start !== null) {
        const some = rest.subarray(0, START_BYTES - started);
        start.set(some, started);
        started += some.length;
        this.bytes += some.length;
        if (started < START_BYTES) continue;
        yield begin(start);
        start = null;
        rest = rest.subarray(some.length);
      }
      for (let at = 0; at < rest.length; at += PIECE_BYTES) {
        const piece = rest.subarray(at, at + PIECE_BYTES);
        this.bytes += piece.length;
        yield transcode(piece);
      }
    }
    if (start !== null) yield begin(start.subarray(0, started));
    end();
  }
}
