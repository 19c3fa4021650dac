import { beforeAll, describe, expect, it } from 'vitest';
import type { EpochReport, TrainingRun, TrainingSettings } from '../../contracts/training.ts';
import type { TrainingEvent } from '../../contracts/trainingCalls.ts';
import { LabError } from '../../core/errors.ts';
import { checkCheckpoint, checkRun } from '../../platform/storedRun.ts';
import { keptTraining } from '../../platform/testing/keptTraining.ts';
import { useWasm } from '../testing/nodeBackend.ts';
import { makePictures, servePictures } from '../testing/servedPictures.ts';
import { cancelAfter, createTrainingBench, memoryStore, runOf } from '../testing/trainingBench.ts';

beforeAll(useWasm);

const made = makePictures({ records: 400, width: 12, height: 12, channels: 1, classes: 4 });
const RAW = 320 * 144;

const small: Partial<TrainingSettings> = {
  network: 'lenet5',
  fraction: 0.2,
  batch: 10,
  epochs: 4,
  rate: 0.02,
};

/** What does not depend on how long it took; what was in memory at a time does. */
function withoutSeconds({ epochs, evaluation, ...run }: TrainingRun) {
  const { facts, steps, distinctRecords, parameters } = run;
  const untimed = epochs.map(({ seconds: _, ...report }: EpochReport) => report);
  const seen = evaluation && { ...evaluation, seconds: 0 };
  return { facts, steps, distinctRecords, parameters, epochs: untimed, evaluation: seen };
}

describe('a run', () => {
  it('learns, and says what it did', async () => {
    const bench = createTrainingBench(made);
    const events: TrainingEvent[] = [];
    const before = bench.tensors();
    const run = await bench.play(runOf({ ...small, epochs: 8, evaluateEvery: 3 }), {
      onEvent: (event) => events.push(event),
    });
    expect(run).toMatchObject({ status: 'done', error: null, steps: 56, checkpoint: 8, notices: [] });
    expect(run.facts).toMatchObject({
      classes: 4,
      trainRecords: 320,
      testRecords: 80,
      subsetRecords: 64,
      stepsPerEpoch: 7,
      pixels: 'raw',
      testPixels: 'raw',
      storageRatio: null,
      mean: [0.3],
    });
    expect(run.epochs.map(({ test }) => test !== null)).toEqual([
      false,
      false,
      true,
      false,
      false,
      true,
      false,
      true,
    ]);
    expect(run.evaluation).toMatchObject({ epoch: 8, records: 80 });
    expect(run.evaluation?.accuracy).toBeGreaterThan(0.8);
    const losses = run.epochs.map(({ loss }) => loss);
    expect(losses[7]).toBeLessThan(losses[0] / 2);
    expect(run.epochs[0].rate).toBeCloseTo(0.02);
    // Every epoch sees others: more than two subsets, at most all.
    expect(run.distinctRecords).toBeGreaterThan(128);
    expect(run.epochs.map(({ distinctRecords }) => distinctRecords)[0]).toBe(64);
    expect(events.filter(({ kind }) => kind === 'epoch')).toHaveLength(8);
    expect(events[0]).toMatchObject({ kind: 'run', run: { status: 'running' } });
    expect(run.tensorBytes).toBeGreaterThan(4 * 3 * run.parameters);
    expect(run.testBytes).toBe(80 * 144);
    // Done and kept: nothing stays on the device.
    expect(bench.tensors()).toBe(before);
    expect(bench.store.kept.get('run')).toMatchObject({ run: { status: 'done' }, checkpoint: { epoch: 8 } });
  });

  it('holds a subset, or two while the next one is fetched ahead', async () => {
    const bytes = async (changes: Partial<TrainingSettings>) =>
      (await createTrainingBench(made).play(runOf({ ...small, epochs: 3, ...changes }))).bytes;
    expect(await bytes({ prefetch: false })).toEqual({
      subsets: RAW / 5,
      archive: 0,
      rawSet: 0,
      total: RAW / 5,
    });
    expect(await bytes({ prefetch: true })).toMatchObject({ subsets: (2 * RAW) / 5, total: (2 * RAW) / 5 });
    expect(await bytes({ method: 'random-fixed' })).toMatchObject({ subsets: RAW / 5 });
    expect(await bytes({ method: 'full' })).toMatchObject({ subsets: RAW });
  });

  it('reads the pictures of several small epochs together, and sees what it sees one by one', async () => {
    const play = async (changes: Partial<TrainingSettings>, budgets: readonly number[] = [Infinity]) => {
      const bench = createTrainingBench(made);
      const asked: number[][] = [];
      let run = runOf({ ...small, fraction: 0.02, epochs: 13, ...changes });
      for (const budget of budgets) {
        let requests: Uint32Array[] = [];
        run = await bench.play(run, { budget, onServer: (server) => (requests = server.requests) });
        asked.push(requests.map(({ length }) => length));
      }
      return { run, asked };
    };
    // Five epochs of 6 pictures are not more than a tenth of the 320.
    const together = await play({});
    expect(together.asked).toEqual([[80, 30, 30, 18]]);
    expect(together.run.bytes.subsets).toBe((2 * 30 * RAW) / 320);
    const alone = await play({ prefetch: false });
    expect(alone.asked).toEqual([[80, ...Array<number>(13).fill(6)]]);
    const inParts = await play({}, [4, 9]);
    expect(inParts.asked).toEqual([
      [80, 24],
      [30, 24],
    ]);
    for (const { run } of [alone, inParts]) expect(withoutSeconds(run)).toEqual(withoutSeconds(together.run));
  });

  it('has as many tensors after every epoch', async () => {
    const bench = createTrainingBench(made);
    const counts = new Set<number>();
    let run = runOf({ ...small, augment: 'crop-flip', epochs: 6 });
    for (let epoch = 0; epoch < 5; epoch++) {
      run = await bench.play(run, { budget: 1 });
      expect(run.status).toBe('paused');
      counts.add(run.tensors);
    }
    expect(counts.size).toBe(1);
  });

  it('asks for the next subset while it trains, and never for two', async () => {
    const bench = createTrainingBench(made);
    const asked: number[] = [];
    let requests: Uint32Array[] = [];
    await bench.play(runOf({ ...small, epochs: 3 }), {
      onServer: (server) => (requests = server.requests),
      onEvent: (event) => {
        if (event.kind === 'epoch') asked.push(requests.length);
      },
    });
    // The test pictures, and one subset ahead; of the last epoch nothing is ahead.
    expect(asked).toEqual([3, 4, 4]);
    expect(requests.map(({ length }) => length)).toEqual([80, 64, 64, 64]);
  });

  it.each(['full', 'random-fixed', 'dreamlearning-fixed'] as const)(
    'fetches once with %s',
    async (method) => {
      let requests: Uint32Array[] = [];
      const run = await createTrainingBench(made).play(runOf({ ...small, method, epochs: 3 }), {
        onServer: (server) => (requests = server.requests),
      });
      expect(requests).toHaveLength(2);
      expect(run.distinctRecords).toBe(method === 'full' ? 320 : 64);
      expect(run.epochs[1].seconds.fetch).toBe(0);
    },
  );

  it('takes the test pictures from whoever serves them', async () => {
    const bench = createTrainingBench({
      ...made,
      facts: { ...made.facts, storedBytes: RAW / 2, heldBytes: 5 },
    });
    const run = await bench.play(runOf({ ...small, epochs: 1 }), { test: made });
    expect(run.facts).toMatchObject({ pixels: 'archive', testPixels: 'raw', storageRatio: 0.5 });
    expect(run.bytes).toEqual({ subsets: RAW / 5, archive: 100, rawSet: 5, total: RAW / 5 + 105 });
    const decoded = await bench.play(runOf({ ...small, method: 'random', epochs: 1 }, 'other'), {
      test: made,
    });
    expect(decoded.facts?.pixels).toBe('decoded');
    expect(decoded.notices.join()).toContain('decoded from the archive');
  });
});

describe('going on', () => {
  const variants: [string, Partial<TrainingSettings>][] = [
    ['with fresh subsets fetched ahead', { augment: 'crop-flip' }],
    ['without fetching ahead, stratified', { prefetch: false, sampling: 'stratified' }],
    ['with one subset, evaluated now and then', { method: 'dreamlearning-fixed', evaluateEvery: 2 }],
    ['with batch normalisation', { network: 'resnet18', width: 8, fraction: 0.25, epochs: 3, batch: 2 }],
  ];
  /** Smaller ones for the larger network. */
  const few = makePictures({ records: 50, width: 8, height: 8, channels: 3, classes: 2 });
  const of = (settings: Partial<TrainingSettings>) => (settings.network === 'resnet18' ? few : made);
  const bits = (bench: ReturnType<typeof createTrainingBench>) => {
    const kept = bench.store.kept.get('run')?.checkpoint;
    return { weights: kept?.weights, velocities: kept?.velocities, seen: kept?.seen };
  };

  it.each(variants)(
    'after pauses at any batch is bit for bit as if there had been none: %s',
    async (_, changes) => {
      const whole = createTrainingBench(of(changes));
      const expected = await whole.play(runOf({ ...small, ...changes }));
      expect(expected.status).toBe('done');

      const broken = createTrainingBench(of(changes));
      let run = runOf({ ...small, ...changes });
      let pauses = 0;
      while (run.status !== 'done' && pauses < 100) {
        run = await broken.play(run, { pulse: cancelAfter(3 + (pauses % 4)) });
        pauses++;
        expect(['paused', 'done']).toContain(run.status);
      }
      expect(pauses).toBeGreaterThan(2);
      expect(withoutSeconds(run)).toEqual(withoutSeconds(expected));
      expect(bits(broken)).toEqual(bits(whole));
    },
  );

  it.each(variants)('after reloads is bit for bit as if there had been none: %s', async (_, changes) => {
    const whole = createTrainingBench(of(changes));
    const expected = await whole.play(runOf({ ...small, ...changes }));

    const store = memoryStore();
    let run = await createTrainingBench(of(changes), { store }).play(runOf({ ...small, ...changes }), {
      budget: 1,
    });
    expect(run).toMatchObject({ status: 'paused', checkpoint: 1 });
    // A pause within an epoch: what was begun of it is lost.
    run = await createTrainingBench(of(changes), { store }).play(run, { pulse: cancelAfter(6) });
    expect(run.status).toBe('paused');
    const reloaded = createTrainingBench(of(changes), { store });
    run = await reloaded.play(structuredClone(run));
    expect(run.status).toBe('done');
    expect(withoutSeconds(run)).toEqual(withoutSeconds(expected));
    expect(bits(reloaded)).toEqual(bits(whole));
    expect(run.notices).toEqual(expected.notices);
  });

  it('from a checkpoint that the first version kept equals a run of today, bit for bit', async () => {
    const kept = keptTraining();
    const pictures = makePictures({ records: 60, width: 6, height: 6, channels: 1, classes: 3 });
    const run = checkRun(kept.run)!;
    const store = memoryStore();
    store.kept.set(run.id, { run, checkpoint: checkCheckpoint(kept.checkpoint, run.id)! });
    const resumed = await createTrainingBench(pictures, { store }).play(structuredClone(run));
    const whole = await createTrainingBench(pictures).play(runOf(run.settings));
    expect(resumed).toMatchObject({ status: 'done', steps: 12 });
    expect(withoutSeconds(resumed)).toEqual(withoutSeconds(whole));
  });

  it('from the first weights forgets what was reached', async () => {
    const bench = createTrainingBench(made);
    const run = await bench.play(runOf(small), { budget: 2 });
    const again = await bench.play(run, { fresh: true, budget: 1 });
    expect(again.epochs).toHaveLength(1);
    expect(again.epochs[0].loss).toBe(run.epochs[0].loss);
    const other = await bench.play({ ...run, settings: { ...run.settings, seed: 2 } }, { budget: 1 });
    expect(other.epochs[0].loss).not.toBe(run.epochs[0].loss);
    expect(other.notices.join()).toContain('began anew');
  });

  it('does not go on from a checkpoint of other pictures', async () => {
    const store = memoryStore();
    const run = await createTrainingBench(made, { store }).play(runOf(small), { budget: 2 });
    const others = makePictures({ records: 500, width: 12, height: 12, channels: 1, classes: 4 });
    const again = await createTrainingBench(others, { store }).play(run, { budget: 1 });
    expect(again.epochs).toHaveLength(1);
    expect(again.notices.join()).toContain('began anew');
  });

  it('pauses within a batch, also while pictures are awaited, test pictures pass, or a device warms up', async () => {
    const bench = createTrainingBench(made, { isSynchronous: false });
    let run = runOf({ ...small, epochs: 2 });
    const seen = new Set<string>();
    for (let k = 0; run.status !== 'done' && k < 60; k++) {
      run = await bench.play(run, {
        pulse: cancelAfter(k < 5 ? k : 2),
        onServer: (server) => {
          if (k % 3 === 0) server.hold();
        },
      });
      seen.add(run.status);
      if (run.status === 'done') break;
    }
    expect([...seen]).toEqual(['paused', 'done']);
    const whole = await createTrainingBench(made).play(runOf({ ...small, epochs: 2 }));
    expect(withoutSeconds(run).epochs).toEqual(withoutSeconds(whole).epochs);
  });

  it('keeps two paused runs on the device, and lets go when it is told', async () => {
    const bench = createTrainingBench(made);
    const before = bench.tensors();
    await bench.play(runOf(small, 'a'), { budget: 1 });
    const one = bench.tensors() - before;
    await bench.play(runOf(small, 'b'), { budget: 1 });
    const c = await bench.play(runOf(small, 'c'), { budget: 1 });
    expect(bench.tensors() - before).toBe(2 * one);
    // What others hold is not counted as the run's.
    expect(c.tensors).toBe((await createTrainingBench(made).play(runOf(small), { budget: 1 })).tensors);
    for (const runId of ['b', 'c', 'unknown']) {
      await bench.service.release({ runId }, cancelAfter(1e9), () => undefined);
    }
    expect(bench.tensors() - before).toBe(one);
  });
});

describe('what goes wrong', () => {
  const fails = async (settings: Partial<TrainingSettings>, pictures = made) => {
    const bench = createTrainingBench(pictures);
    const before = bench.tensors();
    const run = await bench.play(runOf({ ...small, ...settings }));
    expect(run.status).toBe('failed');
    expect(bench.tensors()).toBe(before);
    return run.error?.code;
  };

  it('is a failed run with its error', async () => {
    expect(await fails({ fraction: 0.0001 })).toBe('TRAINING_SUBSET_EMPTY');
    expect(await fails({ method: 'hardest' })).toBe('METHOD_UNKNOWN');
    expect(await fails({ batch: 0 })).toBe('SETTING_OUT_OF_RANGE');
    expect(await fails({ epochs: 1.5 })).toBe('SETTING_OUT_OF_RANGE');
    expect(await fails({ rate: NaN })).toBe('SETTING_OUT_OF_RANGE');
    const tiny = makePictures({ records: 40, width: 3, height: 3, channels: 1, classes: 2 });
    expect(await fails({}, tiny)).toBe('NETWORK_PICTURES_TOO_SMALL');
    const { facts } = made;
    const one = { ...made, facts: { ...facts, labels: new Uint16Array(400) } };
    expect(await fails({}, one)).toBe('TRAINING_ONE_CLASS');
    expect(await fails({}, { ...made, facts: { ...facts, train: new Uint32Array(0) } })).toBe(
      'TRAINING_SUBSET_EMPTY',
    );
    expect(await fails({}, { ...made, facts: { ...facts, test: new Uint32Array(0) } })).toBe(
      'TRAINING_SAMPLES_LOST',
    );
  });

  it('at a rate that diverges leaves the last checkpoint', async () => {
    const bench = createTrainingBench(made);
    const settings = {
      ...small,
      network: 'lenet5' as const,
      rate: 10,
      momentum: 0.999,
      decay: 'none' as const,
    };
    const run = await bench.play(runOf({ ...settings, epochs: 50 }));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'TRAINING_DIVERGED' } });
    expect(run.error?.what).toMatch(/epoch \d+/);
    for (const { loss } of run.epochs) expect(loss).toBeLessThan(Infinity);
  });

  it('in the worker that serves is told, and the run goes on from its checkpoint', async () => {
    const store = memoryStore();
    const bench = createTrainingBench(made, { store });
    const whole = await createTrainingBench(made).play(runOf(small));
    const failing = await bench.play(await bench.play(runOf(small), { budget: 2 }), {
      onServer: (server) => server.failWith(new LabError('ARCHIVE_NOT_FOUND', 'Deleted in another tab.')),
    });
    expect(failing).toMatchObject({ status: 'failed', checkpoint: 2, error: { code: 'ARCHIVE_NOT_FOUND' } });
    const dying = await bench.play(failing, { onServer: (server) => server.die() });
    expect(dying).toMatchObject({ status: 'failed', error: { code: 'TRAINING_SAMPLES_LOST' } });
    expect(dying.epochs).toHaveLength(2);
    const done = await bench.play(dying);
    expect(withoutSeconds(done)).toEqual(withoutSeconds(whole));
  });

  it('with the device stops the run within a batch', async () => {
    const bench = createTrainingBench(made, { isSynchronous: false });
    const run = await bench.play(runOf({ ...small, epochs: 500 }), {
      onEvent: (event) => {
        if (event.kind === 'epoch' && event.epoch.epoch === 2) bench.loseDevice();
      },
    });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'DEVICE_LOST' } });
    expect(run.error?.what).toContain('taken away by a test');
    expect(run.epochs).toHaveLength(2);
    expect(await bench.play(runOf(small, 'next'))).toMatchObject({ error: { code: 'DEVICE_LOST' } });
  });

  it('in the store is a notice, and training goes on', async () => {
    const store = memoryStore();
    store.failure = new LabError('STORAGE_FULL', 'No room is left.');
    const run = await createTrainingBench(made, { store }).play(runOf(small));
    expect(run).toMatchObject({ status: 'done', checkpoint: 0 });
    expect(run.notices).toEqual(['The checkpoint could not be kept: No room is left.']);
  });

  it('is said of small subsets and of classes without training pictures', async () => {
    const { facts } = made;
    const labelled = { ...facts, train: facts.train.filter((record) => facts.labels[record] !== 2) };
    const run = await createTrainingBench({ ...made, facts: labelled }).play(
      runOf({ ...small, batch: 500, epochs: 1 }),
    );
    expect(run.status).toBe('done');
    expect(run.notices).toHaveLength(2);
    expect(run.notices[0]).toContain('fewer than a batch of 500');
    expect(run.notices[1]).toContain('"class 2"');
  });

  it('refuses the same run twice at a time', async () => {
    const bench = createTrainingBench(made);
    const first = bench.play(runOf(small));
    await expect(bench.play(runOf(small))).rejects.toMatchObject({ code: 'INTERNAL' });
    expect((await first).status).toBe('done');
  });
});

describe('a network as a file', () => {
  const silent = cancelAfter(1e9);
  const none = () => undefined;
  const evaluated = async (bench: ReturnType<typeof createTrainingBench>, files: File[], pictures = made) =>
    bench.service.evaluateModel(
      { files, wish: 'auto', testPixels: servePictures(pictures).port },
      silent,
      none,
    );

  it('of a run on the device and of its checkpoint is the same, and gives the same answers', async () => {
    const store = memoryStore();
    const bench = createTrainingBench(made, { store });
    await expect(bench.service.exportModel({ runId: 'run' }, silent, none)).rejects.toMatchObject({
      code: 'TRAINING_NO_CHECKPOINT',
    });
    const run = await bench.play(runOf(small), { budget: 2 });
    const live = await bench.service.exportModel({ runId: 'run' }, silent, none);
    expect(live.name).toBe('Made-up-lenet5-epoch-2.tfjs.zip');
    const reloaded = createTrainingBench(made, { store });
    const { name, file } = await reloaded.service.exportModel({ runId: 'run' }, silent, none);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array(await live.file.arrayBuffer()));

    const before = bench.tensors();
    const imported = await evaluated(bench, [new File([file], name)]);
    expect(bench.tensors()).toBe(before);
    expect(imported.parameters).toBe(run.parameters);
    expect(imported.evaluation.accuracy).toBe(run.evaluation?.accuracy);
    expect(imported.evaluation.loss).toBeCloseTo(run.evaluation?.loss ?? 0, 4);
    expect(imported.evaluation.epoch).toBe(0);

    const files = [new File([file], name)];
    const wider = makePictures({ records: 50, width: 13, height: 12, channels: 1, classes: 4 });
    await expect(evaluated(bench, files, wider)).rejects.toMatchObject({ code: 'MODEL_FILE_MISFIT' });
    const fewer = makePictures({ records: 50, width: 12, height: 12, channels: 1, classes: 3 });
    await expect(evaluated(bench, files, fewer)).rejects.toMatchObject({ code: 'MODEL_FILE_MISFIT' });
    await expect(evaluated(bench, [new File(['no'], 'model.zip')])).rejects.toMatchObject({
      code: 'MODEL_FILE_UNREADABLE',
    });
    expect(bench.tensors()).toBe(before);
  });

  it('of a run that has not ended an epoch is not there yet', async () => {
    const bench = createTrainingBench(made);
    await bench.play(runOf(small), { pulse: cancelAfter(4) });
    await expect(bench.service.exportModel({ runId: 'run' }, silent, none)).rejects.toMatchObject({
      code: 'TRAINING_NO_CHECKPOINT',
    });
  });
});
