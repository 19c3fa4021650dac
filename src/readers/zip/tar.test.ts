import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { codeOf } from '../../core/testing/codeOf.ts';
import { imageFile, joined, noise } from '../testing/imageFiles.ts';
import { openSource } from '../source.ts';
import { isTar, openTar } from './tar.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function entry(name: string, content: Uint8Array, type = '0', prefix = ''): Uint8Array {
  const block = new Uint8Array(512);
  const put = (at: number, text: string): void => block.set(encode(text), at);
  put(0, name);
  put(124, `${content.length.toString(8).padStart(11, '0')}\0`);
  put(148, ' '.repeat(8));
  put(156, type);
  put(257, 'ustar\u000000');
  put(345, prefix);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return joined(block, content, new Uint8Array((512 - (content.length % 512)) % 512));
}

const END = new Uint8Array(1024);

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
          const tar = joined(...paths.map((path, k) => entry(path, contents[k])), END);
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
      entry('dir/', new Uint8Array(0), '5'),
      entry('b.png', noise(3), '0', 'deep'),
      entry('././@LongLink', encode(`${long}\0`), 'L'),
      entry('cut', noise(4)),
      entry('pax', encode(`20 mtime=1.123456789\n${length}${record}`.replace(/^20/, '21')), 'x'),
      entry('cut', noise(5)),
      entry('link', noise(6), '2'),
      entry('../../up', noise(7)),
      END,
    );
    expect((await open(tar)).map(([path, { length: bytes }]) => [path, bytes])).toEqual([
      ['deep/b.png', 3],
      [long, 4],
      [long, 5],
      ['up', 7],
    ]);
  });

  it('that breaks off or was changed is refused', async () => {
    const tar = joined(entry('a', noise(700)), entry('b', noise(700)), END);
    for (const length of [400, 600, 1600, 2500])
      for (const packed of [false, true]) {
        const bytes = tar.subarray(0, length);
        expect(await codeOf(open(packed ? new Uint8Array(gzipSync(bytes)) : bytes))).toBe('IMAGES_NONE');
      }
    const changed = tar.slice();
    changed[124] ^= 1;
    expect(await codeOf(open(changed))).toBe('IMAGES_NONE');
  });

  it('that claims more than can be in it is refused', async () => {
    const huge = entry('a', noise(10));
    huge.set(encode('77777777777'), 124);
    huge.set(encode(' '.repeat(8)), 148);
    const sum = huge.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    huge.set(encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    expect(await codeOf(open(huge))).toBe('IMAGES_NONE');
    expect(await codeOf(open(new Uint8Array(gzipSync(huge))))).toBe('IMAGES_NONE');
  });
});
