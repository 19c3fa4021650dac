/** Answers for tests: of 16,512 records, condensed samples and random ones. */
import type { Answer, Point } from '../../../contracts/answer.ts';

export function pointOf(contender: string, beta: number, samples: number, ratio: number): Point {
  return { contender, beta, samples, ratio, quartiles: [ratio - 0.01, ratio + 0.5], count: 30 };
}

/** Sizes within 1, 5 and 10 % by contender, as points of the test records. */
export function answerOf(sizes: Record<string, (Point | null)[]>, change: Partial<Answer> = {}): Answer {
  const found = Object.entries(sizes).map(([contender, points]) => ({
    contender,
    betas: points.map((point) => point?.beta ?? null),
  }));
  return {
    tolerances: [0.01, 0.05, 0.1],
    found,
    tried: [],
    judged: Object.values(sizes)
      .flat()
      .filter((point) => point !== null),
    most: 8_120,
    splits: [1, 2, 3],
    metric: 'mse',
    trainRows: 16_512,
    seconds: 4,
    ...change,
  };
}
