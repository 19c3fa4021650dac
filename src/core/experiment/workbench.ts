/**
 * One dataset on the bench: every stage of an experiment computed from the settings that it depends on, and kept until
 * one of them changes. The page's worker, the sweep's workers and the Node bench all work through this.
 */
import { countOnes, type BitPlanes } from '../bits/bitPlanes.ts';
import { TABLE_BLOCK_BYTES, type BasePlan, type EncodedGroup, type FittedCodec } from '../codecs/codec.ts';
import { CODECS } from '../codecs/registry.ts';
import { baseSamples, type SampleFrame } from '../condense/bases.ts';
import {
  clusterCounts,
  clusterRecords,
  ClusterSteps,
  condense,
  type Clusters,
  type WeightedSamples,
} from '../condense/clusters.ts';
import { LabError } from '../errors.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import { createGenerator, permutation, splitRecords, splitTail, type Split } from '../random.ts';
import { trueClasses } from '../regression/classification.ts';
import { buildDesign, type Design } from '../regression/design.ts';
import { weightsOf } from '../regression/weights.ts';
import { mixBits } from '../selection/epochSeed.ts';
import type { SplitRule } from '../archive/smallSections.ts';
import { codeStrings } from '../archive/write.ts';
import { codeTable } from '../table/codes.ts';
import { sampleNames } from '../table/part.ts';
import { dropColumns, type Table } from '../table/table.ts';
import {
  cellPlanes,
  planAnalytics,
  planBases,
  type AnalyticsPlan,
  type PreparedGroups,
} from './analytics.ts';
import { Kept } from './kept.ts';
import { condenserOf, type ExperimentSettings } from './settings.ts';
import { divideColumns } from './tableGroup.ts';
import { resolveVariables, usableVariables } from './variables.ts';

/** The clusters for β bits, and the bits that make them. */
export interface Clustering {
  /** Of the records of `usedRecords`, in their order. */
  clusters: Clusters;
  analytics: AnalyticsPlan;
}

/** What condensing works on: the training records that the model uses. */
interface ClusterGround {
  planes: BitPlanes;
  /** Clusters to start from where each class is clustered by itself. */
  classes: Clusters | null;
}

/** Condensed samples in the data's own units. */
export interface CondensedTable {
  /** Design columns without the bias, then the targets, then the weight: what `sampleNames` makes of them. */
  names: string[];
  rows: number;
  columns: Float64Array[];
  /** How many of the columns before the weight are targets: 1, or of more than two classes one each. */
  targets: number;
  /** Names of the classes whose shares the targets are, the only one of two being the second's; null of a regression. */
  labels: string[] | null;
}

/**
 * Which records judge: the test records, or a validation fifth of the training records, on which everything is chosen
 * that is chosen by its error. Everything is then made of the other four fifths.
 */
export type Judge = 'test' | 'validation';

/** What a codec makes of a table before it encodes a record. */
interface FittedTable {
  fitted: FittedCodec;
  /** What all tables of the archive share, and the strings of its categories, as the codec keeps them; null: it does not. */
  shared: Uint8Array | null;
  strings: Uint8Array | null;
}

/** Parts of the training records of which one validates. */
export const VALIDATION_PARTS = 5;

export class Workbench {
  readonly table: Table;
  /** Test records at the end of the table, where the data set brings them; else null, and the settings divide it. */
  private readonly testRows: number | null;
  /** Which fifth of the training records stands in for the test records, or null. */
  private readonly fifth: number | null;
  private validating: Workbench | null = null;
  private readonly groups = new Kept<PreparedGroups>();
  private readonly fits = new Kept<FittedTable>();
  private readonly encoded = new Kept<{ train: EncodedGroup; test: EncodedGroup }>();
  private readonly analyticsPlans = new Kept<AnalyticsPlan>();
  private readonly grounds = new Kept<ClusterGround>();
  private readonly designs = new Kept<Design>();
  private readonly learnable = new Kept<boolean>();
  private readonly counts = new Kept<Uint32Array>();
  private readonly steps = new Kept<ClusterSteps>();

  constructor(table: Table, testRows: number | null = null, fifth: number | null = null) {
    this.table = table;
    this.testRows = testRows;
    this.fifth = fifth;
  }

  /**
   * A workbench of the same table where a validation fifth of the training records stands in for the test records, which
   * take no part. Mappings are those of all records, so that β means the same. Nothing to make archives with: they could
   * not say how the records are divided.
   *
   * @param fifth which of the five, 0 to 4; the last one asked for is kept
   */
  validation(fifth = 0): Workbench {
    if (this.validating?.fifth !== fifth) this.validating = new Workbench(this.table, this.testRows, fifth);
    return this.validating;
  }

  /** How the records are divided. */
  rule(s: ExperimentSettings): SplitRule {
    return this.testRows === null
      ? { kind: 'random', seed: s.split, testFraction: s.testFraction }
      : { kind: 'tail', testRows: this.testRows };
  }

  private groupsKey(s: ExperimentSettings): unknown {
    return [this.rule(s), this.fifth === null ? null : s.split, s.drop, s.ratio];
  }

  private planKey(s: ExperimentSettings): unknown {
    return [this.groupsKey(s), s.codec, s.tau, s.objective];
  }

  private analyticsKey(s: ExperimentSettings): unknown {
    const drawn = condenserOf(s);
    return [
      drawn === 'clusters' ? this.groupsKey(s) : this.planKey(s),
      [s.target, s.features, s.weight, s.model, s.targetInClusters, drawn !== 'clusters'],
      drawn === 'clusters' ? [s.order, s.code] : null,
      [drawn === 'clusters' && s.order === 'pool' ? s.beta : 0, s.order === 'random' ? s.seed : 0],
    ];
  }

  private designKey(s: ExperimentSettings): unknown {
    return [this.groupsKey(s), s.target, s.features, s.weight, s.missing, s.model];
  }

  /** Mappings on all records, then the two groups with their bit planes. */
  prepare(settings: ExperimentSettings): Promise<PreparedGroups> {
    return this.groups.get(this.groupsKey(settings), () => {
      const table = settings.drop.length === 0 ? this.table : dropColumns(this.table, settings.drop);
      if (table.columns.length === 0) throw new LabError('COLUMN_UNKNOWN', 'Every column has been dropped.');
      const split = this.divide(settings);
      if (split.train.length === 0)
        throw new LabError('ROWS_TOO_FEW', 'The split leaves no training record.');
      const { coding: coded, columns } = codeTable(table, settings.ratio);
      const [train, test] = divideColumns(coded.layout, columns, [split.train, split.test]);
      return { table, coded, split, train, test, ones: countOnes(train.planes) };
    });
  }

  private divide(settings: ExperimentSettings): Split {
    const { rows } = this.table;
    const rule = this.rule(settings);
    const split =
      rule.kind === 'random'
        ? splitRecords(rows, rule.testFraction, rule.seed)
        : splitTail(rows, rule.testRows);
    return this.fifth === null ? split : validationSplit(split.train, settings.split, this.fifth);
  }

  /** The codec, fitted to the training records. */
  async fit(settings: ExperimentSettings, pulse: Pulse = SILENT_PULSE): Promise<FittedTable> {
    const { train, coded } = await this.prepare(settings);
    return this.fits.get(this.planKey(settings), async () => {
      const codec = CODECS.byName(settings.codec);
      const { tau, objective } = settings;
      const training = { of: train.of, picture: null, tables: 1, group: () => Promise.resolve(train) };
      const shared = (await codec.fitArchive?.(training, { tau, objective, shared: null }, pulse)) ?? null;
      const strings = await codeStrings(codec, coded.mappings, pulse);
      return { fitted: await codec.fit(train, { tau, objective, shared }, pulse), shared, strings };
    });
  }

  /** Base positions by the codec's search; null of a codec without bases. */
  async plan(settings: ExperimentSettings, pulse: Pulse = SILENT_PULSE): Promise<BasePlan | null> {
    return (await this.fit(settings, pulse)).fitted.bases;
  }

  /** Both groups encoded by the fitted codec. */
  async encode(
    settings: ExperimentSettings,
    pulse: Pulse = SILENT_PULSE,
  ): Promise<{ train: EncodedGroup; test: EncodedGroup }> {
    const { train, test } = await this.prepare(settings);
    const { fitted } = await this.fit(settings, pulse);
    return this.encoded.get(this.planKey(settings), async () => ({
      train: await fitted.encode(train, TABLE_BLOCK_BYTES, pulse),
      test: await fitted.encode(test, TABLE_BLOCK_BYTES, pulse),
    }));
  }

  /** Seconds that the stages of the last encoding took when they were made: mappings, planes, search, packing. */
  encodingSeconds(): number {
    return this.groups.seconds + this.fits.seconds + this.encoded.seconds;
  }

  /** Seconds that what is the same for every β took when it was made: the order of the bits, and the cells they are in. */
  condensingSeconds(settings: ExperimentSettings): number {
    const searching = condenserOf(settings) === 'clusters' ? 0 : this.fits.seconds;
    return searching + this.analyticsPlans.seconds + this.grounds.seconds;
  }

  /**
   * Which bits divide the records into clusters, in order; null where there is nothing to learn. A table that cannot
   * be learned from can still be compressed: training says why not, and nothing else fails for it.
   */
  async analytics(settings: ExperimentSettings, pulse: Pulse = SILENT_PULSE): Promise<AnalyticsPlan | null> {
    const groups = await this.prepare(settings);
    const variables = usableVariables(groups.table, settings);
    if (variables === null) return null;
    if (condenserOf(settings) !== 'clusters') {
      const bases = await this.plan(settings, pulse);
      const added = bases?.trace.added ?? new Uint32Array(0);
      return this.analyticsPlans.get(this.analyticsKey(settings), () => planBases(groups, added));
    }
    return this.analyticsPlans.get(this.analyticsKey(settings), () => {
      // The bits of a class need not take part where every class is clustered by itself.
      const columns =
        settings.targetInClusters && variables.task === 'regression'
          ? [...variables.features, variables.target].sort((a, b) => a - b)
          : variables.features;
      return planAnalytics(groups, columns, settings, weightsIfSound(groups.table, variables.weight));
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
  canLearn(settings: ExperimentSettings): Promise<boolean> {
    // A design that cannot be made is not tried again: of a wide table that alone takes long.
    return this.learnable.get(this.designKey(settings), async () => {
      try {
        await this.design(settings);
        return true;
      } catch (thrown) {
        if (thrown instanceof LabError && thrown.code !== 'CANCELLED') return false;
        throw thrown;
      }
    });
  }

  /** Training records that the model uses, as positions in split.train; all of them where there is no model. */
  async usedRecords(settings: ExperimentSettings): Promise<Uint32Array> {
    if (await this.canLearn(settings)) return (await this.design(settings)).used;
    const { split } = await this.prepare(settings);
    return split.train.map((_, k) => k);
  }

  /** Cells of the records that the model uses, for clustering; of all of them where there is no model. */
  private async ground(settings: ExperimentSettings, analytics: AnalyticsPlan): Promise<ClusterGround> {
    const groups = await this.prepare(settings);
    const design = (await this.canLearn(settings)) ? await this.design(settings) : null;
    const perClass =
      settings.targetInClusters && design?.task === 'classification' && condenserOf(settings) === 'clusters';
    const cells = analytics.quantisers.length > 0 ? settings.code : 'stored';
    return this.grounds.get([this.designKey(settings), cells, settings.targetInClusters, perClass], () => {
      // They are in the order of the records: as many as there are are all of them.
      const isAll = design === null || design.used.length === groups.train.records;
      return {
        planes: cellPlanes(groups, isAll ? null : design.used, analytics.quantisers),
        classes: perClass && design !== null ? groupByClass(trueClasses(design.train)) : null,
      };
    });
  }

  /** m for every β over the analytics order. */
  async condensedCounts(settings: ExperimentSettings, pulse: Pulse = SILENT_PULSE): Promise<Uint32Array> {
    const analytics = await this.analytics(settings, pulse);
    if (analytics === null) return Uint32Array.of(1);
    const { planes, classes } = await this.ground(settings, analytics);
    return this.counts.get([this.analyticsKey(settings), settings.missing], () =>
      clusterCounts(planes, analytics.order, pulse, classes),
    );
  }

  /** What clusters are made of. @throws TARGET_UNKNOWN where there is nothing to learn */
  private async clusterable(
    settings: ExperimentSettings,
  ): Promise<ClusterGround & { analytics: AnalyticsPlan }> {
    const analytics = await this.analytics(settings);
    if (analytics === null) throw new LabError('TARGET_UNKNOWN', 'There is no target to learn.');
    return { ...(await this.ground(settings, analytics)), analytics };
  }

  /** Clusters for β bits, of the training records that the model uses, worked out whole: making samples is timed. */
  private async cluster(settings: ExperimentSettings): Promise<Clustering> {
    const { planes, classes, analytics } = await this.clusterable(settings);
    return { clusters: clusterRecords(planes, analytics.order, settings.beta, classes), analytics };
  }

  /**
   * The same clusters, from those of a β nearby where some are kept: for whoever follows β while it is dragged.
   *
   * @throws TARGET_UNKNOWN where there is nothing to learn
   */
  async clustering(settings: ExperimentSettings): Promise<Clustering> {
    const { planes, classes, analytics } = await this.clusterable(settings);
    const key = [this.analyticsKey(settings), settings.missing];
    const steps = await this.steps.get(key, () => new ClusterSteps(planes, analytics.order, classes));
    return { clusters: steps.at(settings.beta), analytics };
  }

  /** Weighted condensed samples in design coordinates for β bits. */
  async condensed(settings: ExperimentSettings): Promise<WeightedSamples> {
    const design = await this.design(settings);
    const clustering = await this.cluster(settings);
    if (condenserOf(settings) !== 'bases-zero') return condense(clustering.clusters, design.train);
    const samples = await this.bases(settings, frameOf(design), clustering);
    design.map.standardise(samples.x);
    return samples;
  }

  /** The condensed samples with nothing kept of an earlier making: for whoever times it. */
  condensedAnew(settings: ExperimentSettings): Promise<WeightedSamples> {
    this.analyticsPlans.forget();
    this.grounds.forget();
    return this.condensed(settings);
  }

  /**
   * Bases with deviations of zero, in the data's own units: one for each cluster of `clustering`.
   *
   * @param frame the coordinates that are wanted of them
   */
  async bases(
    settings: ExperimentSettings,
    frame: SampleFrame,
    { clusters, analytics }: Clustering,
  ): Promise<WeightedSamples> {
    const { table, coded, train, split, ones } = await this.prepare(settings);
    const inBase = ones.map((count) => (count === 0 || count === train.records ? 1 : 0));
    for (const position of analytics.order.subarray(0, settings.beta)) inBase[position] = 1;
    return baseSamples({ table, coded, train, rows: split.train, frame, clusters, inBase });
  }

  /** Names of the columns of condensed samples: design columns without the bias, targets, weight. */
  condensedNames({ map, outputNames }: Design): string[] {
    return sampleNames([...map.names.slice(1), ...outputNames]);
  }

  /**
   * The condensed samples in the data's own units, with their weights.
   *
   * @throws MODEL_OVERFLOW when a mean is no finite number, and what `design` throws
   */
  async condensedTable(settings: ExperimentSettings): Promise<CondensedTable> {
    const design = await this.design(settings);
    const { table, split } = await this.prepare(settings);
    const clustering = await this.cluster(settings);
    const { map, train } = design;
    const samples =
      condenserOf(settings) === 'bases-zero'
        ? await this.bases(settings, frameOf(design), clustering)
        : condense(clustering.clusters, {
            ...train,
            x: map.raw(
              table.columns,
              design.used.map((k) => split.train[k]),
            ),
          });
    if (!samples.x.every(Number.isFinite) || !samples.y.every(Number.isFinite)) {
      throw new LabError(
        'MODEL_OVERFLOW',
        'The numbers of the features or of the target are too large to average.',
      );
    }
    return {
      names: this.condensedNames(design),
      rows: samples.rows,
      columns: columnsOf(samples),
      targets: samples.outputs,
      labels: design.labels,
    };
  }

  /** The test records that judge, in the columns of `condensedTable`: each stands for itself, or for its weight. */
  async testTable(settings: ExperimentSettings): Promise<Pick<CondensedTable, 'rows' | 'columns'>> {
    const design = await this.design(settings);
    const { table, split } = await this.prepare(settings);
    const { test, map } = design;
    const x = map.raw(
      table.columns,
      design.tested.map((k) => split.test[k]),
    );
    const weights = test.weights ?? new Float64Array(test.rows).fill(1);
    return { rows: test.rows, columns: columnsOf({ ...test, x, weights }) };
  }

  /** All training records as samples: of weight 1, unless a column says otherwise. */
  async full(settings: ExperimentSettings): Promise<WeightedSamples> {
    const { train } = await this.design(settings);
    return { ...train, weights: train.weights ?? new Float64Array(train.rows).fill(1) };
  }
}

/** Weights of all records; none where they cannot be weights: training says so, and the bits have an order all the same. */
function weightsIfSound(table: Table, weight: number | undefined): Float64Array | undefined {
  try {
    return weightsOf(table, weight);
  } catch (thrown) {
    if (thrown instanceof LabError) return undefined;
    throw thrown;
  }
}

/** Columns of samples: of the design without the bias, of the targets, and the weights. */
function columnsOf({ rows, width, outputs, x, y, weights }: WeightedSamples): Float64Array[] {
  const pick = (values: Float64Array, stride: number, at: number): Float64Array =>
    Float64Array.from({ length: rows }, (_, i) => values[i * stride + at]);
  const ofDesign = Array.from({ length: width - 1 }, (_, j) => pick(x, width, j + 1));
  const ofTargets = Array.from({ length: outputs }, (_, k) => pick(y, outputs, k));
  return [...ofDesign, ...ofTargets, weights];
}

/** A model's samples as its design has them before they are standardised. */
function frameOf(design: Design): SampleFrame {
  return {
    ...{ used: design.used, width: design.map.width },
    ...{ outputs: design.train.outputs, weights: design.train.weights },
    raw: (columns, records) => design.map.raw(columns, records),
    targets: (columns, records) => design.targets(columns, records),
  };
}

/** Training records divided once more: one of five random parts validates, the same parts for the same seed. */
function validationSplit(records: Uint32Array, seed: number, fifth: number): Split {
  const n = records.length;
  // Another stream than that of the split itself.
  const order = permutation(n, createGenerator(mixBits(seed + 0x9e3779b9)));
  const start = (part: number): number => Math.round((n * part) / VALIDATION_PARTS);
  const validates = new Uint8Array(n);
  for (const k of order.subarray(start(fifth), start(fifth + 1))) validates[k] = 1;
  return {
    train: records.filter((_row, k) => validates[k] === 0),
    test: records.filter((_row, k) => validates[k] === 1),
  };
}

/** Records of the same class as clusters, numbered by first record. */
function groupByClass(classes: Uint8Array): Clusters {
  const place = new Map<number, number>();
  const ids = new Int32Array(classes.length);
  for (let i = 0; i < classes.length; i++) {
    let id = place.get(classes[i]);
    if (id === undefined) {
      id = place.size;
      place.set(classes[i], id);
    }
    ids[i] = id;
  }
  return { ids, count: place.size };
}
