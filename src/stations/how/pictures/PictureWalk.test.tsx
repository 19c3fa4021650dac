// @vitest-environment happy-dom
/** The step-through of pictures on the page, with the walks that the worker's own code makes. */
import { act } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../../contracts/errors.ts';
import type { PictureWalkRequest } from '../../../contracts/pictureWalk.ts';
import { SILENT_PULSE } from '../../../core/pulse.ts';
import { PictureWalks } from '../../../service/images/pictureWalk.ts';
import { settled } from '../../../ui/testing/mount.ts';
import type { Lab } from '../../lab.ts';
import { idleTask } from '../../lab/task.ts';
import { done, showStation, type ShownStation } from '../../testing/pictures.tsx';
import { PictureWalk } from './PictureWalk.tsx';

const walks = new PictureWalks(() => Promise.reject(new Error('Nothing is open.')));
const load = vi.fn();
let asked: PictureWalkRequest[] = [];
let shown: ShownStation;
afterEach(() => shown.end());

/** @param kind what is open: a table, or the ten pictures of a test */
async function show(kind: Lab['kind']): Promise<void> {
  asked = [];
  load.mockReset();
  shown = await showStation(<PictureWalk />, kind === 'table' ? { source: null, dataset: idleTask() } : {}, {
    ...{ kind, load, cancelLoad: vi.fn(), cancelPictureWalk: vi.fn(), pictureWalk: idleTask() },
    walkPictures: async (request: PictureWalkRequest) => {
      asked.push(request);
    },
  });
}

async function set(pictureWalk: Lab['pictureWalk']): Promise<void> {
  act(() => shown.store.setState({ pictureWalk }));
  await settled(shown.place);
}

const last = (): PictureWalkRequest => asked[asked.length - 1];
/** Answers what was asked for last. */
const answer = async (): Promise<void> => set(done(await walks.walk(last(), SILENT_PULSE)));

const title = (): string => shown.place.querySelector('.stepper-words h3')?.textContent ?? '';
const spoken = (): string =>
  shown.place.querySelector('.stepper-words .visually-hidden')?.textContent.replace(/[\u202f\u00a0]/g, ' ') ??
  '';

/** Titles of all scenes, gone through from the first one. */
async function titles(): Promise<string[]> {
  const all = [title()];
  for (;;) {
    expect(spoken()).toMatch(/\d/);
    expect(spoken()).not.toMatch(/NaN|undefined|Infinity/);
    const next = shown.place.querySelector<HTMLButtonElement>('button[aria-label^="One step forward"]');
    if (next === null || next.disabled) return all;
    await shown.click('One step forward (→)');
    all.push(title());
  }
}

describe('the step-through of pictures', () => {
  it('begins with small digits, and goes through to their frequencies', async () => {
    await show('table');
    expect(last()).toMatchObject({ set: { kind: 'tiny', name: 'digits' }, label: 0, picture: null });
    await answer();
    const all = await titles();
    expect(all[0]).toBe('The class “7”');
    expect(all.slice(1, 5)).toEqual([
      'A pixel is eight bits',
      'How often each bit is one',
      'The entropy of every bit',
      'The base begins with what never changes',
    ]);
    expect(all.filter((one) => one.startsWith('The smallest size'))).toHaveLength(1);
    expect(all).toContain('The search stops');
    expect(all).toContain('Put back together');
    expect(all.slice(-2)).toEqual(['The other route: frequencies', 'Rounded, and back']);
    expect(all.length).toBeGreaterThanOrEqual(15);
  });

  it('says the sizes of the search, and what a picture keeps', async () => {
    await show('table');
    await answer();
    const { search, picture } = await walks.walk(last(), SILENT_PULSE);
    while (!title().startsWith('The smallest size')) await shown.click('One step forward (→)');
    const meter = shown.place.querySelector('.size-meter')?.textContent ?? '';
    expect(meter).toContain(`0 of τ = ${search.tau} bits in a row without gain`);
    expect(shown.text()).toContain(`${search.baseCounts[search.chosen]} bases`);
    while (title() !== 'One picture taken apart') await shown.click('One step forward (→)');
    expect(shown.text()).toContain(`Base #${picture.base.id}`);
    expect(shown.text()).toContain('bits in place of 1,152');
    while (title() !== 'Put back together') await shown.click('One step forward (→)');
    expect(shown.text()).toContain('none: every value came back exactly');
  });

  it('has frequencies first for colour, with brightness and two differences', async () => {
    await show('table');
    await answer();
    await shown.click('Small, in colour');
    expect(last()).toMatchObject({ set: { kind: 'tiny', name: 'suns' }, settings: { transform: 'dct' } });
    await answer();
    const all = await titles();
    expect(all.slice(0, 5)).toEqual([
      'The class “noon”',
      'Colour as brightness and two differences',
      'Frequencies in place of pixels',
      'Rounded, and back',
      'A coefficient is a handful of bits',
    ]);
    expect(all.at(-1)).toBe('Put back together');
  });

  it('is asked for anew with another class, route or size, and stays usable', async () => {
    await show('table');
    await answer();
    await shown.click('Next class');
    expect(last()).toMatchObject({ label: 1, picture: null });
    await answer();
    expect(title()).toBe('The class “1”');
    await shown.click('Equation 1');
    expect(last()).toMatchObject({ label: 1, settings: { objective: 'equation1' } });
    await shown.click('DCT 8 × 8');
    expect(last()).toMatchObject({ settings: { objective: 'equation1', transform: 'dct8' } });
    await answer();
    expect(title()).toBe('The class “1”');
    expect(shown.text()).toContain('Step 1 of');
  });

  it('takes the picture apart that is chosen', async () => {
    await show('table');
    await answer();
    const grid = shown.place.querySelector<HTMLElement>('.picture-grid [role=grid]');
    act(() => grid?.focus());
    for (const key of ['ArrowRight', 'Enter'])
      act(() => {
        grid?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      });
    expect(last().picture).toBe(1);
    await answer();
    expect(shown.text()).toContain('picture 1, the one taken apart');
  });

  it('offers the sample where no pictures are open, with its size', async () => {
    await show('table');
    await answer();
    const before = asked.length;
    await shown.click('MNIST');
    expect(asked.length).toBe(before);
    expect(shown.text()).toContain('MNIST is 70,000 pictures of 28 × 28, 54.9 MB of pixels');
    expect(shown.place.querySelector('.stepper')).toBeNull();
    await shown.click('Open MNIST');
    expect(load).toHaveBeenCalledExactlyOnceWith({ kind: 'sample', id: 'mnist' });
    await shown.click('Small digits');
    expect(last()).toMatchObject({ set: { kind: 'tiny', name: 'digits' } });
  });

  it('walks through the pictures that are open', async () => {
    await show('images');
    await shown.click('Pets');
    expect(last()).toMatchObject({ set: { kind: 'open', source: { kind: 'sample', id: 'pets' } }, label: 0 });
    expect(shown.place.querySelector('.progress-line, .stepper')).toBeNull();
    await set({ ...idleTask(), status: 'running' });
    expect(shown.text()).toContain('Taking pictures apart');
  });

  it('says why there is nothing to see, and goes on', async () => {
    await show('images');
    await shown.click('Pets');
    const error = new LabError('IMAGES_TOO_LARGE', 'The pictures have too many values.').report();
    await set({ ...idleTask(), status: 'failed', error });
    expect(shown.place.querySelector('[role=alert]')?.textContent).toContain('IMAGES_TOO_LARGE');
    await set({ ...idleTask(), status: 'cancelled' });
    const before = asked.length;
    await shown.click('Take the pictures apart');
    expect(asked.length).toBe(before + 1);
    await shown.click('Small digits');
    await answer();
    expect(title()).toBe('The class “7”');
  });
});
