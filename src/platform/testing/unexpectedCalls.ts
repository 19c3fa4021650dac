/** Calls for tests that no test expects. What a test expects is spread over them. */
import { forEveryCall, type CallForms, type CallTable } from '../../contracts/workerCalls.ts';

export function unexpectedCalls<Calls extends CallTable<keyof Calls>>(
  forms: CallForms<Calls>,
): Record<keyof Calls, () => Promise<never>> {
  return forEveryCall(
    forms,
    (name) => () => Promise.reject(new Error(`This test does not expect the call "${String(name)}".`)),
  );
}
