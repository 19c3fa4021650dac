/** Every method that looks at pictures, in a short training of its own. */
import { beforeAll, describe, expect, it } from 'vitest';
import { epochsOf, type TrainingRun, type TrainingSettings } from '../../contracts/training.ts';
import { LabError } from '../../core/errors.ts';
import { METHOD_METAS } from '../../core/methods/registry.ts';
import type { Pulse } from '../../core/pulse.ts';
import { useWasm } from '../testing/nodeBackend.ts';
import { makePictures } from '../testing/servedPictures.ts';
import { createTrainingBench, memoryStore, runOf } from '../testing/trainingBench.ts';

beforeAll(useWasm);

const TRAIN = 240;
const made = makePictures({ records: 300, width: 8, height: 8, channels: 1, classes: 3 });
/** Two selections of those that select again, and epochs on every picture of those that take some before. */
const small: Partial<TrainingSettings> = {
  ...{ network: 'softmax', fraction: 0.2, batch: 20, epochs: 5, rate: 0.02 },
  ...{ reselect: 2, bins: 2, pretrain: 3, window: 3 },
};

function withoutSeconds({ epochs, evaluation, selection, ...run }: TrainingRun) {
  const { facts, steps, distinctRecords, notices } = run;
  const untimed = epochs.map(({ seconds: _, ...report }) => report);
  const untimedSelection = selection && { ...selection, seconds: null };
  return {
    facts,
    steps,
    distinctRecords,
    notices,
    untimed,
    untimedSelection,
    accuracy: evaluation?.accuracy,
  };
}

const bits = (store: ReturnType<typeof memoryStore>) => {
  const { weights, velocities, selection, seen } = store.kept.get('run')!.checkpoint;
  return { weights, velocities, selection, seen };
};

/** Cancels at the first word of everything that is reported, and again when the first of it is done. */
function oncePerPhase(): Pulse {
  const met = new Set<string>();
  return {
    due: () => true,
    async beat({ phase, done }) {
      const at = `${phase}, ${done > 0}`;
      if (met.has(at)) return;
      met.add(at);
      throw new LabError('CANCELLED', 'Cancelled by a test.');
    },
  };
}

async function trainsAndGoesOn(settings: Partial<TrainingSettings>): Promise<TrainingRun> {
  const whole = createTrainingBench(made);
  const before = whole.tensors();
  const expected = await whole.play(runOf(settings));
  expect(expected).toMatchObject({ status: 'done', error: null });
  expect(expected.epochs).toHaveLength(epochsOf(expected.settings));
  expect(whole.tensors()).toBe(before);
  // In one worker after the other, each of which is interrupted where none has been before.
  const store = memoryStore();
  const pulse = oncePerPhase();
  let run = runOf(settings);
  do {
    run = await createTrainingBench(made, { store }).play(structuredClone(run), { pulse });
  } while (run.status === 'paused');
  expect(withoutSeconds(run)).toEqual(withoutSeconds(expected));
  expect(bits(store)).toEqual(bits(whole.store));
  return run;
}

describe('each method learns, and resumed equals uninterrupted', () => {
  const looking = METHOD_METAS.all.filter(({ needsNetwork }) => needsNetwork).map(({ name }) => name);

  it.each(looking)('%s', async (method) => {
    const { isFixed, options } = METHOD_METAS.byName(method);
    const run = await trainsAndGoesOn({ ...small, method });
    expect(run.evaluation?.accuracy).toBeGreaterThan(0.5);
    expect(run.selection).toMatchObject({
      refreshes: isFixed ? 1 : 2,
      pretrained: options.includes('pretrain') ? 3 : 0,
    });
    const { seen, distinctRead } = run.selection!;
    // What is held out need not be looked at.
    expect([TRAIN, 0.9 * TRAIN]).toContain(seen);
    expect(distinctRead).toBe(seen);
    expect(run.selection?.bytes).toBeGreaterThan(0);
    if (isFixed) expect(run.distinctRecords).toBe(run.facts?.subsetRecords);
  });
});

describe('an archive that is deleted while pictures are selected', () => {
  const reselecting = METHOD_METAS.all
    .filter(({ needsNetwork, isFixed }) => needsNetwork && !isFixed)
    .map(({ name }) => name);

  it.each(reselecting)('ends the run with its code, and the last checkpoint stays: %s', async (method) => {
    const settings = { ...small, method };
    const whole = createTrainingBench(made);
    const expected = await whole.play(runOf(settings));
    const bench = createTrainingBench(made);
    const begun = await bench.play(runOf(settings), { budget: 2 });
    let requests: readonly Uint32Array[] = [];
    const failed = await bench.play(begun, {
      onServer(server) {
        ({ requests } = server);
        server.failWith(new LabError('ARCHIVE_NOT_FOUND', 'Deleted in another tab.'));
      },
    });
    expect(failed).toMatchObject({ status: 'failed', checkpoint: 2, error: { code: 'ARCHIVE_NOT_FOUND' } });
    // What was asked for in vain is looked at, not what an epoch sees.
    expect(requests[0].length).not.toBe(expected.facts?.subsetRecords);
    const gone = await bench.play(failed);
    expect(withoutSeconds(gone)).toEqual(withoutSeconds(expected));
    expect(bits(bench.store)).toEqual(bits(whole.store));
  });
});

describe('what some methods can be told', () => {
  const able = (option: string) =>
    METHOD_METAS.all.filter(({ options }) => options.some((one) => one === option)).map(({ name }) => name);

  it.each(able('warmStart'))('a warm start: %s', async (method) => {
    const run = await trainsAndGoesOn({ ...small, method, warmStart: 0.4, epochs: 10 });
    expect(run.selection).toMatchObject({ pretrained: 1, refreshes: 3 });
    expect(run.epochs).toHaveLength(6);
  });
});
