/**
 * What one experiment is: every choice that its numbers depend on, and nothing else.
 * The same settings on the same dataset give the same archive bytes everywhere, and the same training result on
 * the same engine.
 */
import type { CondenserKind, Objective } from '../codecs/codec.ts';
import { CODEC_METAS } from '../codecs/registry.ts';
import type { AnalyticsCode, AnalyticsOrder } from '../condense/order.ts';
import { MAX_SEED } from '../random.ts';
import type { MissingPolicy } from '../regression/design.ts';
import type { LearningRate } from '../regression/stepSize.ts';
import type { ModelChoice } from '../regression/targets.ts';
import { SettingsTable } from '../settings.ts';

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
  /** Column by name that says how many records each stands for; null where each is one. */
  weight: string | null;
  /** Columns left out of the archive. */
  drop: string[];
  /** Seed of the split: which records are test records. */
  split: number;
  /** Share of the records that are test records. */
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
  /** Step size α of gradient descent, or "auto": by the largest curvature of what is trained on. */
  learningRate: LearningRate;
  /** Limit on the iterations of gradient descent. */
  iterations: number;
  /** Seed of everything random but the split (the random order of analytics bits). */
  seed: number;
}

/** Everything that is worked out of a table, in the order in which it is. */
export const TABLE_PARTS = [
  'bits',
  'archive',
  'examination',
  'fullClosedForm',
  'condensedClosedForm',
  'condensedDescent',
  'fullDescent',
  'sweep',
] as const;
export type TablePart = (typeof TABLE_PARTS)[number];

type Parts = readonly TablePart[];
type Said = Pick<ExperimentSettings, 'codec' | 'condenser'>;

/** Which samples are condensed, and how. */
const CONDENSING: Parts = ['bits', 'condensedClosedForm', 'condensedDescent', 'sweep'];

/** The base search and what it stores; samples made of bases change with the base. */
const encoding = (settings: Said): Parts =>
  condenserOf(settings) === 'clusters' ? ['bits', 'sweep'] : CONDENSING;

const DESCENTS: Parts = ['condensedDescent', 'fullDescent', 'sweep'];

/** Whether a codec divides records into shared bases and deviations; one that is not known may. */
export function hasBases(codec: string): boolean {
  return CODEC_METAS.find(codec)?.bases !== null;
}

/** What the controls of the base search say beside a codec that has none. */
export const WITHOUT_SEARCH = 'Without effect: this codec has no bases to search for.';

/** The settings of an experiment on a table. The archive carries all of them. */
export const TABLE_SETTINGS = new SettingsTable<ExperimentSettings, TablePart>(
  {
    target: {
      kind: 'column',
      default: null,
      key: 'target',
      panels: ['data'],
      affects: TABLE_PARTS,
      label: 'Target',
      noun: 'target',
    },
    features: {
      kind: 'columns',
      default: null,
      key: 'features',
      panels: ['data'],
      sparesTime: true,
      affects: TABLE_PARTS,
      label: 'Features',
      noun: 'features',
    },
    weight: {
      kind: 'column',
      default: null,
      key: 'weight',
      panels: ['data'],
      sparesTime: true,
      affects: TABLE_PARTS,
      label: 'Weight',
      noun: 'weight',
      hint: 'Says how many records each one stands for, in training and in every error.',
    },
    drop: {
      kind: 'columns',
      default: [],
      key: 'drop',
      panels: ['data'],
      sparesTime: true,
      affects: TABLE_PARTS,
      label: 'Left out',
      noun: 'columns left out',
      hint: 'Neither stored nor learned from, as suits a row number.',
    },
    testFraction: {
      kind: 'amount',
      default: 0.2,
      min: 0.05,
      max: 0.5,
      whole: false,
      is: 'share',
      key: 'test',
      panels: ['data'],
      sparesTime: true,
      affects: TABLE_PARTS,
      label: 'Test share',
      noun: 'test share',
      hint: 'Records that are kept from training and used to judge it.',
    },
    split: {
      kind: 'amount',
      default: 1,
      min: 0,
      max: MAX_SEED,
      whole: true,
      is: 'seed',
      key: 'split',
      panels: ['data'],
      sparesTime: true,
      affects: TABLE_PARTS,
      label: 'Split seed',
      noun: 'split',
      hint: 'Which records are test records; the same seed picks the same ones.',
      more: [
        'A single split can be lucky. The Sweep station repeats an experiment over several splits and shows how much they differ.',
      ],
    },
    codec: {
      kind: 'plugin',
      default: 'entrogede',
      registry: CODEC_METAS,
      isRefusedLater: true,
      key: 'codec',
      panels: ['archive'],
      affects: CONDENSING,
      label: 'Codec',
      noun: 'codec',
    },
    tau: {
      kind: 'amount',
      default: 64,
      min: 1,
      max: 100_000,
      whole: true,
      usualMost: 256,
      role: 'base',
      key: 'tau',
      panels: ['archive'],
      affects: encoding,
      comesTo: ({ codec, tau }) => (hasBases(codec) ? tau : null),
      label: 'Plateau threshold τ',
      noun: 'plateau threshold τ',
      hint: ({ codec }) =>
        hasBases(codec)
          ? 'How many bits in a row may fail to help before the search for the base stops.'
          : WITHOUT_SEARCH,
      more: [
        'Bits are added to the base one at a time, the most predictable first, and the size is counted exactly after each. A larger τ looks further beyond a bump and takes longer; past the plateau every record gets a base of its own and nothing is shared any more.',
      ],
    },
    objective: {
      kind: 'choice',
      default: 'true',
      key: 'objective',
      panels: ['archive'],
      affects: encoding,
      choices: [
        {
          value: 'true',
          label: 'True size',
          description: 'The bytes of the file, constant bits stored once.',
        },
        {
          value: 'equation1',
          label: 'Equation 1',
          description: 'The paper’s S, constant bits in every base.',
        },
      ],
      comesTo: ({ codec, objective }) => (hasBases(codec) ? objective : null),
      label: 'Minimise',
      noun: 'objective of the search',
      hint: ({ codec }) =>
        hasBases(codec) ? 'What the search for the base makes as small as it can.' : WITHOUT_SEARCH,
    },
    ratio: {
      kind: 'flag',
      default: true,
      key: 'ratio',
      panels: ['archive'],
      affects: encoding,
      label: 'Ratios as p / q',
      noun: 'ratio mapping',
      hint: 'Columns of exact ratios, such as means of counts, are stored as two small integers.',
      more: [
        'A mean like 3.7142857142857144 is 26 ⁄ 7 and nothing more. Where every value of a column is such a ratio, and the division gives back the identical double, p and q need far fewer bits than the 64 of a float.',
      ],
    },
    condenser: {
      kind: 'choice',
      default: 'own',
      key: 'condenser',
      panels: ['bits'],
      affects: CONDENSING,
      // "own" and what it stands for are the same.
      comesTo: condenserOf,
      choices: [
        { value: 'own', label: 'As the codec makes them' },
        {
          value: 'clusters',
          label: 'Clusters on analytics bits',
          description:
            'Records that agree on the first β bits of the order below become their mean (EntroGeDe).',
        },
        {
          value: 'bases-zero',
          label: 'Bases, deviations zero',
          description: 'The codec’s bases, with every deviation bit read as zero (GreedyGD).',
        },
        {
          value: 'bases-mean',
          label: 'Bases, mean deviation',
          description: 'The records of each base become their mean.',
        },
      ],
      label: 'Condensed samples',
      noun: 'condensed samples',
    },
    beta: {
      kind: 'amount',
      default: 13,
      min: 1,
      max: 4_096,
      whole: true,
      // Which β is usual depends on the table.
      key: 'beta',
      isAlwaysLinked: true,
      panels: ['bits'],
      // The pool takes ⌈β/d⌉ bits of every column: its order belongs to one β. A sweep brings its own.
      affects: ({ order }) => [
        ...(order === 'pool' ? (['bits'] as const) : []),
        ...(['condensedClosedForm', 'condensedDescent'] as const),
      ],
      label: 'Analytics bits β',
      noun: 'analytics bits β',
    },
    order: {
      kind: 'choice',
      default: 'layered',
      key: 'order',
      panels: ['bits'],
      affects: CONDENSING,
      choices: [
        {
          value: 'layered',
          label: 'MSBs first, then entropy',
          description:
            'The top bit of every column, then the next of every column, each round by falling entropy.',
          said: 'layered',
        },
        {
          value: 'pool',
          label: 'Pool of MSBs, by entropy',
          description: 'As many leading bits of every column as β asks for, sorted by entropy alone.',
          said: 'pool',
        },
        {
          value: 'descending',
          label: 'Highest entropy first',
          description: 'The most random bits split first, wherever they stand: low bits that say little.',
          said: 'descending',
        },
        {
          value: 'ascending',
          label: 'Lowest entropy first',
          description: 'The steadiest bits split first, so few records are told apart.',
          said: 'ascending',
        },
        {
          value: 'random',
          label: 'Random bits',
          description: 'Any bits, by the seed below: what chance alone does.',
          said: 'random',
        },
      ],
      label: 'Order of analytics bits',
      noun: 'order of the analytics bits',
      more: [
        'MSBs first, then entropy, halves the range of every feature before it halves any again; that is the order of EntroGeDe.',
        'The others are for comparison: they show what the order itself is worth.',
      ],
    },
    seed: {
      kind: 'amount',
      default: 1,
      min: 0,
      max: MAX_SEED,
      whole: true,
      is: 'seed',
      key: 'seed',
      panels: ['bits'],
      sparesTime: true,
      affects: CONDENSING,
      // It is drawn on only by the random order.
      comesTo: ({ order, seed }) => (order === 'random' ? seed : null),
      label: 'Seed of the random order',
      noun: 'seed',
      hint: 'The same seed always gives the same order.',
    },
    code: {
      ...{
        kind: 'choice',
        default: 'mixed',
        key: 'code',
        panels: ['bits'],
        affects: CONDENSING,
        isOpen: true,
      },
      choices: [
        {
          value: 'mixed',
          label: 'Stored code, else quantised',
          description: 'Decimal columns use the bits of the archive; ratios and floats a 16-bit copy (≈).',
        },
        {
          value: 'linear',
          label: 'Quantised for every feature',
          description: 'All features are cut into equal steps of their range first.',
        },
      ],
      label: 'Where bits are read from',
      noun: 'code of the analytics bits',
      hint: 'An analytics bit should halve its column’s range.',
      more: [
        'The first bits of a floating-point number are its exponent: they separate orders of magnitude, not halves of the range. Such columns cluster on a 16-bit linear copy, drawn as a row of its own and marked ≈.',
      ],
    },
    targetInClusters: {
      kind: 'flag',
      default: false,
      key: 'cluster-target',
      panels: ['bits'],
      affects: CONDENSING,
      label: 'Target in the clusters',
      noun: 'target in the clusters',
      hint: 'Lets the target’s bits split records too; off by default, because it usually raises the test error.',
    },
    samples: {
      kind: 'choice',
      default: 'on-demand',
      key: 'samples',
      panels: ['archive'],
      affects: [],
      choices: [
        {
          value: 'on-demand',
          label: 'On demand',
          description: 'Only the positions are stored; one pass regenerates them.',
        },
        {
          value: 'stored',
          label: 'Stored',
          description: 'As float64 with their weights, charged at their true size.',
        },
      ],
      label: 'Condensed samples in the archive',
      noun: 'storage of the samples',
      hint: 'Whether the archive carries them or the recipe for them.',
    },
    model: {
      kind: 'choice',
      default: 'auto',
      key: 'model',
      panels: ['learn'],
      // Of classes, which records are together in a cluster may depend on it.
      affects: TABLE_PARTS,
      choices: [
        {
          value: 'auto',
          label: 'Automatic',
          description:
            'Logistic where the target has two values or names classes, linear for any other number.',
        },
        {
          value: 'linear',
          label: 'Linear regression',
          description: 'Predicts a number; the error is squared.',
        },
        {
          value: 'logistic',
          label: 'Logistic regression',
          description: 'Predicts how likely each class is: two classes, or up to 20 (softmax).',
        },
      ],
      label: 'Model',
      noun: 'model',
      more: [
        'Linear regression minimises the squared error. Its exact optimum has a closed form, to which gradient descent comes closer with every iteration.',
        'Logistic regression minimises the cross-entropy: the mean of −ln of the probability that the model gives to the true class. It has no closed form; Newton’s method finds its optimum in a few steps, unless the model is too wide for it.',
      ],
    },
    learningRate: {
      kind: 'amount',
      default: 0.001,
      min: 1e-6,
      max: 1,
      whole: false,
      usual: [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1],
      word: {
        value: 'auto',
        label: 'Automatic',
        description: 'One over the largest curvature of what is trained on: the longest safe step.',
        said: 'automatic',
      },
      // Which rate is usual depends on whether a link brought the data.
      key: 'rate',
      isAlwaysLinked: true,
      panels: ['learn'],
      sparesTime: true,
      affects: DESCENTS,
      label: 'Learning rate α',
      noun: 'learning rate α',
      hint: 'How far each iteration moves the coefficients along the gradient.',
      more: [
        'Features are scaled to mean 0 and standard deviation 1 first, so that one rate fits all columns. At 0.001, the paper’s, the loss falls slowly and surely: along features that are correlated it has not come to the optimum after 10,000 iterations. Above about 0.1 it may diverge, and the run then says so.',
        'The automatic rate is one over the largest curvature, worked out for full and condensed training each from what they train on. It is as fast as a fixed step safely can be.',
        'Another rate starts both runs anew.',
      ],
    },
    iterations: {
      kind: 'amount',
      default: 10_000,
      min: 1,
      max: 1_000_000,
      whole: true,
      key: 'iterations',
      panels: ['learn'],
      affects: DESCENTS,
      label: 'Iteration limit',
      noun: 'iteration limit',
      hint: 'A run ends here if it has not converged by then.',
      more: [
        'A run has converged when its loss changes by less than 1e-5 of itself over 100 iterations. One iteration is one pass over all records or samples that the model trains on.',
      ],
    },
    missing: {
      kind: 'choice',
      default: 'leave-out',
      key: 'missing',
      panels: ['learn'],
      affects: TABLE_PARTS,
      isOpen: true,
      choices: [
        {
          value: 'leave-out',
          label: 'Leave the record out',
          description: 'It is counted, and the panels say how many.',
        },
        {
          value: 'fill',
          label: 'Fill with the training mean',
          description: 'A column beside it tells the model which cells were filled.',
        },
      ],
      label: 'Records with missing cells',
      noun: 'missing cells',
      hint: 'What training does with them; the archive keeps every record as it is.',
    },
  },
  ['archive'],
);

export const DEFAULT_SETTINGS = TABLE_SETTINGS.defaults;

/** What the condensed samples are made of, with "own" resolved by the codec. One without bases has none to condense by. */
export function condenserOf({
  condenser,
  codec,
}: Pick<ExperimentSettings, 'condenser' | 'codec'>): CondenserKind {
  if (!hasBases(codec)) return 'clusters';
  return condenser === 'own' ? (CODEC_METAS.find(codec)?.condenser ?? 'clusters') : condenser;
}
