/** Fits the model of a table to its training records, and writes it. */
import type { Pulse } from '../../../pulse.ts';
import { BIN_COUNTS } from './bins.ts';
import { copyChoices, NO_CHOICE } from './copies.ts';
import { tableEncoder } from './encode.ts';
import { levelsOf, SYMBOLS } from './levels.ts';
import { COPY_CONTEXTS, ModelCode, parentBins, type BinTrees } from './model.ts';
import { ModelWriter } from './modelCoder.ts';
import type { Nodes } from './nodes.ts';
import { BLOCK_RECORDS, codingOrder, type LanePlan, type Parent } from './plan.ts';
import { fillBins, planLanes } from './parents.ts';
import { openModel, sealModel } from './open.ts';
import { everyRecord, isFirst, spreadBlocks, type Rows } from './rows.ts';
import { sortByBin, sortByCode, TailCosts, TreeBuilder } from './trees.ts';

/** Records that a model is fitted to at most. */
const MOST_RECORDS = 1 << 18;

/** Of a table with fewer records, models of different thrift are tried: few nodes tell little of what nodes are like. */
const SMALL_TABLE = 512;
const THRIFTS = [1, 0.75, 1.5, 2, 3, 5, 8];

/** @returns the bytes of the model */
export async function fitTable(all: Rows, widths: readonly number[], pulse: Pulse): Promise<Uint8Array> {
  const rows = spreadBlocks(all, MOST_RECORDS);
  const plans = await planLanes(rows, widths, pulse);
  if (rows.count > SMALL_TABLE) return fitWith(rows, widths, plans, THRIFTS[0], pulse);
  return fitSmall(rows, widths, plans, pulse);
}

/**
 * Of a small table the model weighs as much as the records: what it says is tried out, and left unsaid where model and
 * streams together are smaller without it.
 */
async function fitSmall(
  rows: Rows,
  widths: readonly number[],
  planned: readonly LanePlan[],
  pulse: Pulse,
): Promise<Uint8Array> {
  let best: Uint8Array | null = null;
  let least = Infinity;
  let [plans, thrift] = [planned, THRIFTS[0]];
  const attempt = async (tried: readonly LanePlan[], triedThrift: number): Promise<void> => {
    const model = await fitWith(rows, widths, tried, triedThrift, pulse);
    const bytes = model.length + streamBytes(model, rows, widths);
    if (bytes >= least) return;
    [best, least, plans, thrift] = [model, bytes, tried, triedThrift];
  };
  for (const one of THRIFTS) await attempt(planned, one);
  for (let lane = 0; lane < widths.length; lane++) {
    const without = (less: Partial<LanePlan>): LanePlan[] =>
      plans.map((plan, l) => (l === lane ? { ...plan, ...less } : plan));
    if (plans[lane].copies.length > 0) await attempt(without({ copies: [] }), thrift);
    if (plans[lane].parent !== null) await attempt(without({ parent: null }), thrift);
  }
  return best!;
}

function streamBytes(bytes: Uint8Array, { codes, count }: Rows, widths: readonly number[]): number {
  const encode = tableEncoder(openModel(bytes, widths), codes);
  let sum = 0;
  for (let first = 0; first < count; first += BLOCK_RECORDS) {
    sum += encode(first, Math.min(BLOCK_RECORDS, count - first)).length;
  }
  return sum;
}

async function fitWith(
  rows: Rows,
  widths: readonly number[],
  plans: readonly LanePlan[],
  thrift: number,
  pulse: Pulse,
): Promise<Uint8Array> {
  const lanes = widths.length;
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
    let records = everyRecord(rows.count);
    if (chosen !== null) records = records.filter((i) => chosen[i] >= copies.length);
    const order = sortByCode(rows.codes[lane], records, width);
    orders.push(order);
    const tree = new TreeBuilder(levels, rows.codes[lane], null, thrift).build(order, 0, order.length);
    shared[lane] = code.sharedTree(levels, { cells: order.length, tree });
  }
  const counted = countCopies(plans, choices, rows);
  plans.forEach(({ copies }, lane) => code.copyNodes(copies.length, counted[lane]));

  for (let lane = 0; lane < lanes; lane++) {
    const found = bestTrees(code.nodes, rows, widths, lane, plans[lane].parent, shared, orders[lane], thrift);
    const parent = code.parent(found?.parent ?? null);
    if (parent !== null)
      code.binTrees(levelsOf(widths[lane]), found!.trees.length, shared[lane], found!.trees);
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
  thrift: number,
): { parent: Parent; trees: BinTrees } | null {
  if (planned === null) return null;
  const levels = levelsOf(widths[lane]);
  const codes = rows.codes[lane];
  const tails = new TailCosts(levels, codes, rows.count, nodes, shared[lane]);
  const builder = new TreeBuilder(levels, codes, tails, thrift);
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
    copies.length === 0 ? null : Array.from({ length: COPY_CONTEXTS }, () => new Uint32Array(SYMBOLS)),
  );
  const order = codingOrder(plans)!;
  let context = 0;
  for (let i = 0; i < rows.count; i++) {
    if (isFirst(i)) context = COPY_CONTEXTS - 1;
    for (const lane of order) {
      const own = counts[lane];
      if (own === null) continue;
      const choice = choices[lane]![i];
      if (choice === NO_CHOICE) continue;
      own[context][choice]++;
      // None is the same, however many there are.
      context = choice === plans[lane].copies.length ? COPY_CONTEXTS - 2 : choice;
    }
  }
  return counts;
}
