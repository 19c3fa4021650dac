/**
 * The worker's side of all its calls, each made from its line in the list of them: a pulse for each, errors as data, and
 * a lock that says that the worker lives.
 */
import { transfer } from 'comlink';
import {
  forEveryCall,
  type CallContext,
  type CallEvent,
  type CallForms,
  type CallTable,
  type Outcome,
  type ServiceCalls,
  type WorkerApi,
  type WorkerCalls,
  type WorkerSetup,
} from '../contracts/workerCalls.ts';
import { LabError } from '../core/errors.ts';
import { createCallPulse, type CallPulse } from './callPulse.ts';
import { findLocks, holdForLife } from './locks.ts';

/** The buffers of all typed arrays in plain data, each once. */
function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersIn(part, found);
  }
  return found;
}

/**
 * Hosts a service that is made when the page's first message has arrived. Results are cloned unless a call hands them
 * over: they are small (reports, counts, a few kilobytes; a blob is not copied), and the service may go on using their
 * arrays.
 */
export function createWorkerHost<Calls extends CallTable<keyof Calls>>(
  forms: CallForms<Calls>,
  makeService: (setup: WorkerSetup) => ServiceCalls<Calls>,
  locks: LockManager | null = findLocks(),
): WorkerApi & WorkerCalls<Calls> {
  const running = new Map<number, CallPulse>();
  let service: ServiceCalls<Calls> | null = null;

  function callOf<Name extends keyof Calls>(name: Name) {
    async function answer(
      { callId, port }: CallContext,
      request: Calls[Name]['request'],
    ): Promise<Outcome<Calls[Name]['result']>> {
      const say = (event: CallEvent<unknown>) => {
        port.postMessage(event);
      };
      const pulse = createCallPulse((progress) => {
        say({ kind: 'progress', progress });
      });
      running.set(callId, pulse);
      try {
        if (!service) throw new LabError('INTERNAL', 'The worker was called before it was started.');
        const value = await service[name](request, pulse, (told) => {
          say({ kind: 'told', told });
        });
        const outcome = { ok: true as const, value };
        return forms[name].handsOver ? transfer(outcome, [...buffersIn(value)]) : outcome;
      } catch (thrown) {
        return { ok: false, error: LabError.from(thrown).report() };
      } finally {
        running.delete(callId);
      }
    }
    return answer;
  }

  const api: WorkerApi = {
    start(setup) {
      service = makeService(setup);
      return holdForLife(locks, setup.lifeLock);
    },
    cancel(callId) {
      running.get(callId)?.cancel();
    },
  };
  // That each name gets its own type, TypeScript cannot follow.
  return { ...api, ...(forEveryCall(forms, callOf) as WorkerCalls<Calls>) };
}
