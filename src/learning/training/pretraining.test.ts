/** Epochs on every picture before the first selection, and what selecting took, by a method made up for the purpose. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SelectionReport, TrainingRun, TrainingSettings } from '../../contracts/training.ts';
import { epochsOf, pretrainEpochsOf } from '../../contracts/training.ts';
import { LabError } from '../../core/errors.ts';
import { METHOD_METAS, METHODS } from '../../core/methods/registry.ts';
import type {
  Method,
  MethodMeta,
  Selection,
  SelectionState,
  TrainedBatch,
} from '../../core/selection/method.ts';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { warmStartOf } from '../../core/selection/options.ts';
import { checkCheckpoint, RUN_VERSION } from '../../platform/storedRun.ts';
import { useWasm } from '../testing/nodeBackend.ts';
import { makePictures } from '../testing/servedPictures.ts';
import { cancelAfter, createTrainingBench, memoryStore, runOf } from '../testing/trainingBench.ts';
import { pretrainingRate } from './pretraining.ts';

beforeAll(useWasm);

const TRAIN = 320;
const COUNT = 64;
const made = makePictures({ records: 400, width: 12, height: 12, channels: 1, classes: 4 });
const small: Partial<TrainingSettings> = {
  ...{ network: 'softmax', method: 'loudest', fraction: 0.2, batch: 50, epochs: 4, rate: 0.02 },
};

interface Seen {
  begun: number[];
  ended: number[];
  /** Records in the order in which they came, epoch by epoch. */
  records: number[][];
}

interface Shape {
  epochs?: number;
  startsAnew?: boolean;
  isObserved?: boolean;
  refresh?: number;
  /** Is told of what the observer is told. */
  seen?: Seen;
  onBatch?: (batch: TrainedBatch) => void;
  onSelect?: (records: Uint32Array) => void;
}

/**
 * The pictures whose logits were greatest while everything was trained on, and those whose are greatest now, weighed by
 * their places; chosen anew every `refresh` epochs.
 */
function loudest({
  epochs = 3,
  startsAnew = true,
  isObserved = true,
  refresh = 2,
  seen,
  onBatch,
  onSelect,
}: Shape = {}): Method {
  const meta: MethodMeta = {
    ...{ name: 'loudest', label: 'Loudest', family: 'Loudest', draw: 'loudest' },
    ...{ sentence: 'The loudest.', sweepSentence: 'The loudest.', archiveSentence: null },
    ...{ source: 'raw', isFixed: false, usesFraction: true, needsNetwork: true, options: [] },
    look: { colour: 'red', stroke: 'solid', marks: 'filled', shape: 'circle' },
  };
  return {
    meta,
    create({ train, labels }) {
      const sums = new Float64Array(labels.length);
      let standing: Selection | null = null;
      let since = 0;
      return {
        count: COUNT,
        pretraining: {
          ...{ epochs, records: train, startsAnew },
          observer: isObserved
            ? {
                begin(epoch) {
                  seen?.begun.push(epoch);
                  seen?.records.push([]);
                },
                trained(batch) {
                  onBatch?.(batch);
                  const classes = batch.logits.length / batch.records.length;
                  batch.records.forEach((record, k) => {
                    seen?.records.at(-1)?.push(record);
                    for (let c = 0; c < classes; c++) sums[record] += batch.logits[k * classes + c] ** 2;
                  });
                },
                end: (epoch) => seen?.ended.push(epoch),
              }
            : null,
        },
        async select(epoch, probe) {
          if (standing !== null && (epoch === since || (epoch - 1) % refresh !== 0)) return standing;
          const now = sums.slice();
          for await (const { records, logits } of probe!.batches(train)) {
            records.forEach((record, k) => (now[record] += logits[4 * k] ** 2));
          }
          const order = [...train].sort((a, b) => now[b] - now[a] || a - b).slice(0, COUNT);
          const weights = Float32Array.from(order, (_, place) => 1 + place);
          standing = {
            ...{ records: Uint32Array.from(order), weights, isOrdered: false },
            account: { seconds: { features: 1, pick: 2 }, seen: TRAIN, bytes: 1000 + epoch, filled: epoch },
          };
          since = epoch;
          onSelect?.(standing.records);
          return standing;
        },
        state: () => ({
          sums: sums.slice(),
          ...(standing?.weights && {
            records: standing.records.slice(),
            weights: standing.weights.slice(),
            since: Uint32Array.of(since),
          }),
        }),
        restore(state: SelectionState) {
          sums.set(state.sums);
          if (state.records === undefined) return true;
          standing = {
            records: state.records as Uint32Array,
            weights: state.weights as Float32Array,
            isOrdered: false,
          };
          since = state.since[0];
          return true;
        },
      };
    },
  };
}

let removers: (() => void)[] = [];
function offer(method: Method): void {
  stopOffering();
  removers = [METHODS.add(method), METHOD_METAS.add(method.meta)];
}
function stopOffering(): void {
  for (const remove of removers.splice(0)) remove();
}
afterEach(stopOffering);

const untimedReport = (report: SelectionReport | null) => report && { ...report, seconds: null };

function withoutSeconds({ epochs, evaluation, selection, ...run }: TrainingRun) {
  const { facts, steps, distinctRecords, notices } = run;
  const untimed = epochs.map(({ seconds: _, ...report }) => report);
  return {
    ...{ facts, steps, distinctRecords, notices, untimed, accuracy: evaluation?.accuracy },
    selection: untimedReport(selection),
  };
}

const bits = (store: ReturnType<typeof memoryStore>) => {
  const { weights, velocities, selection, seen, pretrained, account } = store.kept.get('run')!.checkpoint;
  return { weights, velocities, selection, seen, pretrained, read: account?.read };
};

describe('epochs on every picture', () => {
  it('meet every record once, each time in another order, and are told of', async () => {
    const seen: Seen = { begun: [], ended: [], records: [] };
    let batches = 0;
    offer(
      loudest({
        seen,
        onBatch({ records, logits }) {
          batches++;
          expect(logits).toHaveLength(records.length * 4);
          expect(logits.every(Number.isFinite)).toBe(true);
        },
      }),
    );
    const bench = createTrainingBench(made);
    const before = bench.tensors();
    let requests: Uint32Array[] = [];
    const phases = new Set<string>();
    const run = await bench.play(runOf(small), {
      onServer: (server) => (requests = server.requests),
      pulse: { due: () => true, beat: async ({ phase }) => void phases.add(phase) },
    });
    expect(run).toMatchObject({ status: 'done', error: null, steps: 4 * 2 });
    expect([seen.begun, seen.ended, batches]).toEqual([[1, 2, 3], [1, 2, 3], 3 * 7]);
    for (const records of seen.records) {
      expect([...records].sort((a, b) => a - b)).toEqual([...made.facts.train]);
    }
    expect(new Set(seen.records.map(String)).size).toBe(3);
    // Test pictures; everything once for all three epochs; then twice what is looked at and what is selected.
    expect(requests.map(({ length }) => length)).toEqual([80, 320, 320, 64, 320, 64]);
    expect([...phases]).toEqual(
      expect.arrayContaining(['Epoch 3 of 3 on every picture', 'Epoch 1 of 4: selecting', 'Epoch 4 of 4']),
    );
    expect(run.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    expect(bench.tensors()).toBe(before);
  });

  it('of a method that starts anew leave nothing but what it selects', async () => {
    let chosen = new Uint32Array(0);
    const settings = { ...small, network: 'lenet5' as const, epochs: 2 };
    offer(loudest({ epochs: 1, refresh: 100, onSelect: (records) => (chosen = records.slice()) }));
    const first = createTrainingBench(made);
    const run = await first.play(runOf(settings));
    const method = loudest();
    offer({
      meta: method.meta,
      create: () => {
        const weights = Float32Array.from({ length: COUNT }, (_, place) => 1 + place);
        const selection = { records: chosen, weights, isOrdered: false };
        return {
          ...{ count: COUNT, pretraining: null },
          ...{ select: () => selection, state: () => null, restore: () => true },
        };
      },
    });
    const second = createTrainingBench(made);
    const plain = await second.play(runOf(settings));
    const { weights, velocities } = bits(first.store);
    expect(bits(second.store)).toMatchObject({ weights, velocities });
    expect(plain.evaluation?.accuracy).toBe(run.evaluation?.accuracy);
    expect(plain.selection).toMatchObject({ pretrained: 0, refreshes: 0 });
  });

  it.each<[string, Shape, Partial<TrainingSettings>]>([
    ['and a new network', {}, {}],
    ['and the same network, unobserved', { startsAnew: false, isObserved: false, epochs: 2 }, {}],
    ['augmented, in batches of a device that runs ahead', { epochs: 2 }, { augment: 'crop-flip' }],
  ])('after pauses and reloads are bit for bit as if there had been none: %s', async (_, shape, changes) => {
    offer(loudest(shape));
    const isSynchronous = changes.augment === undefined;
    const whole = createTrainingBench(made, { isSynchronous });
    const expected = await whole.play(runOf({ ...small, ...changes }));
    expect(expected.status).toBe('done');

    const paused = createTrainingBench(made, { isSynchronous });
    let run = runOf({ ...small, ...changes });
    for (let k = 0; run.status !== 'done' && k < 60; k++) {
      run = await paused.play(run, { pulse: cancelAfter(2 + (k % 4)) });
      if (run.epochs.length === 0) expect(run.evaluation).toBeNull();
    }
    expect(withoutSeconds(run)).toEqual(withoutSeconds(expected));
    expect(bits(paused.store)).toEqual(bits(whole.store));

    // Every time in another worker: what was begun of an epoch is lost, whole ones are kept.
    const store = memoryStore();
    run = runOf({ ...small, ...changes });
    const reached = new Set<string>();
    for (let k = 0; run.status !== 'done' && k < 60; k++) {
      const worker = createTrainingBench(made, { store, isSynchronous });
      run = await worker.play(structuredClone(run), { pulse: cancelAfter(14) });
      reached.add(`${run.selection?.pretrained ?? 0}, ${run.epochs.length}`);
      await worker.service.release({ runId: 'run' }, SILENT_PULSE, () => undefined);
    }
    expect([...reached].filter((at) => at.endsWith(', 0')).length).toBeGreaterThan(1);
    expect(withoutSeconds(run)).toEqual(withoutSeconds(expected));
    expect(bits(store)).toEqual(bits(whole.store));
  });

  it('are kept without any epoch of the run', async () => {
    offer(loudest());
    const store = memoryStore();
    const bench = createTrainingBench(made, { store });
    const run = await bench.play(runOf(small), { pulse: cancelAfter(12) });
    expect(run).toMatchObject({ status: 'paused', epochs: [], steps: 0, checkpoint: 0 });
    expect(run.selection).toMatchObject({ pretrained: 1, refreshes: 0, seen: TRAIN, distinctRead: TRAIN });
    expect(run.seconds.select).toBeGreaterThan(0);
    expect(run.seconds.train).toBe(0);
    const { checkpoint } = store.kept.get('run')!;
    expect(checkpoint).toMatchObject({ epoch: 0, pretrained: 1 });
    expect(checkCheckpoint({ version: RUN_VERSION, checkpoint }, 'run')).toEqual(checkpoint);
    await expect(
      bench.service.exportModel({ runId: 'run' }, SILENT_PULSE, () => undefined),
    ).rejects.toMatchObject({
      code: 'TRAINING_NO_CHECKPOINT',
    });
    // More of them than the settings ask for.
    store.kept.get('run')!.checkpoint.pretrained = 9;
    const again = await createTrainingBench(made, { store }).play(structuredClone(run));
    expect(again).toMatchObject({ status: 'done', selection: { pretrained: 3 } });
    expect(again.notices.join()).toContain('began anew');
  });

  it('that come to no number end the run', async () => {
    offer(loudest());
    const run = await createTrainingBench(made).play(runOf({ ...small, network: 'lenet5', rate: 10 }));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'TRAINING_DIVERGED' }, epochs: [] });
    expect(run.error?.what).toContain('on every picture');
  });

  it('have the rate of the first epochs of a run as long, or that of the epochs that they stand for', () => {
    const settings = runOf({ ...small, method: 'full', rate: 0.08, epochs: 100 }).settings;
    const anew = (epoch: number) => pretrainingRate(settings, { epochs: 4, startsAnew: true }, epoch);
    expect(anew(1)).toBeCloseTo(0.08, 12);
    expect(anew(51)).toBeCloseTo(0.04, 12);
    const short = { ...settings, epochs: 2 };
    expect(pretrainingRate(short, { epochs: 4, startsAnew: true }, 3)).toBeCloseTo(0.04, 12);
    expect(pretrainingRate(settings, { epochs: 4, startsAnew: false }, 4)).toBe(0.08);
  });
});

describe('a warm start', () => {
  const warmMeta: MethodMeta = { ...loudest().meta, options: ['warmStart'] };
  /** κ ∈ {0.5}: 5 of 10 epochs are left out, and 1 is trained on every picture. */
  const settings = { ...small, warmStart: 0.5, epochs: 10 };

  it('goes on behind the epochs that it stands for', async () => {
    const method = loudest({ epochs: 1, startsAnew: false, isObserved: false });
    offer({ meta: warmMeta, create: method.create });
    const run = await createTrainingBench(made).play(runOf(settings));
    expect([epochsOf(run.settings), pretrainEpochsOf(run.settings)]).toEqual([5, 1]);
    expect(run).toMatchObject({ status: 'done', selection: { pretrained: 1 } });
    expect(run.epochs).toHaveLength(5);
    expect(run.epochs[0].rate).toBeCloseTo(0.01, 12);
    expect(run.evaluation?.epoch).toBe(5);
    // Trained on in earnest.
    expect(run.distinctRecords).toBe(TRAIN);
    const rate = (epoch: number) => pretrainingRate(run.settings, { epochs: 2, startsAnew: false }, epoch);
    expect(rate(1)).toBe(0.02);
    expect(rate(2)).toBeGreaterThan(0.01);
    expect(rate(2)).toBeLessThan(0.02);
  });

  it('that another method has left in the settings is none', async () => {
    let told = NaN;
    const method = loudest({ epochs: 1 });
    offer({
      meta: method.meta,
      create(context) {
        told = warmStartOf(context.settings).full;
        return method.create(context);
      },
    });
    const run = await createTrainingBench(made).play(runOf({ ...settings, epochs: 2 }));
    expect([told, run.epochs.length]).toEqual([0, 2]);
  });
});

describe('the account of selecting', () => {
  it('adds up what every selection took, and is no part of training', async () => {
    offer(loudest({ epochs: 2 }));
    const run = await createTrainingBench(made).play(runOf(small));
    expect(run.selection).toMatchObject({
      ...{ refreshes: 2, pretrained: 2, seen: TRAIN, bytes: 1003, distinctRead: TRAIN, filled: 3 },
      seconds: { features: 2, pick: 4 },
    });
    const { least, most, effective } = run.selection!.weights!;
    expect([least, most]).toEqual([1 / 32.5, 64 / 32.5]);
    expect(effective).toBeCloseTo((3 * 65) / (2 * 129), 12);
    const selecting = run.epochs.map(({ seconds }) => seconds.select > 0);
    expect(selecting).toEqual([true, true, true, true]);
    const [first, second] = run.epochs.map(({ seconds }) => seconds.select);
    expect(first).toBeGreaterThan(run.selection!.seconds.pretrain);
    expect(second).toBeLessThan(first);
    expect(run.seconds.select).toBeCloseTo(
      run.epochs.reduce((sum, { seconds }) => sum + seconds.select, 0),
      9,
    );
    expect(run.distinctRecords).toBeLessThan(TRAIN);
  });

  it('is null of a method that looks at no picture', async () => {
    const run = await createTrainingBench(made).play(runOf({ ...small, method: 'random', epochs: 1 }));
    expect(run.selection).toBeNull();
    expect(run.seconds.select).toBe(0);
  });

  it('stands as it stood where pictures are lost while it selects, and so does the checkpoint', async () => {
    const { meta, create } = loudest({ epochs: 1 });
    let lose = (): void => undefined;
    offer({
      meta,
      create(context) {
        const selector = create(context);
        return {
          ...selector,
          select(epoch, probe) {
            if (epoch === 3) lose();
            return selector.select(epoch, probe);
          },
        };
      },
    });
    const bench = createTrainingBench(made);
    const run = await bench.play(runOf(small), {
      onServer(server) {
        lose = () => {
          server.failWith(new LabError('TRAINING_SAMPLES_LOST', 'The archive was deleted.'));
        };
      },
    });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'TRAINING_SAMPLES_LOST' } });
    expect(run.selection?.refreshes).toBe(1);
    expect(bench.store.kept.get('run')?.checkpoint.epoch).toBe(2);
    lose = () => undefined;
    const resumed = await bench.play(structuredClone(run));
    expect(resumed).toMatchObject({ status: 'done', error: null, notices: [] });
  });
});
