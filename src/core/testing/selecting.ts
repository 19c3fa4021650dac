/** What selecting is tested with: usual settings, and a network that gives what a test says. */
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import type { SelectionSettings } from '../selection/method.ts';
import type { Matrix, MatrixProduct, NetworkProbe } from '../selection/probe.ts';

export const USUAL_SELECTION: SelectionSettings = {
  ...{ fraction: 0.1, sampling: 'uniform', seed: 1, epochs: 10, batch: 32, rate: 0.05 },
  ...{ reselect: 20, holdOut: true, pretrain: 0, warmStart: 0 },
  ...{ gradient: 'layer', ridge: 0.5, tolerance: 1e-4, greedy: 'stochastic', byClass: false },
  ...{ bins: 10, window: 10, scoreDecay: 0.9 },
};

/** A Bᵀ in plain loops, sums in double precision. */
export const plainProduct: MatrixProduct = (a: Matrix, b: Matrix) => {
  const product = new Float32Array(a.rows * b.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) {
      let sum = 0;
      for (let k = 0; k < a.columns; k++) sum += a.values[i * a.columns + k] * b.values[j * b.columns + k];
      product[i * b.rows + j] = sum;
    }
  }
  return Promise.resolve(product);
};

export interface GivenPictures {
  classes: number;
  features: number;
  /** Class of every record. */
  labels: Uint16Array;
  /** [records × classes] */
  logits: Float32Array;
  /** [records × features] */
  hidden: Float32Array;
  pulse?: Pulse;
}

/** A probe over what every record is given, in batches of 7. */
export function givenProbe({
  classes,
  features,
  labels,
  logits,
  hidden,
  pulse = SILENT_PULSE,
}: GivenPictures): NetworkProbe {
  return {
    classes,
    features,
    product: plainProduct,
    pulse,
    phase: 'selecting',
    async *batches(records) {
      for (let first = 0; first < records.length; first += 7) {
        const some = records.slice(first, first + 7);
        const rows = (values: Float32Array, columns: number): Float32Array =>
          Float32Array.from(
            [...some].flatMap((record) => [...values.subarray(record * columns, (record + 1) * columns)]),
          );
        if (pulse.due()) await pulse.beat({ phase: 'selecting', done: first, total: null, unit: 'pictures' });
        yield {
          records: some,
          labels: Uint16Array.from(some, (record) => labels[record]),
          logits: rows(logits, classes),
          features: rows(hidden, features),
        };
      }
    },
  };
}
