// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../../contracts/errors.ts';
import type { CondensedImages, ImageArchiveReport, RandomSampleReport } from '../../../contracts/images.ts';
import type { ImagesState } from '../../lab/pictures.ts';
import { idleTask } from '../../lab/task.ts';
import { done, picturesOf, showStation, type ShownStation } from '../../testing/pictures.tsx';
import { ImageLearn } from './ImageLearn.tsx';

const actions = {
  drawSample: vi.fn(),
  cancelImages: vi.fn(),
  computeImages: vi.fn(),
  changeImages: vi.fn(),
  watchEpoch: vi.fn(),
  goTo: vi.fn(),
};
let shown: ShownStation;
afterEach(() => shown.end());

const sample: RandomSampleReport = {
  ...{ fraction: 0.1, seed: 3, records: 800, trainRecords: 8_000, rawBytes: 96_000 },
  ...{ archiveBytes: 60_000, blocksRead: 31, bytesRead: 45_000 },
  resident: { subset: 9_600, bases: 960, index: 480, blocks: 480, total: 11_520 },
  seconds: { fetch: 0.012, decode: 0.03, total: 0.042 },
  pictures: picturesOf(60),
};
const condensed: CondensedImages = {
  ...{ beta: 3, maxBeta: 40, trainRecords: 8_000, samples: 14, perClass: [8, 6], seconds: 0.1 },
  pictures: picturesOf(14),
  weights: Uint32Array.of(1_000, 900, 800, 700, 500, 90, 9, 1_500, 1_200, 800, 400, 99, 1, 1),
};
const archive = (change: Partial<ImageArchiveReport> = {}) =>
  done({
    stored: true,
    fidelity: { kind: 'near', psnr: 51.42, maxError: 4, exactShare: 0.61 },
    ...change,
  } as ImageArchiveReport);

async function show(images: Partial<ImagesState>): Promise<void> {
  for (const action of Object.values(actions)) action.mockReset();
  shown = await showStation(<ImageLearn />, images, actions);
  await shown.click('What an epoch sees');
}

describe('Learn for pictures', () => {
  it('computes what an epoch sees once it is looked at', async () => {
    shown = await showStation(<ImageLearn />, {}, actions);
    expect(actions.watchEpoch).not.toHaveBeenCalled();
    await shown.click('What an epoch sees');
    expect(actions.watchEpoch).toHaveBeenCalledWith(true);
  });

  it('says what a sample took, read and holds', async () => {
    await show({ sample: done(sample), condensed: done(condensed), archive: archive() });
    const text = shown.text();
    expect(text).toContain('10 % of 8,000 training pictures, seed 3');
    expect(text).toContain('Time to get them42 ms');
    expect(text).toContain('12 ms fetching, 30 ms decoding');
    expect(text).toContain('75.0 %');
    expect(text).toContain('45.0 kB of 60.0 kB in 31 blocks');
    expect(text).toContain('12.0 %');
    expect(text).toContain('near-lossless: PSNR 51.4 dB');
    expect(text).toContain('the first 60 of 800 pictures');
    const rows = [...shown.place.querySelectorAll('tbody tr')].map((row) => row.textContent);
    expect(rows.at(-1)).toMatch(/^Together.*11\.5\u202fkB12\.00\u202f%$/);
  });

  it('shows the means with their weights beside it', async () => {
    await show({ sample: done(sample), condensed: done(condensed), archive: archive() });
    const text = shown.text();
    expect(text).toContain('clusters on the first 3 analytics bits of every class');
    expect(text).toContain('6 to 8 means a class');
    expect(text).toContain('cat: the mean of 1,000 pictures');
    expect(text).toContain('dog: a single picture');
    expect(text).toContain('14 condensed pictures at β = 3');
  });

  it('draws a fresh sample', async () => {
    await show({ sample: done(sample), archive: archive() });
    await shown.click('Draw a fresh sample');
    expect(actions.drawSample).toHaveBeenCalledWith();
  });

  it('needs an archive that is stored', async () => {
    await show({});
    expect(shown.text()).toContain('Samples are drawn from the archive, which has not been made yet');
    await shown.change({ archive: { ...idleTask(), status: 'running' } });
    expect(shown.text()).toContain('The archive is being made');
    await shown.change({ archive: archive({ stored: false }) });
    expect(shown.text()).toContain('The archive is not in this browser’s storage');
    const draw = [...shown.place.querySelectorAll('button')].find(
      ({ textContent }) => textContent === 'Draw a fresh sample',
    );
    expect(draw?.disabled).toBe(true);
  });

  it('marks a sample of an archive that is out of date', async () => {
    await show({ sample: done(sample), archive: { ...archive(), stale: true } });
    await shown.click('Make the archive');
    expect(actions.computeImages).toHaveBeenCalledWith('archive');
    expect(shown.text()).toContain('out of date');
  });

  it('offers another try after a failure', async () => {
    const error = new LabError('ARCHIVE_CORRUPT', 'A block is damaged.').report();
    await show({ sample: { ...idleTask(), status: 'failed', error }, archive: archive() });
    await shown.click('Try again');
    expect(actions.drawSample).toHaveBeenCalled();
    await shown.change({ dataset: idleTask() });
    expect(shown.text()).toContain('choose pictures first');
  });
});
