/** The experiment in the address: what stands after `#`, and its entries in the browser's history. */

/** What tells the lab's own entries from an address that somebody typed, or a link within the page. */
const OWN = 'lab';

/** The text after `#`, as it stands in the address (still percent-encoded). */
export function readHash(): string {
  return location.hash.slice(1);
}

/**
 * Writes the text after `#`, as a new entry of the history or in the place of the present one. Does not call the
 * listeners of `onAddress`.
 *
 * @returns false when the browser refuses because the address changed too often; write again a little later
 */
export function writeHash(text: string, isNew = false): boolean {
  const isOwn = isOwnEntry(history.state);
  if (text === readHash() && isOwn) return true;
  const url = location.pathname + location.search + (text === '' ? '' : `#${text}`);
  try {
    if (isNew) history.pushState({ [OWN]: true }, '', url);
    else history.replaceState({ [OWN]: true }, '', url);
    return true;
  } catch {
    return false;
  }
}

const isOwnEntry = (state: unknown): boolean => typeof state === 'object' && state !== null && OWN in state;

/**
 * Calls the listener when the user changes the address: by Back and Forward to an entry that the lab wrote
 * (`isOwn`), or by an address that was typed or followed. Returns a function that stops it.
 */
export function onAddress(listener: (text: string, isOwn: boolean) => void): () => void {
  const tell = (event: PopStateEvent) => {
    listener(readHash(), isOwnEntry(event.state));
  };
  addEventListener('popstate', tell);
  return () => {
    removeEventListener('popstate', tell);
  };
}
