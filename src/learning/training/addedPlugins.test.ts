/** A network and a method that are in the registries alone: trained, resumed, and kept as a file. */
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { addToyPlugins, toyMethodMeta, toyNetwork } from '../../core/testing/toyPlugins.ts';
import { useWasm } from '../testing/nodeBackend.ts';
import { makePictures, servePictures } from '../testing/servedPictures.ts';
import { createTrainingBench, memoryStore, runOf } from '../testing/trainingBench.ts';

beforeAll(useWasm);

let remove = (): void => undefined;
beforeEach(() => (remove = addToyPlugins()));
afterEach(() => remove());

const made = makePictures({ records: 120, width: 8, height: 8, channels: 1, classes: 3 });
const settings = {
  ...{ network: toyNetwork.name, width: 16 as const, method: toyMethodMeta.name },
  ...{ fraction: 0.5, batch: 8, epochs: 4, rate: 0.02 },
};

it('a network of its own learns from the draws of a method of its own', async () => {
  const store = memoryStore();
  const whole = await createTrainingBench(made).play(runOf(settings));
  expect(whole).toMatchObject({
    ...{ status: 'done', parameters: 64 * 16 + 16 + 16 * 3 + 3 },
    facts: { subsetRecords: 48, stepsPerEpoch: 6 },
  });
  expect(whole.evaluation!.accuracy).toBeGreaterThan(0.6);
  const begun = await createTrainingBench(made, { store }).play(runOf(settings), { budget: 2 });
  const resumed = await createTrainingBench(made, { store }).play(structuredClone(begun));
  expect(resumed.epochs.map(({ loss }) => loss)).toEqual(whole.epochs.map(({ loss }) => loss));
});

it('and comes out of a file as it went in', async () => {
  const bench = createTrainingBench(made);
  const run = await bench.play(runOf(settings));
  const { file } = await bench.service.exportModel({ runId: run.id }, SILENT_PULSE, () => undefined);
  const { port } = servePictures(made);
  const files = [new File([file], 'toy.zip')];
  const model = await bench.service.evaluateModel(
    { files, wish: 'auto', testPixels: port },
    SILENT_PULSE,
    () => undefined,
  );
  expect(model.evaluation.accuracy).toBe(run.evaluation!.accuracy);
});
