/** What can be chosen before a training, in words, and what it comes to for the open pictures. */
import type { ErrorReport } from '../../../contracts/errors.ts';
import { LabError } from '../../../contracts/errors.ts';
import { METHOD_METAS } from '../../../contracts/methods.ts';
import {
  NETWORKS,
  planNetwork,
  type InputShape,
  type NetworkPlan,
  type NetworkWidth,
} from '../../../contracts/networks.ts';
import {
  type BackendName,
  type BackendWish,
  picturesOf,
  pretrainEpochsOf,
  type NetworkName,
  type SubsetMethod,
  type TrainingSettings,
} from '../../../contracts/training.ts';
import type { Option } from '../../../ui/controls/index.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';

/** The method's sentence, with who published it; without raw pixels at hand it says where they come from instead. */
export function methodWords(method: SubsetMethod, hasRawPixels: boolean): string {
  const { sentence, archiveSentence, authors } = METHOD_METAS.byName(method);
  const said = hasRawPixels ? sentence : (archiveSentence ?? sentence);
  return authors === undefined ? said : `${said} ${authors}.`;
}

export const BACKEND_LABELS: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'CPU, plain JavaScript',
};

export const BACKENDS: readonly Option<BackendWish>[] = [
  {
    value: 'auto',
    label: 'Automatic',
    description: 'The fastest one here that computes correct gradients.',
  },
  { value: 'webgpu', label: BACKEND_LABELS.webgpu, description: 'The graphics card, the newer way.' },
  { value: 'webgl', label: BACKEND_LABELS.webgl, description: 'The graphics card, the older way.' },
  { value: 'wasm', label: BACKEND_LABELS.wasm, description: 'The processor, compiled; runs everywhere.' },
  { value: 'cpu', label: BACKEND_LABELS.cpu, description: 'Slow; what the others are checked against.' },
];

/** Anything that has the pictures' size in it. */
export interface PicturesShape extends InputShape {
  classes: number;
}

/** A network for the pictures, or why there is none. */
export type Planned = { plan: NetworkPlan; error: null } | { plan: null; error: ErrorReport };

export function plannedNetwork(name: NetworkName, shape: PicturesShape, width: NetworkWidth): Planned {
  try {
    return { plan: planNetwork(name, shape, shape.classes, width), error: null };
  } catch (thrown) {
    return { plan: null, error: LabError.from(thrown).report() };
  }
}

/** Every network with its parameters for these pictures; those that do not fit say why. */
export function networkOptions(shape: PicturesShape | null, width: NetworkWidth): Option<NetworkName>[] {
  return NETWORKS.all.map(({ name, label, sentence }) => {
    const planned = shape === null ? null : plannedNetwork(name, shape, width);
    const count = planned?.plan == null ? '' : `${formatPlural(planned.plan.parameters, 'parameter')}. `;
    return { value: name, label, description: planned?.error?.what ?? `${count}${sentence}` };
  });
}

/** "61,706 parameters, 0.42 million multiplications a picture" */
export function planWords({ parameters, multiplyAdds }: NetworkPlan): string {
  const millions = multiplyAdds / 1e6;
  const digits = millions >= 100 ? 0 : millions >= 1 ? 1 : 2;
  const size =
    multiplyAdds >= 1e4
      ? `${millions.toLocaleString('en-US', { maximumFractionDigits: digits })} million multiplications`
      : formatPlural(multiplyAdds, 'multiplication');
  return `${formatPlural(parameters, 'parameter')} for these pictures, and ${size} to look at one.`;
}

export function hasWidth(network: NetworkName): boolean {
  return NETWORKS.find(network)?.hasWidth ?? false;
}

/** What an epoch comes to. */
export interface EpochFacts {
  /** Pictures and steps of an epoch. */
  pictures: number;
  steps: number;
  /** Most different pictures that the whole training can meet. */
  distinct: number;
}

export function epochFacts(
  settings: Pick<TrainingSettings, 'method' | 'fraction' | 'epochs' | 'batch' | 'reselect' | 'holdOut'>,
  trainRecords: number,
): EpochFacts {
  const pictures = picturesOf(settings, trainRecords);
  const { isFixed, options } = METHOD_METAS.byName(settings.method);
  const { epochs, reselect } = settings;
  const choices = isFixed ? 1 : options.includes('reselect') ? Math.ceil(epochs / reselect) : epochs;
  return {
    pictures,
    steps: Math.ceil(pictures / settings.batch),
    distinct: Math.min(trainRecords, pictures * choices),
  };
}

/** "An epoch is 600 pictures in 5 steps; 20 epochs meet at most 12,000 of all 60,000." */
export function epochWords(settings: TrainingSettings, trainRecords: number): string {
  const { pictures, steps, distinct } = epochFacts(settings, trainRecords);
  if (pictures === 0) {
    return `This share of ${formatPlural(trainRecords, 'training picture')} is none: choose a larger one.`;
  }
  const before = pretrainEpochsOf(settings);
  const first =
    before === 0 ? '' : `${formatPlural(before, 'epoch')} on every picture come first, to choose by. `;
  const epoch = `${first}An epoch is ${formatPlural(pictures, 'picture')} in ${formatPlural(steps, 'step')}`;
  if (settings.epochs === 1) return `${epoch}.`;
  const epochs = `${formatCount(settings.epochs)} epochs`;
  const { usesFraction, isFixed } = METHOD_METAS.byName(settings.method);
  if (!usesFraction) return `${epoch}; all ${epochs} meet every picture.`;
  if (isFixed) return `${epoch}; all ${epochs} meet the same ones.`;
  if (distinct === trainRecords)
    return `${epoch}; ${epochs} may come to meet all ${formatCount(trainRecords)}.`;
  return `${epoch}; ${epochs} meet at most ${formatCount(distinct)} of all ${formatCount(trainRecords)}.`;
}

/** The next seed that the dice show: looks drawn by chance, comes by every one of 10,000, needs no generator. */
export function nextSeed(seed: number): number {
  return (seed + 6_181) % 10_000;
}
