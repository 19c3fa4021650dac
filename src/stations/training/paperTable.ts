/** What the dreaMLearning paper reports of its networks (its Table 1), to be set beside what was measured here. */
import { sampleByDataset } from '../../contracts/gallery.ts';
import type { NetworkName, SubsetMethod } from '../../contracts/training.ts';

export interface PaperPoint {
  /** Share of the training pictures that an epoch saw. */
  fraction: number;
  /** Share of the test pictures that were classified rightly. */
  accuracy: number;
  /** Time as a share of full training's; null where the paper says none. */
  timeShare: number | null;
}

export interface PaperResult {
  network: NetworkName;
  /** Null of a network without widths. */
  width: number | null;
  method: SubsetMethod;
  /** Epochs that it was trained for. */
  epochs: number;
  /** Ascending in the fraction. */
  points: readonly PaperPoint[];
  /** Of full training: least and most of the paper's figures, which are mostly one. */
  full: { least: number; most: number };
}

const point = (fraction: number, accuracy: number, timeShare: number | null = null): PaperPoint => ({
  fraction,
  accuracy,
  timeShare,
});

/** Times are given at a fraction of 10 % only. */
const RESULTS: Readonly<Record<string, PaperResult>> = {
  mnist: {
    ...{ network: 'lenet5', width: null, method: 'dreamlearning', epochs: 100 },
    points: [point(0.01, 0.983), point(0.05, 0.991), point(0.1, 0.991, 0.11), point(0.2, 0.992)],
    full: { least: 0.993, most: 0.993 },
  },
  cifar10: {
    ...{ network: 'resnet18', width: 64, method: 'dreamlearning', epochs: 200 },
    points: [point(0.01, 0.71), point(0.05, 0.889), point(0.1, 0.902, 0.11), point(0.2, 0.937)],
    full: { least: 0.952, most: 0.953 },
  },
  cifar100: {
    ...{ network: 'resnet18', width: 64, method: 'dreamlearning', epochs: 200 },
    points: [point(0.01, 0.387), point(0.05, 0.654), point(0.1, 0.697, 0.11), point(0.2, 0.742)],
    full: { least: 0.782, most: 0.782 },
  },
};

/** The paper's result on a sample, whatever the network; null where the paper has none. */
export function paperResultOfSample(sampleId: string): PaperResult | null {
  return Object.hasOwn(RESULTS, sampleId) ? RESULTS[sampleId] : null;
}

/** The paper's result on the pictures of a dataset, by what they hold; null of pictures that it does not have. */
export function paperResultOf(datasetId: string): PaperResult | null {
  const sample = sampleByDataset(datasetId);
  return sample === undefined ? null : paperResultOfSample(sample.id);
}

/** The paper's result on these pictures with this very network; null where the paper has none. */
export function paperResult(
  datasetId: string,
  network: NetworkName,
  width: number | null,
): PaperResult | null {
  const result = paperResultOf(datasetId);
  return result !== null && result.network === network && result.width === width ? result : null;
}
