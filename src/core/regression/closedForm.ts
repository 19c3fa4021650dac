/** Weighted least squares in closed form (paper Eq. 11): θ = (XᵀWX)⁻¹ XᵀW y, by Cholesky. */
import type { WeightedSamples } from '../condense/clusters.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import { solveSymmetric } from './cholesky.ts';

/** Multiplications between two looks at the clock. */
const CHUNK = 4_000_000;

export interface ClosedForm {
  theta: Float64Array;
  /** What was added to the diagonal, 0 when the system was regular. */
  ridge: number;
}

/** XᵀWX, d × d, of which only the lower triangle is filled, and XᵀWy. */
export interface NormalEquations {
  gram: Float64Array;
  right: Float64Array;
}

/** Sums the weighted normal equations; O(m·d²). */
export async function normalEquations(
  samples: WeightedSamples,
  pulse: Pulse = SILENT_PULSE,
): Promise<NormalEquations> {
  const { rows, width: d, x, y, weights } = samples;
  const gram = new Float64Array(d * d);
  const right = new Float64Array(d);
  const chunk = Math.max(1, Math.ceil(CHUNK / (d * d)));
  for (let first = 0; first < rows; first += chunk) {
    const end = Math.min(rows, first + chunk);
    for (let i = first, row = first * d; i < end; i++, row += d) {
      const w = weights[i];
      for (let j = 0; j < d; j++) {
        const wx = w * x[row + j];
        if (wx === 0) continue;
        right[j] += wx * y[i];
        const to = j * d;
        for (let k = 0; k <= j; k++) gram[to + k] += wx * x[row + k];
      }
    }
    if (pulse.due()) {
      await pulse.beat({ phase: 'Normal equations', done: end, total: rows, unit: 'samples' });
    }
  }
  return { gram, right };
}

/** Solves the weighted normal equations; O(m·d² + d³). */
export async function solveClosedForm(
  samples: WeightedSamples,
  pulse: Pulse = SILENT_PULSE,
): Promise<ClosedForm> {
  const { gram, right } = await normalEquations(samples, pulse);
  const { solution, ridge } = solveSymmetric(gram, right);
  return { theta: solution, ridge };
}
