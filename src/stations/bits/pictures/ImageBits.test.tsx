// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_IMAGE_SETTINGS } from '../../../contracts/images.ts';
import { LabError } from '../../../contracts/errors.ts';
import type { ImagesState } from '../../lab/pictures.ts';
import { idleTask } from '../../lab/task.ts';
import { done, showStation, type ShownStation } from '../../testing/pictures.tsx';
import { ImageBits } from './ImageBits.tsx';
import { frequencyBits, pixelBits } from '../../pictures/testing/bits.ts';

const actions = { showTable: vi.fn(), computeImages: vi.fn(), cancelImages: vi.fn(), goTo: vi.fn() };
let shown: ShownStation;

afterEach(() => shown.end());

async function show(images: Partial<ImagesState>): Promise<void> {
  for (const action of Object.values(actions)) action.mockReset();
  shown = await showStation(<ImageBits />, images, actions);
}

async function press(...keys: string[]): Promise<void> {
  const grid = shown.place.querySelector<HTMLElement>('[role="grid"]');
  act(() => grid?.focus());
  for (const key of keys) {
    act(() => {
      grid?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    });
  }
}

const readout = () => shown.place.querySelector('.bit-readout')?.textContent ?? '';

describe('Bits of pixels', () => {
  it('shows eight planes, their counts and the table of the class', async () => {
    await show({ bits: done(pixelBits()) });
    const titles = [...shown.place.querySelectorAll('.tile-title')].map(({ textContent }) => textContent);
    expect(titles).toEqual([
      'bit 1 of 8 (top)',
      ...[2, 3, 4, 5, 6, 7].map((place) => `bit ${place} of 8`),
      'bit 8 of 8 (lowest)',
    ]);
    const text = shown.text();
    expect(text).toContain('class cat, 100 training pictures');
    expect(text).toContain('constant 12 bits');
    expect(text).toContain('base 36 bits');
    expect(text).toContain('deviation 48 bits');
    expect(text).toContain('Bases7');
    expect(shown.place.querySelector('canvas[aria-label^="Mean of class cat"]')).not.toBeNull();
  });

  it('says what the bit under the cursor is, and shows all bits of a pixel by Enter', async () => {
    await show({ bits: done(pixelBits()) });
    await press('PageDown', 'ArrowRight', 'ArrowDown');
    expect(readout()).toContain(
      'Pixel row 1, column 1, bit 2 of 8 from the top · share of ones p = 0.1, entropy H = 0.469 bit',
    );
    expect(readout()).toContain('base: shared by all pictures with the same base');
    expect(shown.text()).toContain('whose bits tell the most');
    expect(shown.text()).toContain('Choose another pixel on the map above');
    await press('Enter');
    expect(shown.text()).not.toContain('whose bits tell the most');
    const table = [...shown.place.querySelectorAll('table')].find((one) =>
      one.querySelector('caption')?.textContent.startsWith('Bits of pixel row 1, column 1'),
    );
    const rows = [...(table?.querySelectorAll('tbody tr') ?? [])];
    expect(rows).toHaveLength(8);
    expect(rows[0].textContent).toBe('bit 1 of 8 (top)00constant');
  });

  it('turns from class to class', async () => {
    await show({ bits: done(pixelBits()) });
    await shown.click('Next class');
    expect(actions.showTable).toHaveBeenCalledWith(1);
    const select = shown.place.querySelector<HTMLSelectElement>('select.compact-select');
    expect([...(select?.options ?? [])].map(({ text }) => text)).toEqual(['cat', 'dog']);
  });

  it('has no class to choose where all share one table', async () => {
    await show({
      bits: done(pixelBits({ className: null, tables: 1 })),
      settings: { ...DEFAULT_IMAGE_SETTINGS, classWise: false },
    });
    expect(shown.place.querySelector('select.compact-select')).toBeNull();
    expect(shown.text()).toContain('all classes, 100 training pictures');
  });
});

describe('Bits of frequencies', () => {
  it('shows a map for each channel and says that the route is near-lossless', async () => {
    await show({
      bits: done(frequencyBits()),
      settings: { ...DEFAULT_IMAGE_SETTINGS, transform: 'dct', classWise: false },
    });
    const titles = [...shown.place.querySelectorAll('.tile-title')].map(({ textContent }) => textContent);
    expect(titles).toEqual(['Y', 'Cb', 'Cr']);
    expect(shown.text()).toContain('near-lossless');
    expect(shown.text()).toContain('width, 1 to 5 bits');
    await press('ArrowRight');
    expect(readout()).toContain('Y, frequency 1 across and 0 down · 3 bits');
    await shown.click('Bits in the base');
    expect(shown.text()).toContain('bits in the base, none to all');
  });
});

describe('Bits without a result', () => {
  it('waits while pictures are being opened, and offers to count after a cancel', async () => {
    await show({ dataset: { ...idleTask(), status: 'running' } });
    expect(shown.text()).toContain('The pictures are being opened; their bits follow.');
    await shown.change({ dataset: idleTask(), bits: { ...idleTask(), status: 'cancelled' } });
    await shown.click('Count the bits');
    expect(actions.computeImages).toHaveBeenCalledWith('bits');
  });

  it('shows an error with its code', async () => {
    const error = new LabError('IMAGES_TOO_LARGE', 'The pictures are too large.').report();
    await show({ bits: { ...idleTask(), status: 'failed', error } });
    expect(shown.place.querySelector('[role="alert"]')?.textContent).toContain('IMAGES_TOO_LARGE');
  });
});
