/** Fits the model of a table to its training records, and writes it. */
import type { Pulse } from '../../../pulse.ts';
import { BIN_COUNTS } from './bins.ts';
import { copyChoices } from './copies.ts';
import { levelsOf } from './levels.ts';
import { COPY_CONTEXTS, ModelCode, parentBins, type BinTrees } from './model.ts';
import { ModelWriter } from './modelCoder.ts';
import type { Nodes } from './nodes.ts';
import { codingOrder, type LanePlan, type Parent } from './plan.ts';
import { fillBins, planLanes } from './parents.ts';
import { sealModel } from './open.ts';
import { isFirst, spreadBlocks, type Rows } from './rows.ts';
import { sortByBin, sortByCode, TailCosts, TreeBuilder } from './trees.ts';

/** Records that a model is fitted to at most. */
const MOST_RECORDS = 1 << 18;

/** @returns the bytes of the model */
export async function fitTable(all: Rows, widths: readonly number[], pulse: Pulse): Promise<Uint8Array> {
  const rows = spreadBlocks(all, MOST_RECORDS);
  const lanes = widths.length;
  const plans = await planLanes(rows, widths, pulse);
  const writer = new ModelWriter();
  const code = new ModelCode(writer, lanes);
  for (const { copies } of plans) code.copies(copies);

  const orders: Uint32Array[] = [];
  const choices: (Uint8Array | null)[] = [];
  const shared = new Int32Array(lanes);
  for (let lane = 0; lane < lanes; lane++) {
    const width = widths[lane];
    const levels = levelsOf(width);
    const { copies } = plans[lane];
    const chosen = copies.length === 0 ? null : copyChoices(rows, lane, width, copies);
    choices.push(chosen);
    let records = Uint32Array.from({ length: rows.count }, (_, i) => i);
    if (chosen !== null) records = records.filter((i) => chosen[i] >= copies.length);
    const order = sortByCode(rows.codes[lane], records, width);
    orders.push(order);
    const tree = new TreeBuilder(levels, rows.codes[lane], null).build(order, 0, order.length);
    shared[lane] = code.sharedTree(levels, { cells: order.length, tree });
  }
  const counted = countCopies(plans, choices, rows);
  plans.forEach(({ copies }, lane) => code.copyNodes(copies.length, counted[lane]));

  for (let lane = 0; lane < lanes; lane++) {
    const found = bestTrees(code.nodes, rows, widths, lane, plans[lane].parent, shared, orders[lane]);
    const parent = code.parent(found?.parent ?? null);
    if (parent !== null) code.binTrees(levelsOf(widths[lane]), found!.trees.length, shared[lane], found!.trees);
    if (pulse.due()) {
      await pulse.beat({ phase: 'Fitting the model', done: lanes + lane, total: 2 * lanes, unit: 'columns' });
    }
  }
  return sealModel(writer.finish(), code.nodes.count);
}

/** The number of bins that pays most, and the trees; null where none pays. */
function bestTrees(
  nodes: Nodes,
  rows: Rows,
  widths: readonly number[],
  lane: number,
  planned: Parent | null,
  shared: Int32Array,
  order: Uint32Array,
): { parent: Parent; trees: BinTrees } | null {
  if (planned === null) return null;
  const levels = levelsOf(widths[lane]);
  const codes = rows.codes[lane];
  const tails = new TailCosts(levels, codes, rows.count, nodes, shared[lane]);
  const builder = new TreeBuilder(levels, codes, tails);
  const inBin = new Uint16Array(rows.count);
  const sorted = new Uint32Array(order.length);
  const sort = (parent: Parent): Uint32Array => {
    const bins = parentBins(nodes, shared, widths, parent);
    fillBins(inBin, rows.codes[parent.lane], bins, parent.isBefore);
    return sortByBin(order, inBin, bins.count + (parent.isBefore ? 1 : 0), sorted);
  };
  let best: Parent | null = null;
  let least = builder.cost(order, 0, order.length);
  for (let bins = 0; bins < BIN_COUNTS.length; bins++) {
    const parent = { ...planned, bins };
    const starts = sort(parent);
    let cost = 0;
    for (let b = 0; b + 1 < starts.length; b++) cost += builder.cost(sorted, starts[b], starts[b + 1]);
    if (cost >= least) continue;
    least = cost;
    best = parent;
  }
  if (best === null) return null;
  const starts = sort(best);
  const trees = Array.from(starts.subarray(1), (end, b) => ({
    cells: end - starts[b],
    tree: builder.build(sorted, starts[b], end),
  }));
  return { parent: best, trees };
}

/** How often each copy follows each context, lane by lane, in the order in which lanes are coded. */
function countCopies(
  plans: readonly LanePlan[],
  choices: readonly (Uint8Array | null)[],
  rows: Rows,
): (Uint32Array[] | null)[] {
  const counts = plans.map(({ copies }) =>
    copies.length === 0
      ? null
      : Array.from({ length: COPY_CONTEXTS }, () => new Uint32Array(copies.length + 1)),
  );
  const order = codingOrder(plans.map(({ parent }) => parent))!;
  let context = 0;
  for (let i = 0; i < rows.count; i++) {
    if (isFirst(i)) {
      context = COPY_CONTEXTS - 1;
      continue;
    }
    for (const lane of order) {
      const own = counts[lane];
      if (own === null) continue;
      const choice = choices[lane]![i];
      own[context][choice]++;
      // None is the same, however many there are.
      context = choice === plans[lane].copies.length ? COPY_CONTEXTS - 2 : choice;
    }
  }
  return counts;
}
