import { describe, expect, it } from 'vitest';
import { savedResultOf } from '../../../contracts/results.ts';
import { runWith } from '../../testing/training.ts';
import { trainingCsv, trainingJson } from './trainingFiles.ts';

const done = runWith({ method: 'dreamlearning', fraction: 0.05, seed: 2 }, { accuracy: 0.981 });
const full = runWith({ method: 'full', fraction: 0.3 }, {}, { datasetName: '=Pets, "mine"' });
const runs = [done, runWith({ seed: 9 }, { epochs: 2 }), full];

describe('the files of trainings', () => {
  it('are an array of results of the finished runs, and nothing else', () => {
    const results = JSON.parse(trainingJson(runs)) as Record<string, unknown>[];
    expect(results).toEqual([savedResultOf(done), savedResultOf(full)]);
    expect(Object.keys(results[0])).toEqual([
      ...['dataset', 'model', 'width', 'method', 'fraction', 'seed', 'epochs', 'backend', 'accuracy'],
      ...['seconds', 'residentBytes', 'tensorBytes', 'distinctRecordsRead', 'storageRatio'],
      ...['trainRecords', 'subsetRecords', 'rawBytes', 'selection', 'device', 'curve', 'settings', 'unusual'],
    ]);
    expect(results[1]).toMatchObject({ method: 'full', fraction: 1, width: null, storageRatio: null });
    expect(trainingJson([])).toBe('[]\n');
  });

  it('are a line of CSV for each, as wide as the header', () => {
    const lines = trainingCsv(runs).trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    const [header, first] = lines.map((line) => line.split(','));
    expect(first).toHaveLength(header.length);
    const cell = (name: string) => first[header.indexOf(name)];
    expect([cell('method'), cell('fraction'), cell('seed'), cell('accuracy')]).toEqual([
      ...['dreamlearning', '0.05', '2', '0.981'],
    ]);
    expect([cell('storage_ratio'), cell('backend'), cell('nesterov'), cell('sampling')]).toEqual([
      ...['0.27', 'wasm', '1', 'uniform'],
    ]);
    expect(lines[2].startsWith('"=Pets, ""mine""",lenet5,,full,1,1,')).toBe(true);
  });
});
