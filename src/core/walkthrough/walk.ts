/**
 * EntroGeDe on a few records that can be seen whole: what every stage makes of them, from the same workbench that
 * compresses and condenses. Counts are of all training records, also where only some of them are shown.
 */
import { bitEntropy, type BitPlanes } from '../bits/bitPlanes.ts';
import { Splitter } from '../bits/splitter.ts';
import type { BasePlan, SearchTrace } from '../codecs/codec.ts';
import { objectiveBits } from '../codecs/baseDeviation/objective.ts';
import { clusterRecords } from '../condense/clusters.ts';
import { cellPlanes, type AnalyticsPlan, type PreparedGroups } from '../experiment/analytics.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../experiment/settings.ts';
import type { Workbench } from '../experiment/workbench.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import { cellText } from '../table/table.ts';

/** What the search for the base saw, and what it means for the records that are shown. */
export interface WalkSearch {
  trace: SearchTrace;
  /** One flag per bit of the record. */
  inBase: Uint8Array;
  /** S in bits after every prefix of the trace: as the archive stores it, and by Equation 1 with m = 0. */
  trueBits: Float64Array;
  equation1Bits: Float64Array;
  /** Base of every record that is shown, as the archive numbers them, and how many records share it. */
  ids: Int32Array;
  shared: Uint32Array;
}

/** The condensed samples that the records shown have become part of. */
export interface WalkSamples {
  /** Columns of a sample: features as the model takes them, then targets. */
  names: string[];
  /** How many of them, at the end, are targets. */
  targets: number;
  /** One array per column: means in the data's own units. */
  means: Float64Array[];
  weights: Float64Array;
  /** Sample of every record that is shown; −1 of one that the model cannot use. */
  of: Int32Array;
  /** The records shown in the same columns. */
  values: Float64Array[];
}

/** How the analytics bits divide the records. */
export interface WalkClusters {
  /** Cells in the order in which they become analytics bits. */
  order: Uint32Array;
  /** Bits that take part: β, or all where there are fewer. */
  beta: number;
  /** m for every number of bits, from none to all of the order. */
  counts: Uint32Array;
  samples: WalkSamples;
}

export interface Walk {
  /** Training records, over which everything is counted. */
  records: number;
  /** Bits of a record; cells from here on are those of features that are quantised to be clustered. */
  recordBits: number;
  /** Rows of the table that are shown, all of them training records. */
  shown: Uint32Array;
  /** Their cells as text, column by column; null where one is missing. */
  values: (string | null)[][];
  /** Their codes, field by field; null of a field too wide for a number. */
  codes: (Float64Array | null)[];
  /** Their bits, record after record: shown × cells, 0 or 1. */
  bits: Uint8Array;
  /** Ones of every cell and its entropy in bits. */
  ones: Uint32Array;
  entropy: Float64Array;
  /** Null of a codec without bases. */
  search: WalkSearch | null;
  /** Null where there is nothing to learn. */
  clusters: WalkClusters | null;
}

/** Codes up to here are exact numbers. */
const MOST_CODE_BITS = 53;
/** Records of a base that are shown. */
const PER_BASE = 3;

/** The settings of EntroGeDe as the paper has it; data, β, τ and objective stay as they are. */
export function asInThePaper(settings: ExperimentSettings): ExperimentSettings {
  const { codec, condenser, order, code, targetInClusters, ratio } = DEFAULT_SETTINGS;
  return { ...settings, codec, condenser, order, code, targetInClusters, ratio };
}

/**
 * Takes a few records through every stage.
 *
 * @param settings of clusters on analytics bits (`asInThePaper`)
 * @param most records that are shown: all where there are not more, else a few of each of the most shared bases
 * @throws what the workbench throws: ROWS_TOO_FEW, COLUMN_UNKNOWN, CANCELLED
 */
export async function walk(
  bench: Workbench,
  settings: ExperimentSettings,
  most: number,
  pulse: Pulse = SILENT_PULSE,
): Promise<Walk> {
  const groups = await bench.prepare(settings);
  const plan = await bench.plan(settings, pulse);
  const analytics = (await bench.canLearn(settings)) ? await bench.analytics(settings, pulse) : null;
  const { table, coded, split, train, ones: stored } = groups;
  const bases = plan === null ? null : basesOf(groups, plan);
  const places = chooseShown(train.records, bases, most);
  const shown = places.map((k) => split.train[k]);
  const ones = analytics?.ones ?? stored;
  const planes = cellPlanes(coded, table, shown, analytics?.quantisers ?? []);
  return {
    records: train.records,
    recordBits: coded.layout.recordBits,
    shown,
    values: table.columns.map((column) => [...shown].map((row) => cellText(column, row))),
    codes: codesOf(groups, places),
    bits: bitsOf(planes),
    ones: ones.slice(),
    entropy: Float64Array.from(ones, (count) => bitEntropy(count, train.records)),
    search: plan === null || bases === null ? null : searchOf(groups, plan, bases, places),
    clusters: analytics === null ? null : await clustersOf(bench, settings, analytics, places, pulse),
  };
}

interface Bases {
  /** Base of every training record. */
  ids: Int32Array;
  /** Records of every base. */
  sizes: Uint32Array;
}

/** The bases of a plan, numbered by first record as the archive does. */
function basesOf({ train, ones }: PreparedGroups, { inBase }: BasePlan): Bases {
  const splitter = new Splitter(train.planes, ones);
  for (let position = 0; position < inBase.length; position++)
    if (inBase[position] === 1) splitter.split(position);
  splitter.renumber();
  const sizes = new Uint32Array(splitter.count);
  for (const id of splitter.ids) sizes[id]++;
  return { ids: splitter.ids, sizes };
}

/** Places among the training records of those that are shown, ascending. */
function chooseShown(records: number, bases: Bases | null, most: number): Uint32Array {
  if (records <= most || bases === null)
    return Uint32Array.from({ length: Math.min(records, most) }, (_, k) => k);
  const { ids, sizes } = bases;
  const order = Array.from(sizes, (_, id) => id).sort((a, b) => sizes[b] - sizes[a] || a - b);
  const left = new Map(order.slice(0, Math.ceil(most / PER_BASE)).map((id) => [id, PER_BASE]));
  const chosen: number[] = [];
  const others: number[] = [];
  for (let k = 0; k < records && chosen.length < most; k++) {
    const few = left.get(ids[k]) ?? 0;
    if (few > 0) {
      left.set(ids[k], few - 1);
      chosen.push(k);
    } else if (others.length < most) others.push(k);
  }
  // Where there are not as many bases, others take the places that are left.
  return Uint32Array.from([...chosen, ...others.slice(0, most - chosen.length)]).sort();
}

/** Bits of all records of the planes, record after record. */
function bitsOf({ records, positions, words, data }: BitPlanes): Uint8Array {
  const bits = new Uint8Array(records * positions);
  for (let record = 0; record < records; record++)
    for (let position = 0; position < positions; position++)
      bits[record * positions + position] = (data[position * words + (record >>> 5)] >>> (record & 31)) & 1;
  return bits;
}

function codesOf({ train }: PreparedGroups, places: Uint32Array): (Float64Array | null)[] {
  const { lanes, fieldWidths } = train.layout;
  const codes = fieldWidths.map((width) => (width > MOST_CODE_BITS ? null : new Float64Array(places.length)));
  lanes.forEach(({ field, width }, index) => {
    const own = codes[field];
    if (own === null) return;
    // The high lane comes first: the low one pushes it up.
    for (let k = 0; k < places.length; k++) own[k] = own[k] * 2 ** width + train.codes[index][places[k]];
  });
  return codes;
}

function searchOf(
  { train, coded }: PreparedGroups,
  { trace, inBase }: BasePlan,
  { ids, sizes }: Bases,
  places: Uint32Array,
): WalkSearch {
  const { recordBits } = coded.layout;
  const constantBits = trace.baseBits[0];
  const sizesBy = (objective: 'true' | 'equation1'): Float64Array =>
    Float64Array.from(trace.baseBits, (baseBits, k) =>
      objectiveBits(
        { records: train.records, recordBits, constantBits, baseBits, baseCount: trace.baseCounts[k] },
        objective,
      ),
    );
  const own = Int32Array.from(places, (k) => ids[k]);
  return {
    trace,
    inBase,
    trueBits: sizesBy('true'),
    equation1Bits: sizesBy('equation1'),
    ids: own,
    shared: Uint32Array.from(own, (id) => sizes[id]),
  };
}

async function clustersOf(
  bench: Workbench,
  settings: ExperimentSettings,
  analytics: AnalyticsPlan,
  places: Uint32Array,
  pulse: Pulse,
): Promise<WalkClusters> {
  const { table, coded, split } = await bench.prepare(settings);
  const design = await bench.design(settings);
  const { order, quantisers } = analytics;
  const beta = Math.min(settings.beta, order.length);
  const counts = await bench.condensedCounts(settings, pulse);
  const made = await bench.condensedTable(settings);
  const used = design.used.map((k) => split.train[k]);
  const { ids } = clusterRecords(cellPlanes(coded, table, used, quantisers), order, beta);
  const placeOf = new Map(Array.from(design.used, (k, place) => [k, place]));
  const clusters = Array.from(places, (k) => {
    const place = placeOf.get(k);
    return place === undefined ? -1 : ids[place];
  });
  const rows = [...new Set(clusters.filter((id) => id >= 0))].sort((a, b) => a - b);
  const { names, columns, targets } = made;
  const width = names.length - 1;
  const records = places.map((k) => split.train[k]);
  const raw = design.map.raw(table.columns, records);
  const y = design.targets(table.columns, records);
  return {
    order: order.slice(),
    beta,
    counts: counts.slice(),
    samples: {
      names: names.slice(0, width),
      targets,
      means: columns.slice(0, width).map((column) => Float64Array.from(rows, (row) => column[row])),
      weights: Float64Array.from(rows, (row) => columns[width][row]),
      of: Int32Array.from(clusters, (id) => rows.indexOf(id)),
      values: [
        ...Array.from({ length: width - targets }, (_, j) =>
          Float64Array.from(records, (_row, i) => raw[i * design.map.width + j + 1]),
        ),
        ...Array.from({ length: targets }, (_, t) =>
          Float64Array.from(records, (_row, i) => y[i * targets + t]),
        ),
      ],
    },
  };
}
