/** Fits a model of contexts to a sample of pictures. */
import type { Pulse } from '../../../../pulse.ts';
import type { Fitted } from '../routes.ts';
import type { PictureSample } from '../sample.ts';
import { cheapestSteps } from '../symbolTables.ts';
import { growTree, type GrowthLimits, type ObservedFeature, type Observations } from './growTree.ts';
import {
  ContextModel,
  groundMap,
  MOST_LOOKED_UP,
  tableForm,
  writeContextModel,
  type ContextPlan,
} from './model.ts';
import { PictureContexts } from './pictureContexts.ts';
import { CHANNEL, FEATURES, FramedPicture, NEAR, NEIGHBOURS, X, Y } from './neighbours.ts';

/** How contexts are found, and how many there may be. */
export interface ContextSize {
  /** By a table of the nearest neighbours, or by walking a tree. */
  isLookedUp: boolean;
  leaves: number;
}

/** Values that are looked at, and most of them that a tree is grown from. */
const MOST_LOOKED_AT = 6e6;
const MOST_OBSERVED = 1e6;

const MOST_CUTS = 31;
const GROUND_LEAVES = 32;
const BITS_A_VISIT = 0.002;

export async function fitContexts(
  sample: PictureSample,
  { isLookedUp, leaves }: ContextSize,
  pulse: Pulse,
): Promise<Fitted> {
  const ground = commonest(sample.pixels);
  const isGrey = sample.shape.channels === 1;
  const probe = probeOf(ground, isLookedUp, sample);
  const onGround = await observe(sample, probe, true, isGrey ? [X, Y] : [X, Y, CHANNEL], pulse);
  const groundLimits = { leaves: GROUND_LEAVES, weight: onGround.weight, bitsAVisit: 0 };
  const groundTree = (await growTree(onGround, groundLimits, pulse)).tree;
  const off = await observe(sample, probe, false, range(isLookedUp ? NEAR : FEATURES), pulse);
  const limits: GrowthLimits = { leaves, weight: off.weight, bitsAVisit: BITS_A_VISIT };
  let grown = await growTree(off, limits, pulse);
  if (isLookedUp) grown = await growTree(withFewerCuts(off, grown.saved), limits, pulse);
  const plan: ContextPlan = { ground, isLookedUp, groundTree, tree: grown.tree, fineness: 0 };
  const counts = await countSymbols(sample, plan, pulse);
  const { steps, fineness, bits } = cheapestSteps(tableForm(plan), counts, sample.weight);
  return { model: writeContextModel({ ...plan, fineness }, steps), bits };
}

const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

/** The value that most of the pixels looked at have, the least of several. */
function commonest(pixels: Uint8Array): number {
  const counts = new Uint32Array(256);
  // An odd step comes by every column.
  const step = 2 * Math.floor(pixels.length / MOST_LOOKED_AT) + 1;
  for (let k = 0; k < pixels.length; k += step) counts[pixels[k]]++;
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
}

/** A picture to look at, with what it takes to load one. */
interface Probe {
  picture: FramedPicture;
  map: Uint8Array;
  neighbours: number;
}

function probeOf(ground: number, isLookedUp: boolean, { shape }: PictureSample): Probe {
  const picture = new FramedPicture(shape);
  return { picture, map: groundMap(ground).to, neighbours: isLookedUp ? NEAR : NEIGHBOURS };
}

/** Collects what is seen where all neighbours are ground, or where not. */
async function observe(
  sample: PictureSample,
  { picture, map, neighbours }: Probe,
  isGround: boolean,
  features: readonly number[],
  pulse: Pulse,
): Promise<Observations & { weight: number }> {
  const { width, height, channels } = sample.shape;
  const bytes = width * height * channels;
  const step = Math.max(1, Math.ceil((sample.count * bytes) / MOST_LOOKED_AT));
  const visit = async (see: (at: number, x: number, y: number, channel: number) => void): Promise<void> => {
    for (let p = 0; p < sample.count; p += step) {
      picture.load(sample.pixels, p * bytes, map);
      for (let y = 0; y < height; y++) {
        for (let x = 0, at = picture.origin + y * picture.stride; x < width; x++) {
          for (let channel = 0; channel < channels; channel++, at++) {
            if (picture.isGround(at, neighbours) === isGround) see(at, x, y, channel);
          }
        }
      }
      if (pulse.due()) {
        await pulse.beat({ phase: 'Looking at pictures', done: p, total: sample.count, unit: 'pictures' });
      }
    }
  };
  let met = 0;
  await visit(() => met++);
  const every = Math.max(1, Math.ceil(met / MOST_OBSERVED));
  const count = Math.ceil(met / every);
  const symbols = new Uint8Array(count);
  const values = features.map(() => new Uint8Array(count));
  let passed = 0;
  let k = 0;
  await visit((at, x, y, channel) => {
    if (passed++ % every !== 0) return;
    symbols[k] = picture.values[at];
    picture.place(x, y, channel);
    picture.look(at);
    for (let f = 0; f < features.length; f++) values[f][k] = picture.features[features[f]];
    k++;
  });
  return {
    count,
    symbols,
    features: features.map((feature, f) => {
      const cuts = cutsOf(values[f]);
      return { feature, cuts, levels: levelsOf(values[f], cuts) };
    }),
    weight: every * step * sample.weight,
  };
}

/** Values to go by: none and some apart, then about as many pixels between each two. */
function cutsOf(values: Uint8Array): Uint8Array {
  const counts = new Uint32Array(256);
  for (const value of values) counts[value]++;
  const cuts: number[] = [];
  const share = (values.length - counts[0]) / MOST_CUTS;
  let since = 0;
  for (let value = 0; value < 255; value++) {
    since += counts[value];
    if (since === 0 || (value > 0 && since < share)) continue;
    cuts.push(value);
    since = 0;
  }
  return Uint8Array.from(cuts);
}

function levelsOf(values: Uint8Array, cuts: Uint8Array): Uint8Array {
  const level = new Uint8Array(256);
  for (let value = 0, k = 0; value < 256; value++) {
    while (k < cuts.length && value > cuts[k]) k++;
    level[value] = k;
  }
  return values.map((value) => level[value]);
}

/** Leaves the cuts that saved most, as many as a table has room for. */
function withFewerCuts(observed: Observations, saved: Float64Array): Observations {
  const ranked = range(saved.length)
    .filter((k) => saved[k] > 0)
    .sort((a, b) => saved[b] - saved[a] || a - b);
  const kept = observed.features.map(() => new Set<number>());
  for (const k of ranked) {
    const own = kept[k >>> 8];
    const entries = kept.reduce((product, cuts) => product * (cuts.size + (cuts === own ? 2 : 1)), 1);
    if (entries <= MOST_LOOKED_UP) own.add(k & 255);
  }
  const features = observed.features.map(({ feature, cuts, levels }, f): ObservedFeature => {
    const places = Array.from(kept[f]).sort((a, b) => a - b);
    const fewer = Uint8Array.from(
      { length: cuts.length + 1 },
      (_, level) => places.filter((j) => j < level).length,
    );
    return {
      feature,
      cuts: Uint8Array.from(places, (j) => cuts[j]),
      levels: levels.map((level) => fewer[level]),
    };
  });
  return { ...observed, features };
}

async function countSymbols(sample: PictureSample, plan: ContextPlan, pulse: Pulse): Promise<Uint32Array> {
  const model = new ContextModel(plan, sample.shape, null);
  const finder = new PictureContexts(model);
  const { picture } = finder;
  const contexts = new Uint16Array(model.groundContexts.length);
  const { to } = model.map;
  const counts = new Uint32Array(tableForm(plan).contexts * 256);
  for (let p = 0, k = 0; p < sample.count; p++) {
    picture.load(sample.pixels, k, to);
    finder.find(contexts);
    for (let i = 0; i < contexts.length; i++, k++) counts[(contexts[i] << 8) | to[sample.pixels[k]]]++;
    if (pulse.due())
      await pulse.beat({ phase: 'Counting values', done: p, total: sample.count, unit: 'pictures' });
  }
  return counts;
}
