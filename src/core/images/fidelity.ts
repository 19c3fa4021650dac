/** How far decoded pictures are from the ones that went in: sums that add up over parts, and what is said of them. */

/** Sums over channel values of pixels. */
export interface ErrorSums {
  /** Number of values compared. */
  values: number;
  /** Sum of the squared differences. */
  squared: number;
  /** Largest difference, in levels of 255. */
  largest: number;
  /** Number of values that are equal. */
  exact: number;
}

export type Fidelity =
  | { kind: 'exact' }
  | {
      kind: 'near';
      /** Peak signal-to-noise ratio in dB over all pixels and channels. */
      psnr: number;
      /** Largest difference of a channel, in levels of 255. */
      maxError: number;
      /** Share of channel values that come back exactly. */
      exactShare: number;
    };

/** Sums of nothing, to begin with. */
export function noErrors(): ErrorSums {
  return { values: 0, squared: 0, largest: 0, exact: 0 };
}

/** Adds the differences of two arrays of the same length to the sums. */
export function measureError(a: Uint8Array, b: Uint8Array, sums: ErrorSums): void {
  let squared = 0;
  let largest = 0;
  let exact = 0;
  const length = a.length;
  for (let k = 0; k < length; k++) {
    const difference = a[k] > b[k] ? a[k] - b[k] : b[k] - a[k];
    if (difference === 0) exact++;
    squared += difference * difference;
    if (difference > largest) largest = difference;
  }
  sums.values += length;
  sums.squared += squared;
  sums.exact += exact;
  if (largest > sums.largest) sums.largest = largest;
}

/** Adds the sums of one part to those of another. */
export function addErrors(sums: ErrorSums, part: ErrorSums): void {
  sums.values += part.values;
  sums.squared += part.squared;
  sums.exact += part.exact;
  if (part.largest > sums.largest) sums.largest = part.largest;
}

/** What is said of the sums; nothing compared is exact. For display: an archive keeps the sums, which are integers. */
export function fidelityOf(sums: ErrorSums): Fidelity {
  if (sums.exact === sums.values) return { kind: 'exact' };
  return {
    kind: 'near',
    psnr: 10 * Math.log10((255 * 255 * sums.values) / sums.squared),
    maxError: sums.largest,
    exactShare: sums.exact / sums.values,
  };
}
