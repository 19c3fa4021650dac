import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from './packing.ts';

describe('packed sections', () => {
  it('come back, and take only a little more than they are where deflating does not help', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(40), (bytes, times) => {
        const repeated = new Uint8Array(bytes.length * times);
        for (let k = 0; k < times; k++) repeated.set(bytes, k * bytes.length);
        const packed = pack(repeated);
        expect(packed.length).toBeLessThanOrEqual(repeated.length + 4);
        expect(unpack(packed, repeated.length, 'a test')).toEqual(repeated);
      }),
    );
  });

  it('shrink where bits repeat', () => {
    expect(pack(new Uint8Array(100_000)).length).toBeLessThan(200);
  });

  it('are refused when they claim more than there can be, or hold something else', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, k) => k % 7);
    const packed = pack(bytes);
    const refused = (damaged: Uint8Array, most = 300) => {
      try {
        unpack(damaged, most, 'a test');
        return 'taken';
      } catch (thrown) {
        return (thrown as { code?: string }).code;
      }
    };
    expect(refused(packed)).toBe('taken');
    expect(refused(packed, 299)).toBe('ARCHIVE_CORRUPT');
    expect(refused(packed.subarray(0, packed.length - 4))).toBe('ARCHIVE_CORRUPT');
    expect(refused(new Uint8Array(0))).toBe('ARCHIVE_CORRUPT');
    expect(refused(Uint8Array.of(2, 0, 1))).toBe('ARCHIVE_CORRUPT');
    expect(refused(Uint8Array.of(1, 7, 1))).toBe('ARCHIVE_CORRUPT');
    expect(refused(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1, 3, 0), 2 ** 31)).toBe(
      'ARCHIVE_CORRUPT',
    );
  });
});
