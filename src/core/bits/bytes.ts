/**
 * Writing and reading bytes: little-endian integers, variable-length integers (LEB128), doubles and UTF-8 strings.
 * The reader trusts nothing: every length is checked against what is left before anything is allocated.
 */
import { LabError } from '../errors.ts';

/** Largest integer that is written: a decimal column may have the min 2^53. */
const MAX_INTEGER = 2 ** 53;

export class ByteWriter {
  private buffer = new Uint8Array(256);
  private view = new DataView(this.buffer.buffer);
  private length = 0;

  private reserve(more: number): void {
    if (this.length + more <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.length + more));
    larger.set(this.buffer.subarray(0, this.length));
    this.buffer = larger;
    this.view = new DataView(larger.buffer);
  }

  uint8(value: number): this {
    this.reserve(1);
    this.view.setUint8(this.length, value);
    this.length += 1;
    return this;
  }

  uint16(value: number): this {
    this.reserve(2);
    this.view.setUint16(this.length, value, true);
    this.length += 2;
    return this;
  }

  uint32(value: number): this {
    this.reserve(4);
    this.view.setUint32(this.length, value, true);
    this.length += 4;
    return this;
  }

  /** A non-negative integer up to 2^53 in eight bytes. */
  uint64(value: number): this {
    return this.uint32(value >>> 0).uint32(Math.floor(value / 0x100000000));
  }

  float64(value: number): this {
    this.reserve(8);
    this.view.setFloat64(this.length, value, true);
    this.length += 8;
    return this;
  }

  /** A non-negative integer up to 2^53, seven bits to a byte, least significant first. */
  varint(value: number): this {
    let rest = value;
    while (rest >= 128) {
      this.uint8((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    return this.uint8(rest);
  }

  bytes(value: Uint8Array): this {
    this.reserve(value.length);
    this.buffer.set(value, this.length);
    this.length += value.length;
    return this;
  }

  /** UTF-8 behind its length in bytes. See encodeText for lone surrogates. */
  string(value: string): this {
    const encoded = encodeText(value);
    return this.varint(encoded.length).bytes(encoded);
  }

  finish(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }
}

export class ByteReader {
  private readonly view: DataView;
  private readonly buffer: Uint8Array;
  private offset = 0;
  private readonly where: string;

  /** @param where what is being read, for the error's sentence: "the schema" */
  constructor(buffer: Uint8Array, where: string) {
    this.buffer = buffer;
    this.view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    this.where = where;
  }

  get left(): number {
    return this.buffer.length - this.offset;
  }

  private take(count: number): number {
    if (!(count <= this.left)) throw this.corrupt(`ends early: ${count} bytes wanted, ${this.left} left`);
    const at = this.offset;
    this.offset += count;
    return at;
  }

  corrupt(what: string): LabError {
    return new LabError('ARCHIVE_CORRUPT', `The archive is damaged: ${this.where} ${what}.`);
  }

  uint8(): number {
    return this.view.getUint8(this.take(1));
  }

  uint16(): number {
    return this.view.getUint16(this.take(2), true);
  }

  uint32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  uint64(): number {
    const low = this.uint32();
    const value = this.uint32() * 0x100000000 + low;
    if (value > MAX_INTEGER) throw this.corrupt('names a size beyond 2^53');
    return value;
  }

  float64(): number {
    return this.view.getFloat64(this.take(8), true);
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (let k = 0; k < 8; k++) {
      const byte = this.uint8();
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (value > MAX_INTEGER) break;
        return value;
      }
      scale *= 128;
    }
    throw this.corrupt('holds an integer beyond 2^53');
  }

  /** A count of things that take at least `bytesEach` bytes each, checked against what is left. */
  count(bytesEach: number): number {
    const count = this.varint();
    if (count * bytesEach > this.left)
      throw this.corrupt(`claims ${count} entries, more than it has room for`);
    return count;
  }

  bytes(count: number): Uint8Array {
    const at = this.take(count);
    return this.buffer.subarray(at, at + count);
  }

  string(): string {
    return decodeText(this.bytes(this.varint()));
  }

  /** Nothing may follow. */
  end(): void {
    if (this.left !== 0) throw this.corrupt(`has ${this.left} bytes too many`);
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A text cell may hold a lone surrogate, which UTF-8 replaces; those few strings are written as UTF-16 behind 0xFF. */
export function encodeText(value: string): Uint8Array {
  if (value.isWellFormed()) return encoder.encode(value);
  const bytes = new Uint8Array(1 + value.length * 2);
  bytes[0] = 0xff;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    bytes[1 + 2 * i] = unit & 0xff;
    bytes[2 + 2 * i] = unit >>> 8;
  }
  return bytes;
}

/** Inverse of encodeText; 0xFF never starts UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length % 2 === 1 && bytes[0] === 0xff) {
    let value = '';
    for (let i = 1; i < bytes.length; i += 2) value += String.fromCharCode(bytes[i] | (bytes[i + 1] << 8));
    return value;
  }
  return decoder.decode(bytes);
}
