// @vitest-environment happy-dom
import { act } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { ArchiveListing } from '../../../contracts/codec.ts';
import {
  DEFAULT_IMAGE_SETTINGS,
  type ImageArchiveReport,
  type ImageInspection,
} from '../../../contracts/images.ts';
import { PLAIN_VIEW } from '../../../contracts/link.ts';
import type { Lab } from '../../lab.ts';
import type { ImagesState } from '../../lab/pictures.ts';
import { idleTask, type Task } from '../../lab/task.ts';
import { idleTraining } from '../../training/state.ts';
import { LabContext } from '../../useLab.ts';
import { imageInspection, imagePeer, imageReport, NEAR, tableReport } from '../testing/pictures.ts';
import { ImagesArchive } from './ImagesArchive.tsx';
import { mountEach, settled } from '../../../ui/testing/mount.ts';

const view = mountEach();

const actions = {
  computeImages: vi.fn(),
  cancelImages: vi.fn(),
  inspectImage: vi.fn(),
  measureImagePeers: vi.fn(),
  exportImages: vi.fn(),
  verifyArchive: vi.fn(),
  deleteArchive: vi.fn(),
  load: vi.fn(),
  changeImages: vi.fn(),
};

const done = <T,>(value: T, change: Partial<Task<T>> = {}): Task<T> => ({
  ...idleTask<T>(),
  status: 'done',
  value,
  ...change,
});

interface Shown {
  report?: ImageArchiveReport | null;
  task?: Partial<Task<ImageArchiveReport>>;
  inspection?: ImageInspection | null;
  images?: Partial<ImagesState>;
  archives?: ArchiveListing[];
}

async function show({
  report = imageReport(),
  task,
  inspection = imageInspection(),
  images,
  archives = [],
}: Shown) {
  for (const action of Object.values(actions)) action.mockReset();
  const lab = {
    kind: 'images',
    images: {
      settings: DEFAULT_IMAGE_SETTINGS,
      held: [],
      dataset: { ...idleTask(), status: 'done', value: {} },
      archive: { ...idleTask<ImageArchiveReport>(), status: 'done', value: report, ...task },
      inspection: inspection === null ? idleTask() : done(inspection),
      peers: { task: idleTask(), rows: [] },
      sample: idleTask(),
      sweep: { status: 'idle' },
      training: idleTraining(),
      ...images,
    },
    dataset: idleTask(),
    view: PLAIN_VIEW,
    archives,
    verifications: {},
    storage: null,
    learn: { full: { playing: false } },
    sweep: { status: 'idle' },
    ...actions,
  };
  const store = createStore(() => lab as unknown as Lab);
  await act(async () => {
    view.root.render(
      <LabContext value={store}>
        <ImagesArchive />
      </LabContext>,
    );
  });
  await settled(view.place);
}

const text = (selector?: string): string =>
  (selector === undefined
    ? view.place
    : (view.place.querySelector(selector) ?? view.place)
  ).textContent.replaceAll('\u202f', ' ');
const panel = (title: string): HTMLElement => {
  const found = [...view.place.querySelectorAll<HTMLElement>('.panel')].find(
    (one) => one.querySelector('h3')?.firstChild?.textContent === title,
  );
  if (found === undefined) throw new Error(`no panel ${title}`);
  return found;
};
const words = (element: Element): string => element.textContent.replaceAll('\u202f', ' ');
function button(name: RegExp): HTMLElement | undefined {
  return [...view.place.querySelectorAll<HTMLElement>('button')].find((one) =>
    name.test(one.getAttribute('aria-label') ?? one.textContent),
  );
}

describe('ImagesArchive', () => {
  it('says what the archive takes of the raw pixels, and that nothing is lost', async () => {
    await show({});
    const storage = words(panel('Storage'));
    expect(storage).toContain('lossless; every picture was decoded');
    expect(storage).not.toContain('near-lossless');
    // 1,800 of 3,200 bytes; Equation 1's 15,360 bits are 1,920 bytes.
    expect(storage).toContain('True size56.3 %');
    expect(storage).toContain('S of Equation 160.0 %');
    expect(storage).toContain('2 workers');
    expect(words(panel('Where the bytes go'))).not.toContain('samples');
    expect([...view.place.querySelectorAll('.panel h3')].map(words).join(' ')).not.toContain('What is lost');
  });

  it('says wherever storage is shown that an archive is near-lossless', async () => {
    await show({ report: imageReport({ fidelity: NEAR }) });
    const storage = words(panel('Storage'));
    expect(storage).toContain(
      'near-lossless: PSNR 51.4 dB, largest error 3 levels, 41.2 % of the values exact',
    );
    expect(storage).toContain('of raw pixels, near-lossless');
    const lost = words(panel('What is lost'));
    expect(lost).toContain('PSNR51.4 dB');
    expect(lost).toContain('58.8 % are off by a level or more');
  });

  it('lists every class, and the search of each', async () => {
    await show({});
    const rows = [...panel('Storage by class').querySelectorAll('tbody tr')].map(words);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('cats56.3 %900 B100');
    const search = panel('The search for the base');
    expect(words(search)).toContain('training pictures of cats');
    const choice = search.querySelector('select');
    act(() => {
      if (choice === null) throw new Error('no choice of class');
      choice.value = '1';
      choice.dispatchEvent(new Event('change', { bubbles: true }));
    });
    expect(words(panel('The search for the base'))).toContain('training pictures of dogs');
  });

  it('names the one table of all classes', async () => {
    await show({ report: imageReport({ tables: [tableReport(null)] }) });
    expect(words(panel('Storage by class'))).toContain('all classes, one table');
    expect(panel('The search for the base').querySelector('select')).toBeNull();
  });

  it('shows a picture before and after, its base and who shares it', async () => {
    await show({});
    const labels = [...view.place.querySelectorAll('#picture-inspector canvas[role=img]')].map((canvas) =>
      canvas.getAttribute('aria-label'),
    );
    expect(labels).toEqual([
      'record 7, cats, as it was read',
      'record 7, cats, decoded from the archive',
      'Difference of record 7, cats: none: every value came back exactly',
      'Base 3, every deviation bit zero',
    ]);
    const facts = text('.inspector-facts');
    expect(facts).toContain('base #3, which 3 training pictures share');
    expect(facts).toContain('1 block of 4.10 kB read');
    expect([...view.place.querySelectorAll('#picture-inspector [role=gridcell]')].map(words)).toEqual([
      'record 7, this one',
      'record 9',
      'record 11',
    ]);
    act(() => button(/Next picture/)?.click());
    expect(actions.inspectImage).toHaveBeenLastCalledWith(8);
  });

  it('says by what a difference is multiplied, and what is missing without the original', async () => {
    const after = { ...imageInspection().after, pixels: Uint8Array.of(1, 4, 3, 4) };
    await show({ inspection: imageInspection({ after }) });
    expect(text('#picture-inspector')).toContain('Difference × 32');
    expect(text('#picture-inspector')).toContain(
      'at most 2 levels; 25.0 % of the values differ. Shown 32 times',
    );
    await show({
      inspection: imageInspection({ before: null, base: { ...imageInspection().base!, sharedBy: 1 } }),
    });
    expect(text('#picture-inspector')).toContain('the originals are not open');
    expect(text('#picture-inspector')).toContain('No other training picture uses this base');
    expect(text('#picture-inspector')).not.toContain('Difference');
  });

  it('has nothing to inspect when the archive could not be stored', async () => {
    await show({ report: imageReport({ stored: false }) });
    expect(text('#picture-inspector')).toContain('not stored in this browser');
  });

  it('waits to be asked where making the archive again takes long', async () => {
    await show({ task: { stale: true } });
    act(() => button(/Compress with the new settings/)?.click());
    expect(actions.computeImages).toHaveBeenCalledExactlyOnceWith('archive');
  });

  it('offers the peers, and says who wins what', async () => {
    await show({});
    act(() => button(/Measure them/)?.click());
    expect(actions.measureImagePeers).toHaveBeenCalledOnce();
    const rows = [
      imagePeer('Ours', 0.58),
      imagePeer('WebP', 0.26),
      imagePeer('QOI', null, { note: 'not measured' }),
    ];
    const report = {
      rows,
      trainRecords: 100,
      measuredRecords: 50,
      rawBytes: 800,
      seconds: 1,
      machine: 'a test',
    };
    await show({ images: { peers: { task: done(report), rows } } });
    const peers = panel('Beside picture formats');
    expect([...peers.querySelectorAll('tbody th')].map(words)).toEqual(['WebP', 'Ours', 'QOInot measured']);
    expect(words(peers)).toContain('WebP is the smallest');
    expect(words(peers)).toContain('Measured on 50 of 100 training pictures');
  });

  it('lists archives of pictures with what they hold and lose, and saves their pictures', async () => {
    const { DEFAULT_SETTINGS } = await import('../../../contracts/codec.ts');
    const listing: ArchiveListing = {
      id: 'c'.repeat(32),
      datasetId: 'd'.repeat(64),
      name: 'Pets',
      fileName: 'pets.zip',
      rows: 240,
      columns: 16,
      bytes: 2200,
      rawFloat64Bytes: 3840,
      createdAt: 0,
      kept: false,
      codec: 'entrogede',
      settings: DEFAULT_SETTINGS,
      images: {
        width: 4,
        height: 4,
        channels: 3,
        classes: 2,
        trainRecords: 200,
        fidelity: NEAR,
        settings: { ...DEFAULT_IMAGE_SETTINGS, transform: 'dct' },
      },
    };
    await show({ archives: [listing] });
    const row = words(panel('Archives in this browser').querySelector('tbody tr') ?? view.place);
    expect(row).toContain('240 pictures, 4 × 4 colour, 2 classes');
    expect(row).toContain('near-lossless: PSNR 51.4 dB');
    expect(row).toContain('57.3 %pixels');
    act(() => button(/Open the archive of Pets/)?.click());
    expect(actions.load).toHaveBeenCalledExactlyOnceWith({ kind: 'archive', id: listing.id });
  });

  it('says what it waits for before there is an archive', async () => {
    await show({ report: null, task: { status: 'running' } });
    expect(view.place.querySelector('.progress-line')).not.toBeNull();
    await show({ report: null, task: { status: 'idle' } });
    expect(text()).toContain('Waiting for its turn.');
    const held: ImagesState['held'] = [{ part: 'archive', seconds: 50 }];
    await show({ report: null, task: { status: 'cancelled' }, images: { held } });
    expect(text()).toContain('It waits for you');
    expect(text()).not.toContain('cancelled');
  });
});
