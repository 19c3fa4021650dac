/**
 * Small pictures drawn by a seed: sets that are seen whole, and are there without any file. Most pictures of a class are
 * drawn at one place and some at others, so that bases are shared; what differs from picture to picture is small.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { createGenerator, permutation, type Generator } from '../../random.ts';
import type { ImageSet } from '../imageSet.ts';

/** "digits" are grey, "suns" are in colour. */
export type TinySet = 'digits' | 'suns';

const SEED = 12;
const SIDE = 12;

/** Draws one picture at one of its places, NHWC. */
type Paint = (place: number, generator: Generator) => Uint8Array;

interface Recipe {
  channels: 1 | 3;
  /** Pictures of a class at each place. */
  places: readonly number[];
  classes: readonly { name: string; paint: Paint }[];
}

const SEVEN = [
  '            ',
  '            ',
  '  ########  ',
  '  #######o  ',
  '       o#   ',
  '      o#o   ',
  '      ##    ',
  '     o#o    ',
  '     ##     ',
  '    o#o     ',
  '    ##      ',
  '            ',
];

const ONE = [
  '            ',
  '     o##    ',
  '    o###    ',
  '   o# ##    ',
  '      ##    ',
  '      ##    ',
  '      ##    ',
  '      ##    ',
  '      ##    ',
  '      ##    ',
  '    ######  ',
  '            ',
];

/** Even levels, so that noise of one level changes no bit but the last. */
const PAPER = 16;
const EDGE = 116;
const INK = 216;
const SPECK = 236;

/** How far to the right a digit stands at each place; the last one is the usual place with a speck on the paper. */
const SHIFTS = [0, 1, -1, 0];
const SPECKED = 3;

function paintDigit(glyph: readonly string[]): Paint {
  return (place, generator) => {
    const pixels = new Uint8Array(SIDE * SIDE);
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        const mark = glyph[y][x - SHIFTS[place]] ?? ' ';
        const level = mark === '#' ? INK : mark === 'o' ? EDGE : PAPER;
        pixels[y * SIDE + x] = level + uniformInt(generator, 0, 1);
      }
    }
    if (place === SPECKED) {
      // The first row of either digit is paper.
      pixels[uniformInt(generator, 0, SIDE - 1)] = SPECK;
    }
    return pixels;
  };
}

type Colour = readonly [red: number, green: number, blue: number];

interface Landscape {
  sky: Colour;
  /** What the sky gains from row to row. */
  fall: Colour;
  ground: Colour;
  sun: Colour;
}

const NOON: Landscape = { sky: [70, 130, 200], fall: [6, 6, 3], ground: [60, 120, 50], sun: [240, 210, 90] };
const DUSK: Landscape = { sky: [90, 50, 90], fall: [10, 4, -2], ground: [30, 30, 40], sun: [235, 90, 50] };

const HORIZON = 9;
/** Column and row of the sun at each place. */
const SUNS: readonly (readonly [x: number, y: number])[] = [
  [4, 4],
  [6, 3],
  [8, 5],
];
/** Squared distance from the middle up to which there is sun, and up to which half of it. */
const DISC = 4;
const GLOW = 8;
/** Brightness that a picture has more than the darkest one, in steps of two levels. */
const BRIGHTER = 7;

function paintLandscape({ sky, fall, ground, sun }: Landscape): Paint {
  return (place, generator) => {
    const [sunX, sunY] = SUNS[place];
    const brighter = 2 * uniformInt(generator, 0, BRIGHTER);
    const pixels = new Uint8Array(3 * SIDE * SIDE);
    for (let y = 0, k = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        const distance = (x - sunX) ** 2 + (y - sunY) ** 2;
        for (let c = 0; c < 3; c++, k++) {
          const behind = y < HORIZON ? sky[c] + y * fall[c] : ground[c];
          const level = distance <= DISC ? sun[c] : distance <= GLOW ? (sun[c] + behind) >> 1 : behind;
          pixels[k] = level + brighter;
        }
      }
    }
    return pixels;
  };
}

const RECIPES: Record<TinySet, Recipe> = {
  digits: {
    channels: 1,
    places: [28, 6, 4, 2],
    classes: [
      { name: '7', paint: paintDigit(SEVEN) },
      { name: '1', paint: paintDigit(ONE) },
    ],
  },
  suns: {
    channels: 3,
    places: [26, 9, 5],
    classes: [
      { name: 'noon', paint: paintLandscape(NOON) },
      { name: 'dusk', paint: paintLandscape(DUSK) },
    ],
  },
};

/** Draws a set: 12 × 12 pixels, two classes of 40 pictures, the same ones at every call. */
export function tinyPictures(name: TinySet): ImageSet {
  const { channels, places, classes } = RECIPES[name];
  const generator = createGenerator(SEED);
  const placeOf = places.flatMap((count, place) => Array.from({ length: count }, () => place));
  const ofClass = placeOf.length;
  const bytes = SIDE * SIDE * channels;
  const records = classes.length * ofClass;
  const pixels = new Uint8Array(records * bytes);
  classes.forEach(({ paint }, label) => {
    permutation(ofClass, generator).forEach((drawn, k) => {
      pixels.set(paint(placeOf[drawn], generator), (label * ofClass + k) * bytes);
    });
  });
  return {
    shape: { width: SIDE, height: SIDE, channels },
    records,
    pixels,
    labels: Uint16Array.from({ length: records }, (_, i) => Math.floor(i / ofClass)),
    classNames: classes.map(({ name: className }) => className),
    givenTest: null,
  };
}
