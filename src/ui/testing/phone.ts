/** A narrow screen in tests. */
import { vi } from 'vitest';

/** What is rendered from now on is on a phone, until `vi.unstubAllGlobals()`. */
export function onPhone(): void {
  vi.stubGlobal('matchMedia', () => ({
    matches: true,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
}
