import { beforeEach, expect, it } from 'vitest';
import { LabError } from '../../contracts/errors.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../../contracts/images.ts';
import type { PictureWalk, PictureWalkRequest } from '../../contracts/pictureWalk.ts';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { PictureWalks } from '../../service/images/pictureWalk.ts';
import { createLabStore } from '../store.ts';
import { createFakeLab, type FakeLab } from '../testing/fakeServices.ts';

const REQUEST: PictureWalkRequest = {
  set: { kind: 'tiny', name: 'digits' },
  ...{ settings: DEFAULT_IMAGE_SETTINGS, label: 0, picture: null },
};
const walks = new PictureWalks(() => Promise.reject(new Error('Nothing is open.')));

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
const state = () => lab.store.getState();

beforeEach(() => {
  fake = createFakeLab();
  fake.services.client.pictureWalk = (request) => walks.walk(request, SILENT_PULSE);
  lab = createLabStore(fake.services);
});

it('a class is walked when it is asked for, whatever is open', async () => {
  expect(state().pictureWalk.status).toBe('idle');
  await state().walkPictures(REQUEST);
  expect(state().pictureWalk).toMatchObject({ status: 'done', value: { tiny: 'digits', label: 0 } });
});

it('one that fails says why, and the next one is none the worse', async () => {
  await state().walkPictures({ ...REQUEST, label: 7 });
  expect(state().pictureWalk).toMatchObject({ status: 'failed', error: { code: 'SETTING_OUT_OF_RANGE' } });
  await state().walkPictures({ ...REQUEST, label: 1 });
  expect(state().pictureWalk).toMatchObject({ status: 'done', error: null, value: { label: 1 } });
});

it('another one takes the place of one under way, and either can be stopped', async () => {
  const signals: AbortSignal[] = [];
  fake.services.client.pictureWalk = (_request, options) =>
    new Promise<PictureWalk>((_resolve, reject) => {
      const { signal } = options ?? {};
      if (signal === undefined) return;
      signals.push(signal);
      signal.addEventListener('abort', () => reject(new LabError('CANCELLED', 'Stopped.')));
    });
  const first = state().walkPictures(REQUEST);
  const second = state().walkPictures({ ...REQUEST, label: 1 });
  await first;
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  expect(state().pictureWalk.status).toBe('running');
  state().cancelPictureWalk();
  await second;
  expect(state().pictureWalk.status).toBe('cancelled');
});
