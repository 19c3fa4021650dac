/** Shards of pictures: Parquet as hubs have it, and tars with labels beside the pictures; sound, nearly so, or damaged. */
import { SILENT_PULSE } from '../../../core/pulse.ts';
import { readImages } from '../../readImages.ts';
import { imageFile } from '../imageFiles.ts';
import { decodeGrey, plainPng } from '../pictureFiles.ts';
import { classLabel, shardBytes, type HubRow } from '../shardFiles.ts';
import { tarBytes, tarEntry } from '../tarFiles.ts';
import { damage, type Chance, type FuzzGenerator } from './generator.ts';
import { makePng } from './pngFuzz.ts';

const encoder = new TextEncoder();
const NAMES = ['cat', 'dog', '', '__proto__', 'cat'];
const WORDS = ['cat', 'dog', '', '7', '{"label": 1}', '{"class": {}}', '[', '\u0000'];

const picture = (random: Chance): Uint8Array =>
  random.is(0.1) ? makePng(random) : plainPng(2, 2, [random.whole(0, 255)]);

function makeShard(random: Chance): Uint8Array {
  const isText = random.is(0.2);
  const hasPart = random.is(0.3);
  const rows = Array.from({ length: random.whole(4, 20) }, (): HubRow => {
    const bytes = random.is(0.05)
      ? null
      : random.is(0.05)
        ? random.bytes(random.whole(0, 9))
        : picture(random);
    const label = random.is(0.03) ? random.whole(-2, 9) : random.whole(0, 1);
    return {
      image: random.is(0.03)
        ? null
        : { bytes, path: random.is(0.5) ? random.one(['a/1.png', 'b/2.png', '../x']) : null },
      label: isText ? random.one(WORDS) : label,
      ...(hasPart && { split: random.is(0.02) ? 'x' : random.one(['train', 'test', 'validation']) }),
    };
  });
  const stated = random.is(0.1) ? random.one([null, 7, { names: 'x' }, []]) : classLabel(NAMES);
  const features = random.is(0.2) ? null : { label: isText ? { _type: 'Value' } : stated };
  const bytes = shardBytes(rows, { features, rowGroupSize: random.whole(1, 9) });
  return random.is(0.4) ? damage(random, bytes) : bytes;
}

function makeTar(random: Chance): Uint8Array {
  const files: Record<string, Uint8Array | string> = {};
  const kind = random.one(['cls', 'json', 'cls']);
  for (let k = random.whole(3, 12); k > 0; k--) {
    files[`${random.is(0.1) ? '../' : ''}${k}.png`] = picture(random);
    const label = random.is(0.1) ? random.one(WORDS) : String(k % 2);
    if (!random.is(0.05)) files[`${k}.${kind}`] = kind === 'json' ? `{"label": ${label}}` : label;
  }
  const size = random.one(['path=x/y.png', `size=${random.whole(0, 2 ** 31)}`, `size=${'9'.repeat(20)}`, '']);
  const extended = tarEntry('pax', encoder.encode(`${size.length + 4} ${size}\n`), {
    type: random.one(['x', 'L', 'g']),
  });
  const tar = tarBytes(files);
  const all = random.is(0.3) ? Uint8Array.from([...extended, ...tar]) : tar;
  return random.is(0.3) ? damage(random, all) : all;
}

export const SHARD_FUZZ: FuzzGenerator = {
  name: 'shards',
  make: (random) => (random.is(0.6) ? makeShard(random) : makeTar(random)),
  async read(bytes) {
    await readImages([imageFile('train-00000-of-00001.x', bytes)], {}, decodeGrey, SILENT_PULSE);
  },
};
