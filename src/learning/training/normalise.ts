/** From levels 0 … 255 to the numbers that a network is given: (value / 255 − mean) / deviation, channel by channel. */
import { sampleByDataset } from '../../contracts/gallery.ts';

/** Mean and standard deviation by channel, in levels of 0 … 1. */
export interface Normalisation {
  mean: number[];
  deviation: number[];
}

/** The constants that the literature uses for its data sets, by the ids of the gallery. */
const USUAL: ReadonlyMap<string, Normalisation> = new Map([
  ['mnist', { mean: [0.1307], deviation: [0.3081] }],
  ['cifar10', { mean: [0.4914, 0.4822, 0.4465], deviation: [0.2023, 0.1994, 0.201] }],
]);

/** The usual constants of a data set of the gallery, or null. */
export function usualNormalisation(datasetId: string): Normalisation | null {
  return USUAL.get(sampleByDataset(datasetId)?.id ?? '') ?? null;
}

/**
 * Mean and standard deviation of every channel over pictures.
 *
 * @param pixels NHWC, one picture at least
 */
export function measureNormalisation(pixels: Uint8Array, channels: number): Normalisation {
  const count = pixels.length / channels;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  // Sums of whole numbers are exact below 2^53, which is far more pictures than fit.
  for (let k = 0; k < pixels.length; k += channels) {
    for (let c = 0; c < channels; c++) {
      const value = pixels[k + c];
      sums[c] += value;
      squares[c] += value * value;
    }
  }
  const mean: number[] = [];
  const deviation: number[] = [];
  for (let c = 0; c < channels; c++) {
    const level = sums[c] / count;
    mean.push(level / 255);
    deviation.push(Math.sqrt(Math.max(0, squares[c] / count - level * level)) / 255);
  }
  return { mean, deviation };
}

/**
 * What every value becomes: entry c · 256 + v of value v in channel c. A channel that never changes is only centred.
 */
export function normalisationTable({ mean, deviation }: Normalisation): Float32Array {
  const table = new Float32Array(mean.length * 256);
  for (let c = 0; c < mean.length; c++) {
    const scale = deviation[c] > 1e-6 ? deviation[c] : 1;
    for (let value = 0; value < 256; value++) table[c * 256 + value] = (value / 255 - mean[c]) / scale;
  }
  return table;
}
