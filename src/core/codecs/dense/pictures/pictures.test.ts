import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { layOut } from '../../../bits/lanes.ts';
import { emptyPlanes } from '../../../bits/bitPlanes.ts';
import { LabError } from '../../../errors.ts';
import { SILENT_PULSE } from '../../../pulse.ts';
import type { Effort, PictureShape, RecordGroup } from '../../codec.ts';
import { measureStreams } from '../measure.ts';
import type { DenseModel } from '../family.ts';
import { STREAMS } from '../sections.ts';
import { encodeStreams } from '../streams.ts';
import { fitPictures } from './fit.ts';
import { densePictures } from './index.ts';
import { CONTEXTS, PREDICTION } from './routes.ts';

interface Pictures {
  shape: PictureShape;
  count: number;
  pixels: Uint8Array;
}

/** Whole numbers below 2^32 that look like chance. */
function* chance(seed: number): Generator<number, never> {
  for (let state = seed >>> 0; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield (state ^ (state >>> 15)) >>> 0;
  }
}

type Painter = (x: number, y: number, channel: number, next: () => number) => number;

/** What pictures show, each painter made anew for a picture. */
const PAINTERS: Record<string, (next: () => number, shape: PictureShape) => Painter> = {
  noise: () => (_x, _y, _c, next) => next() & 255,
  constant: (next) => {
    const tone = next() & 255;
    return () => tone;
  },
  slopes: (next) => {
    const [a, b, c] = [next() % 9, next() % 9, next() & 127];
    return (x, y, channel, own) => (c + a * x + b * y + 20 * channel + (own() % 3)) & 255;
  },
  strokes: (next, { width, height }) => {
    const ground = next() % 2 === 0 ? 0 : 255;
    const [at, slope] = [next() % width, (next() % 3) - 1];
    return (x, y) => {
      const off = Math.abs(x - at - slope * (y - (height >> 1)));
      return off > 1 ? ground : ground ^ (off === 0 ? 255 : 90);
    };
  },
  tones: () => (x, y, channel, next) => [3, 80, 200][(x * y + channel + (next() % 2)) % 3],
};

function paint(shape: PictureShape, count: number, kind: string, seed: number): Pictures {
  const source = chance(seed);
  const next = (): number => source.next().value;
  const { width, height, channels } = shape;
  const pixels = new Uint8Array(count * width * height * channels);
  for (let p = 0, k = 0; p < count; p++) {
    const painter = PAINTERS[kind](next, shape);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let channel = 0; channel < channels; channel++) pixels[k++] = painter(x, y, channel, next);
      }
    }
  }
  return { shape, count, pixels };
}

function formOf(shape: PictureShape) {
  const columns = shape.width * shape.height * shape.channels;
  return {
    layout: layOut(Array.from({ length: columns }, (_, column) => ({ column, width: 8 }))),
    picture: shape,
  };
}

function groupOf({ shape, count, pixels }: Pictures): RecordGroup {
  return {
    ...{ of: 'pictures', records: count, codes: null, pixels, planes: emptyPlanes(0, count) },
    ...formOf(shape),
  };
}

const fit = (pictures: Pictures, effort: Effort = 'fast'): Promise<Uint8Array> =>
  fitPictures(
    { of: 'pictures', picture: pictures.shape, tables: 1, group: () => Promise.resolve(groupOf(pictures)) },
    effort,
    SILENT_PULSE,
  );

function streamsOf(model: DenseModel, pictures: Pictures): Uint8Array[] {
  const encode = model.encoder(groupOf(pictures));
  return Array.from({ length: pictures.count }, (_, record) => encode(record, 1));
}

function expectBack(model: DenseModel, pictures: Pictures, streams: readonly Uint8Array[]): void {
  const decoder = model.decoder();
  const size = pictures.pixels.length / pictures.count;
  // In any order: each opens alone.
  for (let record = pictures.count - 1; record >= 0; record--) {
    decoder.decode(streams[record], 0, streams[record].length, 1);
    expect(decoder.codes).toEqual(pictures.pixels.subarray(record * size, (record + 1) * size));
  }
}

const shapes = fc.record({
  width: fc.integer({ min: 1, max: 9 }),
  height: fc.integer({ min: 1, max: 9 }),
  channels: fc.constantFrom<1 | 3>(1, 3),
});
const kinds = fc.constantFrom(...Object.keys(PAINTERS));

describe('pictures in the dense codec', () => {
  test('come back, those of training and others, whatever they show', async () => {
    await fc.assert(
      fc.asyncProperty(
        ...([
          shapes,
          kinds,
          kinds,
          fc.nat(5),
          fc.nat(),
          fc.constantFrom<Effort>('fast', 'smallest'),
        ] as const),
        async (shape, kind, other, count, seed, effort) => {
          const training = paint(shape, count, kind, seed);
          const form = formOf(shape);
          const model = densePictures.open(await fit(training, effort), form);
          expectBack(model, training, streamsOf(model, training));
          const unseen = paint(shape, 2, other, seed + 1);
          expectBack(model, unseen, streamsOf(model, unseen));
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each([
    ['more than a kilobyte stand in small blocks', 24, 4096],
    ['less stand in blocks as large as asked', 8, 20_000],
  ])('of %s', async (_, side, largest) => {
    const pictures = paint({ width: side, height: side, channels: 3 }, 40, 'noise', 3);
    const model = densePictures.open(await fit(pictures), formOf(pictures.shape));
    const { sections } = await encodeStreams(model, groupOf(pictures), 20_000, SILENT_PULSE);
    const { blocks = [] } = sections.find(({ type }) => type === STREAMS.type) ?? {};
    const most = Math.max(...blocks.map(({ length }) => length));
    // Noise is as long as it is; a block aims at its bytes by the mean.
    const picture = side * side * 3;
    expect(most).toBeGreaterThan(Math.min(largest, 40 * picture) - 2 * picture);
    expect(most).toBeLessThan(1.1 * largest);
  });

  test.each([
    ['strokes', 1, CONTEXTS],
    ['slopes', 1, PREDICTION],
    ['slopes', 3, PREDICTION],
  ] as const)(
    'that show %s in %i channels go by the model that suits them',
    async (kind, channels, route) => {
      const pictures = paint({ width: 12, height: 11, channels }, 60, kind, 7);
      const bytes = await fit(pictures);
      expect(bytes[0]).toBe(route);
      const streams = streamsOf(densePictures.open(bytes, formOf(pictures.shape)), pictures);
      const size = streams.reduce((sum, { length }) => sum + length, bytes.length);
      expect(size).toBeLessThan(0.6 * pictures.pixels.length);
    },
  );

  test('of which nothing can be told take hardly more than they are', async () => {
    const pictures = paint({ width: 16, height: 16, channels: 3 }, 8, 'noise', 5);
    const bytes = await fit(pictures);
    const streams = streamsOf(densePictures.open(bytes, formOf(pictures.shape)), pictures);
    const size = streams.reduce((sum, { length }) => sum + length, bytes.length);
    expect(size).toBeLessThan(1.02 * pictures.pixels.length);
  });

  test('of one value take next to nothing', async () => {
    const pictures = paint({ width: 1, height: 1, channels: 1 }, 1, 'constant', 5);
    const bytes = await fit(pictures);
    const streams = streamsOf(densePictures.open(bytes, formOf(pictures.shape)), pictures);
    expect(bytes.length).toBeLessThan(20);
    expect(streams[0].length).toBeLessThan(4);
  });
});

describe('what pixels take', () => {
  const bitsOf = async (pictures: Pictures) => {
    const { shape } = pictures;
    const bytes = await fit(pictures);
    const model = densePictures.open(bytes, formOf(shape));
    const lanes = shape.width * shape.height * shape.channels;
    const bits = await measureStreams(model, groupOf(pictures), lanes, SILENT_PULSE);
    return { bits, sum: bits.reduce((total, one) => total + one, 0), streams: streamsOf(model, pictures) };
  };

  test.each([
    ['strokes', 1],
    ['slopes', 1],
    ['slopes', 3],
  ] as const)('adds up to the streams of %s in %i channels', async (kind, channels) => {
    const { sum, streams } = await bitsOf(paint({ width: 24, height: 24, channels }, 40, kind, 7));
    const size = streams.reduce((total, { length }) => total + length, 0);
    // A stream begins with a state that is worth a byte, and ends at a whole byte.
    expect(size - sum / 8).toBeGreaterThan(0);
    expect(size - sum / 8).toBeLessThan(2 * streams.length);
  });

  test('is where something happens: in the channel and the half that are noise', async () => {
    const shape = { width: 8, height: 8, channels: 3 } as const;
    const pixels = new Uint8Array(50 * 8 * 8 * 3);
    for (let k = 0, state = 1; k < pixels.length; k += 3) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      if ((k / 3) % 8 >= 4) pixels[k] = state >>> 24;
    }
    const { bits, sum } = await bitsOf({ shape, count: 50, pixels });
    const noisy = bits.filter((_, lane) => lane % 3 === 0 && Math.floor(lane / 3) % 8 >= 4);
    expect(noisy.reduce((total, one) => total + one, 0) / sum).toBeGreaterThan(0.9);
  });
});

describe('a model', () => {
  afterEach(() => void vi.restoreAllMocks());

  test.each(['strokes', 'slopes'])('of %s is the same where logarithms are not', async (kind) => {
    const pictures = paint({ width: 9, height: 9, channels: 1 }, 20, kind, 3);
    const bytes = await fit(pictures);
    const streams = streamsOf(densePictures.open(bytes, formOf(pictures.shape)), pictures);
    for (const name of [
      'log',
      'log2',
      'log10',
      'log1p',
      'exp',
      'expm1',
      'pow',
      'sin',
      'cos',
      'cbrt',
    ] as const) {
      const exact: (...values: number[]) => number = Math[name];
      vi.spyOn(Math, name).mockImplementation((...values: number[]) => exact(...values) * (1 + 1e-9));
    }
    expect(await fit(pictures)).toEqual(bytes);
    expect(streamsOf(densePictures.open(bytes, formOf(pictures.shape)), pictures)).toEqual(streams);
  });

  test.each([
    ['strokes', 1],
    ['slopes', 1],
    ['slopes', 3],
  ] as const)(
    'of %s in %i channels that is damaged is refused, or gives other pictures',
    async (kind, channels) => {
      const pictures = paint({ width: 7, height: 6, channels }, 12, kind, 11);
      const bytes = await fit(pictures);
      const form = formOf(pictures.shape);
      const streams = streamsOf(densePictures.open(bytes, form), pictures);
      const source = chance(1);
      for (let k = 0; k < 150; k++) {
        const damaged = bytes.slice(0, k % 3 === 0 ? source.next().value % bytes.length : bytes.length);
        for (let n = 0; n < 1 + (k % 3) && damaged.length > 0; n++) {
          damaged[source.next().value % damaged.length] = source.next().value;
        }
        expectCoded(() => {
          const decoder = densePictures.open(damaged, form).decoder();
          decoder.decode(streams[0], 0, streams[0].length, 1);
        });
      }
    },
  );
});

test.each([
  ['strokes', 1],
  ['slopes', 3],
] as const)('a stream of %s in %i channels that is damaged is noticed', async (kind, channels) => {
  const pictures = paint({ width: 12, height: 12, channels }, 20, kind, 13);
  const model = densePictures.open(await fit(pictures), formOf(pictures.shape));
  const decoder = model.decoder();
  const streams = streamsOf(model, pictures);
  let noticed = 0;
  let flips = 0;
  for (const stream of streams.slice(0, 4)) {
    for (let bit = 0; bit < 8 * stream.length; bit++, flips++) {
      const damaged = stream.slice();
      damaged[bit >>> 3] ^= 1 << (bit & 7);
      if (expectCoded(() => decoder.decode(damaged, 0, damaged.length, 1))) noticed++;
    }
    for (const other of [stream.slice(1), stream.slice(0, -1), Uint8Array.of(...stream, 0)]) {
      expect(() => decoder.decode(other, 0, other.length, 1)).toThrow(LabError);
    }
  }
  expect(noticed).toBeGreaterThan(0.99 * flips);
});

test('a model of no known kind, and none at all, are refused', () => {
  const form = formOf({ width: 2, height: 2, channels: 1 });
  for (const bytes of [new Uint8Array(0), Uint8Array.of(0), Uint8Array.of(3, 1, 2)]) {
    expect(() => densePictures.open(bytes, form)).toThrow('of no known kind');
  }
});

/** @returns whether it threw, and then an error with a code */
function expectCoded(work: () => void): boolean {
  try {
    work();
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(LabError);
    expect((error as LabError).code).toBe('ARCHIVE_CORRUPT');
    return true;
  }
}
