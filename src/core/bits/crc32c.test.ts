import { describe, expect, it } from 'vitest';
import { crc32c } from './crc32c.ts';

const text = new TextEncoder();

describe('crc32c', () => {
  it('gives the published check values', () => {
    expect(crc32c(text.encode('123456789'))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(0))).toBe(0);
    // RFC 3720, B.4.
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  });

  it('is the same for a view as for a copy, at every length and alignment', () => {
    const bytes = Uint8Array.from({ length: 70 }, (_, i) => (i * 37) & 255);
    for (let from = 0; from < 8; from++) {
      for (let to = from; to <= 70; to++) {
        // One byte after the other, as the definition has it.
        let slow = 0;
        for (let at = from; at < to; at++) slow = crc32c(bytes.slice(at, at + 1), slow);
        expect(crc32c(bytes.subarray(from, to))).toBe(slow);
        expect(crc32c(bytes.slice(from, to))).toBe(slow);
      }
    }
  });

  it('goes on from the sum of what stood in front', () => {
    const bytes = Uint8Array.from({ length: 70 }, (_, i) => (i * 91) & 255);
    for (let cut = 0; cut <= 70; cut++) {
      expect(crc32c(bytes.subarray(cut), crc32c(bytes.subarray(0, cut)))).toBe(crc32c(bytes));
    }
  });

  it('detects every change of one byte of a message', () => {
    const message = text.encode('dreaMLearning!');
    const sum = crc32c(message);
    for (let at = 0; at < message.length; at++) {
      for (let change = 1; change < 256; change++) {
        const changed = message.slice();
        changed[at] ^= change;
        expect(crc32c(changed) === sum).toBe(false);
      }
    }
  });

  it('detects a byte cut off or added', () => {
    const message = text.encode('dreaMLearning!');
    const sum = crc32c(message);
    expect(crc32c(message.subarray(1))).not.toBe(sum);
    expect(crc32c(message.subarray(0, -1))).not.toBe(sum);
    expect(crc32c(Uint8Array.of(...message, 0))).not.toBe(sum);
  });
});
