/** Which lanes of the record before a lane repeats. */
import { BIT, log2Units } from '../log2.ts';
import { copyOf, MOST_COPIES, type Copy } from './plan.ts';
import { isFirst, type Rows } from './rows.ts';

/** Pairs of records that are looked at for each pair of lanes. */
const PAIRS = 1024;

/** A source has to account for this share of the records that those before it leave. */
const LEAST_SHARE = 0.04;

/** Narrower lanes are told well enough by the record before as a parent. */
const NARROWEST = 6;

/** Lanes of a record that are asked about, around the lane itself, where there are more. */
const MOST_SOURCES = 64;

/** Lanes that a lane may repeat, the one that accounts for most records first; none where it hardly repeats any. */
export function findCopies(rows: Rows, widths: readonly number[], lane: number): Copy[] {
  const width = widths[lane];
  if (width <= NARROWEST) return [];
  const { codes, count } = rows;
  const records = pairs(count);
  if (records.length === 0) return [];
  const half = MOST_SOURCES / 2;
  const first = Math.max(0, Math.min(lane - half, widths.length - MOST_SOURCES));
  const copies: Copy[] = [];
  const mask = width === 32 ? 0xffffffff : 2 ** width - 1;
  let left = records;
  while (copies.length < MOST_COPIES && left.length > 0) {
    let best: Copy | null = null;
    let most = 0;
    for (let source = first; source < Math.min(widths.length, first + MOST_SOURCES); source++) {
      const differences = Uint32Array.from(left, (i) => (codes[lane][i] - codes[source][i - 1]) & mask);
      const { value, times } = commonest(differences.sort());
      if (times > most) {
        most = times;
        best = { lane: source, difference: value };
      }
    }
    if (best === null || most < LEAST_SHARE * records.length) break;
    copies.push(best);
    const found = best;
    left = left.filter((i) => (((codes[found.lane][i - 1] + found.difference) & mask) >>> 0) !== codes[lane][i]);
  }
  return copies;
}

/** Records that have one before them in their block, spread over all. */
function pairs(count: number): Uint32Array {
  const step = Math.max(1, Math.floor(count / PAIRS));
  const records: number[] = [];
  for (let i = 1; i < count; i += step) if (!isFirst(i)) records.push(i);
  return Uint32Array.from(records);
}

function commonest(sorted: Uint32Array): { value: number; times: number } {
  let value = 0;
  let times = 0;
  let run = 0;
  for (let k = 0; k < sorted.length; k++) {
    run = k > 0 && sorted[k] === sorted[k - 1] ? run + 1 : 1;
    if (run <= times) continue;
    times = run;
    value = sorted[k];
  }
  return { value, times };
}

/** Which copy every record's code is: as many as there are for none, and one more for the first of a block. */
export function copyChoices(
  { codes, count }: Rows,
  lane: number,
  width: number,
  copies: readonly Copy[],
): Uint8Array {
  const choices = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    choices[i] = isFirst(i)
      ? copies.length + 1
      : copyOf(copies, codes[lane][i], width, (source) => codes[source][i - 1]);
  }
  return choices;
}

/** What telling the choices takes, at most, in units. */
export function choiceCost(choices: Uint8Array, copies: number): number {
  const counts = new Uint32Array(copies + 2);
  for (const choice of choices) counts[choice]++;
  let cells = 0;
  let cost = 8 * BIT * (copies + 1);
  for (let c = 0; c <= copies; c++) {
    if (counts[c] === 0) continue;
    cells += counts[c];
    cost -= counts[c] * log2Units(counts[c]);
  }
  return cells === 0 ? cost : cost + cells * log2Units(cells);
}
