/**
 * What one experiment is: every choice that its numbers depend on, and nothing else.
 * The same settings on the same dataset give the same archive bytes everywhere, and the same training result on
 * the same engine.
 */
import type { CondenserKind, Objective } from '../codecs/codec.ts';
import { CODEC_METAS } from '../codecs/registry.ts';
import type { AnalyticsCode, AnalyticsOrder } from '../condense/order.ts';
import type { MissingPolicy } from '../regression/design.ts';
import type { ModelChoice } from '../regression/targets.ts';

/** Whether condensed samples are regenerated from the analytics positions or stored as float64 with weights. */
export type SampleStorage = 'on-demand' | 'stored';

/** What condensed samples are made of; "own" is what the chosen codec brings with it. */
export type Condenser = 'own' | CondenserKind;

/** Which rows a model sees: all training rows, or the weighted condensed samples. */
export type Method = 'full' | 'condensed';

export interface ExperimentSettings {
  /** Target column by name; null compresses only. */
  target: string | null;
  /** Feature columns by name; null means every eligible column but the target. */
  features: string[] | null;
  /** Columns left out of the archive. */
  drop: string[];
  /** Seed of the split: which records are test records. */
  split: number;
  /** Share of the records that are test records, 0.05 to 0.5. */
  testFraction: number;
  /** Codec by its registered name. */
  codec: string;
  /** Whether columns of exact ratios of small integers may be stored as such. */
  ratio: boolean;
  /** Plateau threshold τ: steps without improvement before the base search stops. */
  tau: number;
  objective: Objective;
  condenser: Condenser;
  /** Number of analytics bits β; for condensed samples from bases the number of base bits, in the codec's order. */
  beta: number;
  order: AnalyticsOrder;
  code: AnalyticsCode;
  /** Whether the target's bits may be analytics bits too; of classes, whether each is clustered by itself. */
  targetInClusters: boolean;
  samples: SampleStorage;
  missing: MissingPolicy;
  model: ModelChoice;
  /** Step size α of gradient descent. */
  learningRate: number;
  /** Limit on the iterations of gradient descent. */
  iterations: number;
  /** Seed of everything random but the split (the random order of analytics bits). */
  seed: number;
}

export const DEFAULT_SETTINGS: Readonly<ExperimentSettings> = Object.freeze({
  target: null,
  features: null,
  drop: [],
  split: 1,
  testFraction: 0.2,
  codec: 'entrogede',
  ratio: true,
  tau: 64,
  objective: 'true',
  condenser: 'own',
  beta: 13,
  order: 'layered',
  code: 'mixed',
  targetInClusters: false,
  samples: 'on-demand',
  missing: 'leave-out',
  model: 'auto',
  learningRate: 0.001,
  iterations: 10_000,
  seed: 1,
});

/** What the condensed samples are made of, with "own" resolved by the codec. One without bases has none to condense by. */
export function condenserOf({
  condenser,
  codec,
}: Pick<ExperimentSettings, 'condenser' | 'codec'>): CondenserKind {
  const meta = CODEC_METAS.find(codec);
  if (meta?.bases === null) return 'clusters';
  return condenser === 'own' ? (meta?.condenser ?? 'clusters') : condenser;
}
