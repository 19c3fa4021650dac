/**
 * EntroGeDe on a few records that can be seen whole: what every stage makes of them, from the same workbench that
 * compresses and condenses. Counts are of all training records, also where only some of them are shown.
 */
import { bitEntropy, type BitPlanes } from '../bits/bitPlanes.ts';
import { Splitter } from '../bits/splitter.ts';
import { searchSteps, type SearchSteps } from '../codecs/baseDeviation/searchSteps.ts';
import type { BasePlan } from '../codecs/codec.ts';
import { clusterRecords } from '../condense/clusters.ts';
import { cellPlanes, type AnalyticsPlan, type PreparedGroups } from '../experiment/analytics.ts';
import { axisColumns, strongestFeature } from '../experiment/axisColumns.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../experiment/settings.ts';
import { usableVariables } from '../experiment/variables.ts';
import type { Workbench } from '../experiment/workbench.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import { cellText } from '../table/table.ts';
import { chooseShown, type Bases, type Clusterable, type ShownBy } from './chooseShown.ts';

/** What the search for the base saw, and what it means for the records that are shown. */
export interface WalkSearch extends SearchSteps {
  /** Bits of the record in the order in which they were added to the constant ones. */
  added: Uint32Array;
  /** One flag per bit of the record. */
  inBase: Uint8Array;
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
  /** Which of them is the feature that goes with the target most closely. */
  strongest: number;
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
  /** Training records that the model uses. */
  used: number;
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
  /** Why these; null where every training record is shown. */
  shownBy: ShownBy | null;
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
/** Bits of a record by which it is found to be like another one. */
const MOST_KEY_BITS = 64;

/** The settings of EntroGeDe as the paper has it; data, β, τ and objective stay as they are. */
export function asInThePaper(settings: ExperimentSettings): ExperimentSettings {
  const { codec, condenser, order, code, targetInClusters, ratio } = DEFAULT_SETTINGS;
  return { ...settings, codec, condenser, order, code, targetInClusters, ratio };
}

/**
 * Takes a few records through every stage.
 *
 * @param settings of clusters on analytics bits (`asInThePaper`)
 * @param most records that are shown
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
  const clusterable = analytics === null ? null : await clusterableOf(bench, settings, analytics);
  const { places, by } = chooseShown(train.records, bases, clusterable, most, settings.seed);
  const shown = places.map((k) => split.train[k]);
  const ones = analytics?.ones ?? stored;
  const planes = cellPlanes(groups, places, analytics?.quantisers ?? []);
  return {
    records: train.records,
    recordBits: coded.layout.recordBits,
    shown,
    shownBy: by,
    values: table.columns.map((column) => [...shown].map((row) => cellText(column, row))),
    codes: codesOf(groups, places),
    bits: bitsOf(planes),
    ones: ones.slice(),
    entropy: Float64Array.from(ones, (count) => bitEntropy(count, train.records)),
    search: plan === null || bases === null ? null : searchOf(groups, plan, bases, places, settings),
    clusters: analytics === null ? null : await clustersOf(bench, settings, analytics, places, pulse),
  };
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

/** The records that clusters are made of, known by the bits that divide them. */
async function clusterableOf(
  bench: Workbench,
  settings: ExperimentSettings,
  { order, quantisers }: AnalyticsPlan,
): Promise<Clusterable> {
  const groups = await bench.prepare(settings);
  const { used } = await bench.design(settings);
  const first = order.subarray(0, MOST_KEY_BITS);
  return {
    used,
    keysOf(places) {
      const planes = cellPlanes(groups, places, quantisers);
      const bits = bitsOf(planes);
      return Array.from(places, (_, k) =>
        Array.from(first, (cell) => bits[k * planes.positions + cell]).join(''),
      );
    },
  };
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
  settings: ExperimentSettings,
): WalkSearch {
  const { recordBits } = coded.layout;
  const own = Int32Array.from(places, (k) => ids[k]);
  return {
    ...searchSteps(trace, { records: train.records, recordBits }, settings),
    added: trace.added.slice(),
    inBase: inBase.slice(),
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
  const groups = await bench.prepare(settings);
  const { table, split } = groups;
  const design = await bench.design(settings);
  const { order, quantisers } = analytics;
  const beta = Math.min(settings.beta, order.length);
  const counts = await bench.condensedCounts(settings, pulse);
  const made = await bench.condensedTable(settings);
  const used = design.used.map((k) => split.train[k]);
  const { ids } = clusterRecords(cellPlanes(groups, design.used, quantisers), order, beta);
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
  const { columns: axes } = await axisColumns(table.columns, usableVariables(table, settings), used, pulse);
  const strongest = names.indexOf(strongestFeature(axes)?.name ?? '');
  return {
    used: used.length,
    order: order.slice(),
    beta,
    counts: counts.slice(),
    samples: {
      names: names.slice(0, width),
      targets,
      // A category is a column for each of its values: where no feature is a number, the first one has to do.
      strongest: Math.max(0, strongest),
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
