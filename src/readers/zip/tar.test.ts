import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { codeOf } from '../../core/testing/codeOf.ts';
import { imageFile, joined, noise } from '../testing/imageFiles.ts';
import { tarEntry, TAR_END } from '../testing/tarFiles.ts';
import { openSource } from '../source.ts';
import { isTar, openTar, tarHas } from './tar.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function open(bytes: Uint8Array): Promise<[string, number[]][]> {
  const source = await openSource(imageFile('a.tar', bytes));
  const files = await openTar(source, SILENT_PULSE);
  const found: [string, number[]][] = [];
  for (const file of files) found.push([file.path, [...(await file.slice(0, file.bytes))]]);
  return found;
}

describe('a tar', () => {
  it('is the files in it, plain or in gzip', async () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}(\/[a-z0-9]{1,8}){0,2}$/), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 5 }),
        async (paths, sizes) => {
          const contents = paths.map((_, k) => noise(sizes[k], k));
          const tar = joined(...paths.map((path, k) => tarEntry(path, contents[k])), TAR_END);
          const expected = paths.map((path, k) => [path, [...contents[k]]]);
          expect(await open(tar)).toEqual(expected);
          expect(await open(new Uint8Array(gzipSync(tar)))).toEqual(expected);
          if (paths.length > 0) expect(isTar(tar)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has long names in the ways of ustar, GNU and POSIX, and nothing but files', async () => {
    const long = `${'folder/'.repeat(30)}ä.png`;
    const record = ` path=${long}\n`;
    const length = encode(record).length + 3;
    const tar = joined(
      tarEntry('dir/', new Uint8Array(0), { type: '5' }),
      tarEntry('b.png', noise(3), { prefix: 'deep' }),
      tarEntry('././@LongLink', encode(`${long}\0`), { type: 'L' }),
      tarEntry('cut', noise(4)),
      tarEntry('pax', encode(`20 mtime=1.123456789\n${length}${record}`.replace(/^20/, '21')), { type: 'x' }),
      tarEntry('cut', noise(5)),
      tarEntry('link', noise(6), { type: '2' }),
      tarEntry('../../up', noise(7)),
      TAR_END,
    );
    expect((await open(tar)).map(([path, { length: bytes }]) => [path, bytes])).toEqual([
      ['deep/b.png', 3],
      [long, 4],
      [long, 5],
      ['up', 7],
    ]);
  });

  it('of an old kind is told by the checksum of its first header', async () => {
    const old = joined(tarEntry('a.csv', noise(9), { magic: '' }), TAR_END);
    expect(isTar(old)).toBe(true);
    expect((await open(old)).map(([path]) => path)).toEqual(['a.csv']);
    expect(isTar(encode('a,b\n1,2\n'.repeat(100)))).toBe(false);
    expect(isTar(new Uint8Array(1024))).toBe(false);
  });

  it('is searched without being held, and no further than need be', async () => {
    const tar = joined(tarEntry('a.csv', noise(900)), tarEntry('b.png', noise(900)), noise(512));
    for (const bytes of [tar, new Uint8Array(gzipSync(tar))]) {
      const source = await openSource(imageFile('a.tar', bytes));
      const has = (ending: string): Promise<boolean> =>
        tarHas(source, (path) => path.endsWith(ending), SILENT_PULSE);
      expect(await has('.csv')).toBe(true);
      expect(await has('.png')).toBe(true);
      expect(await codeOf(has('.bmp'))).toBe('TAR_DAMAGED');
    }
  });

  it('that breaks off or was changed is refused', async () => {
    const tar = joined(tarEntry('a', noise(700)), tarEntry('b', noise(700)), TAR_END);
    for (const length of [400, 600, 1600, 2500])
      for (const packed of [false, true]) {
        const bytes = tar.subarray(0, length);
        expect(await codeOf(open(packed ? new Uint8Array(gzipSync(bytes)) : bytes))).toBe('TAR_DAMAGED');
      }
    const changed = tar.slice();
    changed[124] ^= 1;
    expect(await codeOf(open(changed))).toBe('TAR_DAMAGED');
  });

  it('has sizes of its own in front of a file, and what lies about them is refused', async () => {
    const record = (text: string): Uint8Array => encode(`${text.length + 4} ${text}\n`);
    const extended = (size: number): Uint8Array => tarEntry('pax', record(`size=${size}`), { type: 'x' });
    const entry = tarEntry('a', noise(700));
    // A header that leaves the size to the record.
    const bare = entry.slice();
    bare.set(encode('00000000000'), 124);
    bare.set(encode(' '.repeat(8)), 148);
    const sum = bare.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    bare.set(encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    const rest = joined(tarEntry('b', noise(9)), TAR_END);
    expect((await open(joined(extended(700), bare, rest))).map(([, { length }]) => length)).toEqual([700, 9]);
    for (const size of [200, 4e9, 999_999_999_999_999]) {
      const lie = joined(extended(size), bare, rest);
      for (const bytes of [lie, new Uint8Array(gzipSync(lie))])
        expect(await codeOf(open(bytes))).toBe('TAR_DAMAGED');
    }
  });

  it('that claims more than can be in it is refused', async () => {
    const huge = tarEntry('a', noise(10));
    huge.set(encode('77777777777'), 124);
    huge.set(encode(' '.repeat(8)), 148);
    const sum = huge.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    huge.set(encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    expect(await codeOf(open(huge))).toBe('TAR_DAMAGED');
    expect(await codeOf(open(new Uint8Array(gzipSync(huge))))).toBe('TAR_DAMAGED');
  });
});
