/**
 * Chooses what computes: the first backend of the registry that is here, is not emulated in software and gets the
 * gradients of the self-test right; or the one that the user forces. What became of each is told.
 */
import { enableProdMode, setBackend } from '@tensorflow/tfjs-core';
import type { BackendChoice, BackendName, BackendTrial, BackendWish } from '../../contracts/training.ts';
import { LabError } from '../../core/errors.ts';
import { within, type Backend, type Sighting, type StartedBackend, type WasmFiles } from './backend.ts';
import { useCpuBackend } from './cpu.ts';
import { BACKENDS } from './registry.ts';
import { gradientError, gradientsHere, LARGEST_GRADIENT_ERROR, type Gradients } from './selfTest.ts';

export type { WasmFiles } from './backend.ts';

export interface OpenBackend {
  choice: BackendChoice;
  /** Resolves with what the browser says when the device is gone; never of a backend that cannot lose one. */
  lost: Promise<string>;
  /** wasm and cpu: a kernel has run when its call returns. */
  isSynchronous: boolean;
  /** Makes the device as good as lost; false where the backend has none. */
  loseDevice(): boolean;
}

/** Time for a start and a self-test, of which a second is usual: shaders are compiled in it, much slower in software. */
const TRIAL_SECONDS = 15;
const EMULATED_TRIAL_SECONDS = 120;

/** A backend that has passed, and what was found. */
interface Passed {
  started: StartedBackend;
  isEmulated: boolean;
  gradientError: number | null;
}

type Outcome =
  | { verdict: 'passed'; passed: Passed }
  | {
      verdict: 'not here' | 'emulated' | 'failed';
      reason: string;
      gradientError: number | null;
      /** It started, and then computed wrongly or not at all. */
      isWrong: boolean;
    };

/** By tfjs' own global state, one backend of a name is open in a worker. */
const passedByName = new Map<BackendName, Passed>();
const openByWish = new Map<BackendWish, OpenBackend>();
let reference: Promise<Gradients> | null = null;
let lostDevice: string | null = null;
let queue: Promise<unknown> = Promise.resolve();

/** The gradients of the CPU; a failure, as of a module that cannot be fetched, is not kept. */
function gradientsOfCpu(): Promise<Gradients> {
  reference ??= useCpuBackend()
    .then(gradientsHere)
    .catch((thrown: unknown) => {
      reference = null;
      throw thrown;
    });
  return reference;
}

const described = (error: number): string =>
  Number.isFinite(error) ? `differ by up to ${error.toPrecision(2)}` : 'are not numbers';

const wordsOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\.$/, '');

function failure(reason: string, isWrong: boolean, gradientError: number | null = null): Outcome {
  return { verdict: 'failed', reason, gradientError, isWrong };
}

/** Starts a backend that is here and puts it to the test. */
async function start(backend: Backend, isEmulated: boolean, files: WasmFiles): Promise<Outcome> {
  const known = passedByName.get(backend.name);
  if (known !== undefined) {
    await setBackend(backend.name);
    return { verdict: 'passed', passed: known };
  }
  const { label } = backend;
  const seconds = isEmulated ? EMULATED_TRIAL_SECONDS : TRIAL_SECONDS;
  const isReference = backend.name === 'cpu';
  let started: StartedBackend;
  let expected: Gradients | null;
  try {
    expected = isReference ? null : await gradientsOfCpu();
    started = await within(seconds, label, backend.start(files, isEmulated));
  } catch (thrown) {
    return failure(`${label} did not start: ${wordsOf(thrown)}.`, false);
  }
  if (expected === null) return keep(backend, { started, isEmulated, gradientError: null });
  try {
    const error = gradientError(await within(seconds, label, gradientsHere()), expected);
    if (error <= LARGEST_GRADIENT_ERROR) return keep(backend, { started, isEmulated, gradientError: error });
    started.loseDevice();
    const reason = `${label} computes wrong gradients on ${started.device}: they ${described(error)} from the CPU's.`;
    return failure(reason, true, Number.isFinite(error) ? error : null);
  } catch (thrown) {
    started.loseDevice();
    return failure(`${label} failed its gradient test on ${started.device}: ${wordsOf(thrown)}.`, true);
  }
}

function keep(backend: Backend, passed: Passed): Outcome {
  passedByName.set(backend.name, passed);
  void passed.started.lost.then((what) => {
    lostDevice = `${backend.label} has lost its device, ${passed.started.device}: ${what}`;
  });
  return { verdict: 'passed', passed };
}

/** One backend's turn: whether it is here, whether it may be used, and whether it computes right. */
async function attempt(backend: Backend, isForced: boolean, files: WasmFiles): Promise<Outcome> {
  const sighting: Sighting = await backend.look();
  if (!sighting.isHere)
    return { verdict: 'not here', reason: sighting.reason, gradientError: null, isWrong: false };
  if (sighting.isEmulated && !isForced) {
    const reason = `${backend.label} is emulated in software here (${sighting.device}), which is slower than WebAssembly.`;
    return { verdict: 'emulated', reason, gradientError: null, isWrong: false };
  }
  return start(backend, sighting.isEmulated, files);
}

const notTried = (label: string, isForced: boolean): string =>
  `${label} was not tried, because ${isForced ? 'another backend was asked for' : 'one before it passed'}.`;

function passedReason(backend: Backend, passed: Passed, isForced: boolean, isFirst: boolean): string {
  const { started, isEmulated } = passed;
  const { label } = backend;
  const subject = started.device.startsWith(label) ? started.device : `${label} on ${started.device}`;
  const agreement =
    passed.gradientError === null
      ? ''
      : `; its gradients agree with the CPU's to ${passed.gradientError.toPrecision(1)}`;
  if (isForced) {
    const emulated = isEmulated ? ', though it is emulated in software here' : '';
    return `${subject} was asked for${emulated}${agreement}.`;
  }
  return `${subject} is the fastest ${isFirst ? 'there is' : 'that can be used here'}${agreement}.`;
}

/**
 * Tries backends one after the other, until one passes.
 *
 * @param backends the registry's, but for tests
 */
export async function tryBackends(
  wish: BackendWish,
  files: WasmFiles,
  backends: readonly Backend[],
): Promise<OpenBackend> {
  const isForced = wish !== 'auto';
  const trials: BackendTrial[] = [];
  let chosen: { backend: Backend; passed: Passed; reason: string } | null = null;
  let isWrong = false;
  for (const backend of backends) {
    const { name } = backend;
    if (chosen !== null || (isForced && name !== wish)) {
      const reason = notTried(backend.label, isForced);
      trials.push({ name, verdict: 'not tried', reason, gradientError: null });
      continue;
    }
    const outcome = await attempt(backend, isForced, files);
    if (outcome.verdict === 'passed') {
      const { passed } = outcome;
      const reason = passedReason(backend, passed, isForced, trials.length === 0);
      trials.push({ name, verdict: 'chosen', reason, gradientError: passed.gradientError });
      chosen = { backend, passed, reason };
    } else {
      const { verdict, reason } = outcome;
      isWrong ||= outcome.isWrong;
      trials.push({ name, verdict, reason, gradientError: outcome.gradientError });
    }
  }
  if (chosen === null) {
    const reasons = trials.filter((trial) => trial.verdict !== 'not tried').map((trial) => trial.reason);
    throw new LabError(
      isWrong ? 'BACKEND_WRONG' : 'BACKEND_UNAVAILABLE',
      reasons.join(' ') || `There is no backend called “${wish}”.`,
    );
  }
  const { backend, passed, reason } = chosen;
  return {
    choice: { name: backend.name, device: passed.started.device, forced: isForced, reason, trials },
    lost: passed.started.lost,
    isSynchronous: passed.started.isSynchronous,
    loseDevice: () => passed.started.loseDevice(),
  };
}

async function openOrReuse(wish: BackendWish, files: WasmFiles): Promise<OpenBackend> {
  if (lostDevice !== null) throw new LabError('DEVICE_LOST', lostDevice);
  const known = openByWish.get(wish);
  if (known !== undefined) {
    await setBackend(known.choice.name);
    return known;
  }
  enableProdMode();
  const opened = await tryBackends(wish, files, BACKENDS);
  openByWish.set(wish, opened);
  return opened;
}

/**
 * Opens a backend, or gives the open one: the same wish has the same answer as long as the worker lives. tfjs computes
 * with it from now on.
 *
 * @throws LabError BACKEND_UNAVAILABLE where the wished one is not here; BACKEND_WRONG where it fails the self-test;
 *   DEVICE_LOST once a device has been lost: tfjs cannot go on, the worker has to be replaced
 */
export function openBackend(wish: BackendWish, wasmFiles: WasmFiles): Promise<OpenBackend> {
  // tfjs has one current backend: two choices at a time would test each other's.
  const opened = queue.then(() => openOrReuse(wish, wasmFiles));
  queue = opened.catch(() => undefined);
  return opened;
}
