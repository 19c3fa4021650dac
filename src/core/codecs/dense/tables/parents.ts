/** Which lane is told by which others: what each way would take, and the ways that save most of those that go together. */
import type { Pulse } from '../../../pulse.ts';
import { BIN_COUNTS, Bins, thresholdsOf } from './bins.ts';
import { choiceCost, copyChoices, findCopies } from './copies.ts';
import { levelsOf, SYMBOLS, type Levels } from './levels.ts';
import { Nodes, RAW } from './nodes.ts';
import { leadsTo, needsOf, type Copy, type LanePlan, type Parent } from './plan.ts';
import { everyRecord, isFirst, spreadBlocks, type Rows } from './rows.ts';
import { sortByBin, sortByCode, TailCosts, TreeBuilder, type TreeNode } from './trees.ts';

/** Records on which all lanes are compared as parents, in few bins; and on which the best of them are, in more. */
const COMPARED_RECORDS = 8192;
const SETTLED_RECORDS = 16_384;

/** Comparisons of all lanes at most: of wide tables fewer lanes are asked, on fewer records. */
const MOST_COMPARISONS = 4000;

/** Bins in which all lanes are compared, as an index into BIN_COUNTS. */
const COMPARED_BINS = 1;

/** Lanes that are asked about at least, the nearest. */
const FEWEST_ASKED = 4;

/** How many of those that save most are compared again. */
const SETTLED = 4;

/** One way to tell a lane, and what it takes. */
interface Option extends LanePlan {
  lane: number;
  cost: number;
}

/** Lanes of some records, with their bins by BIN_COUNTS. */
interface Sample {
  rows: Rows;
  bins: readonly (readonly Bins[])[];
}

/** Plans for all lanes. How many bins each parent has is settled later, on all records. */
export async function planLanes(all: Rows, widths: readonly number[], pulse: Pulse): Promise<LanePlan[]> {
  const lanes = widths.length;
  const perLane = Math.floor(MOST_COMPARISONS / Math.max(1, 2 * lanes));
  const asked = Math.min(lanes, Math.max(FEWEST_ASKED, perLane));
  const share = Math.min(1, MOST_COMPARISONS / Math.max(1, 2 * lanes * asked));
  const few = sampleOf(spreadBlocks(all, Math.max(256, Math.floor(COMPARED_RECORDS * share))), widths);
  const settling = spreadBlocks(all, Math.max(512, Math.floor(SETTLED_RECORDS * share)));
  const more = settling.count === few.rows.count ? few : sampleOf(settling, widths);
  const copies = findCopies(few.rows, widths);
  const options: Option[] = [];
  const plans: LanePlan[] = [];
  for (let lane = 0; lane < lanes; lane++) {
    const from = Math.max(0, Math.min(lane - (asked >>> 1), lanes - asked));
    const own = optionsOf(few, more, widths[lane], lane, copies[lane], { from, to: from + asked });
    const base = own.filter((option) => needsOf(option).length === 0).reduce(cheaper);
    plans.push(base);
    for (const option of own) {
      if (option.cost < base.cost) options.push({ ...option, cost: option.cost - base.cost });
    }
    if (pulse.due())
      await pulse.beat({ phase: 'Fitting the model', done: lane, total: 2 * lanes, unit: 'columns' });
  }
  // What saves most comes first, unless lanes would wait for each other.
  options.sort((a, b) => a.cost - b.cost || a.lane - b.lane);
  const done = new Set<number>();
  for (const option of options) {
    const { lane } = option;
    if (done.has(lane) || needsOf(option).some((other) => leadsTo(plans, other, lane))) continue;
    done.add(lane);
    plans[lane] = option;
  }
  return plans;
}

const cheaper = (a: Option, b: Option): Option => (b.cost < a.cost ? b : a);

function sampleOf(rows: Rows, widths: readonly number[]): Sample {
  const bins = widths.map((width, lane) => {
    const order = sortByCode(rows.codes[lane], everyRecord(rows.count), width);
    const { nodes, root, levels } = ownTree(rows, lane, width, order);
    return BIN_COUNTS.map((count) => new Bins(thresholdsOf(nodes, root, levels, count), width));
  });
  return { rows, bins };
}

/** A lane's own tree, with its counts as they are. */
function ownTree({ codes }: Rows, lane: number, width: number, order: Uint32Array) {
  const levels = levelsOf(width);
  const nodes = new Nodes();
  const tree = new TreeBuilder(levels, codes[lane], null, 1).build(order, 0, order.length);
  return { levels, nodes, root: plant(nodes, levels, tree, 0) };
}

function plant(nodes: Nodes, levels: Levels, tree: TreeNode | null, level: number): number {
  if (tree === null) return RAW;
  const node = nodes.add(tree.counts, level === 0 ? 1 << levels.firstBits : SYMBOLS);
  for (let s = 0; s < SYMBOLS; s++) {
    const next = plant(nodes, levels, tree.next[s], level + 1);
    nodes.next[node * SYMBOLS + s] = next;
  }
  return node;
}

/** Ways to tell a lane: with and without copies, under no parent or one of the best. */
function optionsOf(
  few: Sample,
  more: Sample,
  width: number,
  lane: number,
  copies: readonly Copy[],
  asked: { from: number; to: number },
): Option[] {
  // Copies of the record before alone are asked about, too: nothing waits for these.
  const before = copies.filter(({ isBefore }) => isBefore);
  const sets = [[], before, copies].filter(
    (set, k, all) => all.findIndex((other) => other.length === set.length) === k,
  );
  return sets.flatMap((set) => {
    const parents = new Comparison(few, width, lane, set).rank(asked);
    const settling = new Comparison(more, width, lane, set);
    const options: Option[] = [{ lane, copies: set, parent: null, cost: settling.withoutParent() }];
    for (const parent of parents) {
      for (let bins = COMPARED_BINS; bins < BIN_COUNTS.length; bins++) {
        const one = { ...parent, bins };
        options.push({ lane, copies: set, parent: one, cost: settling.under(one) });
      }
    }
    return options;
  });
}

/** What a lane takes under parents, of the records of a sample that are no copies. */
class Comparison {
  readonly #sample: Sample;
  readonly #lane: number;
  readonly #order: Uint32Array;
  readonly #builder: TreeBuilder;
  readonly #copyCost: number;
  readonly #inBin: Uint16Array;
  readonly #sorted: Uint32Array;

  constructor(sample: Sample, width: number, lane: number, copies: readonly Copy[]) {
    const { rows } = sample;
    this.#sample = sample;
    this.#lane = lane;
    const choices = copies.length === 0 ? null : copyChoices(rows, lane, width, copies);
    this.#copyCost = choices === null ? 0 : choiceCost(choices, copies.length);
    const every = everyRecord(rows.count);
    const left = choices === null ? every : every.filter((i) => choices[i] >= copies.length);
    this.#order = sortByCode(rows.codes[lane], left, width);
    const { levels, nodes, root } = ownTree(rows, lane, width, this.#order);
    const tails = new TailCosts(levels, rows.codes[lane], rows.count, nodes, root);
    this.#builder = new TreeBuilder(levels, rows.codes[lane], tails, 1);
    this.#inBin = new Uint16Array(rows.count);
    this.#sorted = new Uint32Array(this.#order.length);
  }

  withoutParent(): number {
    return this.#copyCost + this.#builder.cost(this.#order, 0, this.#order.length);
  }

  under({ lane, isBefore, bins: index }: Parent): number {
    const { rows, bins } = this.#sample;
    fillBins(this.#inBin, rows.codes[lane], bins[lane][index], isBefore);
    const starts = sortByBin(this.#order, this.#inBin, bins[lane][index].count + 1, this.#sorted);
    let cost = this.#copyCost;
    for (let b = 0; b + 1 < starts.length; b++)
      cost += this.#builder.cost(this.#sorted, starts[b], starts[b + 1]);
    return cost;
  }

  /** The parents under which it takes least: some of the same record, and one of the record before. */
  rank({ from, to }: { from: number; to: number }): Parent[] {
    const ranked = [true, false].map((isBefore) => {
      const parents: { parent: Parent; cost: number }[] = [];
      for (let lane = from; lane < to; lane++) {
        if (lane === this.#lane && !isBefore) continue;
        const parent = { lane, isBefore, bins: COMPARED_BINS };
        parents.push({ parent, cost: this.under(parent) });
      }
      return parents.sort((a, b) => a.cost - b.cost || a.parent.lane - b.parent.lane);
    });
    return [...ranked[0].slice(0, 1), ...ranked[1].slice(0, SETTLED)].map(({ parent }) => parent);
  }
}

/** The bin of every record: where the parent is of the record before, bin 0 is for the first of a block. */
export function fillBins(inBin: Uint16Array, codes: ArrayLike<number>, bins: Bins, isBefore: boolean): void {
  for (let i = 0; i < inBin.length; i++) {
    if (isBefore) inBin[i] = isFirst(i) ? 0 : 1 + bins.of(codes[i - 1]);
    else inBin[i] = bins.of(codes[i]);
  }
}
