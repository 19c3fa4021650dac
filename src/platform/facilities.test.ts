// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { copyText } from './clipboard.ts';
import { download } from './download.ts';
import { onAddress, readHash, writeHash } from './hash.ts';
import { findMissingFacilities } from './secureContext.ts';
import { askPersistence, readBytesLeft, readStorageState } from './storageEstimate.ts';
import { chooseTheme, followSystemTheme, printLight, readThemeChoice } from './theme.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  localStorage.clear();
});

describe('the address', () => {
  it('is read and replaced, or written as a new entry of the history', () => {
    const entries = history.length;
    expect(writeHash('d=diamonds&b=13')).toBe(true);
    expect(readHash()).toBe('d=diamonds&b=13');
    writeHash('');
    expect(location.href).not.toContain('#');
    expect(history.length).toBe(entries);
    writeHash('d=diamonds', true);
    expect(readHash()).toBe('d=diamonds');
    expect(history.length).toBe(entries + 1);
  });

  it('tells changes by the user, and whose entry it is, until nobody listens', () => {
    const listener = vi.fn();
    const stop = onAddress(listener);
    writeHash('d=bank');
    dispatchEvent(new PopStateEvent('popstate', { state: history.state as unknown }));
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
    stop();
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
    expect(listener.mock.calls).toEqual([
      ['d=bank', true],
      ['d=bank', false],
    ]);
  });

  it('says when the browser refuses', () => {
    vi.spyOn(history, 'replaceState').mockImplementation(() => {
      throw new DOMException('too often', 'SecurityError');
    });
    expect(writeHash('x')).toBe(false);
  });
});

describe('what is missing', () => {
  const complete = { isSecureContext: true, Worker: class {}, indexedDB: {}, navigator: { locks: {} } };

  it('is nothing in a browser that has all', () => {
    expect(findMissingFacilities(complete)).toEqual([]);
  });

  it('is named, and what is essential is marked', () => {
    const names = (scope: object) => findMissingFacilities(scope).map(({ name }) => name);
    expect(names({})).toEqual(['secure-context', 'workers', 'indexeddb', 'web-locks']);
    expect(findMissingFacilities({ ...complete, Worker: undefined })).toMatchObject([
      { name: 'workers', essential: true },
    ]);
    const sandboxed = {
      ...complete,
      get indexedDB(): unknown {
        throw new DOMException('sandboxed', 'SecurityError');
      },
    };
    expect(names(sandboxed)).toEqual(['indexeddb']);
  });
});

describe('room for storage', () => {
  const storage = {
    estimate: async () => ({ usage: 300, quota: 1_000 }),
    persisted: async () => true,
    persist: async () => true,
  };

  it('is what the browser says', async () => {
    expect(await readStorageState(storage)).toEqual({ usage: 300, quota: 1_000, persisted: true });
    expect(await readBytesLeft(storage)).toBe(700);
    expect(await askPersistence(storage)).toBe(true);
  });

  it('is unknown where the browser does not say', async () => {
    const refusing = {
      estimate: () => Promise.reject(new TypeError('no')),
      persisted: () => Promise.reject(new TypeError('no')),
    };
    for (const none of [refusing, null]) {
      expect(await readStorageState(none)).toEqual({ usage: null, quota: null, persisted: null });
      expect(await readBytesLeft(none)).toBeNull();
      expect(await askPersistence(none)).toBe(false);
    }
  });
});

describe('the theme', () => {
  const root = document.documentElement;

  function stubSystem(dark: boolean) {
    const query = Object.assign(new EventTarget(), { matches: dark });
    vi.stubGlobal('matchMedia', () => query);
    return query;
  }

  it('is kept and applied', () => {
    stubSystem(true);
    expect(readThemeChoice()).toBe('system');
    expect(chooseTheme('light')).toBe('light');
    expect([root.dataset.theme, readThemeChoice(), localStorage.getItem('dml-theme')]).toEqual([
      'light',
      'light',
      'light',
    ]);
    expect(chooseTheme('system')).toBe('dark');
    expect([root.dataset.theme, readThemeChoice()]).toEqual(['dark', 'system']);
  });

  it('follows the system only when it should', () => {
    const query = stubSystem(false);
    let choice = chooseTheme('system') && readThemeChoice();
    const stop = followSystemTheme(() => choice);
    query.matches = true;
    query.dispatchEvent(new Event('change'));
    expect(root.dataset.theme).toBe('dark');
    choice = 'light';
    query.matches = false;
    query.dispatchEvent(new Event('change'));
    expect(root.dataset.theme).toBe('dark');
    stop();
  });

  it('is light on paper, and afterwards what it was', () => {
    stubSystem(true);
    chooseTheme('dark');
    const stop = printLight();
    // A browser may ask twice.
    for (let k = 0; k < 2; k++) dispatchEvent(new Event('beforeprint'));
    expect(root.dataset.theme).toBe('light');
    dispatchEvent(new Event('afterprint'));
    expect(root.dataset.theme).toBe('dark');
    stop();
    dispatchEvent(new Event('beforeprint'));
    expect(root.dataset.theme).toBe('dark');
  });

  it('works where storage is forbidden', () => {
    stubSystem(false);
    vi.stubGlobal('localStorage', null);
    expect(readThemeChoice()).toBe('system');
    expect(chooseTheme('dark')).toBe('dark');
    expect(root.dataset.theme).toBe('dark');
    vi.unstubAllGlobals();
  });
});

describe('leaving the page', () => {
  it('saves a file under its name and gives the address up later', async () => {
    vi.useFakeTimers();
    let saved: Blob | undefined;
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      saved = blob as Blob;
      return 'blob:1';
    });
    const revoke = vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined);
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    download('sweep.csv', 'a,b', 'text/csv');
    const link = click.mock.contexts[0] as HTMLAnchorElement;
    expect([link.download, link.getAttribute('href'), saved?.type]).toEqual([
      'sweep.csv',
      'blob:1',
      'text/csv',
    ]);
    expect(await saved?.text()).toBe('a,b');
    expect(document.querySelector('a')).toBeNull();
    expect(revoke).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(revoke).toHaveBeenCalledWith('blob:1');
  });

  it('copies, or says that it could not', async () => {
    const writeText = vi.fn(async () => undefined);
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    expect(await copyText('text')).toBe(true);
    expect(writeText).toHaveBeenCalledWith('text');
    vi.stubGlobal('navigator', {});
    expect(await copyText('text')).toBe(false);
  });
});
