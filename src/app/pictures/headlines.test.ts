import { expect, it } from 'vitest';
import { LabError } from '../../contracts/errors.ts';
import type { Lab } from '../../stations/lab.ts';
import type { ImagesState } from '../../stations/lab/pictures.ts';
import { idleTask, type Task } from '../../stations/lab/task.ts';
import { HEADLINES } from '../headlines.ts';
import { createLabStore } from '../store.ts';
import {
  condensedImages,
  imageArchiveOf,
  imageBits,
  imageSampleOf,
  imageSummaryOf,
} from '../testing/fakePictures.ts';
import { createFakeLab } from '../testing/fakeServices.ts';

const done = <T>(value: T): Task<T> => ({ ...idleTask<T>(), status: 'done', value });

/** The lab with pictures open. */
function labOf(change: Partial<ImagesState>): Lab {
  const lab = createLabStore(createFakeLab().services).store.getState();
  const dataset = done(
    imageSummaryOf('pets', { records: 70_000, width: 28, height: 28, rawBytes: 54_880_000 }),
  );
  return { ...lab, kind: 'images', images: { ...lab.images, dataset, ...change } };
}

const said = (station: keyof typeof HEADLINES, change: Partial<ImagesState> = {}) => {
  const { value, note } = HEADLINES[station](labOf(change));
  return `${value} | ${note}`.replace(/\u202f/g, ' ');
};

it('says what the pictures are and what each station has found', () => {
  expect(said('data')).toBe('70,000 | pictures, 28 × 28 grey');
  expect(said('bits', { bits: done(imageBits) })).toBe('1 base | class cat, 4 pictures');
  expect(said('archive', { archive: done(imageArchiveOf('a', 1)) })).toBe(
    '62.5 % | of raw pixels · lossless',
  );
  expect(said('learn', { sample: done(imageSampleOf(0.1, 1)) })).toBe('not trained | ');
  expect(said('sweep')).toMatch(/^not run \| \d+ points$/);
});

it('never gives a near-lossless size without its PSNR', () => {
  const report = imageArchiveOf('a', 1);
  report.fidelity = { kind: 'near', psnr: 51.42, maxError: 4, exactShare: 0.6 };
  expect(said('archive', { archive: done(report) })).toContain('near-lossless 51 dB');
});

it('says what runs', () => {
  const sampling = { ...idleTask<never>(), status: 'running' as const };
  expect(HEADLINES.learn(labOf({ sample: sampling }))).toMatchObject({ isBusy: true, busyWith: 'starting' });
  expect(HEADLINES.learn(labOf({ condensed: { ...done(condensedImages), status: 'running' } })).isBusy).toBe(
    true,
  );
  const { sweep } = labOf({}).images;
  const running = { ...sweep, status: 'running' as const, ran: null };
  expect(said('sweep', { sweep: running })).toMatch(/^0 of \d+ \| points$/);
});

it('shows on the first stop that something of the other kind is being opened, and that it failed', () => {
  const lab = labOf({});
  const opening = { ...idleTask<never>(), status: 'running' as const };
  expect(HEADLINES.data({ ...lab, dataset: opening })).toMatchObject({ isBusy: true });
  expect(HEADLINES.data({ ...lab, dataset: opening }).value).toContain('70,000');
  const error = new LabError('IMAGES_TOO_LARGE', 'Too many.').report();
  const failed = { ...idleTask<never>(), status: 'failed' as const, error };
  const table: Lab = { ...lab, kind: 'table', images: { ...lab.images, dataset: failed } };
  expect(HEADLINES.data(table)).toMatchObject({ value: '–', error });
});
