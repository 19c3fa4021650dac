/**
 * A run in memory: its network and optimiser on the device, its position in the epoch, and what has been fetched for
 * it. A paused run goes on from here at the very next batch.
 */
import { memory } from '@tensorflow/tfjs-core';
import type { ServedSubset } from '../../contracts/subsetPort.ts';
import type {
  Checkpoint,
  EpochReport,
  Evaluation,
  SelectionReport,
  TrainedPictures,
  TrainingRun,
} from '../../contracts/training.ts';
import { LabError } from '../../core/errors.ts';
import { initialWeights } from '../../core/networks/initialWeights.ts';
import type { NetworkPlan, WeightValues } from '../../core/networks/network.ts';
import { epochOrder } from '../../core/selection/draw.ts';
import { epochSeed } from '../../core/selection/epochSeed.ts';
import type { MethodMeta, Selection, Selector } from '../../core/selection/method.ts';
import type { OpenBackend } from '../backends/openBackend.ts';
import type { Network } from '../network/network.ts';
import type { MomentumSgd } from '../network/optimiser.ts';
import { disposeSums, type StepSums } from '../network/step.ts';
import type { DeviceWatch } from './deviceWatch.ts';
import type { TestPictures } from './evaluate.ts';
import type { EpochFeed } from './feed.ts';
import type { ObservedLogits } from './observedLogits.ts';
import type { PretrainingPictures } from './pretrainingPictures.ts';
import type { RecordBits } from './recordBits.ts';
import { reachedOf, secondsOf, stepsOf } from './runs.ts';
import { addSelection } from './selectionReport.ts';

/** How far an epoch is. */
export interface StepsInProgress {
  /** Steps done. */
  step: number;
  /** Read back after the last step: weighted sums over the pictures. */
  sums: { loss: number; correct: number } | null;
}

/** An epoch that has begun and not ended. */
export interface EpochInProgress extends StepsInProgress {
  epoch: number;
  /** What it sees, once that is selected; its pictures may still have to be fetched. */
  selection: Selection | null;
  /** Whether its pictures are in the feed. */
  hasPictures: boolean;
  seconds: EpochReport['seconds'];
}

/** Epochs on every picture, before the first of the run. */
export interface PretrainingInProgress {
  pictures: PretrainingPictures;
  /** On its way to the method's observer; null where it has none. */
  observed: ObservedLogits | null;
  /** The epoch that has begun and not ended. */
  current: (StepsInProgress & { epoch: number }) | null;
}

/** Pictures that have arrived, perhaps together with those of other epochs: then all of them share their memory. */
interface Fetched {
  selection: Selection;
  pixels: Uint8Array;
  labels: Uint16Array;
  /** Seconds that fetching took on the other side: an epoch's part of them. */
  seconds: number;
}

/** Bytes of the memory that any of these lie in. */
function bytesHeld(fetched: readonly Fetched[]): number {
  const buffers = new Set(fetched.map(({ pixels }) => pixels.buffer));
  return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

export interface SessionParts {
  backend: OpenBackend;
  device: DeviceWatch;
  plan: NetworkPlan;
  network: Network;
  optimiser: MomentumSgd;
  sums: StepSums;
  method: MethodMeta;
  selector: Selector;
  feed: EpochFeed;
  test: TestPictures;
  /** Of normalisationTable. */
  table: Float32Array;
  pictures: TrainedPictures;
  /** Bytes that the serving side holds all the time. */
  heldBytes: number;
  /** Records that were trained on. */
  seen: RecordBits;
  /** Records that were read, to select or to train. */
  read: RecordBits;
}

/** The weights that a run begins with. */
export function firstWeights(plan: NetworkPlan, seed: number): WeightValues[] {
  return initialWeights(plan, epochSeed(seed, 'weights', 0));
}

export class TrainingSession {
  readonly run: TrainingRun;
  readonly parts: SessionParts;
  current: EpochInProgress | null = null;
  pretraining: PretrainingInProgress | null = null;
  /** The subsets of the epochs to come, one after the other from the next one on, as far as they are fetched. */
  coming: (Fetched & { epoch: number })[] = [];
  /** The pictures of the epoch in progress; beyond its end where the next one may see the same. */
  held: Fetched | null = null;
  /** The last whole epoch, where it is kept in memory. */
  aside: Checkpoint | null = null;
  /** Epochs behind the newest checkpoint that it has stored. */
  stored = 0;
  /** What the report of selecting has taken in last. */
  #reported: Selection | null = null;
  /** Bytes and tensors on the device that are not this session's. */
  #others: { bytes: number; tensors: number };
  #own = { bytes: 0, tensors: 0 };

  /**
   * @param run the run as it stands; the session goes on writing to it
   * @param others what was on the device before the session's tensors were made
   */
  constructor(run: TrainingRun, parts: SessionParts, others: { bytes: number; tensors: number }) {
    this.run = run;
    this.parts = parts;
    this.#others = others;
  }

  get epochsDone(): number {
    return this.run.epochs.length;
  }

  /** Of a method that looks at pictures. */
  get report(): SelectionReport {
    const { selection } = this.run;
    if (selection === null) throw new Error('A method that looks at no picture has no account of selecting.');
    return selection;
  }

  /** Remembers what it holds on the device, until it is played again. */
  park(): void {
    this.#own = this.#held();
  }

  /** Somebody else has let go of so much on the device. */
  othersLetGo(bytes: number, tensors: number): void {
    this.#others = { bytes: this.#others.bytes - bytes, tensors: this.#others.tensors - tensors };
  }

  unpark(): void {
    const { numBytes, numTensors } = memory();
    this.#others = { bytes: numBytes - this.#own.bytes, tensors: numTensors - this.#own.tensors };
  }

  #held(): { bytes: number; tensors: number } {
    const { numBytes, numTensors } = memory();
    return {
      bytes: Math.max(0, numBytes - this.#others.bytes),
      tensors: Math.max(0, numTensors - this.#others.tensors),
    };
  }

  /** @param bytes of all tensors on the device at some moment */
  noteTensorBytes(bytes: number): void {
    this.run.tensorBytes = Math.max(this.run.tensorBytes, bytes - this.#others.bytes);
  }

  /** Counts what is in memory at the moment when pictures arrive, and what has been read. */
  count({ pixels, resident }: ServedSubset, records: Uint32Array): void {
    const { bytes } = this.run;
    const { heldBytes, read } = this.parts;
    read.add(records);
    const held = bytesHeld(this.held === null ? this.coming : [this.held, ...this.coming]);
    bytes.subsets = Math.max(bytes.subsets, held + pixels.length);
    bytes.archive = Math.max(bytes.archive, resident.total - resident.subset);
    bytes.rawSet = Math.max(bytes.rawSet, heldBytes);
    bytes.total = Math.max(bytes.total, held + resident.total + heldBytes);
  }

  /** Takes the pictures that have arrived of an epoch and those after it. */
  take(first: number, selections: readonly Selection[], subset: ServedSubset, records: Uint32Array): void {
    this.count(subset, records);
    const length = subset.pixels.length / records.length;
    let begin = 0;
    const arrived = selections.map((selection, k) => {
      const end = begin + selection.records.length;
      const fetched = {
        selection,
        pixels: subset.pixels.subarray(begin * length, end * length),
        labels: subset.labels.subarray(begin, end),
        seconds: subset.seconds / selections.length,
        epoch: first + k,
      };
      begin = end;
      return fetched;
    });
    this.coming = [...this.coming.filter(({ epoch }) => epoch < first), ...arrived];
  }

  /** What selecting took becomes part of the run, once for every selection. */
  noteSelection(selection: Selection): void {
    if (selection === this.#reported) return;
    this.#reported = selection;
    addSelection(this.report, selection);
  }

  /** The network and the optimiser as before the first step. */
  startAnew(): void {
    const { network, optimiser, plan } = this.parts;
    network.restore(firstWeights(plan, this.run.settings.seed));
    optimiser.reset();
  }

  /** An epoch on every picture is over. */
  endPretrainingEpoch(isTrainedOn: boolean): void {
    const { report, parts } = this;
    const { selector, seen } = parts;
    const records = selector.pretraining?.records ?? new Uint32Array(0);
    if (isTrainedOn) seen.add(records);
    report.pretrained++;
    report.seen = Math.max(report.seen, records.length);
    report.distinctRead = parts.read.count;
    this.sumUp();
  }

  /** Lets go of the pictures of the epochs on every picture. */
  endPretraining(): void {
    this.pretraining?.observed?.dispose();
    this.pretraining?.pictures.dispose();
    this.pretraining = null;
  }

  /** Hands the epoch's pictures to the feed. They have to be there: `next` of this epoch, or `held` from before. */
  beginPictures(current: EpochInProgress): void {
    const { feed, seen } = this.parts;
    const { epoch } = current;
    const next = this.coming.at(0);
    if (next?.epoch === epoch) {
      this.held = next;
      this.coming.shift();
    }
    if (this.held === null) throw new Error('The pictures of the epoch are not there.');
    const { selection, pixels, labels } = this.held;
    const { records, weights, isOrdered } = selection;
    const order = isOrdered ? null : epochOrder(this.run.settings.seed, epoch, records.length);
    feed.begin({ pixels, labels, weights, order, epoch });
    seen.add(records);
    if (this.run.selection !== null) this.run.selection.distinctRead = this.parts.read.count;
    current.hasPictures = true;
  }

  /** Lets the epoch's pictures go, unless the next one may see the same. */
  endPictures(): void {
    this.parts.feed.end();
    if (this.held?.selection.isOrdered === true) this.held = null;
  }

  /** The epoch is over: its report becomes part of the run. */
  endEpoch(current: EpochInProgress, rate: number, evaluation: Evaluation | null): EpochReport {
    const { run } = this;
    const { selector, feed } = this.parts;
    const { loss, correct } = current.sums ?? { loss: NaN, correct: 0 };
    const report: EpochReport = {
      epoch: current.epoch,
      steps: feed.steps,
      pictures: selector.count,
      rate,
      loss: loss / feed.weightSum,
      // Weights were added up in single precision.
      trainAccuracy: Math.min(1, correct / feed.weightSum),
      distinctRecords: this.parts.seen.count,
      seconds: current.seconds,
      test: evaluation && { accuracy: evaluation.accuracy, loss: evaluation.loss },
    };
    run.epochs.push(report);
    if (evaluation !== null) run.evaluation = evaluation;
    run.distinctRecords = this.parts.seen.count;
    run.tensors = this.#held().tensors;
    this.current = null;
    this.sumUp();
    return report;
  }

  /** Steps and seconds of the run, the epoch in progress included. */
  sumUp(): void {
    const { run, current } = this;
    run.steps = stepsOf(run.epochs) + (current?.step ?? 0);
    run.seconds = secondsOf(run, current);
  }

  /** Bytes of a checkpoint of it: weights and velocities. */
  get checkpointBytes(): number {
    return 2 * this.parts.plan.parameters * Float32Array.BYTES_PER_ELEMENT;
  }

  /**
   * What training goes on from after the last whole epoch; to be called between two epochs.
   * @throws TRAINING_DIVERGED when a weight is no number
   */
  async capture(): Promise<Checkpoint> {
    const { run } = this;
    const { device, network, optimiser, pictures, seen, read, selector } = this.parts;
    const [weights, velocities] = await device.guard(
      Promise.all([network.weights(), optimiser.velocities()]),
    );
    for (const { name, values } of weights) {
      for (let k = 0; k < values.length; k++) {
        if (!Number.isFinite(values[k])) {
          throw new LabError(
            'TRAINING_DIVERGED',
            `After ${reachedOf(run)} the weights ${name} are not numbers.`,
          );
        }
      }
    }
    const { id, settings } = run;
    const selection = selector.state();
    const report = run.selection;
    return {
      runId: id,
      epoch: this.epochsDone,
      settings: { ...settings },
      pictures,
      weights,
      velocities,
      seen: seen.bits.slice(),
      ...(selection !== null && { selection }),
      ...(report !== null && {
        pretrained: report.pretrained,
        account: { report: structuredClone(report), read: read.bits.slice() },
      }),
    };
  }

  /** Lets go of everything on the device. */
  dispose(): void {
    const { feed, network, optimiser, sums } = this.parts;
    this.coming = [];
    this.held = null;
    this.aside = null;
    try {
      this.endPretraining();
      feed.dispose();
      optimiser.dispose();
      network.dispose();
      disposeSums(sums);
    } catch {
      // Of a device that is gone or broken nothing can be let go, and nothing is left.
    }
  }
}
