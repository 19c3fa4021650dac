import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGenerator, permutation } from '../../random.ts';
import { Trajectory, type TrajectoryShape } from './trajectory.ts';

/** Softmax of every picture in every epoch: [epoch][picture][class]. */
type Tables = number[][][];

/** Passes an epoch in the given order, a few pictures at a time. */
function pass(trajectory: Trajectory, table: number[][], order: Uint32Array, batch = 3): void {
  for (let first = 0; first < order.length; first += batch) {
    const records = order.slice(first, first + batch);
    const logits = Float32Array.from([...records].flatMap((record) => table[record / 2].map(Math.log)));
    trajectory.trained({ records, logits });
  }
}

/** The records are the even numbers. */
const recordsOf = (count: number) => Uint32Array.from({ length: count }, (_, row) => 2 * row);

function trajectoryOf(tables: Tables, { window, decay }: Pick<TrajectoryShape, 'window' | 'decay'>) {
  const records = recordsOf(tables[0].length);
  const shape = { total: 2 * records.length, classes: tables[0][0].length, epochs: tables.length };
  return new Trajectory({ ...shape, records, window, decay });
}

function scoresOf(tables: Tables, options: Pick<TrajectoryShape, 'window' | 'decay'>, seed = 0): number[] {
  const trajectory = trajectoryOf(tables, options);
  tables.forEach((table, t) => {
    const records = recordsOf(table.length);
    const order =
      seed === 0 ? records : permutation(records.length, createGenerator(seed + t)).map((k) => 2 * k);
    trajectory.begin(t + 1);
    pass(trajectory, table, order);
    trajectory.end(t + 1);
  });
  expect(trajectory.isWhole).toBe(true);
  return [...trajectory.scores];
}

/** By the book, from the tables of all epochs. */
function plainScores(tables: Tables, { window, decay }: Pick<TrajectoryShape, 'window' | 'decay'>): number[] {
  const epochs = tables.length;
  return tables[0].map((_, i) => {
    const changes = tables
      .slice(1)
      .map((table, t) =>
        table[i].reduce(
          (sum, p, c) => sum + Math.abs(p * (Math.log(p + 1e-8) - Math.log(tables[t][i][c] + 1e-8))),
          0,
        ),
      );
    let score = 0;
    for (let k = 0; k <= epochs - window; k++) {
      const some = changes.slice(k, k + window - 1);
      const mean = some.reduce((sum, change) => sum + change, 0) / some.length;
      const unsteadiness = Math.sqrt(some.reduce((sum, change) => sum + (change - mean) ** 2, 0));
      score += decay * (1 - decay) ** (epochs - window - k) * unsteadiness;
    }
    return score;
  });
}

/** Worked out by hand: four pictures, two classes, four epochs. */
const example: Tables = [
  [0.5, 0.5, 0.9, 0.5],
  [0.6, 0.9, 0.9, 0.1],
  [0.7, 0.5, 0.9, 0.9],
  [0.8, 0.9, 0.9, 0.95],
].map((epoch) => epoch.map((p) => [p, 1 - p]));

const trained = fc
  .record({
    count: fc.integer({ min: 1, max: 12 }),
    classes: fc.integer({ min: 2, max: 4 }),
    epochs: fc.integer({ min: 3, max: 9 }),
    spare: fc.nat(6),
    decay: fc.constantFrom(0.1, 0.5, 0.9, 1),
    seed: fc.nat(1_000_000),
  })
  .map(({ count, classes, epochs, spare, decay, seed }) => {
    const generator = createGenerator(seed);
    const tables: Tables = Array.from({ length: epochs }, () =>
      Array.from({ length: count }, () => {
        const parts = Array.from({ length: classes }, () => Math.exp((8 * generator.next()) / 2 ** 31));
        const whole = parts.reduce((sum, part) => sum + part, 0);
        return parts.map((part) => part / whole);
      }),
    );
    return { tables, options: { window: Math.max(3, epochs - spare), decay }, seed };
  });

const expectNear = (scores: readonly number[], expected: readonly number[], within: number) =>
  scores.forEach((score, i) => expect(Math.abs(score - expected[i])).toBeLessThan(within));

describe('the trajectory of what the network makes of pictures', () => {
  it('scores the change of the change', () => {
    const scores = scoresOf(example, { window: 3, decay: 0.9 });
    expectNear(scores, [0.004287, 0.286077, 0, 1.439484], 1e-6);
    expect(scores[2]).toBe(0);
  });

  it('keeps a ring and says what all tables say, in whatever order pictures come', () => {
    fc.assert(
      fc.property(trained, ({ tables, options, seed }) => {
        const scores = scoresOf(tables, options);
        expectNear(scores, plainScores(tables, options), 1e-5);
        expect(scoresOf(tables, options, 1 + seed)).toEqual(scores);
      }),
      { numRuns: 60 },
    );
  });

  it('is not spoiled by an epoch that is interrupted, nor by going on from its state', () => {
    fc.assert(
      fc.property(trained, fc.nat(8), ({ tables, options, seed }, cut) => {
        const whole = scoresOf(tables, options);
        const at = cut % tables.length;
        let trajectory = trajectoryOf(tables, options);
        tables.forEach((table, t) => {
          const records = recordsOf(table.length);
          if (t === at) {
            // Half of it, of other values.
            const half = permutation(records.length, createGenerator(seed)).map((k) => 2 * k);
            trajectory.begin(t + 1);
            pass(
              trajectory,
              table.map((row) => row.toReversed()),
              half.slice(0, Math.ceil(half.length / 2)),
            );
            const state = trajectory.state();
            expect(state === null).toBe(t === 0);
            if (state !== null && seed % 2 === 0) {
              trajectory = trajectoryOf(tables, options);
              expect(trajectory.restore(state)).toBe(true);
            }
          }
          trajectory.begin(t + 1);
          pass(trajectory, table, records);
          trajectory.end(t + 1);
        });
        expect([...trajectory.scores]).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('takes over no state of other pictures, windows or epochs', () => {
    const options = { window: 3, decay: 0.9 };
    const trajectory = trajectoryOf(example, options);
    trajectory.begin(1);
    pass(trajectory, example[0], recordsOf(4));
    trajectory.end(1);
    const state = trajectory.state()!;
    const fresh = () => trajectoryOf(example, options);
    expect(fresh().restore(state)).toBe(true);
    expect(trajectoryOf(example, { ...options, window: 4 }).restore(state)).toBe(false);
    expect(
      trajectoryOf(
        example.map((epoch) => epoch.slice(1)),
        options,
      ).restore(state),
    ).toBe(false);
    expect(fresh().restore({ ...state, ended: Uint32Array.of(5) })).toBe(false);
    expect(fresh().restore({ ...state, ended: Uint32Array.of(0) })).toBe(false);
    expect(fresh().restore({ ...state, scores: new Float32Array(4) })).toBe(false);
    expect(fresh().restore({})).toBe(false);
    expect(() => fresh().begin(2)).toThrow('Epoch 2 begins');
  });

  it('is as small as it says', () => {
    const records = Uint32Array.from({ length: 60_000 }, (_, row) => row);
    const shape = { records, total: 70_000, classes: 10, epochs: 30, window: 10, decay: 0.9 };
    expect(new Trajectory(shape).bytes / 1024 ** 2).toBeLessThan(8);
    expect(() => new Trajectory({ ...shape, window: 5000 })).toThrowError(
      expect.objectContaining({ code: 'SELECTION_TOO_LARGE' }),
    );
  });
});
