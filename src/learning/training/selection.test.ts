/** Methods that look through the network, weigh pictures and keep a state, by one made up for the purpose. */
import { memory, tensor, type Rank } from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TrainingRun, TrainingSettings } from '../../contracts/training.ts';
import { LabError } from '../../core/errors.ts';
import { initialWeights } from '../../core/networks/initialWeights.ts';
import { planNetwork } from '../../core/networks/plan.ts';
import { SILENT_PULSE, type Pulse } from '../../core/pulse.ts';
import { countOfFraction } from '../../core/selection/draw.ts';
import type { Method, MethodMeta, Selection, SelectionState } from '../../core/selection/method.ts';
import { mixBits } from '../../core/selection/epochSeed.ts';
import type { NetworkProbe, ProbedBatch } from '../../core/selection/probe.ts';
import { plainProduct } from '../../core/testing/selecting.ts';
import { METHOD_METAS, METHODS } from '../../core/methods/registry.ts';
import { checkCheckpoint, checkpointBytes, RUN_VERSION } from '../../platform/storedRun.ts';
import { createNetwork } from '../network/network.ts';
import { useWasm } from '../testing/nodeBackend.ts';
import { makePictures, servePictures } from '../testing/servedPictures.ts';
import { cancelAfter, createTrainingBench, memoryStore, runOf } from '../testing/trainingBench.ts';
import { DeviceWatch } from './deviceWatch.ts';
import { evaluate } from './evaluate.ts';
import { createMessageTurns } from './messageTurn.ts';
import { probeNetwork } from './networkProbe.ts';
import { normalisationTable } from './normalise.ts';
import { subsetsBehind } from './subsetClient.ts';

beforeAll(useWasm);

const hardestMeta: MethodMeta = {
  ...{ name: 'hardest', label: 'Hardest', family: 'Hardest', draw: 'hardest' },
  ...{ sentence: 'The greatest losses.', sweepSentence: 'The greatest losses.', archiveSentence: null },
  ...{ source: 'raw', isFixed: false, usesFraction: true, needsNetwork: true, options: [] },
  look: { colour: 'red', stroke: 'solid', marks: 'filled', shape: 'circle' },
};

const REFRESH = 2;

function lossOf({ logits, labels }: ProbedBatch, at: number, classes: number): number {
  const scores = logits.subarray(at * classes, (at + 1) * classes);
  const largest = Math.max(...scores);
  return (
    Math.log(scores.reduce((sum, score) => sum + Math.exp(score - largest), 0)) + largest - scores[labels[at]]
  );
}

/** The pictures of greatest loss, weighed by it, chosen anew in every second epoch. */
function hardest({ hasWeights = true } = {}): Method {
  return {
    meta: hardestMeta,
    create(context) {
      const count = countOfFraction(context);
      let standing: Selection | null = null;
      return {
        count,
        pretraining: null,
        async select(epoch, probe) {
          if (probe === null) throw new Error('It needs the network.');
          if (standing !== null && (epoch - 1) % REFRESH !== 0) return standing;
          const losses = new Map<number, number>();
          for await (const batch of probe.batches(context.train)) {
            batch.records.forEach((record, k) => losses.set(record, lossOf(batch, k, probe.classes)));
          }
          const found = [...losses].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, count);
          standing = {
            records: Uint32Array.from(found, ([record]) => record),
            // Far below 1: only their ratios may matter.
            weights: hasWeights ? Float32Array.from(found, ([, loss]) => (1 + loss) / 1000) : null,
            isOrdered: false,
          };
          return standing;
        },
        state() {
          if (standing === null) return null;
          const { records, weights } = standing;
          return { records: records.slice(), ...(weights !== null && { weights: weights.slice() }) };
        },
        restore({ records, weights }: SelectionState) {
          if (!(records instanceof Uint32Array) || records.length !== count) return false;
          standing = { records, weights: weights instanceof Float32Array ? weights : null, isOrdered: false };
          return true;
        },
      };
    },
  };
}

let removers: (() => void)[] = [];
function offer(method: Method): void {
  removers.push(METHODS.add(method), METHOD_METAS.add(method.meta));
}
afterEach(() => {
  for (const remove of removers.splice(0)) remove();
});
afterAll(() => {
  removers = [];
});

const made = makePictures({ records: 400, width: 12, height: 12, channels: 1, classes: 4 });
const small: Partial<TrainingSettings> = {
  ...{ network: 'softmax', method: 'hardest', fraction: 0.2, batch: 10, epochs: 5, rate: 0.02 },
};

function withoutSeconds({ epochs, evaluation, ...run }: TrainingRun) {
  const { facts, steps, distinctRecords, parameters, notices } = run;
  const untimed = epochs.map(({ seconds: _, ...report }) => report);
  return { facts, steps, distinctRecords, parameters, notices, untimed, accuracy: evaluation?.accuracy };
}

const bits = (bench: ReturnType<typeof createTrainingBench>) => {
  const kept = bench.store.kept.get('run')?.checkpoint;
  return { weights: kept?.weights, velocities: kept?.velocities, selection: kept?.selection };
};

describe('a method that needs the network', () => {
  beforeEach(() => offer(hardest()));

  it('learns, selects where it wants to, and is never fetched ahead', async () => {
    const bench = createTrainingBench(made);
    const before = bench.tensors();
    const asked: number[][] = [];
    let requests: Uint32Array[] = [];
    const run = await bench.play(runOf(small), {
      onServer: (server) => (requests = server.requests),
      onEvent: ({ kind }) => {
        if (kind === 'epoch') asked.push(requests.map(({ length }) => length));
      },
    });
    expect(run).toMatchObject({ status: 'done', error: null, notices: [] });
    expect(run.evaluation?.accuracy).toBeGreaterThan(0.6);
    // Test pictures; every second epoch all training pictures, and what was selected of them.
    const [once, twice, thrice] = [1, 2, 3].map((n) => [
      80,
      ...Array.from({ length: n }, () => [320, 64]).flat(),
    ]);
    expect(asked).toEqual([once, once, twice, twice, thrice]);
    const [first, second] = run.epochs;
    expect(first.seconds.wait).toBeGreaterThan(0);
    expect([first.seconds.fetch > 0, second.seconds.fetch]).toEqual([true, 0]);
    // The pixels of the selection before are held while the next one is made.
    expect(run.bytes.subsets).toBe((320 + 64) * 144);
    expect(bench.tensors()).toBe(before);
  });

  it('says of weighted epochs shares that are shares', async () => {
    const run = await createTrainingBench(made).play(runOf({ ...small, rate: 0.05 }));
    for (const { loss, trainAccuracy } of run.epochs) {
      expect(trainAccuracy).toBeGreaterThanOrEqual(0);
      expect(trainAccuracy).toBeLessThanOrEqual(1);
      expect(loss).toBeLessThan(5);
    }
    expect(run.epochs[0].loss).toBeGreaterThan(0.01);
  });

  it('normalises by a plain draw where nobody knows the pictures', async () => {
    const unknown = { ...made, facts: { ...made.facts, statistics: null } };
    let requests: Uint32Array[] = [];
    const run = await createTrainingBench(unknown).play(runOf({ ...small, epochs: 1 }), {
      onServer: (server) => (requests = server.requests),
    });
    expect(run.status).toBe('done');
    expect(run.facts?.mean[0]).toBeGreaterThan(0.1);
    expect(requests.map(({ length }) => length)).toEqual([64, 80, 320, 64]);
  });

  it.each<[string, Partial<TrainingSettings>]>([
    ['softmax', {}],
    ['lenet5', { network: 'lenet5', epochs: 4, augment: 'crop-flip' }],
  ])('after pauses at any batch is bit for bit as if there had been none: %s', async (_, changes) => {
    const whole = createTrainingBench(made);
    const expected = await whole.play(runOf({ ...small, ...changes }));
    const broken = createTrainingBench(made);
    let run = runOf({ ...small, ...changes });
    let pauses = 0;
    for (; run.status !== 'done' && pauses < 100; pauses++) {
      // From within the probe, which begins again then, to well into the epoch.
      run = await broken.play(run, { pulse: cancelAfter(2 + (pauses % 7)) });
      expect(['paused', 'done']).toContain(run.status);
    }
    expect(pauses).toBeGreaterThan(4);
    expect(withoutSeconds(run)).toEqual(withoutSeconds(expected));
    expect(bits(broken)).toEqual(bits(whole));
  });

  it('after reloads is bit for bit as if there had been none, within its period and at its end', async () => {
    const whole = createTrainingBench(made);
    const expected = await whole.play(runOf(small));
    const store = memoryStore();
    let run = runOf(small);
    for (let epoch = 1; epoch < 5; epoch++) {
      const kept = store.kept.get('run')?.checkpoint;
      if (kept !== undefined) {
        expect(kept.selection?.records).toHaveLength(64);
        // As it comes from the store of the browser.
        const checked = checkCheckpoint({ version: RUN_VERSION, checkpoint: kept }, 'run');
        expect(checked).toEqual(kept);
      }
      run = await createTrainingBench(made, { store }).play(structuredClone(run), { budget: 1 });
      run = await createTrainingBench(made, { store }).play(run, { pulse: cancelAfter(4) });
      expect(run.status).toBe('paused');
    }
    const last = createTrainingBench(made, { store });
    run = await last.play(structuredClone(run));
    expect(withoutSeconds(run)).toEqual(withoutSeconds(expected));
    expect(bits(last)).toEqual(bits(whole));
  });

  it('begins anew from a state that is not its own', async () => {
    const store = memoryStore();
    const run = await createTrainingBench(made, { store }).play(runOf(small), { budget: 2 });
    const kept = store.kept.get('run')!;
    kept.checkpoint.selection = { records: new Uint32Array(3) };
    const again = await createTrainingBench(made, { store }).play(run, { budget: 1 });
    expect(again.epochs).toHaveLength(1);
    expect(again.notices.join()).toContain('began anew');
  });
});

describe('weights of a selection', () => {
  const weightsAfter = async (method: Method) => {
    offer(method);
    const bench = createTrainingBench(made);
    const run = await bench.play(runOf({ ...small, epochs: 1 }));
    for (const remove of removers.splice(0)) remove();
    return { run, weights: bench.store.kept.get('run')?.checkpoint.weights };
  };

  it('reach the loss', async () => {
    const weighed = await weightsAfter(hardest());
    const plain = await weightsAfter(hardest({ hasWeights: false }));
    expect(weighed.run.status).toBe('done');
    expect(weighed.weights).not.toEqual(plain.weights);
    expect(weighed.run.epochs[0].loss).not.toBe(plain.run.epochs[0].loss);
  });

  it.each([
    ['negative', [-1]],
    ['no number', [NaN]],
    ['all 0', []],
  ])('are refused where they are %s', async (_, few) => {
    const method: Method = {
      meta: { ...hardestMeta, needsNetwork: false, options: [] },
      create: ({ train }) => ({
        count: 4,
        pretraining: null,
        select: () => ({
          records: train.slice(0, 4),
          weights: Float32Array.of(...few, 0, 0, 0, 0).subarray(0, 4),
          isOrdered: false,
        }),
        state: () => null,
        restore: () => true,
      }),
    };
    const { run } = await weightsAfter(method);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' } });
  });
});

it('a method that changes its selection now and then, and needs no network, is fetched ahead where it changes', async () => {
  const method: Method = {
    meta: { ...hardestMeta, needsNetwork: false, options: [] },
    create({ train }) {
      let last = -1;
      let selection: Selection | null = null;
      return {
        count: 64,
        pretraining: null,
        select(epoch) {
          const period = Math.floor((epoch - 1) / REFRESH);
          if (selection === null || period !== last) {
            selection = {
              records: train.slice(64 * period, 64 * period + 64),
              weights: null,
              isOrdered: false,
            };
            last = period;
          }
          return selection;
        },
        state: () => null,
        restore: () => true,
      };
    },
  };
  offer(method);
  const asked: number[] = [];
  let requests: Uint32Array[] = [];
  const run = await createTrainingBench(made).play(runOf(small), {
    onServer: (server) => (requests = server.requests),
    onEvent: ({ kind }) => {
      if (kind === 'epoch') asked.push(requests.length);
    },
  });
  expect(run.distinctRecords).toBe(3 * 64);
  // The test pictures and one subset; while the second epoch trains, the one of the third comes.
  expect(asked).toEqual([2, 3, 3, 4, 4]);
  expect(run.bytes.subsets).toBe(2 * 64 * 144);
});

describe('the probe', () => {
  const plan = planNetwork('lenet5', { width: 12, height: 12, channels: 1 }, 4, 8);
  const table = normalisationTable({ mean: [0.3], deviation: [0.25] });
  const shape = { width: 12, height: 12, channels: 1 as const };

  async function probing(look: (probe: NetworkProbe) => Promise<void>, pulse: Pulse = SILENT_PULSE) {
    const network = createNetwork(plan, initialWeights(plan, 1));
    const subsets = subsetsBehind(servePictures(made).port);
    await subsets.facts;
    const turns = createMessageTurns();
    let fetched = 0;
    const before = memory().numTensors;
    try {
      await look(
        probeNetwork({
          ...{ network, device: new DeviceWatch(new Promise(() => undefined)), shape, table, subsets },
          ...{ pulse, turns, phase: 'Selecting', onFetched: ({ pixels }) => (fetched += pixels.length) },
        }),
      );
    } finally {
      expect(memory().numTensors).toBe(before);
      subsets.end();
      turns.close();
      network.dispose();
    }
    return fetched;
  }

  it('sees what the network gives in use, every record once, and what its last layer is given', async () => {
    const { train, labels } = made.facts;
    const network = createNetwork(plan, initialWeights(plan, 1));
    const logits = new Map<number, Float32Array>();
    const fetched = await probing(async (probe) => {
      expect([probe.classes, probe.features]).toEqual([4, 84]);
      for await (const batch of probe.batches(train)) {
        expect(batch.logits).toHaveLength(batch.records.length * 4);
        expect(batch.features).toHaveLength(batch.records.length * 84);
        expect(batch.features.every((feature) => feature >= 0)).toBe(true);
        batch.records.forEach((record, k) => {
          expect(batch.labels[k]).toBe(labels[record]);
          logits.set(record, batch.logits.slice(4 * k, 4 * k + 4));
        });
      }
    });
    expect(fetched).toBe(train.length * 144);
    expect([...logits.keys()]).toEqual([...train]);
    for (const record of [train[0], train[130], train[319]]) {
      const values = Float32Array.from(
        made.pixels.subarray(record * 144, record * 144 + 144),
        (v) => table[v],
      );
      const picture = tensor<Rank.R4>(values, [1, 12, 12, 1]);
      const scores = network.forward(picture, false);
      scores.dataSync().forEach((score, c) => expect(logits.get(record)?.[c]).toBeCloseTo(score, 4));
      scores.dispose();
      picture.dispose();
    }
    network.dispose();
  });

  it('multiplies as plain loops do, and leaves no tensor behind', async () => {
    const matrix = (rows: number, columns: number, seed: number) => ({
      values: Float32Array.from({ length: rows * columns }, (_, k) => mixBits(seed + k) / 2 ** 31 - 1),
      rows,
      columns,
    });
    await probing(async ({ product }) => {
      for (const [a, b] of [
        [matrix(37, 85, 1), matrix(130, 85, 99)],
        [matrix(1, 3, 5), matrix(2, 3, 7)],
      ]) {
        const [given, expected] = [await product(a, b), await plainProduct(a, b)];
        expect(given).toHaveLength(a.rows * b.rows);
        given.forEach((value, k) => expect(value).toBeCloseTo(expected[k], 4));
      }
    });
  });

  it('is cancelled between batches, and left early, without a tensor left behind', async () => {
    let batches = 0;
    const pulse: Pulse = {
      due: () => true,
      beat: () => Promise.reject(new LabError('CANCELLED', 'Cancelled by a test.')),
    };
    const look = async (probe: NetworkProbe) => {
      for await (const batch of probe.batches(made.facts.train)) batches += Math.sign(batch.records.length);
    };
    await expect(probing(look, pulse)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(batches).toBe(1);
    await probing(async (probe) => {
      for await (const batch of probe.batches(made.facts.train)) if (batch.records.length > 0) break;
    });
  });

  it('gives the logits that the evaluation sees', async () => {
    const { test, labels } = made.facts;
    let loss = 0;
    await probing(async (probe) => {
      for await (const batch of probe.batches(test)) {
        batch.records.forEach((_, k) => (loss += lossOf(batch, k, 4)));
      }
    });
    const network = createNetwork(plan, initialWeights(plan, 1));
    const pixels = new Uint8Array(test.length * 144);
    test.forEach((record, k) => pixels.set(made.pixels.subarray(record * 144, record * 144 + 144), k * 144));
    const evaluation = await evaluate(
      { predict: (pictures) => network.forward(pictures, false), gives: 'logits' },
      {
        shape,
        classes: 4,
        records: test,
        pixels,
        labels: Uint16Array.from(test, (record) => labels[record]),
      },
      table,
      0,
      { pause: () => Promise.resolve(), guard: (promise) => promise },
    );
    expect(loss / test.length).toBeCloseTo(evaluation.loss, 5);
    network.dispose();
  });
});

describe('the state of a method in a checkpoint', () => {
  it('is a few typed arrays, and is counted', async () => {
    offer(hardest());
    const store = memoryStore();
    await createTrainingBench(made, { store }).play(runOf(small), { budget: 1 });
    const { checkpoint } = store.kept.get('run')!;
    const check = (selection: unknown) =>
      checkCheckpoint({ version: RUN_VERSION, checkpoint: { ...checkpoint, selection } }, 'run');
    const { selection: _, ...without } = checkpoint;
    expect(checkpointBytes(checkpoint) - checkpointBytes(without)).toBe(64 * (4 + 4));
    expect(check({ a: new Float64Array(2) })?.selection).toEqual({ a: new Float64Array(2) });
    expect(checkCheckpoint({ version: RUN_VERSION, checkpoint: without }, 'run')).toEqual(without);
    expect(check({ a: [1, 2] })).toBeNull();
    expect(check({ a: new DataView(new ArrayBuffer(4)) })).toBeNull();
    expect(
      check(Object.fromEntries(Array.from({ length: 65 }, (__, k) => [k, new Uint8Array(1)]))),
    ).toBeNull();
    expect(check('no')).toBeNull();
  });
});
