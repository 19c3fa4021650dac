/** Methods, networks and settings of a training in words. */
import { METHOD_METAS } from '../../contracts/methods.ts';
import { NETWORKS } from '../../contracts/networks.ts';
import type { NetworkName, SubsetMethod, TrainingSettings } from '../../contracts/training.ts';
import { formatCount } from '../../ui/format.ts';
import { usesFraction } from './plan.ts';

/** "dreaMLearning, fixed" */
export function methodLabel(method: SubsetMethod): string {
  return METHOD_METAS.byName(method).label;
}

/** "dreaMLearning 1 %", "Full" */
export function methodShareWords({
  method,
  fraction,
}: Pick<TrainingSettings, 'method' | 'fraction'>): string {
  return usesFraction(method) ? `${methodLabel(method)} ${fractionWords(fraction)}` : methodLabel(method);
}

/** "LeNet5", "ResNet18, width 8" */
export function networkWords(network: NetworkName, width: number | null): string {
  const label = NETWORKS.find(network)?.label ?? network;
  return width === null ? label : `${label}, width ${width}`;
}

/** 0.01 → "1 %", 0.125 → "12.5 %" */
export function fractionWords(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(3))}\u202f%`;
}

/** Settings besides network, method, fraction and seed that a training depends on. */
export type OtherSetting = Exclude<
  keyof TrainingSettings,
  'network' | 'width' | 'method' | 'fraction' | 'seed' | 'evaluateEvery'
>;

export const OTHER_SETTINGS: readonly OtherSetting[] = [
  ...(['epochs', 'batch', 'rate', 'decay', 'momentum', 'nesterov', 'weightDecay'] as const),
  ...(['augment', 'sampling', 'prefetch'] as const),
];

/** One of the other settings in words: "20 epochs", "without Nesterov". */
export function settingWords(name: OtherSetting, settings: TrainingSettings): string {
  switch (name) {
    case 'epochs':
      return `${formatCount(settings.epochs)} ${settings.epochs === 1 ? 'epoch' : 'epochs'}`;
    case 'batch':
      return `batch ${formatCount(settings.batch)}`;
    case 'rate':
      return `rate ${settings.rate}`;
    case 'decay':
      return settings.decay === 'cosine' ? 'cosine decay' : 'constant rate';
    case 'momentum':
      return `momentum ${settings.momentum}`;
    case 'nesterov':
      return settings.nesterov ? 'Nesterov' : 'without Nesterov';
    case 'weightDecay':
      return `weight decay ${settings.weightDecay}`;
    case 'augment':
      return settings.augment === 'none' ? 'no augmentation' : 'crops and flips';
    case 'sampling':
      return settings.sampling === 'uniform' ? 'drawn uniformly' : 'drawn class by class';
    case 'prefetch':
      return settings.prefetch ? 'fetched ahead' : 'fetched between epochs';
  }
}
