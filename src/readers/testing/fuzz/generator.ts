/** What a fuzzer of a format is: bytes that nearly follow its rules, and the reader that must refuse them by a code. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { Generator } from '../../../core/random.ts';

export interface FuzzGenerator {
  name: string;
  /** Makes what all inputs are made from. */
  prepare?(): Promise<void>;
  make(random: Chance): Uint8Array;
  /** Reads them. @throws LabError, and nothing else */
  read(bytes: Uint8Array): Promise<void>;
}

/** Draws from a seeded generator. */
export class Chance {
  private readonly generator: Generator;

  constructor(generator: Generator) {
    this.generator = generator;
  }

  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number {
    return uniformInt(this.generator, from, to);
  }

  /** Whether something of this share happens. */
  is(share: number): boolean {
    return this.whole(0, 9_999) < share * 10_000;
  }

  one<T>(items: readonly T[]): T {
    return items[this.whole(0, items.length - 1)];
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.whole(0, 255));
  }

  /** Between `from` and `to` items. */
  some<T>(from: number, to: number, make: () => T): T[] {
    return Array.from({ length: this.whole(from, to) }, make);
  }
}

/** Bytes with a few changed, cut off, doubled or put in: what no rule foresees. */
export function damage(random: Chance, bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return bytes;
  const at = random.whole(0, bytes.length - 1);
  const to = Math.min(bytes.length, at + random.whole(1, 40));
  const [before, within, after] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)];
  const parts = random.one<() => readonly Uint8Array[]>([
    () => [before],
    () => [before, after],
    () => [before, within, within, after],
    () => [before, random.bytes(random.whole(1, 12)), within, after],
    () => [before, within.map((byte) => byte ^ (1 << random.whole(0, 7))), after],
  ])();
  return joinBytes(parts);
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
