/**
 * One dataset on the bench: every stage of an experiment computed from the settings that it depends on, and kept until
 * one of them changes. The page's worker, the sweep's workers and the Node bench all work through this.
 */
import { bitEntropy, bitPlanes, countOnes, type BitPlanes } from '../bits/bitPlanes.ts';
import { layOut } from '../bits/lanes.ts';
import type { BasePlan, EncodedGroup, RecordGroup } from '../codecs/codec.ts';
import { codecByName } from '../codecs/registry.ts';
import { clusterCounts, clusterRecords, condense, type WeightedSamples } from '../condense/clusters.ts';
import { analyticsOrder, type AnalyticsRow } from '../condense/order.ts';
import { fitQuantiser, quantise, QUANTISER_BITS, type Quantiser } from '../condense/quantiser.ts';
import { LabError } from '../errors.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import { splitRecords, type Split } from '../random.ts';
import { buildDesign, type Design } from '../regression/design.ts';
import { codeTable, gatherCodes, type CodedTable } from '../table/codes.ts';
import { dropColumns, type NumberColumn, type Table } from '../table/table.ts';
import type { ExperimentSettings } from './settings.ts';
import { resolveVariables, usableVariables } from './variables.ts';

/** Keeps the last value of a stage with the key it was made from; calls for the same key share one making. */
class Kept<T> {
  private key: string | null = null;
  private value: Promise<T> | null = null;
  /** Seconds that making the value took. */
  seconds = 0;

  get(key: unknown, make: () => T | Promise<T>): Promise<T> {
    const text = JSON.stringify(key);
    if (this.value !== null && text === this.key) {
      // Only the call that was cancelled should hear of it: one that shared its work makes the stage by itself.
      return this.value.catch((thrown: unknown) => {
        if (thrown instanceof LabError && thrown.code === 'CANCELLED') return this.get(key, make);
        throw thrown;
      });
    }
    // The old value goes first, so that two large ones are never held together.
    this.value = null;
    this.key = text;
    const value = Promise.resolve().then(async () => {
      const started = performance.now();
      const made = await make();
      this.seconds = (performance.now() - started) / 1000;
      return made;
    });
    this.value = value;
    // What failed or was cancelled is made again next time.
    value.catch(() => {
      if (this.value === value) this.value = null;
    });
    return value;
  }
}

/** Records divided and coded, ready for a codec. */
export interface PreparedGroups {
  table: Table;
  coded: CodedTable;
  split: Split;
  train: RecordGroup;
  test: RecordGroup;
  /** Ones per stored position over the training records. */
  ones: Uint32Array;
}

/** Clustering columns, their cells and the order of their bits. */
export interface AnalyticsPlan {
  rows: AnalyticsRow[];
  quantisers: Quantiser[];
  /** Ones per cell over the training records: stored positions, then quantised ones. */
  ones: Uint32Array;
  /** Bits of the stored record; cells from here on are quantised. */
  recordBits: number;
  order: Uint32Array;
}

/** What condensing works on: the training records that the model uses. */
interface ClusterGround {
  planes: BitPlanes;
  records: number;
}

export class Workbench {
  readonly table: Table;
  private readonly groups = new Kept<PreparedGroups>();
  private readonly plans = new Kept<BasePlan>();
  private readonly encoded = new Kept<{ train: EncodedGroup; test: EncodedGroup }>();
  private readonly analyticsPlans = new Kept<AnalyticsPlan>();
  private readonly grounds = new Kept<ClusterGround>();
  private readonly designs = new Kept<Design>();
  private readonly counts = new Kept<Uint32Array>();

  constructor(table: Table) {
    this.table = table;
  }

  private groupsKey(s: ExperimentSettings): unknown {
    return [s.split, s.testFraction, s.drop, s.ratio];
  }

  private planKey(s: ExperimentSettings): unknown {
    return [this.groupsKey(s), s.codec, s.tau, s.objective];
  }

  private analyticsKey(s: ExperimentSettings): unknown {
    return [
      this.groupsKey(s),
      [s.target, s.features, s.order, s.code, s.targetInClusters],
      [s.order === 'pool' ? s.beta : 0, s.order === 'random' ? s.seed : 0],
    ];
  }

  private designKey(s: ExperimentSettings): unknown {
    return [this.groupsKey(s), s.target, s.features, s.missing];
  }

  /** Mappings on all records, then the two groups with their bit planes. */
  prepare(settings: ExperimentSettings): Promise<PreparedGroups> {
    return this.groups.get(this.groupsKey(settings), () => {
      const table = settings.drop.length === 0 ? this.table : dropColumns(this.table, settings.drop);
      if (table.columns.length === 0) throw new LabError('COLUMN_UNKNOWN', 'Every column has been dropped.');
      const split = splitRecords(table.rows, settings.testFraction, settings.split);
      if (split.train.length === 0)
        throw new LabError('ROWS_TOO_FEW', 'The split leaves no training record.');
      const coded = codeTable(table, settings.ratio);
      const train = recordGroup(coded, split.train);
      const test = recordGroup(coded, split.test);
      return { table, coded, split, train, test, ones: countOnes(train.planes) };
    });
  }

  /** Base positions by the codec's search. */
  async plan(settings: ExperimentSettings, pulse: Pulse = SILENT_PULSE): Promise<BasePlan> {
    const { train } = await this.prepare(settings);
    return this.plans.get(this.planKey(settings), () =>
      codecByName(settings.codec).search(train, { tau: settings.tau, objective: settings.objective }, pulse),
    );
  }

  /** Both groups encoded on the chosen base positions. */
  async encode(
    settings: ExperimentSettings,
    pulse: Pulse = SILENT_PULSE,
  ): Promise<{ train: EncodedGroup; test: EncodedGroup }> {
    const { train, test } = await this.prepare(settings);
    const { inBase } = await this.plan(settings, pulse);
    return this.encoded.get(this.planKey(settings), () => {
      const codec = codecByName(settings.codec);
      return { train: codec.encode(train, inBase), test: codec.encode(test, inBase) };
    });
  }

  /** Seconds that the stages of the last encoding took when they were made: mappings, planes, search, packing. */
  encodingSeconds(): number {
    return this.groups.seconds + this.plans.seconds + this.encoded.seconds;
  }

  /**
   * Which bits become analytics bits, in order; null where there is nothing to learn. A table that cannot be learned
   * from can still be compressed: training says why not, and nothing else fails for it.
   */
  async analytics(settings: ExperimentSettings): Promise<AnalyticsPlan | null> {
    const groups = await this.prepare(settings);
    const variables = usableVariables(groups.table, settings);
    if (variables === null) return null;
    return this.analyticsPlans.get(this.analyticsKey(settings), () => {
      const columns = settings.targetInClusters
        ? [...variables.features, variables.target].sort((a, b) => a - b)
        : variables.features;
      return planAnalytics(groups, columns, settings);
    });
  }

  /** The design matrices; throws without a target. */
  async design(settings: ExperimentSettings): Promise<Design> {
    const { table, split } = await this.prepare(settings);
    const variables = resolveVariables(table, settings);
    if (variables === null) throw new LabError('TARGET_UNKNOWN', 'There is no target to learn.');
    return this.designs.get(this.designKey(settings), () =>
      buildDesign(table, variables, split, settings.missing),
    );
  }

  /** Whether the records can be learned from; if not, `design` says why. */
  async canLearn(settings: ExperimentSettings): Promise<boolean> {
    try {
      await this.design(settings);
      return true;
    } catch (thrown) {
      if (thrown instanceof LabError && thrown.code !== 'CANCELLED') return false;
      throw thrown;
    }
  }

  /** Cells of the records that the model uses, for clustering; of all of them where there is no model. */
  private async ground(settings: ExperimentSettings, analytics: AnalyticsPlan): Promise<ClusterGround> {
    const groups = await this.prepare(settings);
    const used = (await this.canLearn(settings))
      ? (await this.design(settings)).used
      : groups.split.train.map((_, k) => k);
    // Features decide the quantisers' cells, missing cells decide the records.
    return this.grounds.get([this.designKey(settings), settings.code, settings.targetInClusters], () => {
      const { coded, split, table } = groups;
      const rows = used.map((k) => split.train[k]);
      return { planes: cellPlanes(coded, table, rows, analytics.quantisers), records: rows.length };
    });
  }

  /** m for every β over the analytics order. */
  async condensedCounts(settings: ExperimentSettings, pulse: Pulse = SILENT_PULSE): Promise<Uint32Array> {
    const analytics = await this.analytics(settings);
    if (analytics === null) return Uint32Array.of(1);
    const { planes } = await this.ground(settings, analytics);
    return this.counts.get([this.analyticsKey(settings), settings.missing], () =>
      clusterCounts(planes, analytics.order, pulse),
    );
  }

  /** Weighted condensed samples in design coordinates for β analytics bits. */
  async condensed(settings: ExperimentSettings): Promise<WeightedSamples> {
    const analytics = await this.analytics(settings);
    if (analytics === null) throw new LabError('TARGET_UNKNOWN', 'There is no target to learn.');
    const design = await this.design(settings);
    const { planes } = await this.ground(settings, analytics);
    return condense(
      clusterRecords(planes, analytics.order, settings.beta),
      design.train.x,
      design.train.width,
      design.train.y,
    );
  }

  /** All training records as samples of weight 1. */
  async full(settings: ExperimentSettings): Promise<WeightedSamples> {
    const { train } = await this.design(settings);
    return { ...train, weights: new Float64Array(train.rows).fill(1) };
  }
}

function recordGroup(coded: CodedTable, rows: Uint32Array): RecordGroup {
  const codes = gatherCodes(coded.codes, rows);
  return {
    records: rows.length,
    layout: coded.layout,
    codes,
    planes: bitPlanes(coded.layout, codes, rows.length),
  };
}

/** Bit planes of the stored record followed by the quantised columns. */
function cellPlanes(
  coded: CodedTable,
  table: Table,
  rows: Uint32Array,
  quantisers: readonly Quantiser[],
): BitPlanes {
  const extra = quantisers.map((quantiser) =>
    quantise(table.columns[quantiser.column] as NumberColumn, quantiser, rows),
  );
  const fields = [
    ...coded.layout.fieldWidths.map((width, k) => ({ width, column: coded.layout.fieldColumns[k] })),
    ...quantisers.map(({ column }) => ({ width: QUANTISER_BITS, column })),
  ];
  return bitPlanes(layOut(fields), [...gatherCodes(coded.codes, rows), ...extra], rows.length);
}

/**
 * Clustering rows: a decimal or category feature is read from its stored code, whose bits halve its range; any other
 * numeric feature (every numeric feature with code "linear") from its quantisation.
 */
function planAnalytics(
  groups: PreparedGroups,
  columns: readonly number[],
  settings: ExperimentSettings,
): AnalyticsPlan {
  const { coded, table, split } = groups;
  const { layout } = coded;
  const recordBits = layout.recordBits;
  const quantisers: Quantiser[] = [];
  const rows = columns.map((column): AnalyticsRow => {
    const { kind } = coded.mappings[column];
    if (kind === 'category' || (kind === 'decimal' && settings.code === 'mixed')) {
      const field = layout.fieldColumns.indexOf(column);
      const start = layout.fieldWidths.slice(0, field).reduce((sum, width) => sum + width, 0);
      return { column, start, bits: layout.fieldWidths[field] };
    }
    quantisers.push(fitQuantiser(table.columns[column] as NumberColumn, column, split.train));
    return { column, start: recordBits + (quantisers.length - 1) * QUANTISER_BITS, bits: QUANTISER_BITS };
  });
  const codes = quantisers.map((q) => quantise(table.columns[q.column] as NumberColumn, q, split.train));
  const quantised = layOut(quantisers.map(({ column }) => ({ column, width: QUANTISER_BITS })));
  const extra = countOnes(bitPlanes(quantised, codes, split.train.length));
  const ones = new Uint32Array(recordBits + extra.length);
  ones.set(groups.ones);
  ones.set(extra, recordBits);
  return {
    rows,
    quantisers,
    ones,
    recordBits,
    order: analyticsOrder(rows, ones, split.train.length, settings.order, settings.beta, settings.seed),
  };
}

/** Entropy of every cell, for display. */
export function entropies(ones: Uint32Array, records: number): Float64Array {
  return Float64Array.from(ones, (count) => bitEntropy(count, records));
}
