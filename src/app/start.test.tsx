// @vitest-environment happy-dom
/** The opening: when it is shown, and that its picture says what the state says. */
import { act } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { StartPage } from '../stations/start/StartPage.tsx';
import { LabContext } from '../stations/useLab.ts';
import { mountEach } from '../ui/testing/mount.ts';
import { createLabStore, type LabStore } from './store.ts';
import { createFakeLab, listingOf, summaryOf, type FakeLab } from './testing/fakeServices.ts';

const mounted = mountEach();
let fake: FakeLab;
let lab: LabStore;
const state = () => lab.store.getState();
const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ');
const text = () => plain(mounted.place.textContent);
const picture = () => plain(mounted.place.querySelector('[role=img]')?.getAttribute('aria-label') ?? '');
const solved = () =>
  vi.waitFor(() => expect(state().learn.full.descent.status).toBe('done'), { timeout: 5_000 });

function show(): void {
  act(() =>
    mounted.root.render(
      <LabContext value={lab.store}>
        <StartPage />
      </LabContext>,
    ),
  );
}

function door(name: string): HTMLElement | undefined {
  return [...mounted.place.querySelectorAll<HTMLElement>('a, button')].find((one) =>
    one.textContent.startsWith(name),
  );
}

beforeEach(() => {
  fake = createFakeLab();
  fake.isFirstVisit = true;
  lab = createLabStore(fake.services);
});

describe('the opening is shown', () => {
  it('on a first visit, while the sample is opened behind it', async () => {
    await lab.start('');
    expect(state()).toMatchObject({ station: 'start', dataset: { value: { name: 'diamonds' } } });
  });

  it('to nobody who comes by a link', async () => {
    await lab.start('data=diamonds');
    expect(state().station).toBe('data');
  });

  it('to nobody who has been here', async () => {
    fake.isFirstVisit = false;
    await lab.start('');
    expect(state().station).toBe('bits');
  });

  it('to nobody who has archives, though the browser does not know of an earlier visit', async () => {
    fake.stored = [listingOf('mine')];
    fake.datasets.set('archive:mine', summaryOf('mine'));
    await lab.start('');
    expect(state()).toMatchObject({ station: 'bits', dataset: { value: { name: 'mine' } } });
  });

  it('never again on the same page, though nothing is kept of it', async () => {
    await lab.start('');
    await lab.start('');
    expect(state().station).toBe('bits');
  });

  it('where a link asks for it', async () => {
    await lab.start('data=diamonds&station=start');
    expect(state().station).toBe('start');
    expect(state().link()).toContain('station=start');
  });

  it('until a file is given, whose reading and question stand at Data', async () => {
    await lab.start('');
    await state().loadFiles([]);
    expect(state().station).toBe('start');
    fake.datasets.set('file:mine.csv', summaryOf('mine.csv'));
    await state().loadFiles([{ path: 'mine.csv', file: new File(['a'], 'mine.csv') }]);
    expect(state()).toMatchObject({ station: 'data', asksTarget: true });
  });

  it('with what is chosen of the samples', async () => {
    await lab.start('');
    fake.datasets.set('sample:bank-marketing', summaryOf('bank', { sampleId: 'bank-marketing' }));
    await state().load({ kind: 'sample', id: 'bank-marketing' });
    expect(state()).toMatchObject({ station: 'start', dataset: { value: { name: 'bank' } } });
  });
});

describe('its picture', () => {
  it('says what it waits for, then what the state says', async () => {
    const held = fake.hold('compress');
    const started = lab.start('');
    show();
    expect(picture()).toContain('Opening a dataset…');
    await act(() => vi.waitFor(() => expect(state().archive.status).toBe('running'), { timeout: 5_000 }));
    expect(text()).toContain('Compressing…of the bytes');
    await act(async () => {
      held.release();
      await started;
      await solved();
    });
    expect(text()).toContain(
      'diamonds, a built-in sample: 100 records × 3 columns, computed in this browser',
    );
    expect(text()).toContain('9.3 %of the bytes');
    expect(text()).toContain('training records, float641.92 kBtheir archive, lossless178 B');
    expect(text()).toContain('62.5 %of the rowstraining records80condensed samples50');
    expect(text()).toContain('× 1.10the squared test error');
    expect(picture()).toBe(
      'diamonds, a built-in sample: 100 records × 3 columns, computed in this browser. ' +
        'The archive takes 9.3 % of the bytes that the training records take as float64, without loss. ' +
        '50 condensed samples stand for 80 training records: 62.5 % of the rows. ' +
        'A model trained on the samples has × 1.10 the squared test error of one trained on every record.',
    );
    expect(mounted.place.querySelector('[role=status]')?.textContent).toBe(
      'The picture of diamonds is complete.',
    );
    const lengths = [...mounted.place.querySelectorAll<HTMLElement>('.measure-fill')].map(({ style }) =>
      Number.parseFloat(style.width),
    );
    [100, 9.27, 100, 62.5, 90.91, 100].forEach((length, k) => expect(lengths[k]).toBeCloseTo(length, 1));
  });

  it('shows no share of a target that is not said', async () => {
    fake.datasets.set('file:mine.csv', summaryOf('mine.csv'));
    await lab.start('data=diamonds');
    await state().load({ kind: 'file', file: new File(['a'], 'mine.csv') });
    await vi.waitFor(() => expect(state().archive.status).toBe('done'), { timeout: 5_000 });
    show();
    expect(text()).toContain('9.3 %of the bytes');
    expect(text()).toContain('target not said yetof the rows');
    expect(text()).toContain('target not said yetthe squared test error');
    expect(door('Look around')?.textContent).toBe('Look around with mine.csv');
  });

  it('says why nothing is open, and leads to the gallery', async () => {
    fake.datasets.clear();
    await lab.start('');
    show();
    expect(text()).toContain('Nothing is open: CSV_BINARY.');
    act(() => door('Choose another dataset')?.click());
    expect(state().station).toBe('data');
  });
});

describe('its doors', () => {
  it.each([
    ['See how it works', 'how'],
    ['The paper', 'paper'],
    ['Look around with the sample', 'bits'],
  ])('%s', async (name, page) => {
    await lab.start('');
    await solved();
    show();
    expect(door(name)?.getAttribute('href')).toBe(`#station=${page}`);
    act(() => door(name)?.click());
    expect(state().station).toBe(page);
  });

  it('Try my data, which asks for files', async () => {
    await lab.start('');
    await solved();
    show();
    const input = mounted.place.querySelector<HTMLInputElement>('input[type=file]');
    const asked = vi.fn();
    input?.addEventListener('click', asked);
    act(() => door('Try my data')?.click());
    expect(asked).toHaveBeenCalledOnce();
  });
});
