import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { gzip } from 'pako';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../core/testing/codeOf.ts';
import { fileOf } from '../testing/files.ts';
import { gunzipFile, isGzip } from './gunzip.ts';

async function inflated(bytes: Uint8Array, piece = 65_536): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of await gunzipFile(fileOf(bytes, 'x.gz', piece)).open()) parts.push(part.slice());
  return new Uint8Array(Buffer.concat(parts));
}

const TEXT = new TextEncoder().encode('a,b\n1,2\n'.repeat(500));

describe('a gzip file', () => {
  it('is the text inside it, whatever the pieces and the members are', async () => {
    const members = fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(members, fc.integer({ min: 1, max: 50 }), fc.nat(5), async (parts, piece, zeros) => {
        const packed = parts.flatMap((part) => [...gzip(part)]);
        const file = Uint8Array.from([...packed, ...new Uint8Array(zeros)]);
        expect(isGzip(file)).toBe(true);
        expect([...(await inflated(file, piece))]).toEqual(parts.flatMap((part) => [...part]));
      }),
      { numRuns: 60 },
    );
  });

  it('of several pieces of output is whole', async () => {
    const long = Uint8Array.from({ length: 700_000 }, (_, i) => (i * 7919) % 251);
    expect(Buffer.from(long).equals(await inflated(gzip(long)))).toBe(true);
  });

  it('loses its ending in its name', () => {
    expect(gunzipFile(fileOf(TEXT, 'table.csv.gz')).name).toBe('table.csv');
  });

  it('that was cut off anywhere is refused', async () => {
    const file = gzip(TEXT);
    for (let length = 2; length < file.length; length++)
      expect([length, await codeOf(inflated(file.subarray(0, length)))]).toEqual([length, 'GZIP_DAMAGED']);
  });

  it('with a changed byte is refused, or gives the same text where the byte is a mere remark', async () => {
    const file = gzip(TEXT);
    for (let at = 0; at < file.length; at++) {
      const damaged = file.slice();
      damaged[at] ^= 0x41;
      const code = await codeOf(inflated(damaged));
      // Time, flags of the packer and system in the header say nothing about the text.
      const remark = at >= 4 && at <= 9;
      if (code === 'taken') expect([at, remark, await inflated(damaged)]).toEqual([at, true, TEXT]);
      else expect([at, code]).toEqual([at, 'GZIP_DAMAGED']);
    }
  });

  it('followed by something else is refused', async () => {
    expect(await codeOf(inflated(Uint8Array.from([...gzip(TEXT), 1, 2, 3])))).toBe('GZIP_DAMAGED');
  });

  it('that becomes a thousand times its size is stopped early', async () => {
    const bomb = gzipSync(new Uint8Array(96 << 20));
    expect(bomb.length).toBeLessThan(110_000);
    let seen = 0;
    const work = (async () => {
      for await (const part of await gunzipFile(fileOf(bomb, 'bomb.gz')).open()) seen += part.length;
    })();
    expect(await codeOf(work)).toBe('GZIP_TOO_LARGE');
    expect(seen).toBeLessThanOrEqual((64 << 20) + (1 << 18));
  });
});
