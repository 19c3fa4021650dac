import { describe, expect, it } from 'vitest';
import type { Examination } from '../../contracts/codec.ts';
import type { PeerResult } from '../../contracts/peers.ts';
import { answerOf, pointOf } from './testing/answers.ts';
import { adviceOf, lossWords, storageWords, warningsOf } from './words.ts';

const plain = (words: string): string => words.replace(/\u202f/g, ' ');
const sentences = (answer: Parameters<typeof adviceOf>[0]) => adviceOf(answer).sentences.map(plain);
const condensed = pointOf('condensed', 19, 318, 1.014);

describe('the recommendation', () => {
  it('is the smallest sufficient size, beside a random sample of that size', () => {
    const answer = answerOf({
      condensed: [pointOf('condensed', 24, 900, 1.004), condensed, condensed],
      random: [null, null, pointOf('random', 30, 4_000, 1.05)],
    });
    answer.judged.push({ ...pointOf('random', 19, 318, 1.38), quartiles: [1.12, 1.95] });
    expect(adviceOf(answer)).toMatchObject({ answer: 'Yes', beta: 19 });
    expect(sentences(answer)).toEqual([
      '318 condensed samples (1.9 % of 16,512 records) have an error 1.4 % above that of all records.',
      'A random sample of that size has an error 38.0 % above that of all records, half of the draws between × 1.12 and × 1.95.',
    ]);
  });

  it('is a random sample where that is as small', () => {
    const random = pointOf('random', 19, 318, 1.03);
    const answer = answerOf({ condensed: [null, condensed, condensed], random: [null, random, random] });
    expect(adviceOf(answer)).toMatchObject({ answer: 'Yes', beta: null });
    expect(sentences(answer)[0]).toMatch(
      /^A random sample does it: 318 records \(1\.9 % of 16,512 records\)/,
    );
    expect(sentences(answer)[1]).toBe('Condensing needs as many, so it gains nothing here.');
    const alone = answerOf({ condensed: [null, null, null], random: [null, random, random] });
    expect(sentences(alone)[1]).toBe('Condensed samples do not stay within 5 % up to m = 8,120.');
  });

  it('is none where nothing is sufficient', () => {
    const none = { condensed: [null, null, null], random: [null, null, null] };
    const answer = answerOf(none, { tried: [pointOf('condensed', 40, 8_120, 1.14)] });
    expect(adviceOf(answer)).toMatchObject({ answer: 'No', beta: null });
    expect(sentences(answer)).toEqual([
      'Nothing below half of the 16,512 records stays within 10 % of the error of all of them.',
      'With that many condensed samples it is × 1.14 on the validation records.',
    ]);
    expect(sentences(answerOf(none, { most: 40 }))[0]).toMatch(/^Up to m = 40, the most that the bits/);
    expect(sentences(answerOf(none, { most: 0 }))[0]).toContain('too few bits');
  });

  it.each([
    [1.0004, 'the same error as all records'],
    [0.98, 'an error 2.0 % below that of all records'],
    [5.31, '5.3 times the error of all records'],
    [460.2, '460 times the error of all records'],
    [5e12, 'more than 1,000 times the error of all records'],
  ])('says a ratio of %d as %s', (ratio, words) => {
    expect(plain(lossWords(ratio))).toBe(words);
  });
});

it('compares what storing takes with the best of the others, with and without random access', () => {
  const archive = {
    bytes: { train: 241, test: 60 },
    rawFloat64Bytes: { train: 1_000, test: 250 },
  };
  const peer = (label: string, ratio: number | null, randomAccess: boolean, exact = true): PeerResult =>
    ({ label, ratio, randomAccess, exact, isOurs: label === 'archive' }) as PeerResult;
  const peers = [
    ...[peer('archive', 0.24, true), peer('zstd', 0.36, false), peer('gzip', 0.4, false)],
    ...[peer('blocks', 0.5, true), peer('lossy', 0.1, false, false), peer('none', null, false)],
  ];
  expect(plain(storageWords(archive, peers))).toBe(
    'The archive, with random access, takes 24.1 % of float64; blocks, the best other with it, takes 50.0 %; zstd, the best without it, takes 36.0 %.',
  );
  expect(plain(storageWords(archive, []))).toBe('The archive, with random access, takes 24.1 % of float64.');
});

describe('the warnings', () => {
  const yes = answerOf({ condensed: [null, condensed, condensed], random: [null, null, null] });
  const score = {
    ...{ task: 'regression' as const, test: { mse: 0.5 }, train: { mse: 0.5 }, floor: { mse: 1.3 } },
    classes: null,
  };
  const full = {
    ...{ method: 'full' as const, score, solver: 'closed-form' as const, iterations: 1, samples: 16_512 },
    ...{ weights: { least: 1, most: 1 }, leftOut: 0, filled: 0, width: 9, ridge: 0, seconds: 0.1 },
    ...{ converged: true, gradientNorm: null },
  };
  const of = (change: object, answer = yes, examined: Examination | null = null) =>
    warningsOf({ answer, full: { ...full, ...change }, bits: { trainRows: 700 } as never, examined }).map(
      plain,
    );

  it('are none where all is well', () => {
    expect(of({})).toEqual([]);
  });

  it('name what makes the answer doubtful', () => {
    expect(of({ leftOut: 151 })).toEqual(['151 records of 700 (22 %) have a missing cell and are left out.']);
    expect(of({ ridge: 1e-8 })[0]).toMatch(/^Some features follow from others/);
    expect(of({ score: { ...score, test: { mse: 1.29 } } })[0]).toMatch(/^Not even all records/);
    expect(of({ score: { ...score, test: { mse: 1e-20 } } })[0]).toMatch(
      /^All records predict the target exactly/,
    );
    const classes = { labels: ['no', 'yes'], confusion: Uint32Array.of(90, 4, 5, 7), roc: null };
    expect(of({ score: { ...score, classes } })[0]).toMatch(/^Only 12 test records of class “yes”/);
  });

  it('begin with features from which the target can be read off', () => {
    const leak = { columns: ['casual', 'registered'], r2: 1, isExact: true, how: 'linear' };
    const examined = { target: 'cnt', leaks: [leak] } as unknown as Examination;
    expect(of({ score: { ...score, test: { mse: 1e-20 } } }, yes, examined)).toEqual([
      'casual + registered give cnt exactly: with them in, nothing is left to predict.',
    ]);
  });

  it('name few records, and a test that does not keep what validation promised', () => {
    const off = answerOf(
      { condensed: [null, { ...condensed, ratio: 1.12 }, null], random: [] },
      { trainRows: 80 },
    );
    expect(of({}, off)).toEqual([
      'On the validation records the error is within 5 %; on the test records it is × 1.12.',
      'There are only 80 training records, and a fifth of them decides: another split may answer otherwise.',
    ]);
  });
});
