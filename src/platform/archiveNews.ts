/** Word between tabs and workers of this origin that archives in the store have changed. */

const CHANNEL = 'dreamlearning-archives';

/** Tells every page of the lab, the one whose worker tells it included. Where there are no channels, nobody is told. */
export function tellArchives(): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(null);
  channel.close();
}

/** Calls `listener` whenever archives have changed. @returns a function that stops listening */
export function onArchiveNews(listener: () => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => undefined;
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', listener);
  return () => channel.close();
}
