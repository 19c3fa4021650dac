import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type SweepCell } from '../../contracts/codec.ts';
import {
  csvCell,
  estimateSeconds,
  statistic,
  summarise,
  summariseFull,
  sweepCsv,
  sweepJson,
} from './summary.ts';

function cell(beta: number | null, split: number, gdMse: number, closedFormMse: number): SweepCell {
  return {
    beta,
    split,
    samples: beta === null ? 1000 : beta * 10,
    trainRows: 1000,
    gdMse,
    gdIterations: 10_000,
    gdStop: beta === null ? 'limit' : 'converged',
    gdSeconds: beta === null ? 20 : 0.5,
    closedFormMse,
    closedFormSeconds: 0.01,
    floorMse: 1.3,
    bytes: 300,
    bytesStored: 400,
    rawFloat64Bytes: 1000,
  };
}

const full = [cell(null, 1, 0.5, 0.4), cell(null, 2, 1, 0.8)];
const points = [
  { beta: 12, cells: [cell(12, 1, 0.6, 0.5), cell(12, 2, 1.1, 0.8)] },
  { beta: 8, cells: [cell(8, 1, 0.75, 0.6)] },
];
const record = {
  dataset: { id: 'a'.repeat(64), name: 'Houses, "old"', rows: 1250 },
  settings: { ...DEFAULT_SETTINGS, target: '=cmd()' },
  full,
  points,
};

describe('statistic', () => {
  it('gives mean, sample deviation and range', () => {
    expect(statistic([1, 2, 3, 4])).toEqual({ mean: 2.5, std: Math.sqrt(5 / 3), min: 1, max: 4, count: 4 });
    expect(statistic([7])).toEqual({ mean: 7, std: 0, min: 7, max: 7, count: 1 });
    expect(statistic([])).toBeNull();
  });
});

describe('summarise', () => {
  it('averages the ratios of the splits, not the ratio of the averages', () => {
    const [eight, twelve] = summarise(full, points);
    expect(eight.beta).toBe(8);
    expect(twelve.gdRatio?.mean).toBeCloseTo((0.6 / 0.5 + 1.1 / 1) / 2, 12);
    expect(twelve.closedFormRatio?.mean).toBeCloseTo((0.5 / 0.4 + 1) / 2, 12);
    expect(twelve.gdRatio?.min).toBeCloseTo(1.1, 12);
    expect(twelve.gdSpeedUp?.mean).toBe(40);
    expect(twelve.storage.mean).toBe(0.3);
    expect(twelve.storageStored.mean).toBe(0.4);
    expect(twelve.sampleShare.mean).toBe(0.12);
    expect(twelve.atLimit).toBe(0);
  });

  it('uses only splits whose full training is done, and leaves out β without cells', () => {
    const [twelve] = summarise([full[1]], [points[0], { beta: 20, cells: [] }]);
    expect(twelve.gdRatio).toMatchObject({ mean: 1.1, count: 1 });
    expect(twelve.splits).toBe(2);
    expect(summarise([], points)[0].gdRatio).toBeNull();
    expect(summarise(full, [])).toEqual([]);
  });

  it('summarises full training', () => {
    expect(summariseFull(full).gdMse?.mean).toBe(0.75);
    expect(summariseFull([]).gdMse).toBeNull();
  });
});

describe('estimateSeconds', () => {
  it('adds the share of the rows that every β trains on', () => {
    const plan = {
      betas: [1, 2, 99],
      splits: 3,
      fullSeconds: 10,
      encodeSeconds: 1,
      trainRows: 100,
      condensedSamples: Uint32Array.of(1, 10, 20, 50),
    };
    expect(estimateSeconds(plan)).toBeCloseTo(3 * (10 * (1 + 0.8) + 1), 9);
  });
});

describe('the sweep as a file', () => {
  it('writes every run as a line that a CSV reader understands', () => {
    const { data, errors } = Papa.parse<Record<string, string>>(sweepCsv(record), {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data).toHaveLength(5);
    expect(data[0]).toMatchObject({ dataset: 'Houses, "old"', target: "'=cmd()", beta: 'full', split: '1' });
    expect(Number(data[2].gd_ratio_to_full)).toBeCloseTo(1.2, 12);
    expect(new Set(data.map((line) => Object.keys(line).length))).toEqual(new Set([22]));
  });

  it('escapes cells and takes the sting out of formulas', () => {
    expect(csvCell('plain')).toBe('plain');
    expect(csvCell('a,b')).toBe('"a,b"');
    expect(csvCell('a "b"\nc')).toBe('"a ""b""\nc"');
    for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx']) {
      expect(csvCell(formula).replaceAll('"', '').startsWith("'")).toBe(true);
    }
    expect(csvCell(-0.5)).toBe('-0.5');
  });

  it('keeps settings, runs and statistics in the JSON', () => {
    const read = JSON.parse(sweepJson(record, '1.2.3'));
    expect(read).toMatchObject({ kind: 'dreaMLearning Lab sweep', version: '1.2.3' });
    expect(read.full).toEqual(full);
    expect(read.settings.target).toBe('=cmd()');
    expect(read.summary[1].gdRatio.count).toBe(2);
  });
});
