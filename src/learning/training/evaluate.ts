/** A look at the test pictures through a network: accuracy, loss, confusion, and the pictures classified worst. */
import { tensor4d, tidy, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Evaluation } from '../../contracts/training.ts';
import { LabError } from '../../core/errors.ts';
import type { InputShape } from '../../core/networks/network.ts';
import { stagePicture } from './augment.ts';

/** Pictures that go through the network at once. */
const EVALUATION_BATCH = 128;
/** Pictures that are kept of those classified worst. */
const WORST = 24;
/** Least probability that a loss is taken of, where a network gives probabilities. */
const LEAST_PROBABILITY = 1e-12;

export interface TestPictures {
  shape: InputShape & { channels: 1 | 3 };
  classes: number;
  /** Numbers of the test records. */
  records: Uint32Array;
  /** NHWC, one picture per record. */
  pixels: Uint8Array;
  labels: Uint16Array;
}

/** What is evaluated. */
export interface Predictor {
  /** Scores [batch, classes] of normalised pictures [batch, height, width, channels]; called inside a tidy. */
  predict: (pictures: Tensor4D) => Tensor2D;
  gives: 'logits' | 'probabilities';
}

/** Pictures of a batch, where there are so many test pictures. */
export function evaluationBatch(records: number): number {
  return Math.min(EVALUATION_BATCH, records);
}

/** How an evaluation stays interruptible, and hears of a lost device. */
export interface EvaluationWatch {
  /** After every batch; what it throws ends the evaluation. */
  pause(done: number, total: number): Promise<void>;
  /** Waits for numbers from the device. */
  guard<T>(promise: Promise<T>): Promise<T>;
}

/** The highest losses so far, the greatest first; of equal ones the earlier picture first. */
class WorstList {
  readonly places: number[] = [];
  readonly #losses: number[] = [];

  add(loss: number, place: number): void {
    const losses = this.#losses;
    if (losses.length === WORST && loss <= losses[WORST - 1]) return;
    let at = losses.length;
    while (at > 0 && losses[at - 1] < loss) at--;
    losses.splice(at, 0, loss);
    this.places.splice(at, 0, place);
    if (losses.length > WORST) {
      losses.pop();
      this.places.pop();
    }
  }
}

/**
 * Turns scores into probabilities in place: softmax of logits, or what a network says are probabilities already.
 *
 * @returns the cross-entropy of the true class
 */
function toProbabilities(scores: Float64Array, gives: Predictor['gives'], actual: number): number {
  let largest = -Infinity;
  for (const score of scores) if (score > largest) largest = score;
  const actualScore = scores[actual];
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    scores[c] = gives === 'logits' ? Math.exp(scores[c] - largest) : Math.max(scores[c], LEAST_PROBABILITY);
    sum += scores[c];
  }
  for (let c = 0; c < scores.length; c++) scores[c] /= sum;
  return gives === 'logits' ? Math.log(sum) + largest - actualScore : -Math.log(scores[actual]);
}

/**
 * @param table of normalisationTable
 * @param epoch after which it is made; 0 of an imported model
 * @throws TRAINING_DIVERGED when the network's scores are not numbers, and what the watch throws
 */
export async function evaluate(
  { predict, gives }: Predictor,
  test: TestPictures,
  table: Float32Array,
  epoch: number,
  watch: EvaluationWatch,
): Promise<Evaluation> {
  const began = performance.now();
  const { shape, classes, pixels, labels } = test;
  const total = test.records.length;
  const length = shape.width * shape.height * shape.channels;
  const batch = evaluationBatch(total);
  const staging = new Float32Array(batch * length);
  const confusion = new Uint32Array(classes * classes);
  const predicted = new Uint16Array(total);
  const confidence = new Float32Array(total);
  const truth = new Float32Array(total);
  const probabilities = new Float64Array(classes);
  const worst = new WorstList();
  let correct = 0;
  let lossSum = 0;

  for (let first = 0; first < total; first += batch) {
    // The last batch begins again at the first picture: one shape for all.
    for (let k = 0; k < batch; k++) {
      stagePicture(pixels, ((first + k) % total) * length, staging, k * length, shape, table);
    }
    const scored = tidy(() =>
      predict(tensor4d(staging, [batch, shape.height, shape.width, shape.channels], 'float32')),
    );
    let scores: Float32Array;
    try {
      scores = (await watch.guard(scored.data())) as Float32Array;
    } finally {
      scored.dispose();
    }
    for (let k = 0; k < batch && first + k < total; k++) {
      const place = first + k;
      const actual = labels[place];
      let best = 0;
      for (let c = 0; c < classes; c++) {
        probabilities[c] = scores[k * classes + c];
        if (probabilities[c] > probabilities[best]) best = c;
      }
      const loss = toProbabilities(probabilities, gives, actual);
      // A score that is no number makes the loss of its picture one.
      if (!Number.isFinite(loss)) {
        throw new LabError(
          'TRAINING_DIVERGED',
          `After epoch ${epoch} the network's scores of test picture ${test.records[place]} are not numbers.`,
        );
      }
      lossSum += loss;
      if (best === actual) correct++;
      confusion[actual * classes + best]++;
      predicted[place] = best;
      confidence[place] = probabilities[best];
      truth[place] = probabilities[actual];
      worst.add(loss, place);
    }
    await watch.pause(Math.min(total, first + batch), total);
  }

  const shown = worst.places;
  const shownPixels = new Uint8Array(shown.length * length);
  shown.forEach((place, k) => {
    shownPixels.set(pixels.subarray(place * length, (place + 1) * length), k * length);
  });
  return {
    epoch,
    accuracy: correct / total,
    loss: lossSum / total,
    records: total,
    confusion,
    worst: {
      pictures: {
        width: shape.width,
        height: shape.height,
        channels: shape.channels,
        records: Uint32Array.from(shown, (place) => test.records[place]),
        labels: Uint16Array.from(shown, (place) => labels[place]),
        pixels: shownPixels,
      },
      predicted: Uint16Array.from(shown, (place) => predicted[place]),
      confidence: Float32Array.from(shown, (place) => confidence[place]),
      truth: Float32Array.from(shown, (place) => truth[place]),
    },
    seconds: (performance.now() - began) / 1000,
  };
}
