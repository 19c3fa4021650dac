/** Calls for tests: recorded, held where the test holds them, and ended by their signal as a worker's are. */
import type { CallOptions } from '../../contracts/workerCalls.ts';
import type { OnProgress } from '../../contracts/progress.ts';
import { LabError } from '../../contracts/errors.ts';

/** Records a call of this name and answers it, after it was held where it is held. */
export type Answer = <T>(name: string, value: () => T, options?: CallOptions) => Promise<T>;

export type Hold = (name: string) => {
  release: () => void;
  fail: (error: LabError) => void;
  /** Tells of the progress of the calls that wait. */
  report: OnProgress;
};

export function createAnswers(calls: string[]): { answer: Answer; hold: Hold } {
  const held = new Map<string, Promise<void>>();
  const listeners = new Map<string, OnProgress | undefined>();

  async function answer<T>(name: string, value: () => T, options?: CallOptions): Promise<T> {
    calls.push(name);
    const waiting = held.get(name);
    if (waiting !== undefined) {
      listeners.set(name, options?.onProgress);
      const aborted = new Promise<never>((_resolve, reject) => {
        options?.signal?.addEventListener('abort', () => reject(new LabError('CANCELLED', 'Cancelled.')));
      });
      aborted.catch(() => undefined);
      await Promise.race([waiting, aborted]);
    }
    if (options?.signal?.aborted) throw new LabError('CANCELLED', 'Cancelled.');
    return value();
  }

  return {
    answer,
    hold(name) {
      let release = () => {};
      let fail = (_error: LabError) => {};
      held.set(
        name,
        new Promise<void>((resolve, reject) => {
          release = () => {
            held.delete(name);
            resolve();
          };
          fail = (error) => {
            held.delete(name);
            reject(error);
          };
        }),
      );
      return { release, fail, report: (progress) => listeners.get(name)?.(progress) };
    },
  };
}
