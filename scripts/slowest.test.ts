import { expect, it } from 'vitest';
import { secondsOfTests, slowestFiles, slowestTests } from './slowest.mjs';

it('the slowest unit files come first, by their paths in the repository', () => {
  const file = (name: string, endTime: number) => ({ name, startTime: 1_000, endTime });
  const report = {
    testResults: [file('/lab/src/a.test.ts', 1_500), file('/lab/src/b.test.ts', 4_000), file('c', 1_001)],
  };
  expect(slowestFiles(report, '/lab/', 2)).toEqual([
    { what: 'src/b.test.ts', seconds: 3 },
    { what: 'src/a.test.ts', seconds: 0.5 },
  ]);
});

it('the slowest end-to-end tests come first, with all their tries, wherever they are described, and are summed', () => {
  const spec = (title: string, ...tries: number[]) => ({
    title,
    file: 'a.spec.ts',
    tests: [{ results: tries.map((duration) => ({ duration })) }],
  });
  const report = {
    suites: [{ specs: [spec('one', 2_000)], suites: [{ specs: [spec('two', 1_000, 1_500)] }] }],
  };
  expect(slowestTests(report, 10)).toEqual([
    { what: 'a.spec.ts: two', seconds: 2.5 },
    { what: 'a.spec.ts: one', seconds: 2 },
  ]);
  expect(secondsOfTests(report)).toBe(4.5);
});
