/** The experiment in the address: what stands after `#`, without entries in the history. */

/** The text after `#`, as it stands in the address (still percent-encoded). */
export function readHash(): string {
  return location.hash.slice(1);
}

/**
 * Replaces the text after `#`. Does not call the listeners of `onHashChange`.
 * @returns false when the browser refuses because the address changed too often; write again a little later
 */
export function writeHash(text: string): boolean {
  if (text === readHash()) return true;
  const url = location.pathname + location.search + (text === '' ? '' : `#${text}`);
  try {
    history.replaceState(history.state, '', url);
    return true;
  } catch {
    return false;
  }
}

/** Calls the listener when the user changes the address. Returns a function that stops it. */
export function onHashChange(listener: (text: string) => void): () => void {
  const tell = () => {
    listener(readHash());
  };
  addEventListener('hashchange', tell);
  return () => {
    removeEventListener('hashchange', tell);
  };
}
