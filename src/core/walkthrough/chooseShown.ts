/**
 * Which records of many are shown: some that share a base, so that merging is seen, and pairs that agree on many of
 * the bits that divide the records into clusters, so that condensing is. The same for every β.
 */
import { createGenerator, type Generator } from '../random.ts';
import { drawInPlace } from '../selection/draw.ts';

/** The bases of all records. */
export interface Bases {
  /** Base of every record. */
  ids: Int32Array;
  /** Records of every base. */
  sizes: Uint32Array;
}

/** Records that clusters are made of. */
export interface Clusterable {
  /** Their places among the training records. */
  used: Uint32Array;
  /** For some of these places the bits that divide them, most important first, as a text of zeros and ones. */
  keysOf: (places: Uint32Array) => readonly string[];
}

export interface ShownRecords {
  /** Places among the training records, ascending. */
  places: Uint32Array;
  /** Why they are shown; null where all of them are. */
  by: ShownBy | null;
}

export interface ShownBy {
  /** Records of bases that several of them have. */
  sharing: number;
  /** Pairs of records that are much alike. Whoever is left was drawn. */
  pairs: number;
}

/** Bases of which records are shown: half of all that are shown, together. */
const BASES = 2;
/** Records that are drawn to find pairs among them. */
const DRAWN = 96;

/**
 * @param records training records
 * @param bases null of a codec without bases
 * @param clusterable null where there are no clusters
 * @param most records that are shown
 * @param seed unsigned 32-bit integer
 */
export function chooseShown(
  records: number,
  bases: Bases | null,
  clusterable: Clusterable | null,
  most: number,
  seed: number,
): ShownRecords {
  if (records <= most) return { places: everyPlace(records), by: null };
  const generator = createGenerator(seed);
  const shown = new Set<number>();
  if (bases !== null) {
    for (const base of mostShared(bases)) {
      const own = everyPlace(records).filter((place) => bases.ids[place] === base);
      for (const place of draw(own, Math.floor(most / 2 / BASES), generator)) shown.add(place);
    }
  }
  const sharing = shown.size;
  let pairs = 0;
  if (clusterable !== null) {
    const drawn = draw(
      clusterable.used.filter((place) => !shown.has(place)),
      DRAWN,
      generator,
    );
    const found = pairsAlike(clusterable.keysOf(drawn), Math.floor((most - sharing) / 2));
    for (const place of found.flat()) shown.add(drawn[place]);
    pairs = found.length;
  }
  const others = everyPlace(records).filter((place) => !shown.has(place));
  for (const place of draw(others, most - shown.size, generator)) shown.add(place);
  return { places: Uint32Array.from(shown).sort(), by: { sharing, pairs } };
}

const everyPlace = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, k) => k);

/** At most `count` of the places, in random order. They are moved about. */
function draw(all: Uint32Array, count: number, generator: Generator): Uint32Array {
  const drawn = Math.min(count, all.length);
  drawInPlace(all, 0, all.length, drawn, generator);
  return all.subarray(0, drawn);
}

/** The bases that most records share, but none that only one record has, or all. */
function mostShared({ sizes }: Bases): number[] {
  if (sizes.length === 1) return [];
  return Array.from(sizes, (_, id) => id)
    .filter((id) => sizes[id] > 1)
    .sort((a, b) => sizes[b] - sizes[a] || a - b)
    .slice(0, BASES);
}

/**
 * Pairs that agree on many leading bits, spread over the records: these are divided by as few leading bits as leave
 * `wanted` groups of two and more, and in each of the largest groups the two that agree on the most bits are a pair.
 *
 * @param keys of all records the same number of bits
 * @returns places of the keys; fewer pairs than are wanted where no number of bits leaves as many groups
 */
function pairsAlike(keys: readonly string[], wanted: number): [number, number][] {
  const order = keys
    .map((_, k) => k)
    .sort((a, b) => (keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : a - b));
  /** Leading bits on which neighbours of the order agree. */
  const agree = order.slice(1).map((one, k) => agreement(keys[order[k]], keys[one]));
  let best: Run[] = [];
  for (let bits = 0; best.length < wanted && bits <= (keys.at(0)?.length ?? 0); bits++) {
    const runs = runsOf(agree, bits);
    if (runs.length > best.length) best = runs;
  }
  return best
    .sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)
    .slice(0, wanted)
    .map(({ start, end }) => {
      let closest = start;
      for (let k = start; k < end; k++) if (agree[k] > agree[closest]) closest = k;
      return [order[closest], order[closest + 1]];
    });
}

function agreement(a: string, b: string): number {
  let bits = 0;
  while (bits < a.length && a[bits] === b[bits]) bits++;
  return bits;
}

/** Neighbours of an order that agree: those from place `start` to place `end` of it. */
interface Run {
  start: number;
  end: number;
}

/** Groups of at least two that agree on so many leading bits. */
function runsOf(agree: readonly number[], bits: number): Run[] {
  const runs: Run[] = [];
  for (let k = 0; k < agree.length; k++) {
    if (agree[k] < bits) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.end === k) last.end = k + 1;
    else runs.push({ start: k, end: k + 1 });
  }
  return runs;
}
