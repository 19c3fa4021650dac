/** A browser's first visit: it is shown the lab's opening once, and a flag is kept of that. */

export const OPENING_KEY = 'dml-opening-shown';

/**
 * Whether this browser has never been shown the opening; from now on it has. Where it forbids storage, every page that
 * is opened is a first visit.
 */
export function takeFirstVisit(): boolean {
  try {
    if (localStorage.getItem(OPENING_KEY) !== null) return false;
    localStorage.setItem(OPENING_KEY, '1');
  } catch {
    // Without storage there is nothing to know it by.
  }
  return true;
}
