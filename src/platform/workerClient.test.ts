import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type DescendRequest, type DescentState } from '../contracts/codec.ts';
import {
  DEFAULT_IMAGE_SETTINGS,
  type ImageArchiveReport,
  type ImagePeerResult,
  type ImagePeersReport,
  type ImageSource,
} from '../contracts/images.ts';
import type { PeerResult, PeersReport } from '../contracts/peers.ts';
import { LabError } from '../core/errors.ts';
import type { Pulse } from '../core/pulse.ts';
import { createWorkshop, stateAt, type FakeWorkshop } from './testing/fakeWorker.ts';
import { createCodecClient, type DisposableCodecClient } from './codecClient.ts';
import type { WorkerClientOptions } from './workerClient.ts';
import type { HostedService } from './codecHost.ts';

let client: DisposableCodecClient;
afterEach(() => {
  client.dispose();
});

function start(
  makeService: (index: number) => Partial<HostedService> | null,
  options: WorkerClientOptions = {},
): FakeWorkshop {
  const workshop = createWorkshop(makeService);
  client = createCodecClient(workshop.makeWorker, {
    baseUrl: 'http://here/',
    locks: workshop.locks,
    ...options,
  });
  return workshop;
}

const progress = { phase: 'Working', done: 1, total: 2, unit: 'rows' };
const forever = () => new Promise<never>(() => undefined);
const soon = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
/** Works until its pulse stops it. */
async function busy(_request: unknown, pulse: Pulse): Promise<never> {
  for (;;) await pulse.beat(progress);
}
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (thrown: unknown) => (thrown instanceof LabError ? thrown.code : String(thrown)),
  );
const pictures: ImageSource = { kind: 'sample', id: 's' };
const descent: DescendRequest = {
  source: { kind: 'sample', id: 's' },
  settings: DEFAULT_SETTINGS,
  method: 'full',
  from: null,
  budget: Infinity,
};

describe('calls', () => {
  it('starts no worker before the first call, and one for many', async () => {
    const { made } = start(() => ({ keepArchive: async () => null, listArchives: async () => [] }));
    expect(made).toHaveLength(0);
    expect(await client.keepArchive({ id: 'a', kept: true })).toBeNull();
    expect(await client.listArchives()).toEqual([]);
    expect(made).toHaveLength(1);
  });

  it('reports progress and states', async () => {
    start(() => ({
      async descend(_request, pulse, onState) {
        onState(stateAt(1));
        await pulse.beat(progress);
        await soon(20);
        return stateAt(2);
      },
    }));
    const onState = vi.fn<(state: DescentState) => void>();
    const onProgress = vi.fn();
    const final = await client.descend(descent, onState, { onProgress });
    expect(final.theta).toEqual(new Float64Array([2]));
    expect(onState).toHaveBeenCalledExactlyOnceWith(stateAt(1));
    expect(onProgress).toHaveBeenCalledExactlyOnceWith(progress);
  });

  it('reports peers as they are measured, and hands files over', async () => {
    const peer = { name: 'gzip' } as PeerResult;
    const report = { rows: [peer] } as PeersReport;
    start(() => ({
      async peers(_request, _pulse, onPeer) {
        onPeer(peer);
        await soon(20);
        return report;
      },
      exportArchive: async ({ id }) => ({ name: `${id}.dmla`, file: new Blob(['DMLA']) }),
    }));
    const onPeer = vi.fn<(peer: PeerResult) => void>();
    const request = { source: descent.source, settings: DEFAULT_SETTINGS };
    expect(await client.peers(request, onPeer)).toEqual(report);
    expect(onPeer).toHaveBeenCalledExactlyOnceWith(peer);
    const made = await client.exportArchive({ id: 'a' });
    expect([made.name, await made.file.text()]).toEqual(['a.dmla', 'DMLA']);
  });

  it('hands ports to the worker, new ones when the call has to start again', async () => {
    const spoken: string[] = [];
    const { made } = start(
      (index) => ({
        async compressImages({ helpers }) {
          for (const port of helpers) port.postMessage(`worker ${index}`);
          if (index === 0) await forever();
          return { workers: helpers.length } as ImageArchiveReport;
        },
        listArchives: forever,
      }),
      { graceMs: 20 },
    );
    const opened: MessagePort[] = [];
    const makeHelpers = () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => spoken.push(data as string);
      opened.push(port1);
      return [port2];
    };
    const request = { source: pictures, settings: DEFAULT_IMAGE_SETTINGS, store: false, kept: false };
    const report = client.compressImages(request, {}, makeHelpers);
    const stop = new AbortController();
    const stuck = codeOf(client.listArchives({ signal: stop.signal }));
    await vi.waitFor(() => expect(spoken).toEqual(['worker 0']));
    stop.abort(); // It does not end, so that its worker is replaced.
    expect(await stuck).toBe('CANCELLED');
    expect(await report).toEqual({ workers: 1 });
    await vi.waitFor(() => expect(spoken).toEqual(['worker 0', 'worker 1']));
    expect(made).toHaveLength(2);
    for (const port of opened) port.close();
  });

  it('does not send a helper twice: its port is gone with the worker', async () => {
    const { made } = start(() => ({ helpEncode: forever, listArchives: forever }), { graceMs: 20 });
    const { port1, port2 } = new MessageChannel();
    const helping = codeOf(client.helpEncode({ port: port2 }));
    const stop = new AbortController();
    const stuck = codeOf(client.listArchives({ signal: stop.signal }));
    await soon(50);
    stop.abort();
    expect([await stuck, await helping]).toEqual(['CANCELLED', 'WORKER_CRASHED']);
    expect(made).toHaveLength(2);
    port1.close();
  });

  it('gets the pixels of an answer without a copy being left behind, and peers as they are measured', async () => {
    const pixels = new Uint8Array([1, 2, 3]);
    const records = new Uint32Array([7]);
    const peer = { name: 'png' } as ImagePeerResult;
    start(() => ({
      pictures: async () => ({
        ...{ width: 1, height: 1, channels: 3, records, labels: new Uint16Array(1), pixels },
      }),
      async imagePeers(_request, _pulse, onPeer) {
        onPeer(peer);
        await soon(20);
        return { rows: [peer] } as ImagePeersReport;
      },
    }));
    const got = await client.pictures({ source: pictures, label: 0, from: 0, count: 1 });
    expect([[...got.pixels], [...got.records], got.channels]).toEqual([[1, 2, 3], [7], 3]);
    expect([pixels.length, records.length]).toEqual([0, 0]);
    const onPeer = vi.fn<(peer: ImagePeerResult) => void>();
    await client.imagePeers({ source: pictures, settings: DEFAULT_IMAGE_SETTINGS }, onPeer);
    expect(onPeer).toHaveBeenCalledExactlyOnceWith(peer);
  });

  it('turns errors of the service into LabError with its code', async () => {
    start(() => ({
      analyse: () => Promise.reject(new LabError('TARGET_UNKNOWN', 'There is no column "x".')),
      listArchives: () => Promise.reject(new TypeError('a slip')),
    }));
    const request = { source: descent.source, settings: DEFAULT_SETTINGS };
    await expect(client.analyse(request)).rejects.toMatchObject({
      code: 'TARGET_UNKNOWN',
      message: 'There is no column "x".',
    });
    expect(await codeOf(client.listArchives())).toBe('INTERNAL');
  });

  it('rejects what cannot be sent, and stays usable', async () => {
    start(() => ({ keepArchive: async () => null }));
    expect(await codeOf(client.keepArchive({ id: (() => 1) as unknown as string, kept: true }))).toBe(
      'INTERNAL',
    );
    expect(await client.keepArchive({ id: 'a', kept: true })).toBeNull();
  });

  it('runs several calls at once, and cancels one without the others', async () => {
    const { made } = start(() => ({
      listArchives: busy,
      async inspect(_request, pulse) {
        for (let beat = 0; beat < 50; beat++) await pulse.beat(progress);
        return null as never;
      },
    }));
    const stop = new AbortController();
    const cancelled = codeOf(client.listArchives({ signal: stop.signal }));
    const other = client.inspect({ archiveId: 'a', record: 0 });
    await soon(5);
    stop.abort();
    expect(await cancelled).toBe('CANCELLED');
    expect(await other).toBeNull();
    expect(made).toHaveLength(1);
  });
});

describe('cancel', () => {
  it('does not start what is cancelled already', async () => {
    const { made } = start(() => ({}));
    expect(await codeOf(client.listArchives({ signal: AbortSignal.abort() }))).toBe('CANCELLED');
    expect(made).toHaveLength(0);
  });

  it('stops the work in the worker and keeps the worker', async () => {
    const ended = vi.fn();
    const { made } = start(
      () => ({
        listArchives: (request, pulse) => busy(request, pulse).finally(ended),
        keepArchive: async () => null,
      }),
      { graceMs: 500 },
    );
    const stop = new AbortController();
    const call = codeOf(client.listArchives({ signal: stop.signal }));
    await soon(30);
    stop.abort();
    expect(await call).toBe('CANCELLED');
    await vi.waitFor(() => {
      expect(ended).toHaveBeenCalled();
    });
    await soon(600);
    expect(made[0].terminated).toBe(false);
    expect(await client.keepArchive({ id: 'a', kept: true })).toBeNull();
    expect(made).toHaveLength(1);
  });

  it('rejects at once when the worker is stuck, and replaces it; the other calls start again', async () => {
    const { made } = start(
      (index) => ({ listArchives: forever, inspect: index === 0 ? forever : async () => 'second' as never }),
      { graceMs: 200 },
    );
    const stop = new AbortController();
    const call = codeOf(client.listArchives({ signal: stop.signal }));
    const innocent = client.inspect({ archiveId: 'a', record: 0 });
    await soon(50);
    const before = performance.now();
    stop.abort();
    expect(await call).toBe('CANCELLED');
    expect(performance.now() - before).toBeLessThan(200);
    expect(await innocent).toBe('second');
    expect(made[0].terminated).toBe(true);
    expect(made).toHaveLength(2);
  });

  it('does not kill a worker that is still starting', async () => {
    const { made } = start(() => null, { graceMs: 30 });
    const stop = new AbortController();
    const call = codeOf(client.listArchives({ signal: stop.signal }));
    stop.abort();
    expect(await call).toBe('CANCELLED');
    await soon(100);
    expect(made[0].terminated).toBe(false);
  });

  it('gives back the state that a descent has reached', async () => {
    start(() => ({
      async descend(_request, pulse) {
        for (let iteration = 0; ; iteration++) {
          try {
            await pulse.beat(progress);
          } catch {
            return stateAt(iteration);
          }
        }
      },
    }));
    const stop = new AbortController();
    const call = client.descend(descent, () => {}, { signal: stop.signal });
    await soon(50);
    stop.abort();
    expect((await call).iteration).toBeGreaterThan(0);
  });

  it('rejects a descent whose worker does not answer', async () => {
    const { made } = start(() => ({ descend: forever }), { graceMs: 50 });
    const stop = new AbortController();
    const call = codeOf(client.descend(descent, () => {}, { signal: stop.signal }));
    await soon(20);
    stop.abort();
    expect(await call).toBe('CANCELLED');
    await vi.waitFor(() => {
      expect(made[0].terminated).toBe(true);
    });
  });
});

describe('death', () => {
  const dyingFirst = (index: number): Partial<HostedService> => ({
    listArchives: index === 0 ? forever : async () => [],
    inspect: forever,
  });

  it('rejects all calls when the worker is gone, and starts another for the next call', async () => {
    const { made } = start(dyingFirst);
    const calls = [codeOf(client.listArchives()), codeOf(client.inspect({ archiveId: 'a', record: 0 }))];
    await soon(50);
    made[0].die();
    expect(await Promise.all(calls)).toEqual(['WORKER_CRASHED', 'WORKER_CRASHED']);
    expect(await client.listArchives()).toEqual([]);
    expect(made).toHaveLength(2);
  });

  it.each(['error', 'messageerror'] as const)('takes the event %s for a crash', async (type) => {
    const { made } = start(dyingFirst);
    const call = client.listArchives().catch((thrown: unknown) => thrown as LabError);
    await soon(50);
    made[0].fire(type, 'Uncaught RangeError: out of memory');
    expect(await call).toMatchObject({ code: 'WORKER_CRASHED' });
    expect(made[0].terminated).toBe(true);
    expect(await client.listArchives()).toEqual([]);
  });

  it('rejects when the script cannot be loaded', async () => {
    const { made } = start(() => null);
    const call = client.listArchives().catch((thrown: unknown) => thrown as LabError);
    made[0].fire('error');
    expect(await call).toMatchObject({
      code: 'WORKER_CRASHED',
      message: expect.stringContaining('did not start'),
    });
  });

  it('rejects when the browser makes no worker', async () => {
    client = createCodecClient(() => {
      throw new DOMException('forbidden by policy', 'SecurityError');
    });
    expect(await codeOf(client.listArchives())).toBe('WORKER_CRASHED');
  });

  it('stops a worker that hangs, at its start or later', async () => {
    const { made } = start(
      (index) =>
        index === 0 ? null : index === 1 ? { listArchives: forever } : { listArchives: async () => [] },
      {
        hungMs: 200,
      },
    );
    expect(await codeOf(client.listArchives())).toBe('WORKER_HUNG');
    expect(await codeOf(client.listArchives())).toBe('WORKER_HUNG');
    expect(await client.listArchives()).toEqual([]);
    expect(made.map(({ terminated }) => terminated)).toEqual([true, true, false]);
  });

  it('does not take slow work that gives signs of life for hung', async () => {
    start(
      () => ({
        async listArchives(_request, pulse) {
          for (let beat = 0; beat < 8; beat++) {
            await soon(110);
            await pulse.beat(progress);
          }
          return [];
        },
      }),
      { hungMs: 400 },
    );
    expect(await client.listArchives()).toEqual([]);
  });

  it('works without Web Locks', async () => {
    start(() => ({ listArchives: async () => [] }), { locks: null });
    expect(await client.listArchives()).toEqual([]);
  });

  it('rejects what runs when it is disposed of, and everything after', async () => {
    const { made } = start(dyingFirst);
    const call = codeOf(client.listArchives());
    await soon(20);
    client.dispose();
    expect(await call).toBe('CANCELLED');
    expect(await codeOf(client.listArchives())).toBe('CANCELLED');
    expect(made[0].terminated).toBe(true);
    expect(made).toHaveLength(1);
  });
});
