/** Which lane tells most of which other: greedily by what it saves, so that no lane waits for itself. */
import type { Pulse } from '../../../pulse.ts';
import { BIN_COUNTS, Bins, thresholdsOf } from './bins.ts';
import { choiceCost, copyChoices, findCopies } from './copies.ts';
import { levelsOf, type Levels } from './levels.ts';
import { Nodes, RAW } from './nodes.ts';
import type { Copy, LanePlan, Parent } from './plan.ts';
import { isFirst, spreadBlocks, type Rows } from './rows.ts';
import { sortByBin, sortByCode, TailCosts, TreeBuilder, type TreeNode } from './trees.ts';

/** Records on which parents are compared. */
const COMPARED_RECORDS = 8192;

/** Comparisons that are made at most, each of all those records: of wide tables fewer lanes are asked, of fewer records. */
const MOST_COMPARISONS = 4000;

/** Bins in which lanes are compared. */
const COMPARED_BINS = 1;

/** Lanes that are asked about at least. */
const FEWEST_ASKED = 4;

interface Choice {
  lane: number;
  parent: Parent;
  /** What it saves beside the best that needs no lane of the same record. */
  saved: number;
}

/** Plans for all lanes: parents and copies. The number of bins is settled later, on all records. */
export async function planLanes(all: Rows, widths: readonly number[], pulse: Pulse): Promise<LanePlan[]> {
  const lanes = widths.length;
  const asked = Math.min(lanes, Math.max(FEWEST_ASKED, Math.floor(MOST_COMPARISONS / Math.max(1, 2 * lanes))));
  const share = Math.min(1, MOST_COMPARISONS / Math.max(1, 2 * lanes * asked));
  const rows = spreadBlocks(all, Math.max(256, Math.floor(COMPARED_RECORDS * share)));
  const bins = widths.map((width, lane) => binsOfSample(rows, lane, width));
  const plans: LanePlan[] = [];
  const choices: Choice[] = [];
  for (let lane = 0; lane < lanes; lane++) {
    const found = planLane(rows, widths, lane, bins, around(lane, lanes, asked));
    plans.push({ parent: found.parent, copies: found.copies });
    choices.push(...found.choices);
    if (pulse.due()) await pulse.beat({ phase: 'Fitting the model', done: lane, total: 2 * lanes, unit: 'columns' });
  }
  // Parents of the same record, those that save most first, unless they would close a circle.
  choices.sort((a, b) => b.saved - a.saved || a.lane - b.lane || a.parent.lane - b.parent.lane);
  const settled = new Set<number>();
  for (const { lane, parent } of choices) {
    if (settled.has(lane) || leadsTo(plans, parent.lane, lane)) continue;
    settled.add(lane);
    plans[lane] = { ...plans[lane], parent };
  }
  return plans;
}

/** Lanes that are asked about: the nearest. */
function around(lane: number, lanes: number, asked: number): { from: number; to: number } {
  const from = Math.max(0, Math.min(lane - (asked >>> 1), lanes - asked));
  return { from, to: from + asked };
}

/** Whether a lane waits for another, or is it. */
function leadsTo(plans: readonly LanePlan[], from: number, to: number): boolean {
  let at = from;
  while (at !== to) {
    const { parent } = plans[at];
    if (parent === null || parent.isBefore) return false;
    at = parent.lane;
  }
  return true;
}

/** A tree of records as nodes, with their counts as they are. */
export function plantTree(nodes: Nodes, levels: Levels, tree: TreeNode | null): number {
  if (tree === null) return RAW;
  const isTop = nodes.count === 0;
  const node = nodes.add(tree.counts, isTop ? 1 << levels.firstBits : 16);
  tree.next.forEach((next, s) => {
    const child = plantTree(nodes, levels, next);
    nodes.next[node * 16 + s] = child;
  });
  return node;
}

function ownTree({ codes, count }: Rows, lane: number, width: number, order: Uint32Array) {
  const levels = levelsOf(width);
  const nodes = new Nodes();
  const tree = new TreeBuilder(levels, codes[lane], null).build(order, 0, order.length);
  const root = plantTree(nodes, levels, tree);
  return { levels, nodes, root, tails: () => new TailCosts(levels, codes[lane], count, nodes, root) };
}

function binsOfSample(rows: Rows, lane: number, width: number): Bins {
  const order = sortByCode(rows.codes[lane], everyRecord(rows.count), width);
  const { nodes, root, levels } = ownTree(rows, lane, width, order);
  return new Bins(thresholdsOf(nodes, root, levels, BIN_COUNTS[COMPARED_BINS]), width);
}

const everyRecord = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);

function planLane(
  rows: Rows,
  widths: readonly number[],
  lane: number,
  bins: readonly Bins[],
  asked: { from: number; to: number },
) {
  const plain = compareParents(rows, widths[lane], lane, everyRecord(rows.count), bins, asked);
  const copies = findCopies(rows, widths, lane);
  if (copies.length > 0) {
    const choices = copyChoices(rows, lane, widths[lane], copies);
    const left = everyRecord(rows.count).filter((i) => choices[i] >= copies.length);
    const others = compareParents(rows, widths[lane], lane, left, bins, asked);
    if (others.least + choiceCost(choices, copies.length) < plain.least) return { ...others, copies };
  }
  return { ...plain, copies: [] as Copy[] };
}

/** What each lane saves as a parent, for the records given. */
function compareParents(
  rows: Rows,
  width: number,
  lane: number,
  records: Uint32Array,
  bins: readonly Bins[],
  { from, to }: { from: number; to: number },
) {
  const { codes, count } = rows;
  const order = sortByCode(codes[lane], records, width);
  const own = ownTree(rows, lane, width, order);
  const builder = new TreeBuilder(own.levels, codes[lane], own.tails());
  const without = builder.cost(order, 0, order.length);
  const inBin = new Uint16Array(count);
  const sorted = new Uint32Array(order.length);
  const costUnder = (): number => {
    const starts = sortByBin(order, inBin, BIN_COUNTS[COMPARED_BINS] + 1, sorted);
    let cost = 0;
    for (let b = 0; b + 1 < starts.length; b++) cost += builder.cost(sorted, starts[b], starts[b + 1]);
    return cost;
  };
  let parent: Parent | null = null;
  let least = without;
  const same: { lane: number; cost: number }[] = [];
  for (let other = from; other < to; other++) {
    fillBins(inBin, codes[other], bins[other], true);
    const cost = costUnder();
    if (cost < least) {
      least = cost;
      parent = { lane: other, isBefore: true, bins: COMPARED_BINS };
    }
  }
  for (let other = from; other < to; other++) {
    if (other === lane) continue;
    fillBins(inBin, codes[other], bins[other], false);
    same.push({ lane: other, cost: costUnder() });
  }
  const choices = same
    .filter(({ cost }) => cost < least)
    .map(
      (one): Choice => ({
        lane,
        parent: { lane: one.lane, isBefore: false, bins: COMPARED_BINS },
        saved: least - one.cost,
      }),
    );
  return { parent, choices, least: Math.min(least, ...same.map(({ cost }) => cost)) };
}

/** The bin of every record: where the parent is of the record before, bin 0 is for the first of a block. */
export function fillBins(
  inBin: Uint16Array,
  codes: ArrayLike<number>,
  bins: Bins,
  isBefore: boolean,
): void {
  for (let i = 0; i < inBin.length; i++) {
    if (isBefore) inBin[i] = isFirst(i) ? 0 : 1 + bins.of(codes[i - 1]);
    else inBin[i] = bins.of(codes[i]);
  }
}
