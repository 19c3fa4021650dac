/** PNGs from chunks: of every colour type and depth, with rows, palettes and chunks that are sound or nearly so. */
import { deflateSync, zlibSync } from 'fflate';
import { decodePng, lookAtSamples } from '../../pictures/png.ts';
import { SixteenBits } from '../../pictures/sixteenBits.ts';
import { fullHeader } from '../../pictures/header.ts';
import { ADAM7 } from '../../pictures/pngParts.ts';
import { joined } from '../imageFiles.ts';
import { PNG_SIGNATURE, pngChunk } from '../pictureFiles.ts';
import { damage, type Chance, type FuzzGenerator } from './generator.ts';

const TYPES = [
  { colourType: 0, samples: 1, depths: [1, 2, 4, 8, 16] },
  { colourType: 2, samples: 3, depths: [8, 16] },
  { colourType: 3, samples: 1, depths: [1, 2, 4, 8] },
  { colourType: 4, samples: 2, depths: [8, 16] },
  { colourType: 6, samples: 4, depths: [8, 16] },
] as const;

interface Size {
  width: number;
  height: number;
}

/** Sizes of the pictures that the rows are. */
function passes({ width, height }: Size, isInterlaced: boolean): Size[] {
  if (!isInterlaced) return [{ width, height }];
  return ADAM7.map(([x, y, stepX, stepY]) => ({
    width: Math.ceil((width - x) / stepX),
    height: Math.ceil((height - y) / stepY),
  })).filter((pass) => pass.width > 0 && pass.height > 0);
}

function rows(random: Chance, sizes: readonly Size[], bits: number): Uint8Array {
  const parts: ArrayLike<number>[] = [];
  for (const { width, height } of sizes)
    for (let y = 0; y < height; y++) {
      const filter = random.is(0.01) ? random.whole(0, 255) : random.whole(0, 4);
      parts.push([filter], random.bytes(Math.ceil((width * bits) / 8)));
    }
  return joined(...parts);
}

/** The zlib stream of the rows, perhaps with more or less behind them. */
function packed(random: Chance, content: Uint8Array): Uint8Array {
  if (random.is(0.1)) return zlibSync(joined(content, random.bytes(random.whole(1, 60))));
  if (random.is(0.05)) return zlibSync(content.subarray(0, random.whole(0, content.length)));
  if (random.is(0.03)) return deflateSync(content);
  const stream = zlibSync(content, { level: random.one([0, 1, 6, 9] as const) });
  if (random.is(0.05)) return joined(stream, random.bytes(random.whole(1, 40)));
  return random.is(0.08) ? stream.subarray(0, random.whole(0, stream.length)) : stream;
}

/** Chunks of rows, one or several. */
function dataChunks(random: Chance, stream: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < stream.length || chunks.length === 0;) {
    const to = random.is(0.5) ? stream.length : Math.min(stream.length, from + random.whole(0, 30));
    chunks.push(pngChunk('IDAT', stream.subarray(from, to)));
    from = to;
  }
  return chunks;
}

const bigEndian = (value: number): number[] => [
  (value >>> 24) & 255,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
];

/** A PNG that is sound or nearly so. */
export function makePng(random: Chance): Uint8Array {
  const { colourType, samples, depths } = random.one(TYPES);
  const depth = random.one<number>(depths);
  const size = { width: random.whole(1, 20), height: random.whole(1, 12) };
  const isInterlaced = random.is(0.3);
  const stated = random.is(0.04) ? { width: random.whole(0, 0xffffffff), height: size.height } : size;
  const header = [
    ...bigEndian(stated.width),
    ...bigEndian(stated.height),
    random.is(0.02) ? random.whole(0, 255) : depth,
    random.is(0.02) ? random.whole(0, 255) : colourType,
    random.is(0.01) ? 1 : 0,
    0,
    random.is(0.01) ? 2 : Number(isInterlaced),
  ];
  const chunks = [pngChunk('IHDR', header)];
  const colours = random.is(0.7) ? 2 ** Math.min(depth, 8) : random.whole(0, 300);
  if (colourType === 3 || random.is(0.1))
    chunks.push(pngChunk('PLTE', random.bytes(3 * colours + (random.is(0.03) ? 1 : 0))));
  if (random.is(0.3)) {
    const usual = colourType === 3 ? random.whole(0, colours) : 2 * samples;
    chunks.push(pngChunk('tRNS', random.bytes(random.is(0.3) ? random.whole(0, 300) : usual)));
  }
  if (random.is(0.2)) chunks.push(pngChunk(random.one(['tEXt', 'iCCP', 'acTL', 'sBIT']), random.bytes(9)));
  chunks.push(
    ...dataChunks(random, packed(random, rows(random, passes(size, isInterlaced), depth * samples))),
  );
  if (!random.is(0.1)) chunks.push(pngChunk('IEND', []));
  if (random.is(0.1)) {
    const at = random.whole(0, chunks.length - 1);
    const by = random.whole(0, chunks.length - 1);
    [chunks[at], chunks[by]] = [chunks[by], chunks[at]];
  }
  if (random.is(0.05)) chunks.push(random.one(chunks));
  const png = joined(PNG_SIGNATURE, ...chunks);
  return random.is(0.3) ? damage(random, png) : png;
}

export const PNG_FUZZ: FuzzGenerator = {
  name: 'png',
  make: makePng,
  async read(bytes) {
    fullHeader(bytes);
    const sixteenBits = new SixteenBits('stretch');
    lookAtSamples(bytes, sixteenBits);
    const { width, height, channels, data } = decodePng(bytes, { sixteenBits });
    if (data.length !== width * height * channels)
      throw new RangeError(`${data.length} bytes of ${width} × ${height} × ${channels}`);
  },
};
