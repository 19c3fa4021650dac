// @vitest-environment happy-dom
import { act } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { sampleById } from '../../contracts/gallery.ts';
import { showStation } from '../testing/pictures.tsx';
import { PaperPage } from './PaperPage.tsx';
import { ownRun, shippedResult } from './testing.ts';

async function show(change: object = {}, runs = [ownRun()]) {
  const trainOn = vi.fn(async () => undefined);
  const keptRuns = vi.fn(async () => runs);
  const shown = await showStation(
    <PaperPage />,
    {},
    {
      ...{
        station: 'paper',
        paperTable: 1,
        extraSamples: [],
        shipped: [shippedResult({ accuracy: 0.9876 })],
      },
      ...{ trainOn, keptRuns, goTo: vi.fn(), showPaperTable: vi.fn(), cancelTrainingSweep: vi.fn() },
      ...change,
    },
  );
  return { ...shown, trainOn, keptRuns };
}

describe('the paper’s page', () => {
  it('shows the paper’s numbers, ours and those of this browser, whatever is open', async () => {
    const { text, keptRuns, end } = await show();
    expect(keptRuns).toHaveBeenCalledWith(sampleById('mnist')?.datasetId);
    expect(text()).toContain('99.2 ± 0.05');
    expect(text()).toContain('98.76');
    await vi.waitFor(() => expect(text()).toContain('98.50'));
    expect(text()).toContain('– not run');
    end();
  });

  it('trains a row with the paper’s settings, for as many seeds as are wanted', async () => {
    const { click, place, trainOn, end } = await show({}, []);
    const seeds = place.querySelector('[aria-label="Seeds to train"]');
    const three = [...(seeds?.querySelectorAll('button') ?? [])].find((one) => one.textContent === '3');
    act(() => three?.click());
    const train = [...place.querySelectorAll('button')].find((one) =>
      one.getAttribute('aria-label')?.startsWith('Train Random, 10'),
    );
    expect(train?.getAttribute('aria-label')).toMatch(/about \d+/);
    await click(train?.getAttribute('aria-label') ?? '');
    const wanted = { method: 'random', fraction: 0.1, epochs: 100 };
    expect(trainOn).toHaveBeenCalledOnce();
    const [[datasetId, settings]] = trainOn.mock.calls as unknown as [[string, object[]]];
    expect(datasetId).toBe(sampleById('mnist')?.datasetId);
    expect(settings).toMatchObject([1, 2, 3].map((seed) => ({ ...wanted, seed })));
    end();
  });

  it('says of a row that it trains or waits, where every seed that is wanted does', async () => {
    const { place, end } = await show({}, [
      ownRun({ seed: 1 }, { status: 'running', evaluation: null }),
      ownRun({ method: 'dq' }, { status: 'waiting', evaluation: null }),
      ownRun({ method: 'tdds', epochs: 5 }, { status: 'waiting', evaluation: null }),
    ]);
    const labelOf = (row: string) =>
      [...place.querySelectorAll('button')]
        .map((one) => one.getAttribute('aria-label')?.replaceAll(/\s/g, ' ') ?? '')
        .find((label) => label.startsWith(`Train ${row}, 10 %:`));
    await vi.waitFor(() => expect(labelOf('Random')).toMatch(/: training now$/));
    expect(labelOf('DQ')).toMatch(/: waits its turn$/);
    // Of other settings.
    expect(labelOf('TDDS')).toMatch(/: about /);
    const seeds = place.querySelector('[aria-label="Seeds to train"]');
    act(() => [...(seeds?.querySelectorAll('button') ?? [])].find((one) => one.textContent === '3')?.click());
    expect(labelOf('Random')).toMatch(/: about /);
    end();
  });

  it('says what has to be opened first where it is not at hand', async () => {
    const { text, place, end } = await show({ paperTable: 3 });
    expect(text()).toContain('open CIFAR-100 first');
    const train = [...place.querySelectorAll('button')].filter((one) => one.textContent === 'Train');
    expect(train.length).toBeGreaterThan(0);
    expect(train.every((one) => one.disabled)).toBe(true);
    end();
  });
});
