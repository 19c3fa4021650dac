/** The page's side of all calls of a worker, each made from its line in the list of them. */
import { transfer } from 'comlink';
import {
  forEveryCall,
  type CallForms,
  type CallOptions,
  type CallTable,
  type ClientCalls,
  type WorkerCalls,
} from '../contracts/workerCalls.ts';
import { LabError } from '../core/errors.ts';
import type { CallStarter, Send } from './workerClient.ts';

type Hear = (told: unknown) => void;

/**
 * A call that takes ports along, which can be sent once: they went down with the worker that it would start again from.
 *
 * @param what one sentence on what ends with it
 * @throws LabError WORKER_CRASHED instead of a second attempt
 */
function sentOnce<Api, T>(send: Send<Api, T>, what: string): Send<Api, T> {
  let isSent = false;
  return (api, context) => {
    if (isSent) return Promise.reject(new LabError('WORKER_CRASHED', what));
    isSent = true;
    return send(api, context);
  };
}

/** A function of request, options and listener, with the arguments in the order in which ClientCalls has them. */
function inOrder<Request>(
  { asks, tells }: { asks?: boolean; tells?: boolean },
  call: (request: Request, options?: CallOptions, onTold?: Hear) => Promise<unknown>,
) {
  // A call that asks for nothing is one whose request is undefined.
  if (asks === false) return (options?: CallOptions) => call(undefined as Request, options);
  if (tells) return (request: Request, onTold: Hear, options?: CallOptions) => call(request, options, onTold);
  return (request: Request, options?: CallOptions) => call(request, options);
}

export function createClientCalls<Calls extends CallTable<keyof Calls>>(
  forms: CallForms<Calls>,
  start: CallStarter<WorkerCalls<Calls>>['start'],
): ClientCalls<Calls> {
  function callOf<Name extends keyof Calls>(name: Name) {
    type Request = Calls[Name]['request'];
    const { ports, answersCancel } = forms[name];
    return inOrder<Request>(forms[name], (request, options, onTold) => {
      const send: Send<WorkerCalls<Calls>, Calls[Name]['result']> = (api, call) =>
        api[name](call, ports === undefined ? request : transfer(request, ports.of(request)));
      return start(ports === undefined ? send : sentOnce(send, ports.lost), options, onTold, answersCancel);
    });
  }
  // The table of types and the list of forms agree; that each name gets its own type, TypeScript cannot follow.
  return forEveryCall<Calls, unknown>(forms, callOf) as ClientCalls<Calls>;
}
