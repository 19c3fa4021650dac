/** The network of a run as a method of selection sees it: pictures are fetched in pieces and go through it in batches. */
import { matMul, tensor2d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { ServedSubset } from '../../contracts/subsetPort.ts';
import type { NetworkPlan } from '../../core/networks/network.ts';
import { planSteps } from '../../core/networks/plan.ts';
import { weightSpecs } from '../../core/networks/walk.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { MatrixProduct, NetworkProbe, ProbedBatch } from '../../core/selection/probe.ts';
import type { Network } from '../network/network.ts';
import { stagePicture } from './augment.ts';
import type { DeviceWatch } from './deviceWatch.ts';
import type { TestPictures } from './evaluate.ts';
import { waitFor, type MessageTurns } from './messageTurn.ts';
import type { SubsetClient } from './subsetClient.ts';

/** Pictures that go through the network at once. */
const PROBE_BATCH = 128;
/** Most bytes of pixels that are fetched at once, a batch at least. */
const PIECE_BYTES = 4 * 1024 * 1024;

export interface ProbeContext {
  network: Network;
  device: DeviceWatch;
  shape: TestPictures['shape'];
  /** Of normalisationTable. */
  table: Float32Array;
  subsets: SubsetClient;
  pulse: Pulse;
  turns: MessageTurns;
  /** What progress is reported as. */
  phase: string;
  /** Told of every piece when it arrives. */
  onFetched: (subset: ServedSubset, records: Uint32Array) => void;
}

/** Numbers that the last layer, which is dense, is given of a picture. */
function featuresOf(plan: NetworkPlan): number {
  const last = plan.layers.at(-1);
  if (last?.kind !== 'dense') throw new Error(`The last layer of ${plan.name} is not dense.`);
  const kernel = weightSpecs(planSteps(plan)).find(({ name }) => name === `${last.name}/kernel`);
  if (kernel === undefined) throw new Error(`The layer ${last.name} has no kernel.`);
  return kernel.shape[0];
}

/** Holds no tensors between two batches. */
export function probeNetwork(context: ProbeContext): NetworkProbe {
  const { network, device, shape, table, subsets, pulse, turns, phase, onFetched } = context;
  const { classes } = network.plan;
  const features = featuresOf(network.plan);
  const length = shape.width * shape.height * shape.channels;

  /** The staged pictures through the network. */
  async function look(staging: Float32Array, batch: number): Promise<[Float32Array, Float32Array]> {
    const seen = tidy(() =>
      network.look(tensor4d(staging, [batch, shape.height, shape.width, shape.channels], 'float32')),
    );
    try {
      return await device.guard(
        Promise.all([seen.features.data<'float32'>(), seen.logits.data<'float32'>()]),
      );
    } finally {
      seen.features.dispose();
      seen.logits.dispose();
    }
  }

  async function* batches(records: Uint32Array): AsyncGenerator<ProbedBatch, void, undefined> {
    const total = records.length;
    const batch = Math.min(PROBE_BATCH, total);
    const piece = Math.max(1, Math.floor(PIECE_BYTES / (batch * length))) * batch;
    const staging = new Float32Array(batch * length);
    const progress = (done: number) => ({ phase, done, total, unit: 'pictures' });
    for (let first = 0; first < total; first += piece) {
      // A copy: the whole array behind a view would be sent.
      const wanted = records.slice(first, first + piece);
      const subset = await waitFor(subsets.fetch(wanted), pulse, progress(first));
      onFetched(subset, wanted);
      for (let at = 0; at < wanted.length; at += batch) {
        const end = Math.min(wanted.length, at + batch);
        // The last batch is filled up with pictures of the piece: one shape for all.
        for (let k = 0; k < batch; k++) {
          const from = ((at + k) % wanted.length) * length;
          stagePicture(subset.pixels, from, staging, k * length, shape, table);
        }
        const [seen, logits] = await look(staging, batch);
        yield {
          records: wanted.subarray(at, end),
          labels: subset.labels.subarray(at, end),
          logits: logits.subarray(0, (end - at) * classes),
          features: seen.subarray(0, (end - at) * features),
        };
        device.check();
        if (pulse.due()) await pulse.beat(progress(first + end));
        else await turns.turn();
      }
    }
  }

  const product: MatrixProduct = async (a, b) => {
    const result = tidy(() =>
      matMul(
        tensor2d(a.values, [a.rows, a.columns], 'float32'),
        tensor2d(b.values, [b.rows, b.columns], 'float32'),
        false,
        true,
      ),
    );
    try {
      // Some backends hand out the very array that they hold.
      return (await device.guard(result.data<'float32'>())).slice();
    } finally {
      result.dispose();
    }
  };

  return { classes, features, batches, product, pulse, phase };
}
