/** Making a session: from the pictures that are served, and the initial weights or those of a checkpoint. */
import { memory, tensor1d, tidy, zeros, type Tensor4D } from '@tensorflow/tfjs-core';
import type { ServedFacts } from '../../contracts/subsetPort.ts';
import {
  methodSettingsOf,
  type Checkpoint,
  type TrainedPictures,
  type TrainingRun,
} from '../../contracts/training.ts';
import { planNetwork } from '../../core/networks/plan.ts';
import type { Pulse } from '../../core/pulse.ts';
import { drawUniformly, recordsMet } from '../../core/selection/draw.ts';
import { epochSeed } from '../../core/selection/epochSeed.ts';
import type { Selector } from '../../core/selection/method.ts';
import { METHODS } from '../../core/methods/registry.ts';
import type { OpenBackend } from '../backends/openBackend.ts';
import { createNetwork } from '../network/network.ts';
import { MomentumSgd } from '../network/optimiser.ts';
import { createSums, disposeSums, trainStep } from '../network/step.ts';
import type { DeviceWatch } from './deviceWatch.ts';
import { evaluationBatch, type TestPictures } from './evaluate.ts';
import { EpochFeed } from './feed.ts';
import { waitFor } from './messageTurn.ts';
import { measureNormalisation, normalisationTable, usualNormalisation } from './normalise.ts';
import { findFacts } from './runFacts.ts';
import { addNotice } from './runs.ts';
import type { SubsetClient } from './subsetClient.ts';
import { RecordBits } from './recordBits.ts';
import { nothingSelected } from './selectionReport.ts';
import { firstWeights, TrainingSession } from './session.ts';

/** Progress while nothing is trained yet. */
export const PREPARING = { phase: 'Preparing the device', done: 0, total: null, unit: 'steps' };

export interface OpeningOptions {
  /** The run as it is to go on; the session takes it over. */
  run: TrainingRun;
  /** What it goes on from, or null: its initial weights. */
  checkpoint: Checkpoint | null;
  backend: OpenBackend;
  device: DeviceWatch;
  subsets: SubsetClient;
  testSubsets: SubsetClient;
  pulse: Pulse;
}

/** The test pictures, all of them. */
export async function fetchTest(
  testSubsets: SubsetClient,
  served: ServedFacts,
  pulse: Pulse,
): Promise<TestPictures> {
  const { test: records, width, height, channels, classNames } = served;
  const { pixels, labels } = await waitFor(testSubsets.fetch(records), pulse, PREPARING);
  return { shape: { width, height, channels }, classes: classNames.length, records, pixels, labels };
}

/** Whether what was trained is of the pictures that are served, as far as can be seen. */
export function fitsPictures(
  { pictures, seen }: { pictures: TrainedPictures; seen: Uint8Array },
  served: ServedFacts,
): boolean {
  return (
    pictures.width === served.width &&
    pictures.height === served.height &&
    pictures.channels === served.channels &&
    pictures.classNames.length === served.classNames.length &&
    pictures.mean.length === served.channels &&
    pictures.deviation.length === served.channels &&
    seen.length === Math.ceil(served.labels.length / 8)
  );
}

/** Restores a selector; false where the checkpoint is not of its method, or not of such settings. */
function takesOver(
  selector: Selector,
  { epoch, pretrained = 0, selection, seen, account }: Checkpoint,
): boolean {
  const most = selector.pretraining?.epochs ?? 0;
  if (epoch > 0 ? pretrained !== most : pretrained > most) return false;
  if (account !== undefined && account.read.length !== seen.length) return false;
  return selection === undefined || selector.restore(selection);
}

/**
 * Opens a session: checks the pictures, makes the network on the device, fetches the test pictures, and lets a device
 * that compiles do so.
 *
 * @returns null where the checkpoint is not of these pictures or method; the caller then begins anew
 * @throws METHOD_UNKNOWN, TRAINING_SUBSET_EMPTY, TRAINING_ONE_CLASS, NETWORK_PICTURES_TOO_SMALL, CANCELLED, what is served as an error
 */
export async function openSession(options: OpeningOptions): Promise<TrainingSession | null> {
  const { run, checkpoint, backend, device, subsets, testSubsets, pulse } = options;
  const { settings } = run;
  const before = memory();
  const served = await waitFor(subsets.facts, pulse, PREPARING);
  const servedTest = testSubsets === subsets ? served : await waitFor(testSubsets.facts, pulse, PREPARING);
  if (checkpoint !== null && !fitsPictures(checkpoint, served)) return null;

  const { width, height, channels, classNames } = served;
  const shape = { width, height, channels };
  const plan = planNetwork(settings.network, shape, classNames.length, settings.width);
  const method = METHODS.byName(settings.method);
  const selector = method.create({
    ...{ train: served.train, labels: served.labels, classes: classNames.length },
    settings: methodSettingsOf(settings),
  });
  if (checkpoint !== null && !takesOver(selector, checkpoint)) return null;
  // Whoever has the raw pictures knows them exactly, and every method is to see them alike.
  let normalisation =
    usualNormalisation(served.datasetId) ??
    checkpoint?.pictures ??
    served.statistics ??
    servedTest.statistics;
  // Checked before anything is fetched; the constants of pictures that nobody knows follow from the first subset.
  const { facts, notices } = findFacts(
    settings,
    served,
    servedTest,
    selector.count,
    normalisation ?? { mean: [], deviation: [] },
  );
  if (normalisation === null) {
    // There is no network yet that could be looked through.
    const records = method.meta.needsNetwork
      ? drawUniformly(served.train, selector.count, epochSeed(settings.seed, 'subset', 0))
      : recordsMet(await selector.select(1, null), settings.seed, 1);
    const first = await waitFor(subsets.fetch(records), pulse, PREPARING);
    normalisation = measureNormalisation(first.pixels, channels);
    facts.mean = normalisation.mean;
    facts.deviation = normalisation.deviation;
  }
  const { mean, deviation } = normalisation;
  const table = normalisationTable(normalisation);
  const test = await fetchTest(testSubsets, servedTest, pulse);

  run.facts = facts;
  run.parameters = plan.parameters;
  run.testBytes = test.pixels.length;
  run.backend = backend.choice;
  for (const notice of notices) addNotice(run, notice);

  if (method.meta.needsNetwork) run.selection ??= nothingSelected();
  const weights = checkpoint?.weights ?? firstWeights(plan, settings.seed);
  const network = createNetwork(plan, weights);
  const optimiser = new MomentumSgd(network, settings);
  try {
    if (!backend.isSynchronous) await warmUp();
    device.check();
    if (checkpoint !== null) optimiser.restore(checkpoint.velocities);
  } catch (thrown) {
    network.dispose();
    optimiser.dispose();
    throw thrown;
  }
  const feed = new EpochFeed({
    shape,
    count: selector.count,
    batch: settings.batch,
    table,
    augment: settings.augment,
    seed: settings.seed,
    segmentBytes: backend.isSynchronous ? 0 : undefined,
  });
  const noRecords = () => new Uint8Array(Math.ceil(served.labels.length / 8));
  return new TrainingSession(
    run,
    {
      backend,
      device,
      plan,
      network,
      optimiser,
      sums: createSums(),
      method: method.meta,
      selector,
      feed,
      test,
      table,
      pictures: { datasetName: run.datasetName, ...shape, classNames, mean, deviation },
      heldBytes: served.heldBytes,
      seen: new RecordBits(checkpoint?.seen.slice() ?? noRecords()),
      read: new RecordBits(checkpoint?.account?.read.slice() ?? noRecords()),
    },
    { bytes: before.numBytes, tensors: before.numTensors },
  );

  /**
   * A step and a forward pass of black pictures, whose results are thrown away: a device compiles when an operation
   * first comes in a shape. Where operations run at once there is nothing to compile.
   */
  async function warmUp(): Promise<void> {
    const trial = new MomentumSgd(network, settings);
    const sums = createSums();
    const blank = (batch: number): Tensor4D => zeros([batch, height, width, channels]);
    try {
      tidy(() => {
        const ones = tensor1d(new Float32Array(settings.batch).fill(1));
        const batch = {
          pictures: blank(settings.batch),
          labels: tensor1d(new Int32Array(settings.batch), 'int32'),
          mask: ones,
          weights: ones,
        };
        trainStep(network, trial, batch, 0, sums);
      });
      await waitFor(device.guard(sums.loss.data()), pulse, PREPARING);
      const scores = tidy(() => network.forward(blank(evaluationBatch(test.records.length)), false));
      try {
        await waitFor(device.guard(scores.data()), pulse, PREPARING);
      } finally {
        scores.dispose();
      }
      network.restore(weights);
    } finally {
      trial.dispose();
      disposeSums(sums);
    }
  }
}
