/** What the training worker does: opens a backend, trains runs, keeps their checkpoints, and writes and reads networks. */
import { memory } from '@tensorflow/tfjs-core';
import {
  epochsOf,
  TRAINING_SETTINGS,
  type BackendName,
  type BackendWish,
  type Checkpoint,
  type TrainingRun,
} from '../../contracts/training.ts';
import type { TrainingEvent, TrainRequest } from '../../contracts/trainingCalls.ts';
import type { CheckpointStore, HostedTraining } from '../../contracts/trainingHost.ts';
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { openBackend as openBestBackend, type OpenBackend, type WasmFiles } from '../backends/openBackend.ts';
import { CheckpointKeeper } from './checkpoint.ts';
import { DeviceWatch } from './deviceWatch.ts';
import { trainEpochs, type LoopContext } from './epochLoop.ts';
import { evaluateFile } from './evaluateFile.ts';
import { createMessageTurns, waitFor } from './messageTurn.ts';
import { networkFile } from './networkFile.ts';
import { fitsPictures, openSession, PREPARING } from './openSession.ts';
import { pretrainEpochs } from './pretraining.ts';
import { addNotice, areSameSettings, begunAnew, continues, copyOfRun, cutBack, reachedOf } from './runs.ts';
import { subsetsBehind } from './subsetClient.ts';
import type { TrainingSession } from './session.ts';

/** Paused runs whose weights stay on the device. */
const MOST_SESSIONS = 2;
/** Least milliseconds between two looks at the whole run; every epoch is told in any case. */
const TELL_MS = 500;

export interface TrainingEnvironment {
  wasmFiles: WasmFiles;
  checkpoints: CheckpointStore;
  /** In place of the choice among all backends, for tests. */
  openBackend?: (wish: BackendWish, wasmFiles: WasmFiles) => Promise<OpenBackend>;
}

type Tell = (event: TrainingEvent) => void;

/** A backend with the ear for its loss. */
interface Device {
  backend: OpenBackend;
  watch: DeviceWatch;
}

export function createTrainingService(environment: TrainingEnvironment): HostedTraining {
  const { wasmFiles, checkpoints, openBackend = openBestBackend } = environment;
  /** The longest unused first. */
  const sessions = new Map<string, TrainingSession>();
  const playing = new Set<string>();
  const watches = new Map<BackendName, DeviceWatch>();
  let current: { wish: BackendWish; device: Device } | null = null;
  /** Calls that compute now. */
  let computing = 0;

  /** @throws BACKEND_UNAVAILABLE while something computes on another backend, and what opening throws */
  async function openDevice(wish: BackendWish, pulse: Pulse): Promise<Device> {
    if (
      computing > 0 &&
      current !== null &&
      wish !== current.wish &&
      wish !== current.device.backend.choice.name
    ) {
      throw new LabError(
        'BACKEND_UNAVAILABLE',
        `A network is being trained with ${current.device.backend.choice.name}; another backend can be used afterwards.`,
      );
    }
    const backend = await waitFor(openBackend(wish, wasmFiles), pulse, PREPARING);
    const { name } = backend.choice;
    let watch = watches.get(name);
    if (watch === undefined) {
      watch = new DeviceWatch(backend.lost);
      watches.set(name, watch);
    }
    watch.check();
    current = { wish, device: { backend, watch } };
    return current.device;
  }

  async function computingWith<T>(
    wish: BackendWish,
    pulse: Pulse,
    work: (device: Device) => Promise<T>,
  ): Promise<T> {
    const device = await openDevice(wish, pulse);
    computing++;
    try {
      return await work(device);
    } catch (thrown) {
      throw device.watch.explain(thrown);
    } finally {
      computing--;
    }
  }

  function drop(runId: string): void {
    const session = sessions.get(runId);
    if (session === undefined) return;
    sessions.delete(runId);
    const before = memory();
    session.dispose();
    const after = memory();
    for (const other of sessions.values()) {
      other.othersLetGo(before.numBytes - after.numBytes, before.numTensors - after.numTensors);
    }
  }

  /** Takes a session in, and lets the ones go that have been paused longest. */
  function keep(session: TrainingSession): void {
    sessions.delete(session.run.id);
    sessions.set(session.run.id, session);
    for (const id of [...sessions.keys()]) {
      if (sessions.size <= MOST_SESSIONS) return;
      if (!playing.has(id)) drop(id);
    }
  }

  /** The session of a run on this backend: the one in memory, one from its checkpoint, or a new one. */
  async function sessionOf(
    { run, fresh, pixels, testPixels }: { run: TrainingRun; fresh: boolean } & Ports,
    { backend, watch }: Device,
    pulse: Pulse,
  ): Promise<TrainingSession> {
    const live = sessions.get(run.id);
    if (live !== undefined) {
      const isSame =
        areSameSettings(live.run.settings, run.settings) &&
        live.parts.backend.choice.name === backend.choice.name;
      const { pictures, seen } = live.parts;
      const isToGoOn = !fresh && isSame;
      if (
        isToGoOn &&
        fitsPictures({ pictures, seen: seen.bits }, await waitFor(pixels.facts, pulse, PREPARING))
      ) {
        live.unpark();
        live.run.backend = backend.choice;
        return live;
      }
      drop(run.id);
    }
    const isBegun = !fresh && reachedOf(run) !== null;
    const stored = isBegun ? await checkpoints.load(run.id).catch(() => null) : null;
    const usable = stored !== null && continues(run, stored) ? stored : null;
    const open = (checkpoint: Checkpoint | null) =>
      openSession({
        run: checkpoint === null ? begunAnew(run) : cutBack(run, checkpoint),
        checkpoint,
        backend,
        device: watch,
        subsets: pixels,
        testSubsets: testPixels,
        pulse,
      });
    const opened = (await open(usable)) ?? (await open(null));
    if (opened === null) throw new Error('A run from its initial weights fits any pictures.');
    const { run: begun } = opened;
    const reached = reachedOf(begun);
    if (!fresh && (run.checkpoint > 0 || stored !== null) && reached === null) {
      addNotice(
        begun,
        'The kept checkpoint does not belong to these settings and pictures: the run began anew.',
      );
    }
    const before = run.backend?.name;
    if (reached !== null && before !== undefined && before !== backend.choice.name) {
      addNotice(
        begun,
        `The run began with ${before} and went on with ${backend.choice.name} after ${reached}: ` +
          'the numbers differ in their last digits.',
      );
    }
    return opened;
  }

  interface Ports {
    pixels: ReturnType<typeof subsetsBehind>;
    testPixels: ReturnType<typeof subsetsBehind>;
  }

  /** Plays a session until it is done, the budget is used, or the pulse cancels. */
  async function play(
    session: TrainingSession,
    budget: number,
    { pixels }: Ports,
    pulse: Pulse,
    tell: Tell,
  ): Promise<void> {
    const { run } = session;
    const epochs = epochsOf(run.settings);
    const keeper = new CheckpointKeeper(checkpoints, session);
    const context: LoopContext = { subsets: pixels, pulse, turns: createMessageTurns() };
    const lastEpoch = Math.min(epochs, session.epochsDone + budget);
    let told = -Infinity;
    const tellRun = () => {
      if (performance.now() - told < TELL_MS) return;
      told = performance.now();
      tell({ kind: 'run', run: copyOfRun(run) });
    };
    try {
      for await (const seconds of pretrainEpochs(session, context)) {
        await keeper.afterEpoch(seconds, false);
        tellRun();
      }
      for await (const epoch of trainEpochs(session, context, lastEpoch)) {
        const { wait, train, evaluate, select } = epoch.seconds;
        const seconds = wait + train + evaluate + select;
        const isLast = epoch.epoch >= lastEpoch;
        if (isLast) run.status = epoch.epoch >= epochs ? 'done' : 'paused';
        tell({ kind: 'epoch', id: run.id, epoch });
        await keeper.afterEpoch(seconds, isLast);
        tellRun();
      }
      run.status = session.epochsDone >= epochs ? 'done' : 'paused';
      await keeper.finish();
    } catch (thrown) {
      if (thrown instanceof LabError && thrown.code === 'CANCELLED') run.status = 'paused';
      // What is kept aside is whole, whatever came after it.
      await keeper.finish();
      throw thrown;
    } finally {
      context.turns.close();
    }
  }

  async function trainOn(
    request: TrainRequest,
    ports: Ports,
    device: Device,
    began: number,
    pulse: Pulse,
    tell: Tell,
  ): Promise<TrainingRun> {
    const { id } = request.run;
    const session = await sessionOf({ ...request, ...ports }, device, pulse);
    const { run } = session;
    run.status = 'running';
    run.error = null;
    run.seconds.warmup += (performance.now() - began) / 1000;
    keep(session);
    tell({ kind: 'run', run: copyOfRun(run) });
    try {
      await play(session, request.budget, ports, pulse, tell);
    } catch (thrown) {
      const error = device.watch.explain(thrown);
      session.sumUp();
      if (error.code !== 'CANCELLED') {
        run.status = 'failed';
        run.error = error.report();
        drop(id);
        return copyOfRun(run);
      }
      run.status = 'paused';
    }
    const ended = copyOfRun(run);
    // What is done and stored is not needed on the device any more.
    if (ended.status === 'done' && run.checkpoint === session.epochsDone) drop(id);
    else session.park();
    return ended;
  }

  return {
    async chooseBackend({ wish }, pulse) {
      return (await openDevice(wish, pulse)).backend.choice;
    },

    async train(request, pulse, tell) {
      const { run, fresh } = request;
      const began = performance.now();
      const pixels = subsetsBehind(request.pixels);
      const testPixels = request.testPixels === null ? pixels : subsetsBehind(request.testPixels);
      const standing: TrainingRun = fresh ? begunAnew(run) : copyOfRun(run);
      if (playing.has(run.id)) throw new LabError('INTERNAL', `The run ${run.id} is being trained already.`);
      playing.add(run.id);
      try {
        TRAINING_SETTINGS.check(run.settings);
        tell({ kind: 'run', run: { ...copyOfRun(standing), status: 'running', error: null } });
        await pulse.beat(PREPARING);
        return await computingWith(request.wish, pulse, (device) =>
          trainOn(request, { pixels, testPixels }, device, began, pulse, tell),
        );
      } catch (thrown) {
        // Nothing has been trained in this call: the run stands as it stood.
        const error = LabError.from(thrown);
        if (error.code === 'CANCELLED') return { ...standing, status: 'paused', error: null };
        if (error.code === 'DEVICE_LOST') drop(run.id);
        return { ...standing, status: 'failed', error: error.report() };
      } finally {
        playing.delete(run.id);
        pixels.end();
        testPixels.end();
      }
    },

    async exportModel({ runId }) {
      const live = sessions.get(runId);
      if (live !== undefined && !live.parts.device.isLost) {
        if (live.epochsDone < 1) throw noCheckpoint(runId);
        const { network, pictures } = live.parts;
        const weights = await live.parts.device.guard(network.weights());
        return networkFile({ pictures, settings: live.run.settings, epoch: live.epochsDone, weights });
      }
      const checkpoint = await checkpoints.load(runId);
      if (checkpoint === null || checkpoint.epoch < 1) throw noCheckpoint(runId);
      return networkFile(checkpoint);
    },

    async evaluateModel({ files, wish, testPixels }, pulse) {
      const subsets = subsetsBehind(testPixels);
      try {
        return await computingWith(wish, pulse, ({ watch }) => evaluateFile(files, subsets, watch, pulse));
      } finally {
        subsets.end();
      }
    },

    async release({ runId }) {
      if (!playing.has(runId)) drop(runId);
      return null;
    },

    async loseDevice() {
      return current?.device.backend.loseDevice() ?? false;
    },
  };
}

const noCheckpoint = (runId: string) =>
  new LabError('TRAINING_NO_CHECKPOINT', `There is no checkpoint of the run ${runId} yet.`);
