import { gunzipSync } from 'node:zlib';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cifarRecords } from './cifar10.mjs';
import { readKnown, sha256, writeWhole } from './files.mjs';
import { INSTALLED, pack } from './installed.mjs';
import { tarFiles } from './tar.mjs';

describe('CIFAR records', () => {
  it('are a label and three planes for every picture', () => {
    // Two pictures of two pixels each.
    const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16);
    expect(Array.from(cifarRecords(pixels, [7, 0], 2))).toEqual([
      7, 1, 4, 2, 5, 3, 6, 0, 11, 14, 12, 15, 13, 16,
    ]);
  });

  it('need as many labels as there are pictures', () => {
    expect(() => cifarRecords(new Uint8Array(12), [1], 2)).toThrow('1 labels');
  });
});

describe('packed samples', () => {
  it('are gzip without a time, the same whenever they are made', () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) >> 5);
    const packed = pack(bytes);
    expect(Buffer.compare(gunzipSync(packed), bytes)).toBe(0);
    expect(Array.from(packed.subarray(4, 8))).toEqual([0, 0, 0, 0]);
    expect(sha256(packed)).toBe(sha256(pack(bytes.slice())));
  });

  it('have names and hashes of their own', () => {
    expect(new Set(INSTALLED.map(({ to }) => to)).size).toBe(INSTALLED.length);
    for (const { to, sha256: hash, sourceSha256 } of INSTALLED) {
      expect(to).toMatch(/^public\/samples\/[\w.-]+$/);
      expect([hash, sourceSha256]).toEqual([
        expect.stringMatching(/^[0-9a-f]{64}$/),
        expect.stringMatching(/^[0-9a-f]{64}$/),
      ]);
    }
  });
});

/** A tar archive of files; one may say a size of its own. */
function tar(files: [string, string, string?][]): Uint8Array {
  const blocks = files.map(([name, content, size = content.length.toString(8)]) => {
    const block = Buffer.alloc(512 + 512 * Math.ceil(content.length / 512));
    block.write(name, 0);
    block.write(size.padStart(11, '0'), 124);
    block.write('0', 156);
    block.write(content, 512);
    return block;
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

describe('tar archives', () => {
  it('are read file by file', () => {
    const files = tarFiles(
      tar([
        ['package/a.json', '[1,2]'],
        ['package/empty', ''],
        ['package/b', 'x'.repeat(700)],
      ]),
    );
    expect([...files.keys()]).toEqual(['package/a.json', 'package/empty', 'package/b']);
    expect(Buffer.from(files.get('package/a.json')!).toString()).toBe('[1,2]');
    expect(files.get('package/b')).toHaveLength(700);
  });

  it('are refused when they are cut short or no such thing', () => {
    const whole = tar([['a', 'x'.repeat(700)]]);
    expect(() => tarFiles(whole.subarray(0, 900))).toThrow('no whole tar');
    expect(() => tarFiles(tar([['a', 'x', 'size?']]))).toThrow('no whole tar');
  });
});

describe('sample files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'samples-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are written whole, folders and all', () => {
    const path = join(folder, 'deep', 'file');
    writeWhole(path, 'first');
    writeWhole(path, 'second');
    expect(readFileSync(path, 'utf8')).toBe('second');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['file']);
  });

  it('are refused when they are missing or others', () => {
    const path = join(folder, 'file');
    expect(() => readKnown(path, 'x', 'Run: it')).toThrow('is missing. Run: it');
    writeFileSync(path, 'other');
    expect(() => readKnown(path, sha256(Buffer.from('one')), 'Run: it')).toThrow('expected');
    expect(readKnown(path, sha256(Buffer.from('other')), '').toString()).toBe('other');
  });
});
