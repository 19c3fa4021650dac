import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../contracts/codec.ts';
import { readCsv } from '../../../readers/csv/readCsv.ts';
import { cellText } from '../../../core/table/table.ts';
import { textFile } from '../../../readers/testing/files.ts';
import { sweepCsv, sweepJson, type SweepRecord } from './files.ts';
import { runOf } from '../testing/cells.ts';

const record: SweepRecord = {
  dataset: { id: 'a'.repeat(64), name: 'Houses, "old"', rows: 1250 },
  settings: { ...DEFAULT_SETTINGS, target: '=cmd()' },
  plan: {
    axes: [
      { name: 'codec', values: ['entrogede', 'greedygd'] },
      { name: 'beta', values: [8, 12] },
    ],
    splits: [1],
  },
  full: [runOf(['entrogede', 8], { method: 'full' }, 0.5, 0.4)],
  contests: [],
  runs: [
    runOf(['entrogede', 8], { beta: 8 }, 0.75, 0.6),
    runOf(['greedygd', 12], { beta: 12, exact: null }, 0.6),
  ],
};

describe('the sweep as a file', () => {
  it('writes every run as a line that a CSV reader understands', async () => {
    const { table } = await readCsv(textFile(sweepCsv(record), 'sweep.csv'));
    const lines = Array.from({ length: table.rows }, (_, row) =>
      Object.fromEntries(table.columns.map((column) => [column.name, cellText(column, row)])),
    );
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatchObject({
      dataset: 'Houses, "old"',
      target: '=cmd()',
      method: 'full',
      beta: null,
    });
    expect(lines[1]).toMatchObject({ codec: 'entrogede', beta: '8', split: '1', floor_test_mse: '1.3' });
    expect(Number(lines[1].gd_ratio_to_full)).toBeCloseTo(1.5, 12);
    expect(lines[2]).toMatchObject({ codec: 'greedygd', exact_test_mse: null, exact_ratio_to_full: null });
  });

  it('has a line for every draw of a contender', async () => {
    const contests = [
      {
        ...{ split: 1, metric: 'mse' as const, full: { error: 0.4, seconds: 1 }, floor: 1 },
        trials: [
          {
            ...{ contender: 'random', beta: 8, samples: 40, errors: [0.6, 0.8] },
            seconds: { making: 0, fitting: 0 },
          },
        ],
      },
    ];
    const [header, ...lines] = sweepCsv({ ...record, contests })
      .trim()
      .split('\r\n');
    const columns = header.split(',');
    const last = (lines.at(-1) ?? '').split(',').slice(-columns.length);
    // The dataset's name has a comma of its own, in front of everything asked for here.
    const cell = (name: string) => last[columns.indexOf(name)];
    expect(lines).toHaveLength(5);
    expect(['method', 'beta', 'samples', 'exact_test_mse', 'draw'].map(cell)).toEqual([
      'random',
      '8',
      '40',
      '0.8',
      '2',
    ]);
    expect(Number(cell('exact_ratio_to_full'))).toBeCloseTo(2, 12);
    const read = JSON.parse(sweepJson({ ...record, contests }, '1.2.3'));
    expect(read.contests).toEqual(contests);
    expect(read.summary.contenders).toMatchObject([
      { name: 'random', points: [{ beta: 8, draws: 2, median: 1.75 }] },
    ]);
  });

  it('keeps settings, plan, runs and statistics in the JSON', () => {
    const read = JSON.parse(sweepJson(record, '1.2.3'));
    expect(read).toMatchObject({ kind: 'dreaMLearning Lab sweep', version: '1.2.3', plan: record.plan });
    expect(read.full).toEqual(record.full);
    expect(read.settings.target).toBe('=cmd()');
    expect(read.summary.points[0].scores.gd.ratio.count).toBe(1);
    expect(read.summary.full).toHaveLength(1);
  });
});
