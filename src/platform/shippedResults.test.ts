import { describe, expect, it } from 'vitest';
import type { RecordedResult } from '../contracts/results.ts';
import { fetchShippedResults } from './shippedResults.ts';

const RESULT: RecordedResult = {
  ...{ dataset: 'MNIST', model: 'lenet5', width: null, method: 'random', fraction: 0.01, seed: 1 },
  ...{ epochs: 100, backend: 'wasm', accuracy: 0.98, selection: null },
  seconds: { fetch: 1, wait: 0.1, train: 20, evaluate: 3, select: 0, warmup: 1 },
  ...{ residentBytes: 470_400, tensorBytes: 1e6, distinctRecordsRead: 38_000, storageRatio: null },
  ...{ trainRecords: 60_000, subsetRecords: 600, rawBytes: 47_040_000 },
  ...{ date: '2026-11-29', machine: '2 cores', command: 'npm run -s reproduce -- mnist' },
  curve: [{ epoch: 100, accuracy: 0.98 }],
};

function answering(body: string, init: ResponseInit = {}): typeof fetch {
  return async () => new Response(body, { headers: { 'content-type': 'application/json' }, ...init });
}

describe('the shipped results', () => {
  it('are those of the file beside the page', async () => {
    const asked: string[] = [];
    const fetchFile: typeof fetch = async (url) => {
      asked.push(url instanceof URL ? url.href : '');
      return answering(JSON.stringify({ version: 1, results: [RESULT] }))(url);
    };
    expect(await fetchShippedResults('https://lab.example/sub/', fetchFile)).toEqual([RESULT]);
    expect(asked).toEqual(['https://lab.example/sub/paper/results.json']);
  });

  it.each([
    ['there is no file', answering('', { status: 404 })],
    ['the server answers with the page', answering('<html>', { headers: { 'content-type': 'text/html' } })],
    ['it is damaged', answering('{"version":1,')],
    ['it is of another version', answering('{"version":2,"results":[]}')],
    ['a result is none', answering(JSON.stringify({ version: 1, results: [{ ...RESULT, accuracy: 98 }] }))],
  ])('are none when %s', async (_why, fetchFile) => {
    expect(await fetchShippedResults('https://lab.example/', fetchFile)).toEqual([]);
  });

  it('are none without a network', async () => {
    const failing: typeof fetch = async () => {
      throw new TypeError('no network');
    };
    expect(await fetchShippedResults('https://lab.example/', failing)).toEqual([]);
  });
});
