/** Zips from their directory: entries listed twice, names in fields, 64-bit numbers, bytes in front, sizes that lie. */
import { deflateSync } from 'fflate';
import { LabError } from '../../../core/errors.ts';
import { SILENT_PULSE } from '../../../core/pulse.ts';
import { readImages } from '../../readImages.ts';
import { crc32 } from '../../zip/crc32.ts';
import { entryFile, openZip } from '../../zip/zip.ts';
import { imageFile, joined } from '../imageFiles.ts';
import { decodeGrey } from '../pictureFiles.ts';
import { damage, type Chance, type FuzzGenerator } from './generator.ts';
import { makePng } from './pngFuzz.ts';

const encoder = new TextEncoder();
const short = (value: number): number[] => [value & 255, (value >>> 8) & 255];
const long = (value: number): number[] => [...short(value & 0xffff), ...short(value >>> 16)];
const longer = (value: number): number[] => [...long(value), 0, 0, 0, 0];

const PATHS = [
  'cat/1.png',
  'cat/2.png',
  'dog/1.png',
  'dog/2.png',
  'train/cat/1.png',
  'val/dog/1.png',
  'labels.csv',
  'x.npy',
  '../up.png',
  'C:\\a\\b.png',
  'm\u00e4use/1.png',
  'cat/',
  '__MACOSX/cat/1.png',
  'inner.zip',
  '',
];

function extraFields(random: Chance, name: Uint8Array, numbers: readonly number[]): Uint8Array {
  const fields: number[][] = [];
  const add = (id: number, content: readonly number[]): void => {
    const length = random.is(0.04) ? random.whole(0, 0xffff) : content.length;
    fields.push([...short(id), ...short(length), ...content]);
  };
  if (random.is(0.2)) add(0x5455, [...random.bytes(5)]);
  if (random.is(0.2)) {
    const crc = random.is(0.3) ? random.whole(0, 0xffffffff) : crc32(name);
    add(0x7075, [random.is(0.1) ? 2 : 1, ...long(crc), ...encoder.encode(random.one(PATHS))]);
  }
  if (numbers.length > 0 || random.is(0.1)) add(1, numbers.flatMap(longer));
  return joined(...fields);
}

/** Contents of entries: some of what a data set holds. */
type MakeContent = (random: Chance, path: string) => Uint8Array;

/** A zip of up to `most` entries that is sound or nearly so. */
function makeZip(random: Chance, most: number, makeContent: MakeContent): Uint8Array {
  const prefix = random.is(0.2) ? random.bytes(random.whole(1, 40)) : new Uint8Array(0);
  const countsPrefix = random.is(0.5);
  const locals: Uint8Array[] = [prefix];
  const list: Uint8Array[] = [];
  let at = prefix.length;
  for (let left = random.whole(0, most); left > 0; left--) {
    const path = random.one(PATHS);
    const name = random.is(0.1) ? random.bytes(random.whole(0, 12)) : encoder.encode(path);
    const content = makeContent(random, path);
    const isPacked = random.is(0.6);
    const data = isPacked ? deflateSync(content) : content;
    const lie = (value: number): number => (random.is(0.03) ? random.whole(0, 0xffffffff) : value);
    const method = random.is(0.03) ? random.whole(0, 99) : isPacked ? 8 : 0;
    const flags = (random.is(0.02) ? 1 : 0) | (random.is(0.5) ? 0x800 : 0) | (random.is(0.2) ? 8 : 0);
    const crc = lie(crc32(content));
    const sizes = [lie(data.length), lie(content.length)];
    const from = lie(countsPrefix ? at : at - prefix.length);
    const is64 = random.is(0.1);
    const local = joined(
      long(0x04034b50),
      [20, 0, ...short(flags), ...short(method), 0, 0, 0, 0, ...long(crc), ...sizes.flatMap(long)],
      [...short(name.length), 0, 0],
      name,
      data,
    );
    locals.push(local);
    at += local.length;
    const extra = extraFields(random, name, is64 ? [sizes[1], sizes[0], from] : []);
    const listed = is64 ? [0xffffffff, 0xffffffff] : sizes;
    list.push(
      joined(
        [...long(0x02014b50), 20, random.one([0, 3]), 20, 0, ...short(flags), ...short(method), 0, 0, 0, 0],
        [...long(crc), ...listed.flatMap(long), ...short(name.length), ...short(extra.length), 0, 0],
        [0, 0, 0, 0, ...long(random.is(0.03) ? 0xa0000000 : 0), ...long(is64 ? 0xffffffff : from)],
        name,
        extra,
      ),
    );
    // The same once more, as a zip that was added to has it.
    if (random.is(0.1)) list.push(list[list.length - 1]);
  }
  const directory = joined(...list);
  const count = random.is(0.03) ? random.whole(0, 0xffff) : list.length;
  const place = countsPrefix ? at : at - prefix.length;
  const comment = random.is(0.1) ? random.bytes(random.whole(1, 30)) : new Uint8Array(0);
  const has64 = random.is(0.1);
  const record = has64
    ? joined(
        [...long(0x06064b50), ...longer(44), 45, 0, 45, 0, ...long(0), ...long(0)],
        [count, count, directory.length, place].flatMap(longer),
        [...long(0x07064b50), ...long(0), ...longer(place + directory.length), ...long(1)],
      )
    : new Uint8Array(0);
  const end = [
    ...long(0x06054b50),
    ...[0, 0, 0, 0, ...short(count), ...short(count)],
    ...(has64 ? [...long(0xffffffff), ...long(0xffffffff)] : [...long(directory.length), ...long(place)]),
    ...short(comment.length),
  ];
  const zip = joined(...locals, directory, record, end, comment);
  return random.is(0.3) ? damage(random, zip) : zip;
}

export const ZIP_FUZZ: FuzzGenerator = {
  name: 'zip',
  make: (random) => makeZip(random, 8, () => random.bytes(random.whole(0, 60))),
  async read(bytes) {
    const zip = await openZip(imageFile('some.zip', bytes));
    for (const entry of zip.entries) {
      try {
        await entryFile(zip, entry).slice(0, entry.bytes);
      } catch (thrown) {
        if (!(thrown instanceof LabError)) throw thrown;
      }
    }
    await zip.readEntries(zip.entries, () => {}, 16);
  },
};

/** Zips of pictures, the whole way to a set. */
export const PICTURE_ZIP_FUZZ: FuzzGenerator = {
  name: 'zip-of-pictures',
  make: (random) =>
    makeZip(random, 30, (_, path) =>
      path.endsWith('.png') ? makePng(random) : random.bytes(random.whole(0, 60)),
    ),
  async read(bytes) {
    await readImages([imageFile('pictures.zip', bytes)], {}, decodeGrey, SILENT_PULSE);
  },
};
