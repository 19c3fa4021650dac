/** GIFs of one frame or two: tables, transparent colours, places of frames and codes that are sound or nearly so. */
import { decodeGif } from '../../pictures/gif.ts';
import { fullHeader } from '../../pictures/header.ts';
import { GIF_END, gifFrame, gifScreen, graphicControl, packLzw } from '../gifFiles.ts';
import { joined } from '../imageFiles.ts';
import { damage, type Chance, type FuzzGenerator } from './generator.ts';

const table = (random: Chance, bits: number): Uint8Array => random.bytes(3 * 2 ** bits);

/** Values in runs, so that their codes grow long. */
function indices(random: Chance, count: number, colours: number): Uint8Array {
  const values = new Uint8Array(count);
  for (let at = 0; at < count;) {
    const value = random.whole(0, colours - 1);
    const end = at + random.whole(1, random.is(0.3) ? 40 : 4);
    while (at < end && at < count) values[at++] = value;
  }
  return values;
}

function frame(random: Chance, screen: { width: number; height: number }, sharedBits: number): Uint8Array {
  const isWhole = random.is(0.6);
  const width = isWhole ? screen.width : random.whole(random.is(0.05) ? 0 : 1, screen.width);
  const height = isWhole ? screen.height : random.whole(random.is(0.05) ? 0 : 1, screen.height);
  const left = random.whole(0, screen.width - width) + (random.is(0.02) ? random.whole(1, 5) : 0);
  const top = random.whole(0, screen.height - height) + (random.is(0.02) ? random.whole(1, 5) : 0);
  const ownBits = sharedBits === 0 || random.is(0.3) ? random.whole(1, 8) : 0;
  const tableBits = ownBits || sharedBits;
  const rootBits = random.is(0.1) ? random.whole(0, 9) : Math.max(2, tableBits);
  const colours = random.is(0.1) ? 2 ** Math.min(rootBits, 8) : 2 ** Math.min(tableBits, rootBits, 8);
  const count = random.is(0.08) ? random.whole(0, 2 * width * height) : width * height;
  return joined(
    random.is(0.5) ? graphicControl(random.is(0.6) ? random.whole(0, colours) : null) : [],
    gifFrame(width, height, {
      ...{ left, top, isInterlaced: random.is(0.3) },
      table: ownBits === 0 ? [] : table(random, ownBits),
    }),
    packLzw(indices(random, count, colours), rootBits, {
      isEnded: !random.is(0.1),
      startsClear: !random.is(0.1),
      clearsWhenFull: !random.is(0.3),
    }),
  );
}

/** A GIF that is sound or nearly so. */
function makeGif(random: Chance): Uint8Array {
  const isLarge = random.is(0.1);
  const screen = { width: random.whole(1, isLarge ? 150 : 24), height: random.whole(1, isLarge ? 90 : 20) };
  const bits = random.is(0.2) ? 0 : random.whole(1, 8);
  const gif = joined(
    gifScreen(screen.width, screen.height, bits === 0 ? [] : table(random, bits)),
    random.is(0.2) ? joined([0x21, random.one([0xfe, 0x01, 0xff])], [3], random.bytes(3), [0]) : [],
    ...random.some(random.is(0.05) ? 0 : 1, 2, () => frame(random, screen, bits)),
    random.is(0.9) ? GIF_END : [],
  );
  return random.is(0.3) ? damage(random, gif) : gif;
}

export const GIF_FUZZ: FuzzGenerator = {
  name: 'gif',
  make: makeGif,
  async read(bytes) {
    const header = fullHeader(bytes);
    const { width, height, data } = decodeGif(bytes);
    if (header !== null && (width !== header.width || height !== header.height))
      throw new RangeError(`${width} × ${height}`);
    if (data.length !== width * height * 4) throw new RangeError(`${data.length} bytes`);
  },
};
