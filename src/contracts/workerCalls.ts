/** Calls of a worker, whichever it is: from a table of their types follow the service's, the worker's and the page's side. */
import type { ErrorReport } from '../core/errors.ts';
import type { Pulse } from '../core/pulse.ts';
import type { OnProgress, Progress } from './progress.ts';

/** A call: what it asks for (undefined where nothing), what it gives, and what it tells on its way beside its progress. */
interface CallTypes {
  request: unknown;
  result: unknown;
  told?: unknown;
}

/** A table of calls by their names. */
export type CallTable<Name extends PropertyKey> = Record<Name, CallTypes>;

type ToldBy<Call extends CallTypes> = Call extends { told: infer Told } ? Told : never;

/** What a running program has to know of a call; one that takes a request and tells nothing needs none of it. */
export type CallForm<Call extends CallTypes> = {
  /**
   * Ports in the request (transferred). They can be sent once and go down with the worker: instead of starting again in
   * a new one, the call then ends, and `lost` is the sentence on it.
   */
  ports?: { of: (request: Call['request']) => MessagePort[]; lost: string };
  /** A cancelled call answers with a value that is worth waiting for. */
  answersCancel?: true;
  /** The arrays of the result are made for this one answer: they are handed over and not copied. */
  handsOver?: true;
} & (Call['request'] extends undefined ? { asks: false } : { asks?: true }) &
  (Call extends { told: unknown } ? { tells: true } : { tells?: false });

/** The form of every call of a table; its keys are their names. */
export type CallForms<Calls extends CallTable<keyof Calls>> = {
  readonly [Name in keyof Calls]: CallForm<Calls[Name]>;
};

/** What `make` gives for each call, under its name. */
export function forEveryCall<Calls extends CallTable<keyof Calls>, Made>(
  forms: CallForms<Calls>,
  make: <Name extends keyof Calls>(name: Name) => Made,
): Record<keyof Calls, Made> {
  const names = Object.keys(forms) as (keyof Calls)[]; // the keys of a list are names: nothing else has a form
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<keyof Calls, Made>;
}

/** What a service offers, and a worker's host needs of it. */
export type ServiceCalls<Calls extends CallTable<keyof Calls>> = {
  [Name in keyof Calls]: (
    request: Calls[Name]['request'],
    pulse: Pulse,
    tell: (told: ToldBy<Calls[Name]>) => void,
  ) => Promise<Calls[Name]['result']>;
};

export type Outcome<T> = { ok: true; value: T } | { ok: false; error: ErrorReport };

/** Identifies a call to `cancel`, and carries its events. */
export interface CallContext {
  callId: number;
  /** CallEvent messages from worker to page; the page closes it when the call is over. */
  port: MessagePort;
}

/** What a running call says to the page; each one is also a sign of life. */
export type CallEvent<Told> = { kind: 'progress'; progress: Progress } | { kind: 'told'; told: Told };

/**
 * The worker's side, as exposed through Comlink. Every call takes a call id, by which `cancel` stops it at the next
 * chunk, and a port for its progress (a function cannot cross inside a context object).
 */
export type WorkerCalls<Calls extends CallTable<keyof Calls>> = {
  [Name in keyof Calls]: (
    call: CallContext,
    request: Calls[Name]['request'],
  ) => Promise<Outcome<Calls[Name]['result']>>;
};

/** First message to a new worker. */
export interface WorkerSetup {
  /** The page's base address; gallery files lie under `samples/` there. */
  baseUrl: string;
  /** Name of the browser's database that it keeps things in. */
  database: string;
  /** Web Lock that the worker holds until it dies, by which the page learns of its death. */
  lifeLock: string;
}

/** What every worker answers beside its own calls. */
export interface WorkerApi {
  /** Resolves to whether the worker holds the life lock (false where Web Locks are missing). */
  start(setup: WorkerSetup): Promise<boolean>;
  /** Stops the call with this id at its next chunk. */
  cancel(callId: number): void;
}

/** Options of a call on the page's side. */
export interface CallOptions {
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

type Asked<Call extends CallTypes> = Call['request'] extends undefined ? [] : [request: Call['request']];
type Listener<Call extends CallTypes> = Call extends { told: infer Told }
  ? [onTold: (told: Told) => void]
  : [];

/** The page's side: plain promises that reject with LabError. */
export type ClientCalls<Calls extends CallTable<keyof Calls>> = {
  [Name in keyof Calls]: (
    ...given: [...Asked<Calls[Name]>, ...Listener<Calls[Name]>, options?: CallOptions]
  ) => Promise<Calls[Name]['result']>;
};
