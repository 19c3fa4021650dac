/** The page's side of the service worker: it keeps the lab for work without a network, and says when it has. */
import { TAKE_OVER } from './offlineCache.ts';
import { readBytesLeft } from './storageEstimate.ts';

export interface OfflineEvents {
  /** From now on the lab works without its server. */
  onReady: () => void;
  /** A newer version is kept and waits; `takeUp` reloads the page into it. */
  onUpdate: (takeUp: () => void) => void;
}

/** Bytes that have to be free: archives come first. */
const ROOM = 64e6;
/** Milliseconds between two looks for a new version while the page stays open. */
const LOOK_AGAIN = 3_600_000;
/** Milliseconds after which the page is reloaded though the new version has not taken over. */
const TAKE_OVER_MS = 5_000;

/**
 * Registers the service worker, and follows it for as long as the page is open. Where the browser has none, refuses,
 * or is short of room, the lab simply needs its server. Never rejects.
 */
export async function startOffline(events: OfflineEvents): Promise<void> {
  // Missing where the context is not secure; private windows of some browsers throw on registering.
  const container = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  if (container === undefined) return;
  try {
    const { href } = new URL('offline.worker.js', document.baseURI);
    const known = await container.getRegistration();
    if (known === undefined && ((await readBytesLeft()) ?? Infinity) < ROOM) return;
    // To register once more would wait for the browser's own look for an update, which a busy one puts off.
    const isActive = known?.active?.scriptURL === href;
    const registration = isActive ? known : await container.register(href, { updateViaCache: 'none' });
    void container.ready.then(events.onReady);
    followUpdates(container, registration, events);
    // Browsers look for themselves at a visit, but some only much later.
    if (isActive) lookForUpdate(registration);
  } catch {
    // The lab works on with its server.
  }
}

function lookForUpdate(registration: ServiceWorkerRegistration): void {
  registration.update().catch(() => undefined); // Without a network there is nothing new.
}

function followUpdates(
  container: ServiceWorkerContainer,
  registration: ServiceWorkerRegistration,
  { onUpdate }: OfflineEvents,
): void {
  const offer = () => onUpdate(() => takeUp(container, registration));
  const follow = (worker: ServiceWorker) => {
    worker.addEventListener('statechange', () => {
      // The first version of all is installed too, but replaces none.
      if (worker.state === 'installed' && registration.active !== null) offer();
    });
  };
  if (registration.waiting !== null && registration.active !== null) offer();
  if (registration.installing !== null) follow(registration.installing);
  registration.addEventListener('updatefound', () => {
    if (registration.installing !== null) follow(registration.installing);
  });

  let lookedAt = performance.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || performance.now() - lookedAt < LOOK_AGAIN) return;
    lookedAt = performance.now();
    lookForUpdate(registration);
  });
}

function takeUp(container: ServiceWorkerContainer, { waiting }: ServiceWorkerRegistration): void {
  const reload = () => location.reload();
  // Another tab may have taken it up already.
  if (waiting === null) return reload();
  container.addEventListener('controllerchange', reload, { once: true });
  setTimeout(reload, TAKE_OVER_MS);
  waiting.postMessage(TAKE_OVER);
}
