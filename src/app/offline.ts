/** When the lab is made to work without its server, and whether it does. */
import { createStore } from 'zustand';
import type { StoreApi } from 'zustand';
import { startOffline } from '../platform/serviceWorker.ts';
import type { Lab } from '../stations/lab.ts';
import { offerUpdate, TRAINING_ON_ALL, workInProgress } from './updates.ts';

/** Milliseconds without work before the files are fetched that are needed without a network. */
const QUIET = 1_000;
/** Milliseconds after which they are fetched though there is work. */
const LATEST = 20_000;

/** Whether everything that the lab needs is kept in this browser. */
export const offlineState = createStore<{ isReady: boolean }>()(() => ({ isReady: false }));

/** Calls back once when the first results stand, so that nothing competes with them. */
function whenQuiet(lab: StoreApi<Lab>, begin: () => void): void {
  let quiet: ReturnType<typeof setTimeout> | undefined;
  const isQuiet = () => workInProgress(lab.getState()).every((work) => work === TRAINING_ON_ALL);
  const stopFollowing = lab.subscribe(() => {
    if (!isQuiet()) {
      clearTimeout(quiet);
      quiet = undefined;
    } else quiet ??= setTimeout(finish, QUIET);
  });
  const latest = setTimeout(finish, LATEST);
  function finish(): void {
    stopFollowing();
    clearTimeout(quiet);
    clearTimeout(latest);
    begin();
  }
}

/** Keeps the lab for work without a network, and offers new versions. */
export function followOffline(lab: StoreApi<Lab>): void {
  whenQuiet(
    lab,
    () =>
      void startOffline({
        onReady: () => offlineState.setState({ isReady: true }),
        onUpdate: (takeUp) => offerUpdate(lab.getState, takeUp),
      }),
  );
}
