/** What a training of a network is: every choice that its result depends on, and how often it is looked at. */
import { NETWORK_WIDTHS, type NetworkWidth } from '../core/networks/network.ts';
import { NETWORKS } from '../core/networks/registry.ts';
import { MAX_SEED } from '../core/random.ts';
import { SettingsTable } from '../core/settings.ts';
import {
  heldOutOf,
  pretrainingEpochs,
  warmStartOf,
  type MethodOptions,
  type WarmStart,
} from '../core/selection/options.ts';
import { METHOD_METAS } from './methods.ts';
import { methodSettings } from './methodSettings.ts';

/** Which pictures an epoch sees, and where their pixels come from: the name of one of METHOD_METAS (methods.ts). */
export type SubsetMethod = string;

/** By its registered name. */
export type NetworkName = string;

export interface TrainingSettings extends MethodOptions {
  network: NetworkName;
  /** Channels of the first stage, of a network that comes in widths. */
  width: NetworkWidth;
  method: SubsetMethod;
  /** Share of the training pictures that an epoch sees, above 0 and at most 1; some methods do not use it. */
  fraction: number;
  /** How a subset is drawn: every picture alike, or the same share of every class. */
  sampling: 'uniform' | 'stratified';
  epochs: number;
  /** Pictures in a step; the last step of an epoch is filled up with pictures of weight 0. */
  batch: number;
  /** Learning rate of the first epoch. */
  rate: number;
  /** How it falls: along a half cosine to 0 at the last epoch, or not at all. */
  decay: 'cosine' | 'none';
  momentum: number;
  nesterov: boolean;
  weightDecay: number;
  augment: 'none' | 'crop-flip';
  /** Seed of the weights, the samples, their order and the augmentation. */
  seed: number;
  /** Epochs from one evaluation on the test pictures to the next; the last epoch is always evaluated. */
  evaluateEvery: number;
  /** Whether the next epoch's subset is fetched while this one trains. */
  prefetch: boolean;
}

/** The width that matters: null of a network without widths. */
export function widthOf({
  network,
  width,
}: Pick<TrainingSettings, 'network' | 'width'>): NetworkWidth | null {
  return NETWORKS.find(network)?.hasWidth === true ? width : null;
}

/** Whether a method sees the share that is set; full training sees every picture. */
export function usesFraction(method: SubsetMethod): boolean {
  return METHOD_METAS.byName(method).usesFraction;
}

/** The share of the training pictures that an epoch sees: of full training always all. */
export function fractionOf({ method, fraction }: Pick<TrainingSettings, 'method' | 'fraction'>): number {
  return usesFraction(method) ? fraction : 1;
}

/** Pictures of an epoch: the share of all, or of those that are not held out. */
export function picturesOf(
  settings: Pick<TrainingSettings, 'method' | 'fraction' | 'holdOut'>,
  trainRecords: number,
): number {
  const { options, alwaysHoldsOut = false } = METHOD_METAS.byName(settings.method);
  if (alwaysHoldsOut || (options.includes('holdOut') && settings.holdOut)) {
    return Math.floor(fractionOf(settings) * (trainRecords - heldOutOf(trainRecords)));
  }
  return Math.round(fractionOf(settings) * trainRecords);
}

/** A setting that is no option of the method is one that another method left behind. */
function warmStart(settings: TrainingSettings): WarmStart | null {
  return METHOD_METAS.byName(settings.method).options.includes('warmStart') ? warmStartOf(settings) : null;
}

/** Settings as the method is to see them. */
export function methodSettingsOf(settings: TrainingSettings): TrainingSettings {
  return warmStart(settings) === null ? { ...settings, warmStart: 0 } : settings;
}

/** Epochs that a warm start stands for: the run goes on behind them. */
export function skippedEpochsOf(settings: TrainingSettings): number {
  return warmStart(settings)?.skipped ?? 0;
}

/** Epochs on a method's selections: those that a warm start stands for are left out. */
export function epochsOf(settings: TrainingSettings): number {
  return settings.epochs - skippedEpochsOf(settings);
}

/** Epochs on every picture before the first selection. */
export function pretrainEpochsOf(settings: TrainingSettings): number {
  const { options, usual } = METHOD_METAS.byName(settings.method);
  const warm = warmStart(settings);
  if (warm !== null) return warm.full;
  return options.includes('pretrain') ? pretrainingEpochs(settings, usual) : 0;
}

/** The network and augmentation that pictures of this kind usually get: colour is harder. */
export function usualTraining(channels: number): Pick<TrainingSettings, 'network' | 'augment'> {
  return channels === 1
    ? { network: 'lenet5', augment: 'none' }
    : { network: 'resnet18', augment: 'crop-flip' };
}

/** What a training's settings are for: what it gives. How often it is looked at changes nothing of that. */
export type TrainingPart = 'result';

const RESULT: readonly TrainingPart[] = ['result'];

/**
 * The settings of a training. Batch, rate and its decay, momentum and weight decay are by default those of the paper's
 * experiments (docs/REPRODUCTION.md). The epochs are not: a first look should not take an hour.
 */
export const TRAINING_SETTINGS = new SettingsTable<TrainingSettings, TrainingPart>({
  network: {
    kind: 'plugin',
    default: 'lenet5',
    registry: NETWORKS,
    key: 'network',
    panels: ['learn'],
    affects: RESULT,
    label: 'Network',
    noun: 'network',
    hint: 'What learns from the pictures.',
    more: [
      'LeNet5 is the classic for small grey pictures, ResNet18 the paper’s network for colour, and softmax regression the simplest that learns at all. The first weights are drawn from the seed: two runs with the same seed start from the same weights.',
    ],
  },
  width: {
    kind: 'amount',
    default: 8,
    min: NETWORK_WIDTHS[0],
    max: NETWORK_WIDTHS[NETWORK_WIDTHS.length - 1],
    whole: true,
    offered: NETWORK_WIDTHS.map((value) => ({ value, label: String(value) })),
    isOnlyOffered: true,
    key: 'net-width',
    panels: ['learn'],
    affects: RESULT,
    comesTo: widthOf,
    label: 'Width',
    noun: 'width',
    hint: ({ width }) =>
      width === 64
        ? 'Channels of the first stage; 64 is the paper’s network.'
        : 'Channels of the first stage. The paper’s network has 64 and wants a graphics card.',
  },
  method: {
    kind: 'plugin',
    default: 'dreamlearning',
    registry: METHOD_METAS,
    key: 'subset',
    panels: ['learn'],
    affects: RESULT,
    label: 'Method',
    noun: 'method',
    more: [
      'Random and dreaMLearning differ only in where their pixels come from. Random keeps every raw pixel in memory to pick from; dreaMLearning reads a share of the archive and holds little more than that share.',
      'The fixed methods only ever see their first share: compared with the others, they show what a fresh share in every epoch is worth.',
    ],
  },
  fraction: {
    kind: 'amount',
    default: 0.1,
    min: 0.0001,
    max: 1,
    whole: false,
    is: 'share',
    // The paper's, and some around them.
    usual: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1],
    // Links share it with the sample that is drawn.
    key: null,
    panels: ['learn'],
    affects: RESULT,
    comesTo: ({ method, fraction }) => (usesFraction(method) ? fraction : null),
    label: 'Share of the training pictures',
    noun: 'share',
  },
  epochs: {
    kind: 'amount',
    default: 20,
    min: 1,
    max: 10_000,
    whole: true,
    said: (epochs) => `${epochs.toLocaleString('en-US')} ${epochs === 1 ? 'epoch' : 'epochs'}`,
    key: 'epochs',
    panels: ['learn'],
    affects: RESULT,
    label: 'Epochs',
    noun: 'epochs',
    hint: 'Passes over the share that an epoch is given.',
    more: [
      'Here an epoch is one pass over its share, not over the whole set. The paper trains for 100 epochs on MNIST and for 200 on CIFAR; the rate falls to 0 over the number set here.',
    ],
  },
  batch: {
    kind: 'amount',
    default: 128,
    min: 1,
    max: 4_096,
    whole: true,
    usual: [16, 32, 64, 128, 256, 512],
    said: (batch) => `batch ${batch.toLocaleString('en-US')}`,
    key: 'batch',
    panels: ['details'],
    affects: RESULT,
    label: 'Batch',
    noun: 'batch',
    hint: 'Pictures that each step looks at together.',
    more: [
      'The last step of an epoch is filled up with pictures that do not count, so that every step has the same shape.',
    ],
  },
  rate: {
    kind: 'amount',
    default: 0.05,
    min: 1e-6,
    max: 10,
    whole: false,
    usual: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5],
    said: (rate) => `rate ${rate}`,
    key: 'net-rate',
    panels: ['details'],
    affects: RESULT,
    label: 'Learning rate',
    noun: 'learning rate',
    hint: 'How far the first epoch’s steps go along the gradient.',
    more: [
      'Too large a rate makes the loss grow without bound: the run then stops, says so, and keeps its last checkpoint.',
    ],
  },
  decay: {
    kind: 'choice',
    default: 'cosine',
    choices: [
      {
        value: 'cosine',
        label: 'Half a cosine',
        description: 'Slowly at both ends, to 0 at the last epoch.',
        said: 'cosine decay',
      },
      { value: 'none', label: 'None', description: 'The same rate in every epoch.', said: 'constant rate' },
    ],
    key: 'decay',
    panels: ['details'],
    affects: RESULT,
    label: 'Decay of the rate',
    noun: 'decay of the rate',
    hint: 'How the rate falls from epoch to epoch.',
  },
  momentum: {
    kind: 'amount',
    default: 0.9,
    min: 0,
    max: 0.999,
    whole: false,
    usual: [0, 0.5, 0.8, 0.9, 0.95, 0.99],
    said: (momentum) => `momentum ${momentum}`,
    key: 'net-momentum',
    panels: ['details'],
    affects: RESULT,
    label: 'Momentum',
    noun: 'momentum',
    hint: 'How much of a step’s direction the next one keeps.',
  },
  nesterov: {
    kind: 'flag',
    default: true,
    said: ['without Nesterov', 'Nesterov'],
    key: 'nesterov',
    panels: ['details'],
    affects: RESULT,
    comesTo: ({ momentum, nesterov }) => (momentum === 0 ? null : nesterov),
    label: 'Nesterov momentum',
    noun: 'Nesterov momentum',
    hint: 'Steps look ahead along the direction that they keep.',
  },
  weightDecay: {
    kind: 'amount',
    default: 5e-4,
    min: 0,
    max: 1,
    whole: false,
    usual: [0, 1e-5, 1e-4, 5e-4, 1e-3, 5e-3],
    said: (decay) => `weight decay ${decay}`,
    key: 'weight-decay',
    panels: ['details'],
    affects: RESULT,
    label: 'Weight decay',
    noun: 'weight decay',
    hint: 'How strongly weights are pulled towards 0.',
  },
  augment: {
    kind: 'choice',
    default: 'none',
    choices: [
      {
        value: 'none',
        label: 'None',
        description: 'Pictures as they are: right for digits.',
        said: 'no augmentation',
      },
      {
        value: 'crop-flip',
        label: 'Crops and flips',
        description: 'Shifted by up to 4 pixels, and half of them mirrored: usual for photographs.',
        said: 'crops and flips',
      },
    ],
    key: 'augment',
    panels: ['details'],
    affects: RESULT,
    label: 'Augmentation',
    noun: 'augmentation',
    hint: 'What is done to a picture before the network sees it.',
  },
  sampling: {
    kind: 'choice',
    default: 'uniform',
    choices: [
      {
        value: 'uniform',
        label: 'Uniform',
        description: 'Every picture has the same chance.',
        said: 'drawn uniformly',
      },
      {
        value: 'stratified',
        label: 'Class by class',
        description: 'The same share of every class.',
        said: 'drawn class by class',
      },
    ],
    key: 'sampling',
    panels: ['details'],
    affects: RESULT,
    // How a subset is drawn means nothing where every picture is.
    comesTo: ({ method, sampling }) => (usesFraction(method) ? sampling : null),
    label: 'Drawing',
    noun: 'drawing',
    hint: 'How an epoch’s share is drawn.',
  },
  ...methodSettings<TrainingSettings>(),
  seed: {
    kind: 'amount',
    default: 1,
    min: 0,
    max: MAX_SEED,
    whole: true,
    is: 'seed',
    key: 'net-seed',
    panels: ['learn'],
    affects: RESULT,
    label: 'Seed',
    noun: 'seed',
    hint: 'Draws the first weights, the shares and their order: the same seed, the same run.',
  },
  evaluateEvery: {
    kind: 'amount',
    default: 1,
    min: 1,
    max: 10_000,
    whole: true,
    key: 'evaluate-every',
    panels: ['details'],
    affects: [],
    label: 'Evaluate every … epochs',
    noun: 'epochs between evaluations',
    hint: 'How often the network is tested; it always is after the last epoch.',
  },
  prefetch: {
    kind: 'flag',
    default: true,
    said: ['fetched between epochs', 'fetched ahead'],
    key: 'prefetch',
    panels: ['details'],
    affects: RESULT,
    label: 'Fetch ahead',
    noun: 'fetching ahead',
    hint: 'The next pictures are fetched while these train, of small shares those of several epochs at once: faster, and more pixels in memory.',
  },
});

export const DEFAULT_TRAINING_SETTINGS = TRAINING_SETTINGS.defaults;
