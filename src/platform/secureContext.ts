/** What this browser, or the way in which the page was opened, does not offer. */

type FacilityName = 'secure-context' | 'workers' | 'indexeddb' | 'web-locks';

export interface MissingFacility {
  name: FacilityName;
  /** Whether the lab cannot work at all without it. */
  essential: boolean;
  /** What it means for the user, one sentence. */
  text: string;
}

/** What is looked at; a window is one. */
export interface FacilityScope {
  isSecureContext?: boolean;
  Worker?: unknown;
  indexedDB?: unknown;
  navigator?: { locks?: unknown };
  location?: { readonly protocol: string };
}

function readSafely(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined; // Sandboxed frames throw on mere access.
  }
}

export function findMissingFacilities(scope: FacilityScope): MissingFacility[] {
  const missing: MissingFacility[] = [];
  const need = (present: unknown, name: FacilityName, essential: boolean, text: string) => {
    if (!present) missing.push({ name, essential, text });
  };
  need(
    scope.isSecureContext,
    'secure-context',
    false,
    scope.location?.protocol === 'https:'
      ? 'The page that this frame stands in came over plain http: browsers then withhold from the frame what the lab uses.'
      : 'The page was opened over plain http from another machine, where browsers withhold what the lab uses.',
  );
  need(
    readSafely(() => scope.Worker),
    'workers',
    true,
    'This browser cannot compute in the background.',
  );
  need(
    readSafely(() => scope.indexedDB),
    'indexeddb',
    false,
    'The store for archives (IndexedDB) is missing: nothing is kept after the tab is closed.',
  );
  need(
    readSafely(() => scope.navigator?.locks),
    'web-locks',
    false,
    'The locks between tabs are missing: keep the lab open in one tab only.',
  );
  return missing;
}
