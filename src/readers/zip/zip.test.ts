import fc from 'fast-check';
import { deflateSync, strToU8, Zip, ZipDeflate, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../core/testing/codeOf.ts';
import { LabError } from '../../core/errors.ts';
import { imageFile, joined, noise } from '../testing/imageFiles.ts';
import { crc32 } from './crc32.ts';
import { inflateExactly } from '../../core/bits/inflate.ts';
import { cleanPath } from './names.ts';
import { endsAsZip, entryFile, isZip, openZip, type ZipDirectory } from './zip.ts';

const open = (bytes: Uint8Array) => openZip(imageFile('some.zip', bytes));

/** Every entry's content by path, or its error's code. */
async function contents(zip: ZipDirectory): Promise<Map<string, Uint8Array | string>> {
  const found = new Map<string, Uint8Array | string>();
  await zip.readEntries(zip.entries, ({ path }, content) => {
    found.set(path, content instanceof LabError ? content.code : content.slice());
  });
  return found;
}

/** Where a signature stands, the nth time; the first place is 0. */
function find(bytes: Uint8Array, signature: number, nth = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= bytes.length; at++)
    if (view.getUint32(at, true) === signature && nth-- === 0) return at;
  throw new Error('not found');
}

const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;

/** A copy with changed 32-bit numbers. */
function patched(bytes: Uint8Array, ...numbers: [at: number, value: number][]): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (const [at, value] of numbers) view.setUint32(at, value, true);
  return copy;
}

describe('crc32', () => {
  it('gives the published check value, of a part too', () => {
    expect(crc32(strToU8('123456789'))).toBe(0xcbf43926);
    expect(crc32(strToU8('xx123456789y'), 2, 11)).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
  });
});

describe('openZip', () => {
  it('gives back what was packed, stored and deflated, in the order of the list', async () => {
    const file = fc.record({ bytes: fc.uint8Array({ maxLength: 300 }), level: fc.constantFrom(0, 6) });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 8 }), async (files) => {
        const packed: Zippable = {};
        files.forEach(({ bytes, level }, i) => (packed[`${i % 3}/${i}.bin`] = [bytes, { level }]));
        const zip = await open(zipSync(packed));
        const found = await contents(zip);
        expect(zip.entries.map(({ path }) => path)).toEqual(Object.keys(packed));
        files.forEach(({ bytes }, i) => expect(found.get(`${i % 3}/${i}.bin`)).toEqual(bytes));
      }),
      { numRuns: 40 },
    );
  });

  it('reads neighbours in one slice, and of large entries the beginning alone', async () => {
    const files: Zippable = {};
    for (let i = 0; i < 500; i++) files[`small/${i}`] = [noise(1000, i), { level: 0 }];
    files.large = [noise(2_000_000), { level: 6 }];
    const file = imageFile('a.zip', zipSync(files));
    let slices = 0;
    const zip = await openZip({
      ...file,
      slice: (from, to) => {
        slices++;
        return file.slice(from, to);
      },
    });
    slices = 0;
    let start = new Uint8Array(0);
    await zip.readEntries(
      zip.entries,
      ({ path }, content) => {
        if (path === 'large' && content instanceof Uint8Array) start = content.slice();
      },
      5000,
    );
    expect(slices).toBe(2);
    expect(start.length).toBeGreaterThanOrEqual(5000);
    expect(start.length).toBeLessThan(400_000);
    expect(start.subarray(0, 5000)).toEqual(noise(5000));
  });

  it('reads zips with sizes behind the content, with a comment, and behind a program', async () => {
    const pieces: Uint8Array[] = [];
    const writer = new Zip((_, piece) => pieces.push(piece));
    const one = new ZipDeflate('one.txt');
    writer.add(one);
    one.push(strToU8('content'), true);
    writer.end();
    const zip = joined(...pieces);
    const comment = strToU8('a comment with PK\x05\x06 in it');
    const commented = joined(zip, comment);
    commented[zip.length - 2] = comment.length;
    for (const bytes of [zip, commented, joined(noise(1000), commented)])
      expect((await contents(await open(bytes))).get('one.txt')).toEqual(strToU8('content'));
  });

  it('reads 64-bit numbers', async () => {
    const plain = zipSync({ 'a.bin': [noise(40), { level: 0 }] });
    const entry = find(plain, ENTRY);
    const end = find(plain, END);
    // The list entry once more, its sizes and place in a zip64 field.
    const field = new DataView(new ArrayBuffer(28));
    field.setUint16(0, 1, true);
    field.setUint16(2, 24, true);
    field.setUint32(4, 40, true);
    field.setUint32(12, 40, true);
    const list = patched(plain.subarray(entry, end), [20, 0xffffffff], [24, 0xffffffff], [42, 0xffffffff]);
    list[30] = 28;
    const listed = joined(list, new Uint8Array(field.buffer));
    const end64 = new DataView(new ArrayBuffer(56 + 20));
    end64.setUint32(0, 0x06064b50, true);
    end64.setUint32(4, 44, true);
    end64.setUint32(24, 1, true);
    end64.setUint32(32, 1, true);
    end64.setUint32(40, listed.length, true);
    end64.setUint32(48, entry, true);
    end64.setUint32(56, 0x07064b50, true);
    end64.setUint32(64, entry + listed.length, true);
    const tail = patched(plain.subarray(end), [12, 0xffffffff], [16, 0xffffffff]);
    const large = joined(plain.subarray(0, entry), listed, new Uint8Array(end64.buffer), tail);
    // Behind other bytes, which none of its numbers counts, too.
    for (const bytes of [large, joined(noise(200), large)])
      expect((await contents(await open(bytes))).get('a.bin')).toEqual(noise(40));
  });

  it('leaves out what operating systems add, links and folders, and keeps empty folders apart', async () => {
    const zip = await open(
      zipSync({
        '__MACOSX/cat/._1.png': strToU8('x'),
        '.DS_Store': strToU8('x'),
        'cat/Thumbs.db': strToU8('x'),
        'cat/1.png': strToU8('x'),
        'dog/': new Uint8Array(0),
        link: [strToU8('cat/1.png'), { os: 3, attrs: 0o120777 << 16 }],
      }),
    );
    expect(zip.entries.map(({ path }) => path)).toEqual(['cat/1.png']);
    expect(zip.folders).toEqual(['dog']);
  });

  it('reads names in UTF-8 and in code page 437, and makes hostile ones harmless', async () => {
    const named = zipSync({ 'AAAA/1.png': strToU8('x') });
    const entry = find(named, ENTRY);
    // é as one byte of code page 437, without the flag of UTF-8.
    named[entry + 46] = 0x82;
    expect((await open(named)).entries[0].path).toBe('éAAA/1.png');
    const zip = await open(
      zipSync({
        '../../up/1.png': strToU8('1'),
        '/root/2.png': strToU8('2'),
        'C:\\windows\\3.png': strToU8('3'),
        '__proto__/4.png': strToU8('4'),
        'zero\0byte/\u202egnp.5': strToU8('5'),
        [`${'x'.repeat(60_000)}/6.png`]: strToU8('6'),
        '動物/ねこ.png': strToU8('7'),
      }),
    );
    const paths = zip.entries.map(({ path }) => path);
    expect(paths.slice(0, 5)).toEqual([
      'up/1.png',
      'root/2.png',
      'windows/3.png',
      '__proto__/4.png',
      'zero\ufffdbyte/\ufffdgnp.5',
    ]);
    expect(paths[5].length).toBeLessThanOrEqual(1024);
    expect(paths[6]).toBe('動物/ねこ.png');
    expect((await contents(zip)).size).toBe(7);
  });

  it('cleans paths to parts that lead nowhere else', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('.', '/', '\\', 'a', 'C:', '\0', '\u202e', '\ud800') }),
        (path) => {
          const parts = cleanPath(path).split('/');
          expect(parts.includes('..') || parts.includes('.') || cleanPath(path).startsWith('/')).toBe(false);
          expect(cleanPath(path).isWellFormed()).toBe(true);
          expect(cleanPath(path)).not.toMatch(/[\\\0\u202e]/);
        },
      ),
    );
  });
});

/** An entry for `listedZip`. */
interface Listed {
  name: Uint8Array;
  content: Uint8Array;
  flags?: number;
  extra?: Uint8Array;
}

const short = (value: number): number[] => [value & 255, (value >>> 8) & 255];
const long = (value: number): number[] => [...short(value & 0xffff), ...short(value >>> 16)];

/** A zip of stored entries, which may have the same name, with extra fields in its list. */
function listedZip(entries: readonly Listed[]): Uint8Array {
  const locals: Uint8Array[] = [];
  const list: Uint8Array[] = [];
  let at = 0;
  for (const { name, content, flags = 0x800, extra = new Uint8Array(0) } of entries) {
    const about = [...short(flags), 0, 0, 0, 0, 0, 0, ...long(crc32(content))];
    const sizes = [...long(content.length), ...long(content.length), ...short(name.length)];
    list.push(
      joined(
        [...long(ENTRY), 20, 0, 20, 0, ...about, ...sizes, ...short(extra.length), 0, 0],
        [...new Uint8Array(8), ...long(at)],
        name,
        extra,
      ),
    );
    locals.push(joined(long(LOCAL), [20, 0], about, sizes, [0, 0], name, content));
    at += locals.at(-1)!.length;
  }
  const directory = joined(...list);
  const counts = [...short(entries.length), ...short(entries.length)];
  const end = [...long(END), 0, 0, 0, 0, ...counts, ...long(directory.length), ...long(at), 0, 0];
  return joined(...locals, directory, end);
}

const listed = (name: string, content: string): Listed => ({
  name: strToU8(name),
  content: strToU8(content),
});

describe('a zip that lists a file twice', () => {
  it('has the last one, under each way to write its path, and says so', async () => {
    const zip = await open(
      listedZip([
        listed('cat/1.png', 'first'),
        listed('dog/1.png', 'other'),
        listed('cat/1.png', 'second'),
        listed('./cat\\1.png', 'third'),
      ]),
    );
    expect(zip.replaced).toEqual(['cat/1.png', 'cat/1.png']);
    const found = await contents(zip);
    expect([...found].sort()).toEqual([
      ['cat/1.png', strToU8('third')],
      ['dog/1.png', strToU8('other')],
    ]);
  });

  it('is not refused for what was replaced, and has nothing where the last one cannot be read', async () => {
    const locked = { ...listed('a.png', 'first'), flags: 1 };
    const sound = await open(listedZip([locked, listed('a.png', 'second')]));
    expect((await contents(sound)).get('a.png')).toEqual(strToU8('second'));
    expect(await codeOf(open(listedZip([listed('a.png', 'first'), locked])))).toBe('ZIP_ENCRYPTED');
    const bytes = listedZip([listed('a.png', 'first'), listed('a.png', 'second')]);
    const far = await open(patched(bytes, [find(bytes, ENTRY, 1) + 42, 0x7fffffff]));
    expect(far.entries).toEqual([]);
    expect(far.skipped).toMatchObject([{ path: 'a.png', code: 'ZIP_DAMAGED' }]);
  });

  it('keeps apart names that are alike only when they are cleaned', async () => {
    const zip = await open(listedZip([listed('a\u200b.png', 'one'), listed('a\u200c.png', 'two')]));
    expect(zip.replaced).toEqual([]);
    expect(zip.entries).toHaveLength(2);
  });

  it('reads one entry that is listed twice once', async () => {
    const once = zipSync({ 'a.png': strToU8('content') });
    const [from, to] = [find(once, ENTRY), find(once, END)];
    const twice = joined(once.subarray(0, to), once.subarray(from));
    const end = find(twice, END);
    twice.set([2, 0, 2, 0], end + 8);
    const zip = await open(patched(twice, [end + 12, 2 * (to - from)]));
    expect((await contents(zip)).get('a.png')).toEqual(strToU8('content'));
  });
});

describe('a name in a Unicode Path field', () => {
  const field = (name: Uint8Array, path: string, version = 1): Uint8Array => {
    const content = joined([version, ...long(crc32(name))], strToU8(path));
    return joined([...short(0x5455), 1, 0, 7], short(0x7075), short(content.length), content);
  };
  const pathOf = async (name: Uint8Array, extra: Uint8Array): Promise<string> =>
    (await open(listedZip([{ name, content: strToU8('x'), flags: 0, extra }]))).entries[0].path;
  const bytes = Uint8Array.from([0xa4, 0x2f, 0x31]);

  it('is taken where it was made for the name in the list', async () => {
    expect(await pathOf(bytes, field(bytes, 'ねこ/1.png'))).toBe('ねこ/1.png');
    const plain = strToU8('??/1.png');
    expect(await pathOf(plain, field(plain, '犬/1.png'))).toBe('犬/1.png');
  });

  it('is passed over where it was not, or is of another version, empty or cut off', async () => {
    expect(await pathOf(bytes, field(strToU8('other'), 'ねこ/1.png'))).toBe('ñ/1');
    expect(await pathOf(bytes, field(bytes, 'ねこ/1.png', 2))).toBe('ñ/1');
    expect(await pathOf(bytes, field(bytes, ''))).toBe('ñ/1');
    expect(await pathOf(bytes, field(bytes, 'ねこ/1.png').subarray(0, 12))).toBe('ñ/1');
  });
});

describe('a zip behind other bytes', () => {
  const zip = zipSync({ 'a/1.png': strToU8('one'), 'b/2.png': strToU8('two') });
  const behind = (prefix: Uint8Array, name = 'set.zip') => imageFile(name, joined(prefix, zip));

  it('is known by its end, whether its places count the bytes or not', async () => {
    const script = strToU8('#!/bin/sh\nexit\n');
    expect(await endsAsZip(behind(script))).toBe(true);
    expect((await contents(await openZip(behind(script)))).get('b/2.png')).toEqual(strToU8('two'));
    const counted = joined(script, zip);
    const [entry, end] = [find(counted, ENTRY), find(counted, END)];
    const moved = patched(
      counted,
      [entry + 42, script.length],
      [find(counted, ENTRY, 1) + 42, script.length + find(zip, LOCAL, 1)],
      [end + 16, entry],
    );
    expect(await endsAsZip(imageFile('set.zip', moved))).toBe(true);
    expect((await contents(await open(moved))).get('b/2.png')).toEqual(strToU8('two'));
  });

  it('is not made of a file that only mentions one', async () => {
    expect(await endsAsZip(imageFile('a.bin', joined(noise(100), strToU8('PK\x05\x06'), noise(40))))).toBe(
      false,
    );
    expect(await endsAsZip(imageFile('a.bin', noise(5)))).toBe(false);
    expect(await endsAsZip(imageFile('a.bin', zipSync({})))).toBe(false);
  });
});

describe('a damaged zip', () => {
  const sound = zipSync({
    'a/1': [noise(500, 1), { level: 0 }],
    'a/2': [new Uint8Array(3000).fill(7), { level: 6 }],
    'a/3': [noise(500, 3), { level: 0 }],
  });
  const entryOf = (nth: number) => find(sound, ENTRY, nth);

  it('is refused when its end is cut off, anywhere', async () => {
    for (let length = 0; length < sound.length; length += 41)
      expect(await codeOf(open(sound.slice(0, length)))).toBe('ZIP_DAMAGED');
    expect(await codeOf(open(noise(70_000)))).toBe('ZIP_DAMAGED');
  });

  it('loses the entries alone whose bytes, checksum or size are wrong', async () => {
    const first = find(sound, LOCAL);
    const cases: [Uint8Array, string][] = [
      [patched(sound, [first, 0]), 'a/1'],
      [patched(sound, [first + 40, 0x12345678]), 'a/1'],
      [patched(sound, [entryOf(1) + 24, 2999]), 'a/2'],
      [patched(sound, [entryOf(1) + 24, 3001]), 'a/2'],
      [patched(sound, [entryOf(1) + 16, 1]), 'a/2'],
      [patched(sound, [entryOf(0) + 24, 499]), 'a/1'],
      [patched(sound, [entryOf(0) + 20, 510], [entryOf(0) + 24, 510]), 'a/1'],
      // Two entries of one place: the bytes belong to one of them.
      [patched(sound, [entryOf(1) + 42, 0]), 'a/'],
    ];
    for (const [bytes, path] of cases) {
      const found = await contents(await open(bytes));
      const bad = [...found].filter(([, content]) => content === 'ZIP_DAMAGED').map(([name]) => name);
      expect(bad.length).toBeGreaterThan(0);
      for (const name of bad) expect(name.startsWith(path)).toBe(true);
      expect(found.get('a/3')).toEqual(noise(500, 3));
    }
  });

  it('names entries that lie beyond its end, are packed otherwise, or are zips', async () => {
    const far = await open(patched(sound, [entryOf(1) + 42, 0x7fffffff]));
    expect(far.skipped).toMatchObject([{ path: 'a/2', code: 'ZIP_DAMAGED' }]);
    const packed = sound.slice();
    packed[entryOf(0) + 10] = 93;
    const other = await open(packed);
    expect(other.skipped).toMatchObject([{ path: 'a/1', code: 'PICTURE_UNSUPPORTED' }]);
    expect(other.skipped[0].what).toContain('93 (zstd)');
    const outer = await open(zipSync({ 'inner.zip': sound, 'a.png': strToU8('x') }));
    expect(outer.innerZips).toBe(1);
    expect(outer.skipped[0].path).toBe('inner.zip');
    expect(outer.entries.map(({ path }) => path)).toEqual(['a.png']);
  });

  it('is refused with words when it is encrypted', async () => {
    const bytes = sound.slice();
    bytes[entryOf(2) + 8] |= 1;
    expect(await codeOf(open(bytes))).toBe('ZIP_ENCRYPTED');
  });

  it('never throws anything without a code, whatever byte is changed', async () => {
    const bytes = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(bytes, async (changes) => {
        const changed = sound.slice();
        for (const [at, by] of changes) changed[at] ^= by;
        const work = open(changed).then(contents);
        expect(['taken', 'ZIP_DAMAGED', 'ZIP_ENCRYPTED', 'ZIP_TOO_LARGE']).toContain(await codeOf(work));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a zip bomb', () => {
  it('is refused by what it declares, before anything is unpacked', async () => {
    const bomb = zipSync({ 'a.png': [new Uint8Array(100_000), { level: 9 }] });
    const entry = find(bomb, ENTRY);
    expect(await codeOf(open(patched(bomb, [entry + 24, 0xfffffff0])))).toBe('ZIP_TOO_LARGE');
    const end = find(bomb, END);
    const many = patched(bomb, [end + 12, 0x0fffffff]);
    expect(await codeOf(open(many))).toBe('ZIP_DAMAGED');
  });

  it('unpacks to what it declares and not one byte more', async () => {
    const bomb = zipSync({ 'a.png': [new Uint8Array(3_000_000), { level: 9 }] });
    const zip = await open(patched(bomb, [find(bomb, ENTRY) + 24, 4000]));
    expect((await contents(zip)).get('a.png')).toBe('ZIP_DAMAGED');
  });

  it('of large streams is stopped on the way', () => {
    const content = joined(noise(400_000), new Uint8Array(2_000_000), noise(400_000));
    const stream = deflateSync(content, { level: 1 });
    expect(stream.length).toBeGreaterThan(1 << 19);
    expect(crc32(inflateExactly(stream, content.length)!)).toBe(crc32(content));
    expect(inflateExactly(stream, content.length - 1)).toBeNull();
    expect(inflateExactly(stream, content.length + 1)).toBeNull();
    expect(inflateExactly(stream, 900_000)).toBeNull();
    expect(inflateExactly(stream.subarray(0, -1), content.length)).toBeNull();
  });
});

describe('entryFile', () => {
  it('is an entry as a file', async () => {
    const zip = await open(zipSync({ 'a.txt': strToU8('0123456789'), 'b.txt': strToU8('b') }));
    const file = entryFile(zip, zip.entries[0]);
    expect(file).toMatchObject({ path: 'a.txt', bytes: 10 });
    expect(await file.slice(2, 5)).toEqual(strToU8('234'));
    expect(await file.slice(8, 12)).toEqual(strToU8('89'));
  });
});

describe('isZip', () => {
  it('knows a zip by its first bytes, an empty one too', () => {
    expect(isZip(zipSync({ a: strToU8('a') }))).toBe(true);
    expect(isZip(zipSync({}))).toBe(true);
    expect(isZip(strToU8('PK, said the player'))).toBe(false);
    expect(isZip(new Uint8Array(2))).toBe(false);
  });
});
