// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TAKE_OVER } from './offlineCache.ts';
import { startOffline } from './serviceWorker.ts';

class FakeWorker extends EventTarget {
  readonly postMessage = vi.fn<(message: unknown) => void>();
  readonly scriptURL: string;
  state: ServiceWorkerState = 'installing';
  constructor(file = 'offline.worker.js') {
    super();
    this.scriptURL = new URL(file, document.baseURI).href;
  }
  becomes(state: ServiceWorkerState) {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
  active: FakeWorker | null = null;
  readonly update = vi.fn(async () => undefined);
  finds(worker: FakeWorker) {
    this.installing = worker;
    this.dispatchEvent(new Event('updatefound'));
  }
  keeps(worker: FakeWorker) {
    this.installing = null;
    this.waiting = worker;
    worker.becomes('installed');
  }
}

const registration = () => new FakeRegistration();

/** A browser with a service worker facility and this much room. */
function stubBrowser(known: FakeRegistration | null, created = registration(), room = 1e9) {
  let becomeReady = () => {};
  const ready = new Promise<void>((resolve) => (becomeReady = resolve));
  const container = Object.assign(new EventTarget(), {
    ready,
    getRegistration: async () => known ?? undefined,
    register: vi.fn(async (_address: string) => known ?? created),
  });
  vi.stubGlobal('navigator', {
    serviceWorker: container,
    storage: { estimate: async () => ({ usage: 0, quota: room }), persisted: async () => false },
  });
  return { container, becomeReady };
}

const events = () => ({ onReady: vi.fn(), onUpdate: vi.fn<(takeUp: () => void) => void>() });
const reload = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  reload.mockClear();
  vi.spyOn(location, 'reload').mockImplementation(reload);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the first visit', () => {
  it('registers the worker beside the page, and says when all is kept', async () => {
    const first = registration();
    const { container, becomeReady } = stubBrowser(null, first);
    const told = events();
    await startOffline(told);
    expect(String(container.register.mock.calls[0][0])).toBe(
      new URL('offline.worker.js', document.baseURI).href,
    );
    expect(told.onReady).not.toHaveBeenCalled();
    const worker = new FakeWorker();
    first.finds(worker);
    first.keeps(worker);
    expect(told.onUpdate).not.toHaveBeenCalled();
    becomeReady();
    await vi.runAllTimersAsync();
    expect(told.onReady).toHaveBeenCalledOnce();
  });

  it('keeps nothing where there is hardly room for archives', async () => {
    const { container } = stubBrowser(null, registration(), 1e6);
    await startOffline(events());
    expect(container.register).not.toHaveBeenCalled();
  });

  it('goes without where the browser has no such thing or refuses', async () => {
    vi.stubGlobal('navigator', {});
    await expect(startOffline(events())).resolves.toBeUndefined();
    const { container } = stubBrowser(null);
    container.register.mockRejectedValue(new DOMException('not here', 'SecurityError'));
    await expect(startOffline(events())).resolves.toBeUndefined();
  });
});

describe('a later visit', () => {
  async function visited() {
    const known = registration();
    known.active = new FakeWorker();
    const browser = stubBrowser(known);
    const told = events();
    return { known, told, ...browser };
  }

  it('looks for a new version at once, though there is little room', async () => {
    const { known, told } = await visited();
    const { container } = stubBrowser(known, known, 1e6);
    await startOffline(told);
    expect(container.register).not.toHaveBeenCalled();
    expect(known.update).toHaveBeenCalledOnce();
    expect(told.onUpdate).not.toHaveBeenCalled();
  });

  it('registers again where the worker was another file', async () => {
    const { known, told, container } = await visited();
    known.active = new FakeWorker('older.js');
    await startOffline(told);
    expect(container.register).toHaveBeenCalledOnce();
  });

  it('offers a version that is found, and one that has been waiting', async () => {
    const { known, told } = await visited();
    await startOffline(told);
    const worker = new FakeWorker();
    known.finds(worker);
    expect(told.onUpdate).not.toHaveBeenCalled();
    known.keeps(worker);
    expect(told.onUpdate).toHaveBeenCalledOnce();
    const again = events();
    await startOffline(again);
    expect(again.onUpdate).toHaveBeenCalledOnce();
    expect(reload).not.toHaveBeenCalled();
  });

  it('has the waiting version take over, and reloads when it has', async () => {
    const { known, told, container } = await visited();
    const worker = new FakeWorker();
    known.waiting = worker;
    await startOffline(told);
    told.onUpdate.mock.calls[0][0]();
    expect(worker.postMessage).toHaveBeenCalledExactlyOnceWith(TAKE_OVER);
    expect(reload).not.toHaveBeenCalled();
    container.dispatchEvent(new Event('controllerchange'));
    expect(reload).toHaveBeenCalledOnce();
  });

  it('reloads alone when another tab has taken it up, and does not by itself', async () => {
    const { known, told, container } = await visited();
    known.waiting = new FakeWorker();
    await startOffline(told);
    known.waiting = null;
    container.dispatchEvent(new Event('controllerchange'));
    expect(reload).not.toHaveBeenCalled();
    told.onUpdate.mock.calls[0][0]();
    expect(reload).toHaveBeenCalledOnce();
  });

  it('looks again when the page is seen after an hour, not before', async () => {
    const { known, told } = await visited();
    await startOffline(told);
    const see = () => document.dispatchEvent(new Event('visibilitychange'));
    see();
    expect(known.update).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(3_600_000);
    see();
    see();
    expect(known.update).toHaveBeenCalledTimes(2);
  });
});
