/** Which lanes a lane repeats, of its own record or the one before. */
import { BIT, log2Units } from '../log2.ts';
import { canCopyFirst, copyOf, leadsTo, maskOf, MOST_COPIES, type Copy, type LanePlan } from './plan.ts';
import { isFirst, type Rows } from './rows.ts';

/** Records that are looked at for each pair of lanes. */
const LOOKED_AT = 1024;

/** A source has to account for this share of the records. */
const LEAST_SHARE = 0.04;

/** Narrower lanes are told well enough by a parent. */
const NARROWEST = 6;

/** Lanes that are asked about, the nearest, where there are more. */
const MOST_SOURCES = 64;

interface Source extends Copy {
  /** Records that it accounts for. */
  times: number;
}

/** For every lane those that it may repeat, so that none waits for itself; the one that accounts for most first. */
export function findCopies(rows: Rows, widths: readonly number[]): Copy[][] {
  const records = lookedAt(rows.count);
  const found = widths.map((_, lane) => findSources(rows, widths, lane, records));
  const allowed: LanePlan[] = widths.map(() => ({ parent: null, copies: [] }));
  const same = found.flatMap((sources, lane) =>
    sources.filter(({ isBefore }) => !isBefore).map((source) => ({ lane, source })),
  );
  const saved = ({ lane, source }: (typeof same)[number]): number => source.times * widths[lane];
  same.sort((a, b) => saved(b) - saved(a) || a.lane - b.lane || a.source.lane - b.source.lane);
  for (const { lane, source } of same) {
    if (leadsTo(allowed, source.lane, lane)) continue;
    allowed[lane] = { parent: null, copies: [...allowed[lane].copies, source] };
  }
  return found.map((sources, lane) =>
    chooseSources(rows, widths[lane], lane, records, [
      ...sources.filter(({ isBefore }) => isBefore),
      ...allowed[lane].copies,
    ]),
  );
}

function lookedAt(count: number): Uint32Array {
  const step = Math.max(1, Math.floor(count / LOOKED_AT));
  const records: number[] = [];
  for (let i = 1; i < count; i += step) if (!isFirst(i)) records.push(i);
  return Uint32Array.from(records);
}

/** Lanes that by themselves account for enough records, each with the difference that is commonest. */
function findSources(
  { codes }: Rows,
  widths: readonly number[],
  lane: number,
  records: Uint32Array,
): Source[] {
  if (widths[lane] <= NARROWEST || records.length === 0) return [];
  const lanes = widths.length;
  const from = Math.max(0, Math.min(lane - MOST_SOURCES / 2, lanes - MOST_SOURCES));
  const mask = maskOf(widths[lane]);
  const sources: Source[] = [];
  const differences = new Uint32Array(records.length);
  for (let source = from; source < Math.min(lanes, from + MOST_SOURCES); source++) {
    for (const isBefore of [true, false]) {
      if (source === lane && !isBefore) continue;
      const back = isBefore ? 1 : 0;
      records.forEach((i, k) => (differences[k] = (codes[lane][i] - codes[source][i - back]) & mask));
      // Steps of several sizes may repeat: the record before, and one more.
      for (const { value, times } of commonest(differences.sort(), MOST_COPIES)) {
        if (times >= LEAST_SHARE * records.length)
          sources.push({ lane: source, isBefore, difference: value, times });
      }
    }
  }
  return sources;
}

/** Greedily, by the records that those chosen so far leave. */
function chooseSources(
  { codes }: Rows,
  width: number,
  lane: number,
  records: Uint32Array,
  sources: readonly Copy[],
): Copy[] {
  const mask = maskOf(width);
  const fits = ({ lane: source, isBefore, difference }: Copy, i: number): boolean =>
    ((codes[source][isBefore ? i - 1 : i] + difference) & mask) >>> 0 === codes[lane][i];
  const chosen: Copy[] = [];
  let left = records;
  while (chosen.length < MOST_COPIES) {
    let best: Copy | null = null;
    let most = LEAST_SHARE * records.length - 1;
    for (const source of sources) {
      let times = 0;
      for (const i of left) if (fits(source, i)) times++;
      if (times <= most) continue;
      most = times;
      best = source;
    }
    if (best === null) break;
    const { lane: source, isBefore, difference } = best;
    chosen.push({ lane: source, isBefore, difference });
    const found = best;
    left = left.filter((i) => !fits(found, i));
  }
  return chosen;
}

/** The values that come most often, the commonest first. */
function commonest(sorted: Uint32Array, most: number): { value: number; times: number }[] {
  const runs: { value: number; times: number }[] = [];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    const times = to - from;
    if (runs.length === most && times <= runs[most - 1].times) continue;
    if (runs.length === most) runs.pop();
    runs.push({ value: sorted[from], times });
    runs.sort((a, b) => b.times - a.times);
  }
  return runs;
}

/** Of a record whose code cannot be a copy: the first of a block, where all copies are of the record before. */
export const NO_CHOICE = 255;

/** Which copy the code of every record is: as many as there are for none, or NO_CHOICE. */
export function copyChoices(
  { codes, count }: Rows,
  lane: number,
  width: number,
  copies: readonly Copy[],
): Uint8Array {
  const choices = new Uint8Array(count);
  const mask = maskOf(width);
  const canFirst = canCopyFirst(copies);
  for (let i = 0; i < count; i++) {
    const first = isFirst(i);
    choices[i] = first && !canFirst ? NO_CHOICE : copyOf(copies, codes, lane, mask, i, first);
  }
  return choices;
}

/** What telling the choices takes, about, in units. */
export function choiceCost(choices: Uint8Array, copies: number): number {
  const counts = new Uint32Array(256);
  for (const choice of choices) counts[choice]++;
  let cells = 0;
  let cost = 16 * BIT * (copies + 1);
  for (let c = 0; c <= copies; c++) {
    if (counts[c] === 0) continue;
    cells += counts[c];
    cost -= counts[c] * log2Units(counts[c]);
  }
  return cells === 0 ? cost : cost + cells * log2Units(cells);
}
