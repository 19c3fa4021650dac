/** Methods, networks and settings of a training in words. */
import { METHOD_METAS } from '../../contracts/methods.ts';
import { NETWORKS } from '../../contracts/networks.ts';
import {
  TRAINING_SETTINGS,
  usesFraction,
  type NetworkName,
  type SubsetMethod,
  type TrainingSettings,
} from '../../contracts/training.ts';
import { settingWords as wordsOf } from '../settings/words.ts';

/** "dreaMLearning, fixed" */
export function methodLabel(method: SubsetMethod): string {
  return METHOD_METAS.byName(method).label;
}

/** What has to be known of methods wherever their numbers stand: in what they are not the published ones. */
export function methodNotes(methods: Iterable<SubsetMethod>): string[] {
  return [...new Set(methods)].flatMap((method) => {
    const { label, note } = METHOD_METAS.byName(method);
    return note === undefined ? [] : [`${label}: ${note}`];
  });
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

/** Settings that have words of their own wherever trainings are told apart, or that tell them apart by themselves. */
const NAMED: readonly (keyof TrainingSettings)[] = ['network', 'width', 'method', 'fraction', 'seed'];

/** Settings besides network, method, fraction and seed that a training depends on. */
export function otherSettings(): (keyof TrainingSettings)[] {
  return TRAINING_SETTINGS.all.flatMap(([name, { affects }]) =>
    NAMED.includes(name) || affects.length === 0 ? [] : [name],
  );
}

/** One of the other settings in words: "20 epochs", "without Nesterov". */
export function settingWords(name: keyof TrainingSettings, settings: TrainingSettings): string {
  return wordsOf(TRAINING_SETTINGS.any(name), settings[name]);
}
