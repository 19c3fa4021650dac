import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGenerator } from '../../random.ts';
import { writeResidual } from '../lastLayer.ts';
import { pickGreedily } from './greedy.ts';
import { ValidationLoss } from './validationLoss.ts';

const places = (count: number) => Uint32Array.from({ length: count }, (_, place) => place);

interface Given {
  classes: number;
  residuals: Float32Array;
  logits: Float32Array;
  labels: Uint16Array;
  count: number;
  rate: number;
}

interface Search {
  rounds?: number;
  sample?: number;
  seed?: number;
}

async function search(
  { classes, residuals, logits, labels, count, rate }: Given,
  { rounds = count, sample = Infinity, seed = 1 }: Search = {},
) {
  const loss = new ValidationLoss(logits, labels, places(labels.length), classes);
  const gradients = [loss.gradient.slice()];
  const free = places(residuals.length / classes);
  const filled = await pickGreedily({
    ...{ residuals, classes, places: free, count, loss, rate, rounds, sample },
    generator: createGenerator(seed),
    beat: () => {
      gradients.push(loss.gradient.slice());
      return null;
    },
  });
  return { picks: [...free.subarray(0, count)], rest: free.subarray(count), gradients, filled };
}

/** Worked out by hand: two classes, six pictures, three held out. */
const example: Given = {
  classes: 2,
  residuals: Float32Array.from([0.9, 0.2, -0.8, -0.1, 0.6, -0.5].flatMap((d) => [-d, d])),
  logits: Float32Array.from([0, 0, 2, 0, 0, 1]),
  labels: Uint16Array.from([0, 0, 1]),
  count: 4,
  rate: 0.5,
};

/** Pictures of which some are learned and some are not. */
const pictures = fc
  .record({
    classes: fc.integer({ min: 2, max: 4 }),
    free: fc.integer({ min: 1, max: 25 }),
    held: fc.integer({ min: 1, max: 12 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    rate: fc.constantFrom(0.01, 0.5, 4),
    seed: fc.nat(1_000_000),
  })
  .map(({ classes, free, held, share, rate, seed }): Given => {
    const generator = createGenerator(seed);
    const uniform = () => generator.next() / 2 ** 31;
    const residuals = new Float32Array(free * classes);
    for (let i = 0; i < free; i++) {
      const scores = Float32Array.from({ length: classes }, () => 6 * uniform());
      writeResidual(scores, 0, i % classes, classes, residuals, i * classes);
    }
    return {
      ...{ classes, residuals, rate },
      logits: Float32Array.from({ length: held * classes }, () => 6 * uniform()),
      labels: Uint16Array.from({ length: held }, (_, v) => v % classes),
      count: Math.max(1, Math.round(share * free)),
    };
  });

describe('picking by the loss of held-out pictures', () => {
  it.each([
    [0.5, [-0.1168, 0.0446, -0.0984, 0.0103], [0.2102, 0.0714, 0.118, 0.0103]],
    [2, [-0.1168, 0.3002, -0.0434, 0.2642], [0.2102, 0.4803, 0.0521, 0.2642]],
  ])('takes a step with every pick: a rate of %f', async (rate, gradient, gains) => {
    const { picks, gradients, filled } = await search({ ...example, rate });
    expect(picks).toEqual([0, 2, 4, 5]);
    expect(filled).toBe(0);
    picks.forEach((pick, k) => {
      expect(gradients[k][0]).toBeCloseTo(gradient[k], 4);
      const [own, other] = example.residuals.subarray(2 * pick, 2 * pick + 2);
      expect(own * gradients[k][0] + other * gradients[k][1]).toBeCloseTo(gains[k], 3);
    });
  });

  it('takes many at once in rounds', async () => {
    const { picks } = await search({ ...example, rate: 2 }, { rounds: 2 });
    expect(picks).toEqual([0, 4, 2, 5]);
  });

  it('comes to the end where the rounds do not divide what is picked, or are more', async () => {
    for (const rounds of [3, 4, 15]) {
      const { picks, gradients } = await search(example, { rounds });
      expect(new Set(picks).size).toBe(4);
      expect(gradients).toHaveLength(1 + Math.min(rounds, 4));
    }
  });

  it('is of each picture once, whatever the search, and the same of the same seed', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, fc.integer({ min: 1, max: 30 }), fc.nat(100), async (given, size, seed) => {
        for (const how of [{ sample: size }, {}, { rounds: size }]) {
          const { picks, rest } = await search(given, { ...how, seed });
          expect([...picks, ...rest].sort((a, b) => a - b)).toEqual([
            ...places(given.residuals.length / given.classes),
          ]);
          expect((await search(given, { ...how, seed })).picks).toEqual(picks);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('of a sample of all is the same as of all; so is a round for every picture', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (given) => {
        const { picks } = await search(given);
        expect((await search(given, { sample: given.residuals.length / given.classes })).picks).toEqual(
          picks,
        );
        expect((await search(given, { rounds: given.count })).picks).toEqual(picks);
      }),
      { numRuns: 60 },
    );
  });

  it('in one round is the order of the gains, the lower place first among equals', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (given) => {
        const { classes, residuals, count } = given;
        // Every picture twice.
        const twice = Float32Array.of(...residuals, ...residuals);
        const { picks, gradients } = await search({ ...given, residuals: twice }, { rounds: 1 });
        const gains = Array.from({ length: twice.length / classes }, (_, i) =>
          gradients[0].reduce((sum, v, c) => sum + v * twice[i * classes + c], 0),
        );
        const order = [...gains.keys()].sort((a, b) => gains[b] - gains[a] || a - b);
        expect(count === 1 ? picks : picks.slice(0, count)).toEqual(order.slice(0, count));
      }),
      { numRuns: 60 },
    );
  });

  it('draws at random where no picture would change the loss, and counts that', async () => {
    const given = { ...example, residuals: new Float32Array(40), count: 6 };
    const one = await search(given);
    expect(one.filled).toBe(6);
    expect(new Set(one.picks).size).toBe(6);
    expect((await search(given, { seed: 2 })).picks).not.toEqual(one.picks);
    expect((await search(given, { rounds: 2 })).filled).toBe(6);
  });
});

describe('the gradient of held-out pictures after steps', () => {
  it('is that of probabilities worked out anew', () => {
    fc.assert(
      fc.property(pictures, ({ classes, residuals, logits, labels, rate }) => {
        const loss = new ValidationLoss(logits, labels, places(labels.length), classes);
        const steps = new Float64Array(classes);
        for (let from = 0; from < residuals.length; from += classes) {
          loss.step(residuals, from, rate);
          loss.update();
          for (let c = 0; c < classes; c++) steps[c] -= rate * residuals[from + c];
          const expected = new Float64Array(classes);
          labels.forEach((label, v) => {
            const scores = Array.from(steps, (step, c) => logits[v * classes + c] + step);
            const largest = Math.max(...scores);
            const parts = scores.map((score) => Math.exp(score - largest));
            const whole = parts.reduce((sum, part) => sum + part, 0);
            parts.forEach((part, c) => (expected[c] += (part / whole - Number(c === label)) / labels.length));
          });
          expected.forEach((value, c) => expect(Math.abs(loss.gradient[c] - value)).toBeLessThan(1e-6));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('stays a number far outside of what a step should be', () => {
    const loss = new ValidationLoss(Float32Array.of(200, -200), Uint16Array.of(0), places(1), 2);
    for (let k = 0; k < 3; k++) {
      loss.step(Float32Array.of(1, -1), 0, 1e5);
      loss.update();
      expect([...loss.gradient]).toEqual([-1, 1]);
      loss.step(Float32Array.of(-1, 1), 0, 3e5);
      loss.update();
      expect(loss.gradient.every((value) => Math.abs(value) < 1e-9)).toBe(true);
      loss.step(Float32Array.of(1, -1), 0, 2e5);
    }
  });
});
