/** BMPs with every header, depth and kind of colours that there is, sound or nearly so. */
import { decodeBmp } from '../../pictures/bmp.ts';
import { fullHeader } from '../../pictures/header.ts';
import { bmpFile } from '../bmpFiles.ts';
import { damage, type Chance, type FuzzGenerator } from './generator.ts';

/** Masks of fields side by side, in any order; alpha may be there. */
function masks(random: Chance, bits: number): number[] {
  const order = [0, 1, 2, 3];
  for (let i = 3; i > 0; i--) {
    const j = random.whole(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const found = [0, 0, 0, 0];
  let at = 0;
  for (const field of order) {
    const size = random.is(0.1) ? 0 : random.whole(1, bits === 16 ? 6 : random.is(0.3) ? 11 : 8);
    if (at + size > bits) break;
    found[field] = Number(((1n << BigInt(size)) - 1n) << BigInt(at));
    at += size + (random.is(0.1) ? 1 : 0);
  }
  if (random.is(0.03)) found[random.whole(0, 3)] = random.whole(0, 0xffffffff);
  return found;
}

/** A BMP that is sound or nearly so. */
function makeBmp(random: Chance): Uint8Array {
  const headerBytes = random.is(0.02)
    ? random.whole(10, 130)
    : random.one([12, 40, 40, 52, 56, 64, 108, 124]);
  const isShort = headerBytes === 12;
  const bits = random.is(0.02) ? random.whole(0, 64) : random.one([1, 2, 4, 8, 16, 24, 32, 32]);
  const mayMask = !isShort && (bits === 16 || bits === 32);
  let compression = mayMask && random.is(0.6) ? random.one([3, 3, 3, 6]) : 0;
  if (random.is(0.03)) compression = random.whole(0, 7);
  const width = random.whole(1, 20);
  const height = random.whole(1, 12);
  const tall = !isShort && random.is(0.4) ? -height : height;
  const most = bits <= 8 ? 2 ** bits : 0;
  const colours =
    isShort || random.is(0.6) ? most : random.whole(1, random.is(0.1) ? 300 : Math.max(1, most));
  const saidColours = colours === most && random.is(0.7) ? 0 : colours;
  const there = isShort ? most : Math.min(colours, most);
  const palette = random.bytes((isShort ? 3 : 4) * there);
  const rowBytes = 4 * Math.ceil((width * bits) / 32);
  const rows = random.bytes(rowBytes * height - (random.is(0.05) ? random.whole(1, 3) : 0));
  // Alpha that is nowhere, as many programs leave it.
  if (bits === 32 && random.is(0.3))
    for (let at = 3; at < rows.length; at += 4) rows[at] = random.is(0.02) ? 9 : 0;
  const bmp = bmpFile({
    ...{ width, height: tall, bits, rows, headerBytes, compression, palette, colours: saidColours },
    masks: masks(random, bits),
    gap: random.is(0.1) ? random.whole(1, 9) : 0,
    ...(random.is(0.03) ? { rowsAt: random.whole(0, 300) } : {}),
  });
  return random.is(0.15) ? damage(random, bmp) : bmp;
}

export const BMP_FUZZ: FuzzGenerator = {
  name: 'bmp',
  make: makeBmp,
  async read(bytes) {
    const header = fullHeader(bytes);
    const { width, height, data } = decodeBmp(bytes);
    if (header !== null && (width !== header.width || height !== header.height))
      throw new RangeError(`${width} × ${height}`);
    if (data.length !== width * height * 4) throw new RangeError(`${data.length} bytes`);
  },
};
