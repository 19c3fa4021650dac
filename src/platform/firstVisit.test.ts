import { afterEach, describe, expect, it, vi } from 'vitest';
import { takeFirstVisit } from './firstVisit.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

function forbidden(): never {
  throw new Error('The browser forbids storage.');
}

describe('a first visit', () => {
  it('is taken once', () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
    expect(takeFirstVisit()).toBe(true);
    expect(takeFirstVisit()).toBe(false);
  });

  it('is every visit where nothing can be kept', () => {
    vi.stubGlobal('localStorage', { getItem: forbidden, setItem: forbidden });
    expect(takeFirstVisit()).toBe(true);
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: forbidden });
    expect(takeFirstVisit()).toBe(true);
  });
});
