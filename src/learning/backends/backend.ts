/**
 * The contract of a backend: what computes the network. One file each beside this one, listed in registry.ts in the
 * order in which they are tried. Each loads its part of tfjs only when it is started.
 */
import type { BackendName } from '../../contracts/training.ts';

/** Addresses of the WebAssembly modules of tfjs, as the build puts them. */
export interface WasmFiles {
  simd: string;
  plain: string;
}

/** What can be said of a backend before it is started. */
export type Sighting =
  | { isHere: false; /** A sentence. */ reason: string }
  | { isHere: true; /** What would compute. */ device: string; isEmulated: boolean };

/** A backend that tfjs computes with from now on. */
export interface StartedBackend {
  /** What computes: "NVIDIA H100", "WebAssembly SIMD". */
  device: string;
  /** A kernel has run when its call returns. */
  isSynchronous: boolean;
  /** Resolves with what the browser says when the device is gone; never of a backend that cannot lose one. */
  lost: Promise<string>;
  /** Makes the device as good as lost; false where there is none to lose. */
  loseDevice(): boolean;
}

export interface Backend {
  name: BackendName;
  label: string;
  /** Whether it is here, without loading anything. Never rejects. */
  look(): Promise<Sighting>;
  /** Loads it and makes it the one that tfjs computes with. @throws Error that says why not */
  start(files: WasmFiles, isEmulated: boolean): Promise<StartedBackend>;
}

/** Of backends that compute on the processor. */
export const NEVER_LOST: Promise<string> = new Promise(() => undefined);

/** Names of software that stands in for a graphics card. */
const EMULATORS = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|microsoft basic/i;

export function namesAnEmulator(device: string): boolean {
  return EMULATORS.test(device);
}

/**
 * The promise, or a rejection after so many seconds: a driver that hangs must not take the choice of a backend along.
 * @param what subject of the error's sentence
 */
export async function within<T>(seconds: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not answer within ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
