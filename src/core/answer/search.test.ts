import { describe, expect, it } from 'vitest';
import { candidates, ladder } from './ladder.ts';
import { pointsOf } from './points.ts';
import { mostEvaluations, searchSizes, type Evaluate, type SearchRequest } from './search.ts';

/** m grows by a factor that alternates, with βs between that split nothing. */
const COUNTS = Uint32Array.from({ length: 60 }, (_, beta) => Math.min(9_000, Math.floor(1.18 ** beta)));
const REQUEST: SearchRequest = {
  counts: COUNTS,
  trainRows: 10_000,
  contenders: ['condensed', 'random'],
  tolerances: [0.01, 0.05, 0.1],
};
const CANDIDATES = candidates(COUNTS, 10_000);

/** An evaluation by curves of the ratio against β, on three splits. */
function byCurves(curves: Record<string, (beta: number) => number>) {
  const asked: string[] = [];
  const evaluate: Evaluate = async (wanted, judge) => {
    if (judge === 'validation')
      asked.push(...wanted.flatMap(({ contender, betas }) => betas.map((beta) => `${contender} ${beta}`)));
    return [2, 3, 4].map((full) => ({
      full: { error: full },
      floor: 10 * full,
      trials: wanted.flatMap(({ contender, betas }) =>
        betas.map((beta) => ({
          contender,
          beta,
          samples: COUNTS[beta],
          errors:
            contender === 'random'
              ? [0.9, 1, 1.1].map((k) => k * full * curves[contender](beta))
              : [full * curves[contender](beta)],
        })),
      ),
    }));
  };
  return { evaluate, asked };
}

/** What trying every candidate gives. */
function exhaustive(curve: (beta: number) => number, tolerance: number): number | null {
  const failing = CANDIDATES.findLastIndex((beta) => curve(beta) > 1 + tolerance);
  return CANDIDATES[failing + 1] ?? null;
}

const falling = (scale: number) => (beta: number) => 1 + scale / COUNTS[beta];

describe('the sizes that are tried', () => {
  it('are the smallest β of each number of samples, from three to half of the records', () => {
    expect(candidates([1, 2, 2, 3, 3, 5, 8, 13, 13], 20)).toEqual([3, 5, 6]);
    expect(candidates([1, 2], 20)).toEqual([]);
  });

  it('double at first, and end at the largest', () => {
    const counts = [1, 2, 3, 4, 6, 7, 13, 14, 20];
    expect(ladder([2, 3, 4, 5, 6, 7, 8], counts)).toEqual([2, 4, 6, 8]);
    expect(ladder([2, 3, 4, 5, 6, 7], counts)).toEqual([2, 4, 6]);
    expect(ladder([], counts)).toEqual([]);
  });
});

describe('a search', () => {
  it.each([3, 30, 200, 400])(
    'on falling errors finds what trying everything finds (scale %d)',
    async (scale) => {
      const curves = { condensed: falling(scale), random: falling(scale * 7) };
      const { evaluate } = byCurves(curves);
      const { found } = await searchSizes(REQUEST, evaluate);
      for (const [k, contender] of (['condensed', 'random'] as const).entries())
        expect(found[k].betas).toEqual(REQUEST.tolerances.map((by) => exhaustive(curves[contender], by)));
    },
  );

  it('on errors with bumps ends at a size that is within, above one that is not, and never too large', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const bumpy = (beta: number) => 1 + (60 / COUNTS[beta]) * (1 + Math.sin(seed * beta * 1.7));
      const { evaluate, asked } = byCurves({ condensed: bumpy, random: bumpy });
      const { found, tried, judged } = await searchSizes(REQUEST, evaluate);
      expect(asked.length + judged.length).toBeLessThanOrEqual(mostEvaluations(REQUEST));
      REQUEST.tolerances.forEach((by, k) => {
        const beta = found[0].betas[k];
        const best = exhaustive(bumpy, by);
        if (beta === null) {
          expect(best).toBeNull();
          return;
        }
        const place = CANDIDATES.indexOf(beta);
        expect(bumpy(beta)).toBeLessThanOrEqual(1 + by + 1e-12);
        if (place > 0) expect(bumpy(CANDIDATES[place - 1])).toBeGreaterThan(1 + by);
        if (best !== null) expect(beta).toBeLessThanOrEqual(best);
        const larger = tried.filter((point) => point.contender === 'condensed' && point.beta >= beta);
        expect(larger.every(({ ratio }) => ratio <= 1 + by + 1e-12)).toBe(true);
      });
    }
  });

  it('tries nothing twice, no more than it says beforehand, and the same every time', async () => {
    const curves = { condensed: falling(40), random: falling(300) };
    const first = byCurves(curves);
    const second = byCurves(curves);
    const result = await searchSizes(REQUEST, first.evaluate);
    expect(await searchSizes(REQUEST, second.evaluate)).toEqual(result);
    expect(second.asked).toEqual(first.asked);
    expect(new Set(first.asked).size).toBe(first.asked.length);
    expect(first.asked.length + result.judged.length).toBeLessThanOrEqual(mostEvaluations(REQUEST));
    expect(first.asked.length).toBeLessThan(2 * CANDIDATES.length);
  });

  it('says where a tolerance is not reached, and asks the test records only for what was found', async () => {
    const curves = { condensed: (beta: number) => 1.07 + 0 * beta, random: () => 3 };
    const { evaluate } = byCurves(curves);
    const { found, judged, most } = await searchSizes(REQUEST, evaluate);
    expect(found.map(({ betas }) => betas)).toEqual([
      [null, null, CANDIDATES[0]],
      [null, null, null],
    ]);
    expect(judged.map(({ contender, beta }) => [contender, beta])).toEqual([
      ['condensed', CANDIDATES[0]],
      ['random', CANDIDATES[0]],
    ]);
    expect(most).toBe(COUNTS[CANDIDATES.at(-1) ?? 0]);
  });

  it('of records that cannot be shrunk tries nothing', async () => {
    const { evaluate, asked } = byCurves({});
    const result = await searchSizes({ ...REQUEST, counts: [1, 2] }, evaluate);
    expect(result).toMatchObject({ tried: [], judged: [], most: 0 });
    expect([asked.length, mostEvaluations({ ...REQUEST, counts: [1, 2] })]).toEqual([0, 0]);
  });
});

describe('the points', () => {
  it('are means over the splits, and of draws the median with quartiles', () => {
    const split = (error: number, draws: number[]) => ({
      full: { error },
      floor: 100,
      trials: [
        { contender: 'condensed', beta: 4, samples: 10 * error, errors: [1.5 * error + 1] },
        { contender: 'random', beta: 4, samples: 10, errors: draws },
      ],
    });
    const [condensed, random] = pointsOf([split(1, [1, 2, 3]), split(2, [2, 8, Infinity])]);
    expect(condensed).toEqual({
      contender: 'condensed',
      beta: 4,
      samples: 15,
      ratio: 2.25,
      quartiles: [2.125, 2.375],
      count: 2,
    });
    expect(random.ratio).toBe(2.5);
    expect(random.quartiles).toEqual([1.25, 3.75]);
    expect(random.count).toBe(6);
  });

  it('count an error that is no number as infinite', () => {
    const trial = { contender: 'random', beta: 4, samples: 10, errors: [NaN, Infinity, NaN] };
    const [point] = pointsOf([{ full: { error: 1 }, floor: 2, trials: [trial] }]);
    expect(point).toMatchObject({ ratio: Infinity, quartiles: [Infinity, Infinity] });
  });
});
