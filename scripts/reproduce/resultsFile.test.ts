import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readResults } from '../../src/contracts/results.ts';
import { readResultsFile, resultsText, withResult, writeResult } from './resultsFile.ts';
import { recordedResult } from './testing.ts';

describe('results of runs', () => {
  it('take the place of the same run, and of no other', () => {
    const first = recordedResult();
    const others = [
      recordedResult({ seed: 2 }),
      recordedResult({ fraction: 0.05 }),
      recordedResult({ epochs: 2 }),
      recordedResult({ backend: 'webgpu' }),
      recordedResult({ dataset: 'cifar10' }),
      recordedResult({ settings: { batch: 16 } }),
      recordedResult({ settings: { batch: 16, rate: 0.1 } }),
    ];
    let results = [first, ...others].reduce(withResult, []);
    expect(results).toHaveLength(8);
    results = withResult(results, recordedResult({ accuracy: 0.99, machine: 'another', fraction: 0.1 / 10 }));
    expect(results).toHaveLength(8);
    expect(results.filter(({ accuracy }) => accuracy === 0.99)).toHaveLength(1);
    results = withResult(results, recordedResult({ settings: { rate: 0.1, batch: 16 }, accuracy: 0.97 }));
    expect(results).toHaveLength(8);
  });

  it('lie in an order that does not depend on when they came', () => {
    const all = [
      recordedResult({ dataset: 'cifar10', method: 'full', fraction: 1 }),
      recordedResult({ method: 'full', fraction: 1 }),
      recordedResult({ fraction: 0.01 }),
      recordedResult({ fraction: 0.01, seed: 2 }),
      recordedResult({ fraction: 0.1 }),
      recordedResult({ method: 'dreamlearning' }),
    ];
    expect([...all].reverse().reduce(withResult, [])).toEqual(all);
    expect(all.reduce(withResult, [])).toEqual(all);
  });
});

describe('the file of results', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'results-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('has a result a line, and leaves nothing beside it', async () => {
    const path = join(folder, 'new/results.json');
    expect(await readResultsFile(path)).toEqual([]);
    await writeResult(path, recordedResult({ seed: 2 }));
    await writeResult(path, recordedResult());
    const text = await readFile(path, 'utf8');
    expect(text.split('\n')).toHaveLength(8);
    expect(readResults(JSON.parse(text))).toEqual([recordedResult(), recordedResult({ seed: 2 })]);
    expect(await readdir(join(folder, 'new'))).toEqual(['results.json']);
    expect(JSON.parse(resultsText([]))).toEqual({ version: 1, results: [] });
  });

  it('has the fields of all results in one order, and takes in none that would not be read', async () => {
    const path = join(folder, 'results.json');
    const { seed, ...others } = recordedResult({ seed: 2 });
    await writeResult(path, { seed, ...others });
    await writeResult(path, recordedResult());
    const { results } = JSON.parse(await readFile(path, 'utf8')) as { results: object[] };
    expect(Object.keys(results[1])).toEqual(Object.keys(results[0]));
    await expect(writeResult(path, recordedResult({ seed: 3, accuracy: NaN }))).rejects.toThrow(
      'cannot be kept',
    );
    expect(await readResultsFile(path)).toHaveLength(2);
  });

  it('is not overwritten where it is something else', async () => {
    const path = join(folder, 'other.json');
    for (const text of ['{"version": 1, "results": [', '{"version": 2, "results": []}']) {
      await writeFile(path, text);
      await expect(writeResult(path, recordedResult())).rejects.toThrow('is no file of results');
      expect(await readFile(path, 'utf8')).toBe(text);
    }
  });
});
