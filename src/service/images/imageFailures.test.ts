import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import {
  cancelAt,
  closeBrowsers,
  codeOf,
  compress,
  greySet,
  ignore,
  newBrowser,
  open,
  openChannel,
  settingsWith,
  stored,
  verify,
  type Browser,
} from './testing/browsers.ts';
import { sourceOf } from './testing/pictureSources.ts';

let here: Browser;
beforeEach(async () => {
  here = await newBrowser();
});
afterEach(() => {
  vi.restoreAllMocks();
  closeBrowsers();
});

describe('what fails half-way', () => {
  it('leaves nothing when it is cancelled, and can be made afterwards', async () => {
    const source = sourceOf(greySet(300));
    await open(here, source);
    for (const beat of [1, 2, 5, 9]) {
      const settings = settingsWith({ tau: 60 + beat });
      expect(await codeOf(compress(here, source, settings, cancelAt(beat)))).toBe('CANCELLED');
      expect(await stored(here)).toEqual({ chunks: 0, manifests: 0 });
    }
    expect((await compress(here, source)).stored).toBe(true);
  });

  it('lets its helpers go when it is cancelled', async () => {
    const { port1, port2 } = openChannel();
    const helping = here.service.helpEncode({ port: port2 }, SILENT_PULSE, ignore);
    const work = compress(here, sourceOf(greySet()), settingsWith(), cancelAt(1), [port1]);
    expect(await codeOf(work)).toBe('CANCELLED');
    expect(await helping).toBeNull();
  });

  it('leaves the archive before it when the disk is full, and says so', async () => {
    const source = sourceOf(greySet());
    const first = await compress(here, source);
    const before = await stored(here);
    const put = IDBObjectStore.prototype.put;
    let left = 1;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...request) {
      const result = put.apply(this, request);
      if (--left < 0) {
        const tx = this.transaction as unknown as { _abort(name: string): void };
        result.addEventListener('success', () => tx._abort('QuotaExceededError'));
      }
      return result;
    });
    const report = await compress(here, source, settingsWith({ tau: 2 }));
    expect(report).toMatchObject({ stored: false, storeError: { code: 'STORAGE_FULL' } });
    vi.restoreAllMocks();
    expect(await stored(here)).toEqual(before);
    expect(await verify(here, first.id)).toMatchObject({ records: 90 });
  });

  it('is refused by a code before anything is done', async () => {
    const source = sourceOf(greySet());
    for (const [change, code] of [
      [{ tau: 0 }, 'SETTING_OUT_OF_RANGE'],
      [{ blockBytes: 1 }, 'SETTING_OUT_OF_RANGE'],
      [{ transform: 'magic' as never }, 'TRANSFORM_UNKNOWN'],
      [{ representation: '__proto__' as never }, 'REPRESENTATION_UNKNOWN'],
      [{ codec: 'zip' }, 'CODEC_UNKNOWN'],
    ] as const) {
      const settings = settingsWith(change);
      const request = { source, settings };
      const works: Promise<unknown>[] = [
        compress(here, source, settings),
        here.service.analyseImages({ ...request, table: 0 }, SILENT_PULSE, ignore),
        here.service.condenseImages(request, SILENT_PULSE, ignore),
        here.service.imageSweepCell({ ...request, limit: 5 }, SILENT_PULSE, ignore),
        here.service.imagePeers(request, SILENT_PULSE, ignore),
      ];
      expect(await Promise.all(works.map(codeOf))).toEqual(works.map(() => code));
    }
  });
});
