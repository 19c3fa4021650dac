/**
 * Greedy picking by the gain of GLISTER: a step along the gradient of picture i lowers the loss of the held-out pictures
 * by about η ⟨δ_i, v⟩, v their own gradient after the steps of all that is picked already.
 */
import type { Generator } from '../../random.ts';
import { drawInPlace } from '../../selection/draw.ts';
import type { ValidationLoss } from './validationLoss.ts';

export interface GreedyTask {
  /** [pictures × classes] δ */
  residuals: Float32Array;
  classes: number;
  /** Rows of those that may be picked. Those that are picked are brought to the front, in the order of their picking. */
  places: Uint32Array;
  /** How many are to be picked, at most all. */
  count: number;
  loss: ValidationLoss;
  /** η */
  rate: number;
  /** In so many rounds, each of which takes the best at once; in fewer where there are fewer to be picked. */
  rounds: number;
  /** Of so many, drawn anew for every round, at least as many as it takes; of all where no more are left. */
  sample: number;
  generator: Generator;
  /** Asked between two rounds. */
  beat: (picked: number) => Promise<void> | null;
}

/** @returns how many were drawn at random because no picture would change the loss */
export async function pickGreedily(task: GreedyTask): Promise<number> {
  const { residuals, classes, places, count, loss, rate, sample, generator, beat } = task;
  const { gradient } = loss;
  const rounds = Math.min(task.rounds, count);
  const gains = new Float64Array(rounds < count ? residuals.length / classes : 0);
  let picked = 0;
  let filled = 0;
  for (let round = 1; round <= rounds; round++) {
    const wanted = Math.floor((round * count) / rounds) - picked;
    let end = places.length;
    if (sample < end - picked) {
      drawInPlace(places, picked, end, sample, generator);
      end = picked + sample;
    }
    let best = -Infinity;
    let bestAt = picked;
    let isSpoken = false;
    for (let at = picked; at < end; at++) {
      const from = places[at] * classes;
      let gain = 0;
      for (let c = 0; c < classes; c++) gain += residuals[from + c] * gradient[c];
      if (wanted > 1) gains[places[at]] = gain;
      if (gain !== 0) isSpoken = true;
      if (gain > best || (gain === best && places[at] < places[bestAt])) {
        best = gain;
        bestAt = at;
      }
    }
    if (!isSpoken) {
      drawInPlace(places, picked, places.length, wanted, generator);
      filled += wanted;
    } else if (wanted === 1) {
      const found = places[bestAt];
      places[bestAt] = places[picked];
      places[picked] = found;
    } else {
      places.subarray(picked, end).sort((a, b) => gains[b] - gains[a] || a - b);
    }
    for (const stop = picked + wanted; picked < stop; picked++) {
      loss.step(residuals, places[picked] * classes, rate);
    }
    loss.update();
    const pause = beat(picked);
    if (pause !== null) await pause;
  }
  return filled;
}
