import { expect, it } from 'vitest';
import type { Point } from './points.ts';
import { recommend } from './recommend.ts';
import type { SearchResult } from './search.ts';

/** Sizes by contender for 1, 5 and 10 %, all of them judged; ratios on the validation records by contender. */
function resultOf(
  sizes: Record<string, (number | null)[]>,
  ratios: Record<string, number> = {},
): SearchResult {
  const found = Object.entries(sizes).map(([contender, betas]) => ({ contender, betas }));
  const all = [...new Set(found.flatMap(({ betas }) => betas))].filter((beta) => beta !== null);
  const points = (ratioOf: (contender: string) => number) =>
    found.flatMap(({ contender }) =>
      all.map((beta): Point => {
        const ratio = ratioOf(contender);
        return { contender, beta, samples: 2 * beta, ratio, quartiles: [ratio, ratio], count: 3 };
      }),
    );
  return {
    ...{ tolerances: [0.01, 0.05, 0.1], found, most: 100 },
    tried: points((contender) => ratios[contender] ?? 1.03),
    judged: points(() => 1.02),
  };
}
const brief = (...given: Parameters<typeof resultOf>) => {
  const made = recommend(resultOf(...given));
  return made === null ? null : [made.best.contender, made.best.beta, made.tolerance];
};

it('takes the smallest size within 5 %, else within 10 %', () => {
  expect(brief({ condensed: [30, 12, 9], random: [50, 40, 35] })).toEqual(['condensed', 12, 0.05]);
  expect(brief({ condensed: [null, null, 9], random: [null, null, null] })).toEqual(['condensed', 9, 0.1]);
});

it('takes a smaller drawn sample, or one as small and as good', () => {
  expect(brief({ condensed: [null, null, 9], random: [null, 40, 35] })).toEqual(['random', 40, 0.05]);
  expect(brief({ condensed: [30, 14, 9], random: [50, 12, 12] })).toEqual(['random', 12, 0.05]);
  const tie = { condensed: [30, 12, 9], random: [50, 12, 12] };
  expect(brief(tie)).toEqual(['random', 12, 0.05]);
  expect(brief(tie, { condensed: 1.005, random: 1.045 })).toEqual(['condensed', 12, 0.05]);
});

it('takes none where none is sufficient, and names the others at the size', () => {
  expect(brief({ condensed: [null, null, null], random: [null, null, null] })).toBeNull();
  const made = recommend(resultOf({ condensed: [30, 12, 9], random: [50, 40, 35] }));
  expect(made?.others.map(({ contender, beta }) => [contender, beta])).toEqual([['random', 12]]);
});
