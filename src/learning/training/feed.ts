/**
 * An epoch's pictures on their way to the device: normalised and augmented into one staging array, uploaded in segments
 * of bounded size, cut into batches of one shape there. (A device that is the processor itself gains nothing by that:
 * there a segment is a batch.) A last batch that is not full is filled up with pictures of the same epoch that do not
 * count.
 */
import { slice, tensor1d, tensor4d, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { InputShape } from '../../core/networks/network.ts';
import type { TrainingSettings } from '../../contracts/training.ts';
import { shiftOf, stagePicture, stageShifted } from './augment.ts';

/** Most bytes of pictures (float32) that are uploaded at once. */
const SEGMENT_BYTES = 64 * 1024 * 1024;

/** What an epoch sees, or a piece of it: then it is asked for no batch of another piece. */
export interface EpochPictures {
  /** NHWC. */
  pixels: Uint8Array;
  labels: Uint16Array;
  /** Places of the pictures in the order in which the epoch meets them; null: as they are. */
  order: Uint32Array | null;
  /** Of a piece, in whole uploads: place in the epoch of its first picture. */
  first?: number;
  /** Of the pictures as they are, not negative and not all 0; null: all alike. Only their ratios matter. */
  weights: Float32Array | null;
  /** From 1. */
  epoch: number;
}

/** Tensors of one step. Pictures and labels are the caller's to dispose; the others are good until the next step. */
export interface FedBatch {
  /** [batch, height, width, channels], normalised. */
  pictures: Tensor4D;
  /** [batch], int32. */
  labels: Tensor1D;
  /** [batch]: 1, or 0 of pictures that only fill up. */
  mask: Tensor1D;
  /** [batch]: weights whose mean over the epoch is 1, and 0 where the mask is; the mask itself of an epoch without. */
  weights: Tensor1D;
}

export interface FeedOptions {
  shape: InputShape;
  /** Pictures of an epoch, the same in all of them. */
  count: number;
  batch: number;
  /** Of normalisationTable. */
  table: Float32Array;
  augment: TrainingSettings['augment'];
  seed: number;
  /** Most bytes of a segment, a batch at least. tfjs' WebAssembly backend reads a whole segment to slice it. */
  segmentBytes?: number;
}

/** Σ in double precision. */
function sumOf(numbers: Float32Array): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}

/** Weights of mean 1: a step of theirs is as long as one without. */
function dividedByMean(weights: Float32Array): Float32Array {
  const mean = sumOf(weights) / weights.length;
  return weights.map((weight) => weight / mean);
}

export class EpochFeed {
  readonly steps: number;
  readonly #options: FeedOptions;
  readonly #pictureLength: number;
  /** Batches of a segment. */
  readonly #segmentSteps: number;
  readonly #staging: Float32Array<ArrayBuffer>;
  readonly #stagedLabels: Int32Array<ArrayBuffer>;
  readonly #full: Tensor1D;
  readonly #last: Tensor1D;
  #pictures: EpochPictures | null = null;
  /** Of the pictures as they are, divided by their mean. */
  #weights: Float32Array | null = null;
  /** What was handed out last of an epoch with weights. */
  #handedOut: Tensor1D | null = null;
  #weightSum: number;
  #segment: { number: number; pictures: Tensor4D; labels: Tensor1D } | null = null;

  constructor(options: FeedOptions) {
    const { shape, count, batch, segmentBytes = SEGMENT_BYTES } = options;
    this.#options = options;
    this.#pictureLength = shape.width * shape.height * shape.channels;
    this.steps = Math.ceil(count / batch);
    const batchBytes = batch * this.#pictureLength * Float32Array.BYTES_PER_ELEMENT;
    this.#segmentSteps = Math.min(this.steps, Math.max(1, Math.floor(segmentBytes / batchBytes)));
    this.#staging = new Float32Array(this.#segmentSteps * batch * this.#pictureLength);
    this.#stagedLabels = new Int32Array(this.#segmentSteps * batch);
    const mask = new Float32Array(batch).fill(1);
    this.#full = tensor1d(mask.slice());
    this.#last = tensor1d(mask.fill(0, count - (this.steps - 1) * batch));
    this.#weightSum = count;
  }

  /** Σ weights of the epoch that was begun last: what its sums of losses and right answers are divided by. */
  get weightSum(): number {
    return this.#weightSum;
  }

  /** Pictures that are uploaded at once. */
  get uploadedPictures(): number {
    return this.#segmentSteps * this.#options.batch;
  }

  /** Pictures that a step counts: a batch, or what is left for the last one. */
  counted(step: number): number {
    const { count, batch } = this.#options;
    return Math.min(batch, count - step * batch);
  }

  /** Takes the pictures of an epoch in place of the ones before. */
  begin(pictures: EpochPictures): void {
    this.end();
    this.#pictures = pictures;
    this.#weights = pictures.weights === null ? null : dividedByMean(pictures.weights);
    this.#weightSum = this.#weights === null ? this.#options.count : sumOf(this.#weights);
  }

  /** Lets the epoch's pictures go, on the device too. */
  end(): void {
    this.#dropSegment();
    this.#handedOut?.dispose();
    this.#handedOut = null;
    this.#pictures = null;
    this.#weights = null;
  }

  dispose(): void {
    this.end();
    this.#full.dispose();
    this.#last.dispose();
  }

  #dropSegment(): void {
    this.#segment?.pictures.dispose();
    this.#segment?.labels.dispose();
    this.#segment = null;
  }

  /** Stages and uploads a segment. The one before it has been cut up: nothing reads it any more. */
  #upload(number: number): { number: number; pictures: Tensor4D; labels: Tensor1D } {
    if (this.#pictures === null) throw new Error('A batch was asked for before the epoch began.');
    this.#dropSegment();
    const { pixels, labels, order, epoch, first: start = 0 } = this.#pictures;
    const { shape, batch, table, augment, seed } = this.#options;
    const length = this.#pictureLength;
    const first = number * this.#segmentSteps * batch;
    const records = Math.min(this.#segmentSteps, this.steps - number * this.#segmentSteps) * batch;
    for (let k = 0; k < records; k++) {
      // Past the end the pictures begin again, and do not count.
      const place = (first + k - start) % labels.length;
      const at = order === null ? place : order[place];
      this.#stagedLabels[k] = labels[at];
      if (augment === 'none') {
        stagePicture(pixels, at * length, this.#staging, k * length, shape, table);
      } else {
        const shift = shiftOf(seed, epoch, start + place, shape);
        stageShifted(pixels, at * length, this.#staging, k * length, shape, table, shift);
      }
    }
    // Backends that keep the array instead of copying it have used it up before it is staged anew: uploads happen when
    // an operation first needs them, and every batch of a segment is used before the next segment.
    const whole = this.#staging.length === records * length;
    return {
      number,
      pictures: tensor4d(
        whole ? this.#staging : this.#staging.subarray(0, records * length),
        [records, shape.height, shape.width, shape.channels],
        'float32',
      ),
      labels: tensor1d(this.#stagedLabels.subarray(0, records), 'int32'),
    };
  }

  /** The weights of a step, those of its pictures that only fill up at 0. */
  #weightsOf(step: number, mask: Tensor1D): Tensor1D {
    if (this.#weights === null) return mask;
    const { batch } = this.#options;
    const order = this.#pictures?.order ?? null;
    const staged = new Float32Array(batch);
    const first = step * batch;
    for (let k = 0; k < this.counted(step); k++) {
      const place = first + k;
      staged[k] = this.#weights[order === null ? place : order[place]];
    }
    // The step before is through: nothing reads its weights any more.
    this.#handedOut?.dispose();
    this.#handedOut = tensor1d(staged);
    return this.#handedOut;
  }

  /** @param step from 0, below `steps` */
  batch(step: number): FedBatch {
    const mask = step === this.steps - 1 ? this.#last : this.#full;
    const weights = this.#weightsOf(step, mask);
    if (this.#segmentSteps === 1) {
      const { pictures, labels } = this.#upload(step);
      return { pictures, labels, mask, weights };
    }
    const { batch } = this.#options;
    const number = Math.floor(step / this.#segmentSteps);
    if (this.#segment?.number !== number) this.#segment = this.#upload(number);
    const first = (step - number * this.#segmentSteps) * batch;
    return {
      pictures: slice(this.#segment.pictures, [first, 0, 0, 0], [batch, -1, -1, -1]),
      labels: slice(this.#segment.labels, [first], [batch]),
      mask,
      weights,
    };
  }
}
