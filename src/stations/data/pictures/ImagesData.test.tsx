// @vitest-environment happy-dom
import { act } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ImageSummary, Pictures } from '../../../contracts/images.ts';
import { PLAIN_VIEW } from '../../../contracts/link.ts';
import type { Lab } from '../../lab.ts';
import { idleTask } from '../../lab/task.ts';
import { LabContext } from '../../useLab.ts';
import { imagesState, imageSummary } from '../testing/images.ts';
import { ImagesData } from './ImagesData.tsx';
import { labelCandidates } from './LabelsField.tsx';
import { mountEach, settled } from '../../../ui/testing/mount.ts';

const view = mountEach();

const actions = {
  load: vi.fn(),
  loadImages: vi.fn(),
  loadFiles: vi.fn(),
  readImagesAs: vi.fn(),
  changeImages: vi.fn(),
  showPictures: vi.fn(),
  inspectImage: vi.fn(),
  goTo: vi.fn(),
  cancelLoad: vi.fn(),
};

async function show(dataset: ImageSummary, change: Partial<Lab> = {}): Promise<StoreApi<Lab>> {
  for (const action of Object.values(actions)) action.mockReset();
  const lab = {
    kind: 'images',
    view: PLAIN_VIEW,
    images: imagesState(dataset),
    dataset: idleTask(),
    source: null,
    awaited: null,
    choice: null,
    extraSamples: [],
    archives: [],
    ...actions,
    ...change,
  };
  const store = createStore(() => lab as unknown as Lab);
  await act(async () => {
    view.root.render(
      <LabContext value={store}>
        <ImagesData />
      </LabContext>,
    );
  });
  await settled(view.place);
  return store;
}

const text = (): string => view.place.textContent.replaceAll('\u202f', ' ');
const titles = (): string[] =>
  [...view.place.querySelectorAll('.panel h3')].map((title) => title.firstChild?.textContent ?? '');
function button(name: RegExp): HTMLElement | undefined {
  return [...view.place.querySelectorAll<HTMLElement>('button')].find((one) =>
    name.test(one.getAttribute('aria-label') ?? one.textContent),
  );
}

describe('ImagesData', () => {
  it('shows the dataset, its classes, balance and pixel values', async () => {
    await show(imageSummary());
    expect(titles()).toEqual([
      'Pets',
      'Pictures by class',
      'Balance',
      'Pixel values',
      'How they were read',
      'Samples',
      'Presets',
    ]);
    expect([...view.place.querySelectorAll('.picture-row-button')].map((name) => name.textContent)).toEqual([
      'cats',
      'dogs',
    ]);
    // The split follows the settings: a fifth of 100 and of 50.
    const cells = [...view.place.querySelectorAll('tbody tr')].map((line) => line.textContent);
    expect(cells.find((line) => line.startsWith('cats'))).toContain('8020');
    expect(text()).toContain('cats has most, 100; dogs has fewest, 50');
    expect(text()).toContain('of 150 pictures are kept for testing');
  });

  it('opens a picture in the inspector', async () => {
    await show(imageSummary());
    const grid = view.place.querySelector<HTMLElement>('[role=grid]');
    act(() => grid?.focus());
    for (const key of ['ArrowDown', 'ArrowRight', 'Enter']) {
      act(() => void grid?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
    }
    expect(actions.goTo).toHaveBeenCalledWith('archive');
    expect(actions.inspectImage).toHaveBeenCalledExactlyOnceWith(101);
  });

  it('pages through one class', async () => {
    const store = await show(imageSummary());
    act(() => view.place.querySelectorAll<HTMLElement>('.picture-row-button')[0].click());
    expect(actions.showPictures).toHaveBeenLastCalledWith(0, 0);
    expect(text()).toContain('page 1 of 2');
    const page: Pictures = {
      width: 4,
      height: 4,
      channels: 1,
      records: Uint32Array.from({ length: 60 }, (_, k) => k),
      labels: new Uint16Array(60),
      pixels: new Uint8Array(60 * 16),
    };
    act(() => {
      const { images } = store.getState();
      store.setState({
        images: { ...images, page: { ...idleTask<Pictures>(), status: 'done', value: page } },
      });
    });
    expect(view.place.querySelectorAll('[role=gridcell]')).toHaveLength(60);
    act(() => button(/Next page/)?.click());
    expect(actions.showPictures).toHaveBeenLastCalledWith(0, 60);
  });

  it('offers sizes where they differ, and reads again when asked', async () => {
    await show(
      imageSummary({
        sizeCount: 2,
        sizes: [
          { width: 4, height: 4, count: 140 },
          { width: 8, height: 6, count: 10 },
        ],
        rule: 'resize',
      }),
    );
    expect(titles()).toContain('Sizes');
    expect(text()).toContain('140 pictures are 4 × 4 already; 10 are averaged to it.');
    act(() => button(/Make all pictures 8 × 6/)?.click());
    expect(text()).toContain('10 pictures are 8 × 6 already; 140 are averaged to it.');
    act(() => button(/^Read again$/)?.click());
    expect(actions.readImagesAs).toHaveBeenCalledExactlyOnceWith({ size: { width: 8, height: 6 } });
  });

  it('goes back to what was found with nothing left to read', async () => {
    const found = imageSummary({
      sizeCount: 2,
      sizes: [
        { width: 4, height: 4, count: 140 },
        { width: 8, height: 6, count: 10 },
      ],
      rule: 'crop',
    });
    const images = imagesState(found);
    await show(found, {
      images: { ...images, source: { kind: 'files', files: [], reading: { rule: 'crop' } } },
    });
    act(() => button(/Make all pictures 8 × 6/)?.click());
    expect(button(/^Read again$/)).toBeDefined();
    act(() => button(/^Back to what was found$/)?.click());
    expect(actions.readImagesAs).toHaveBeenCalledExactlyOnceWith({});
    expect(button(/^Read again$/)).toBeUndefined();
  });

  it('names what was left out, as text whatever the name', async () => {
    const path = '<img src=x onerror=alert(1)>/\u202e.png';
    await show(
      imageSummary({
        skippedCount: 2,
        skipped: [{ path, code: 'PICTURE_DAMAGED', what: 'The picture is cut short.' }],
        notices: [{ code: 'alpha-flattened', column: null, text: '3 pictures had alpha.' }],
      }),
    );
    expect(text()).toContain('2 pictures left out');
    expect(text()).toContain('3 pictures had alpha.');
    act(() => button(/Which, and why/)?.click());
    expect(view.place.querySelector('.skipped-path')?.textContent).toBe(path);
    expect(view.place.querySelector('.skipped-path img')).toBeNull();
  });

  it('offers the other reading where a notice says that there is one', async () => {
    const notice = (code: string) => ({ code, column: null, text: `${code} said.` });
    await show(imageSummary({ notices: [notice('classes-from-labels'), notice('alpha-flattened')] }));
    act(() => button(/Take the folders instead/)?.click());
    expect(actions.readImagesAs).toHaveBeenCalledExactlyOnceWith({ classesFrom: 'top-folders' });
    await show(imageSummary({ notices: [{ ...notice('label-column-finest'), column: 'coarse_label' }] }));
    act(() => button(/Take “coarse_label” instead/)?.click());
    expect(actions.readImagesAs).toHaveBeenCalledExactlyOnceWith({ labelColumn: 'coarse_label' });
    await show(imageSummary({ notices: [notice('classes-top-folders')] }));
    act(() => button(/Take those right above the pictures/)?.click());
    expect(actions.readImagesAs).toHaveBeenCalledExactlyOnceWith({ classesFrom: 'last-folders' });
    await show(imageSummary({ notices: [notice('classes-last-folders')] }));
    act(() => button(/Take those at the top/)?.click());
    expect(actions.readImagesAs).toHaveBeenCalledExactlyOnceWith({ classesFrom: 'top-folders' });
  });

  it('says that a split is given, and that pixels come from a near-lossless archive', async () => {
    await show(imageSummary({ split: 'given', isNear: true, format: 'archive' }));
    expect(text()).toContain('The dataset brings its own split: 120 training and 30 test pictures');
    expect(text()).toContain('decoded from a near-lossless archive');
    expect(text()).toContain('An archive holds the pictures as they were read');
    expect(text()).not.toContain('nothing proves it');
  });

  it('says of a near-lossless archive from elsewhere that what it names is unproven', async () => {
    const fidelity = { kind: 'near', psnr: 50, maxError: 2, exactShare: 0.5, isClaimed: true };
    const archives = [{ id: 'a1', images: { fidelity } }] as unknown as Lab['archives'];
    const dataset = imageSummary({ isNear: true, format: 'archive' });
    const images = { ...imagesState(dataset), source: { kind: 'archive', id: 'a1' } } as Lab['images'];
    await show(dataset, { archives, images });
    expect(text()).toContain('is what the archive says of itself: nothing proves it');
  });

  it('offers another way with 16 bits a value where there are any, and says of an archive which it was', async () => {
    const depth = { rule: 'high', pictures: 12, low: 100, high: 4095 } as const;
    await show(imageSummary());
    expect(text()).not.toContain('Values of 16 bits');
    await show(imageSummary({ depth }));
    expect(text()).toContain('Values of 16 bits');
    expect(text()).toContain('Keep the high 8 bits');
    const images = imagesState(imageSummary({ format: 'archive', depth: { ...depth, rule: 'stretch' } }), {
      source: { kind: 'archive', id: 'x' },
    });
    await show(imageSummary(), { images });
    expect(text()).toContain(
      '12 pictures had 16 bits a value, from 100 to 4,095; their range was stretched over 0 … 255.',
    );
  });

  it('shows what is being opened, and why opening failed', async () => {
    const images = imagesState(imageSummary());
    await show(imageSummary(), {
      images: { ...images, dataset: { ...images.dataset, status: 'running' } },
    });
    expect(text()).toContain('Pets stays until it is read');
    await show(imageSummary(), {
      images: {
        ...images,
        dataset: {
          ...images.dataset,
          status: 'failed',
          error: { code: 'ZIP_ENCRYPTED', what: 'The zip is encrypted.', todo: 'Unpack it.' },
        },
      },
    });
    expect(text()).toContain('ZIP_ENCRYPTED');
    expect(titles()).toContain('Pets');
  });

  it('asks for the labels where names do not tell', async () => {
    const file = (path: string) => ({ path, file: new File(['x'], path) });
    const tried = { kind: 'files' as const, files: [file('x.npy'), file('y.npy'), file('z.png')] };
    const images = imagesState(imageSummary());
    await show(imageSummary(), {
      images: {
        ...images,
        tried,
        dataset: {
          ...images.dataset,
          status: 'failed',
          error: { code: 'IMAGES_LABELS_MISSING', what: 'No labels.', todo: 'Drop them.' },
        },
      },
    });
    expect(text()).toContain('Which of these files holds the labels?');
    const read = button(/Read with these labels/);
    expect(read?.hasAttribute('disabled')).toBe(true);
    const column = view.place.querySelector<HTMLInputElement>('.labels-question input')!;
    expect(column.placeholder).toBe('as found');
    expect(labelCandidates(tried).map(({ path }) => path)).toEqual(['x.npy', 'y.npy']);
  });
});
