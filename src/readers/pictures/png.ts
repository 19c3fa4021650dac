/**
 * PNG, decoded the same everywhere: exact values, no colour management, no gamma. The file is taken apart and checked
 * first; then the filters of its rows are undone, and samples of every depth become bytes.
 */
import type { Picture } from '../imageReading.ts';
import {
  damagedPng,
  GREY,
  INDEXED,
  passesOf,
  rowsOf,
  takeApart,
  TRUE_COLOUR,
  type PngParts,
  type PngPass,
  type TellMended,
} from './pngParts.ts';
import { SixteenBits } from './sixteenBits.ts';
import { unfilter } from './unfilter.ts';

/** Samples of up to 8 bits in a byte each, of 16 bits as they are. */
type Samples = Uint8Array | Uint16Array;

/** The samples of rows that follow each other. */
function samplesOfPass(
  { depth, samples }: PngParts,
  rows: Uint8Array,
  { width, height }: Pick<PngPass, 'width' | 'height'>,
): Samples {
  const rowBytes = Math.ceil((width * samples * depth) / 8);
  const bytes = unfilter(rows, height, rowBytes, Math.max(1, (samples * depth) >> 3));
  if (bytes === null) throw damagedPng('it uses a filter that does not exist');
  if (depth === 8) return bytes;
  if (depth === 16) {
    const words = new Uint16Array(bytes.length / 2);
    for (let i = 0; i < words.length; i++) words[i] = (bytes[2 * i] << 8) | bytes[2 * i + 1];
    return words;
  }
  const unpacked = new Uint8Array(width * height);
  const mask = (1 << depth) - 1;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const bit = x * depth;
      unpacked[i] = (bytes[y * rowBytes + (bit >>> 3)] >>> (8 - depth - (bit & 7))) & mask;
    }
  }
  return unpacked;
}

/** All samples, pixel after pixel and row after row. */
function samplesOf(parts: PngParts, rows: Uint8Array): Samples {
  const passes = passesOf(parts);
  if (!parts.isInterlaced) return samplesOfPass(parts, rows, passes[0]);
  const { width, height, depth, samples } = parts;
  const all = new (depth === 16 ? Uint16Array : Uint8Array)(width * height * samples);
  for (const pass of passes) {
    if (pass.from === pass.to) continue;
    const own = samplesOfPass(parts, rows.subarray(pass.from, pass.to), pass);
    for (let y = 0, from = 0; y < pass.height; y++) {
      let to = ((pass.y + y * pass.stepY) * width + pass.x) * samples;
      for (let x = 0; x < pass.width; x++, to += pass.stepX * samples)
        for (let k = 0; k < samples; k++) all[to + k] = own[from++];
    }
  }
  return all;
}

/** Looks indices up in the palette; greys where all colours are greys, alpha where a colour is transparent. */
function fromPalette(parts: PngParts, indices: Samples, tellMended: TellMended): Picture {
  const { width, height, palette } = parts;
  if (palette === null) throw damagedPng('its palette is missing');
  const colours = palette.length / 3;
  let { transparency } = parts;
  if (transparency !== null && transparency.length > colours) {
    tellMended('it has more transparencies than colours, and none of them was taken');
    transparency = null;
  }
  let isGrey = true;
  for (let i = 0; i < palette.length; i += 3)
    if (palette[i] !== palette[i + 1] || palette[i] !== palette[i + 2]) isGrey = false;
  const colourChannels = isGrey ? 1 : 3;
  const channels = (colourChannels + (transparency === null ? 0 : 1)) as 1 | 2 | 3 | 4;
  const data = new Uint8Array(width * height * channels);
  let isBeyond = false;
  for (let i = 0, to = 0; i < indices.length; i++) {
    const index = indices[i];
    // A colour that is not there is black.
    if (index >= colours) isBeyond = true;
    for (let channel = 0; channel < colourChannels; channel++) data[to++] = palette[index * 3 + channel];
    if (transparency !== null) data[to++] = index < transparency.length ? transparency[index] : 255;
  }
  if (isBeyond) tellMended(`it uses colours beyond the ${colours} of its palette, which became black`);
  return { width, height, channels, data };
}

/** One colour, given in the file's own depth, is transparent. */
function withKey(parts: PngParts, picture: Picture, samples: Samples, key: Uint8Array): Picture {
  const { width, height, samples: colours } = parts;
  const wanted = Array.from({ length: colours }, (_, i) => (key[2 * i] << 8) | key[2 * i + 1]);
  const out = new Uint8Array(width * height * (colours + 1));
  for (let i = 0, from = 0, to = 0; i < width * height; i++) {
    let isKey = true;
    for (let channel = 0; channel < colours; channel++, from++) {
      if (samples[from] !== wanted[channel]) isKey = false;
      out[to++] = picture.data[from];
    }
    out[to++] = isKey ? 0 : 255;
  }
  return { width, height, channels: (colours + 1) as 2 | 4, data: out };
}

/** Greys of less than 8 bits over the whole range: the largest becomes 255. */
function spreadGreys(data: Uint8Array, depth: number, channels: number): void {
  const factor = 255 / ((1 << depth) - 1);
  for (let i = 0; i < data.length; i += channels) data[i] *= factor;
}

export interface PngOptions {
  /** What becomes of 16 bits a value; their high byte where it is left out. */
  sixteenBits?: SixteenBits;
  tellMended?: TellMended;
}

const tellNobody: TellMended = () => {};

/**
 * Pixels of a PNG: of every colour type and depth, interlaced or not; the first picture of an animated one.
 *
 * @throws LabError PICTURE_DAMAGED, PICTURE_TOO_LARGE
 */
export function decodePng(
  bytes: Uint8Array,
  { sixteenBits = new SixteenBits(), tellMended = tellNobody }: PngOptions = {},
): Picture {
  const parts = takeApart(bytes);
  const { width, height, depth, colourType, transparency } = parts;
  const samples = samplesOf(parts, rowsOf(parts, tellMended));
  if (colourType === INDEXED) return fromPalette(parts, samples, tellMended);
  const data = samples instanceof Uint16Array ? sixteenBits.bytesOf(samples, parts.samples) : samples;
  let picture: Picture = { width, height, channels: parts.samples, data } as Picture;
  if (transparency !== null && (colourType === GREY || colourType === TRUE_COLOUR)) {
    if (transparency.length === 2 * parts.samples) picture = withKey(parts, picture, samples, transparency);
    else
      tellMended(`its transparent colour has ${transparency.length} bytes, and no colour was taken for it`);
  }
  if (depth < 8) spreadGreys(picture.data, depth, picture.channels);
  return picture;
}

/**
 * Takes a PNG of 16 bits into the range of its set, and any other into nothing.
 *
 * @throws LabError PICTURE_DAMAGED, PICTURE_TOO_LARGE
 */
export function lookAtSamples(bytes: Uint8Array, sixteenBits: SixteenBits): void {
  const parts = takeApart(bytes);
  if (parts.depth !== 16) return;
  const samples = samplesOf(parts, rowsOf(parts, tellNobody));
  if (samples instanceof Uint16Array) sixteenBits.look(samples, parts.samples);
}
