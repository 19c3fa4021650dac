/** Shows a station of an open set of pictures in a test: ten grey pictures of 4 × 3 in two classes. */
import { act, type ReactNode } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { DEFAULT_IMAGE_SETTINGS, type ImageSummary, type Pictures } from '../../contracts/images.ts';
import type { Lab } from '../lab.ts';
import type { ImagesState } from '../lab/pictures.ts';
import type { ImageSweepState } from '../lab/sweep.ts';
import { idleTask, type Task } from '../lab/task.ts';
import { idleTraining } from '../training/state.ts';
import { mount, settled } from '../../ui/testing/mount.ts';
import { LabContext } from '../useLab.ts';

export function done<T>(value: T, change: Partial<Task<T>> = {}): Task<T> {
  return { ...idleTask<T>(), status: 'done', value, ...change };
}

/** So many grey pictures of 4 × 3, half of them of class 0. */
export function picturesOf(count: number): Pictures {
  return {
    ...{ width: 4, height: 3, channels: 1 },
    records: Uint32Array.from({ length: count }, (_, k) => 10 * k),
    labels: Uint16Array.from({ length: count }, (_, k) => (2 * k >= count ? 1 : 0)),
    pixels: new Uint8Array(count * 12),
  };
}

const SUMMARY: ImageSummary = {
  ...{ id: 'a'.repeat(64), name: 'Pets', fileName: 'pets.zip', sampleId: null, format: 'zip' },
  ...{ records: 10, width: 4, height: 3, channels: 1, rawBytes: 120 },
  classes: [
    { name: 'cat', train: 4, test: 1 },
    { name: 'dog', train: 4, test: 1 },
  ],
  ...{ split: 'made', sizeCount: 1, sizes: [{ width: 4, height: 3, count: 10 }], rule: 'only', depth: null },
  ...{ skippedCount: 0, skipped: [], notices: [], preview: picturesOf(0) },
  ...{ histogram: new Float64Array(256), isNear: false, seconds: 0.1 },
};

const SWEEP: ImageSweepState = {
  plan: {
    transforms: ['none', 'dct'],
    representations: ['zigzag'],
    taus: [16, 64],
    classWise: [true],
    limit: 8,
  },
  ...{ status: 'idle', ran: null, cells: [], progress: null, error: null, stale: false },
};

function imagesState(change: Partial<ImagesState>): ImagesState {
  return {
    source: { kind: 'sample', id: 'pets' },
    settings: DEFAULT_IMAGE_SETTINGS,
    dataset: done(SUMMARY),
    table: 0,
    ...{ bits: idleTask(), archive: idleTask(), sample: idleTask(), condensed: idleTask() },
    ...{ fraction: 0.1, inspection: idleTask(), page: idleTask() },
    peers: { task: idleTask(), rows: [] },
    sweep: SWEEP,
    training: idleTraining(),
    held: [],
    ...change,
  };
}

export interface ShownStation {
  store: StoreApi<Lab>;
  place: HTMLElement;
  /** What is on the page, with plain spaces. */
  text: () => string;
  /** Changes the state of the pictures and waits for the page to follow. */
  change: (images: Partial<ImagesState>) => Promise<void>;
  click: (button: string) => Promise<void>;
  end: () => void;
}

/** Mounts a station and waits until every part of it has had its turn. */
export async function showStation(
  station: ReactNode,
  images: Partial<ImagesState>,
  actions: Partial<Lab> = {},
): Promise<ShownStation> {
  const { place, root, end } = mount();
  const lab = {
    ...{ kind: 'images', images: imagesState(images), dataset: idleTask(), storage: null },
    ...{ shipped: [], loadShipped: () => undefined, watchEpoch: () => undefined },
    ...{ sweep: { status: 'idle' }, learn: { full: { playing: false } }, ...actions },
  };
  const store = createStore(() => lab as unknown as Lab);
  act(() => root.render(<LabContext value={store}>{station}</LabContext>));
  await settled(place);
  return {
    store,
    place,
    text: () => place.textContent.replace(/[\u202f\u00a0]/g, ' '),
    async change(next) {
      act(() => store.setState({ images: { ...store.getState().images, ...next } }));
      await settled(place);
    },
    async click(button) {
      const found = [...place.querySelectorAll('button')].find(
        (one) => one.textContent === button || one.getAttribute('aria-label') === button,
      );
      if (found === undefined) throw new Error(`There is no button "${button}".`);
      act(() => found.click());
      await settled(place);
    },
    end,
  };
}
