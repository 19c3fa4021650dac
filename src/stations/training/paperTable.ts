/** What the dreaMLearning paper reports of its networks, to be set beside what was measured here. */
import { sampleByDataset } from '../../contracts/gallery.ts';
import type { NetworkName, SubsetMethod } from '../../contracts/training.ts';
import { isPaperSet, paperRows, paperSetting, type PaperSet } from './paper/tables.ts';

export interface PaperPoint {
  /** Share of the training pictures that an epoch saw. */
  fraction: number;
  /** Share of the test pictures that were classified correctly. */
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

/** The paper's own method. */
const PROPOSED = 'dreamlearning';

function resultOf(set: PaperSet): PaperResult {
  const rows = paperRows(set);
  const points = rows.flatMap(({ method, fraction, values }) =>
    method !== PROPOSED || values?.accuracy === undefined
      ? []
      : [{ fraction, accuracy: values.accuracy.mean, timeShare: values.time?.mean ?? null }],
  );
  const full = rows.flatMap(({ fraction, values }) => (fraction < 1 ? [] : (values?.accuracy?.mean ?? [])));
  const { network, width, epochs } = paperSetting(set);
  return {
    ...{ network, width, epochs, method: PROPOSED },
    points: points.sort((a, b) => a.fraction - b.fraction),
    full: { least: Math.min(...full), most: Math.max(...full) },
  };
}

/** The paper's result on a sample, whatever the network; null where the paper has none. */
export function paperResultOfSample(sampleId: string): PaperResult | null {
  return isPaperSet(sampleId) ? resultOf(sampleId) : null;
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
