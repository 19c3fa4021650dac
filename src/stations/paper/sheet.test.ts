import { describe, expect, it } from 'vitest';
import { METHOD_METAS } from '../../contracts/methods.ts';
import { PAPER_TABLES, paperMethods } from '../training/paper/tables.ts';
import { estimateOf } from './estimate.ts';
import { sheetCsv, sheetJson, sheetLatex, latexText } from './files.ts';
import { differencesFrom, paperTraining } from './sets.ts';
import { knownOf, leftOutWords, sheetOf, type SheetRow } from './sheet.ts';
import { ownRun, shippedResult } from './testing.ts';
import { entryWords, tableTitle, valueWords } from './words.ts';

const [one, , , four, five, six] = PAPER_TABLES;

const full = shippedResult({
  ...{ method: 'full', fraction: 1, subsetRecords: 60_000, accuracy: 0.993 },
  seconds: { fetch: 1, wait: 0, train: 1_200, evaluate: 10, select: 0, warmup: 1 },
});

function rowOf(rows: readonly SheetRow[], method: string, fraction: number): SheetRow {
  const row = rows.find((one) => one.method === method && one.fraction === fraction);
  if (row === undefined) throw new Error(`no row ${method} ${fraction}`);
  return row;
}

describe('a table with what was measured', () => {
  it('has the paper’s rows and those of other methods behind them', () => {
    const { rows } = sheetOf(four, knownOf('mnist', [], []));
    const others = METHOD_METAS.all.filter(
      ({ name, usesFraction }) => usesFraction && !paperMethods('mnist').includes(name),
    );
    expect(rows).toHaveLength(19 + 3 * others.length);
    const row = rowOf(rows, 'random-fixed', 0.05);
    expect(row.isOfPaper).toBe(false);
    expect(row.entries.paper.lack).toBe('not in the paper');
    expect(row.entries.ours.lack).toBe('not run');
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });

  it('takes means over seeds, and times as shares of full training where it was made', () => {
    const shipped = [
      full,
      shippedResult({ accuracy: 0.99 }),
      shippedResult({ seed: 2, accuracy: 0.98 }),
      shippedResult({ method: 'dreamlearning', storageRatio: 0.58, machine: 'another one' }),
    ];
    const { rows } = sheetOf(one, knownOf('mnist', shipped, []));
    const { ours } = rowOf(rows, 'random', 0.1).entries;
    expect(ours.values.accuracy?.mean).toBeCloseTo(0.985);
    expect(ours.values.accuracy?.std).toBeCloseTo(0.0070711);
    expect(ours.values.time).toEqual({ mean: 0.1, std: 0 });
    expect(ours.values).toMatchObject({
      storage: { mean: 1 },
      csMemory: { mean: 0.1 },
      trainMemory: { mean: 0.1 },
      dataAccess: { mean: 1 },
    });
    const archive = rowOf(rows, 'dreamlearning', 0.1).entries.ours;
    expect(archive.values.storage).toEqual({ mean: 0.58, std: null });
    expect(archive.values.time).toBeUndefined();
    expect(entryWords('time', archive)).toBe('2 min 0 s'.replace(/ (?=min|s$)/g, '\u202f'));
    expect(rowOf(rows, 'full', 1).entries.ours.values.csMemory).toBeUndefined();
  });

  it('takes accuracies of every seed, and times of those alone that were timed', () => {
    const { seconds } = shippedResult();
    const slow = { ...seconds, train: 1_100 };
    const timed = shippedResult({ fraction: 0.05 });
    const disturbed = { ...timed, ...{ seed: 2, accuracy: 0.98, seconds: slow, untimed: true as const } };
    const timesOf = (...shipped: (typeof timed)[]) =>
      rowOf(sheetOf(four, knownOf('mnist', shipped, [])).rows, 'random', 0.05).entries.ours.values;
    const values = timesOf(timed, disturbed);
    expect(values.accuracy?.mean).toBeCloseTo(0.985);
    expect(values.seconds).toEqual({ mean: 120, std: null });
    expect(timesOf(disturbed).seconds).toBeUndefined();
    expect(timesOf(disturbed).accuracy?.mean).toBe(0.98);
  });

  it('counts what a method looked at to select', () => {
    const selection = {
      ...{ refreshes: 4, pretrained: 0, seen: 54_000, bytes: 1, distinctRead: 60_000, filled: 0 },
      ...{ seconds: { features: 1, pick: 1, pretrain: 0 }, weights: null },
    };
    const { rows } = sheetOf(one, knownOf('mnist', [shippedResult({ selection })], []));
    expect(rowOf(rows, 'random', 0.1).entries.ours.values.csMemory?.mean).toBe(0.9);
  });

  it('has one’s own runs with the paper’s settings, and says what the others differ in', () => {
    const runs = [
      ownRun(),
      ownRun({ seed: 2, prefetch: false, evaluateEvery: 1 }),
      ownRun({ epochs: 20 }),
      ownRun({ epochs: 10 }),
      ownRun({ batch: 32, rate: 0.1 }),
      ownRun({ fraction: 0.01 }, { status: 'paused', evaluation: null }),
      ownRun(
        { fraction: 0.05 },
        {
          ...{ status: 'failed', evaluation: null },
          error: { code: 'TRAINING_DIVERGED', what: '', todo: '' },
        },
      ),
    ];
    const known = knownOf('mnist', [], runs);
    expect(rowOf(sheetOf(one, known).rows, 'random', 0.1).entries.yours.evidence).toHaveLength(2);
    expect(leftOutWords(known)).toBe(
      '5 of your runs are not in the table: 2 with other epochs; 1 with other batch, learning rate; 2 not finished.',
    );
    expect(rowOf(sheetOf(four, known).rows, 'random', 0.05).entries.yours.lack).toBe(
      'failed: TRAINING_DIVERGED',
    );
    expect(leftOutWords(knownOf('mnist', [], []))).toBe('');
  });

  it('says why there is nothing', () => {
    expect(rowOf(sheetOf(five, knownOf('cifar10', [], [])).rows, 'random', 0.01).entries.ours.lack).toBe(
      'needs a graphics card',
    );
    const nothing = sheetOf(six, knownOf('cifar100', [], [])).rows.find(
      ({ isOfPaper, entries }) => isOfPaper && entries.paper.lack !== '',
    );
    expect(nothing?.entries.paper.lack).toBe('NA: a bin would give nothing');
    expect(nothing?.entries.ours.lack).toBe('NA: a bin would give nothing');
  });

  it('keeps shipped results with other settings apart', () => {
    const known = knownOf(
      'mnist',
      [
        shippedResult({ epochs: 40 }),
        shippedResult({ settings: { batch: 32 } }),
        shippedResult({ dataset: 'cifar10' }),
      ],
      [],
    );
    expect(known.ours).toHaveLength(0);
    expect(known.others).toHaveLength(2);
  });
});

describe('trainings of a row', () => {
  it('are the paper’s', () => {
    const settings = paperTraining('cifar100', { method: 'random', fraction: 0.05, seed: 3 });
    expect(settings).toMatchObject({
      ...{
        network: 'resnet18',
        width: 64,
        epochs: 200,
        batch: 128,
        reselect: 20,
        augment: 'crop-flip',
        seed: 3,
      },
    });
    expect(differencesFrom('cifar100', settings)).toEqual([]);
    expect(differencesFrom('mnist', settings)).toContain('network');
  });

  it('are estimated by counting, by shipped times, and by one’s own speed', () => {
    const settings = paperTraining('mnist', { method: 'random', fraction: 0.1, seed: 1 });
    const counted = estimateOf('mnist', settings, knownOf('mnist', [], []));
    expect(counted.basis).toBe('counted');
    expect(counted.seconds).toBeGreaterThan(30);
    expect(counted.seconds).toBeLessThan(600);
    const shipped = estimateOf('mnist', settings, knownOf('mnist', [shippedResult()], []));
    expect(shipped).toEqual({ seconds: 130, basis: 'ours' });
    const here = ownRun({ fraction: 0.1, epochs: 100, seed: 9 });
    const scaled = estimateOf('mnist', settings, knownOf('mnist', [shippedResult()], [here]));
    expect(scaled.basis).toBe('yours');
    expect(scaled.seconds).toBeCloseTo((130 * 230) / 112);
  });
});

describe('the files of a table', () => {
  const sheet = sheetOf(one, knownOf('mnist', [full, shippedResult()], []));

  it('are CSV with every number', () => {
    const [header, ...lines] = sheetCsv(sheet).trimEnd().split('\r\n');
    expect(header).toMatch(/^method,fraction,paper_accuracy,paper_accuracy_sd,ours_accuracy,/);
    expect(header).toContain('ours_cs_memory');
    expect(lines).toHaveLength(sheet.rows.length);
    expect(lines[0]).toMatch(/^full,1,0\.993,0\.0004,0\.993,,/);
    for (const line of lines) expect(line.split(',')).toHaveLength(header.split(',').length);
  });

  it('are JSON with machine, date and command', () => {
    const written = JSON.parse(sheetJson(sheet, '1.2.3')) as {
      rows: { method: string; ours: object; yours: object }[];
    };
    expect(written).toMatchObject({ app: '1.2.3', table: 1, dataset: 'mnist', settings: { epochs: 100 } });
    const row = written.rows.find(({ method }) => method === 'random');
    expect(row?.ours).toMatchObject({
      trainings: [
        {
          ...{ seed: 1, accuracy: 0.99, seconds: 120, where: '2 cores, wasm', date: '2026-11-29' },
          command: 'npm run -s reproduce -- mnist',
        },
      ],
    });
    expect(row?.yours).toEqual({ values: {}, note: 'not run' });
  });

  it('are LaTeX with as many columns in every line', () => {
    const text = sheetLatex(sheet);
    expect(text).toContain('\\toprule');
    expect(text).toContain('\\multicolumn{2}{c}{Accuracy, \\%}');
    expect(text).toContain('Random & 99.2 $\\pm$ 0.05 & 99.00 & 11 & 10 &');
    expect(text).toContain(`\\begin{tabular}{l${'r'.repeat(12)}}`);
    const lines = text.split('\n').filter((line) => line.endsWith('\\\\'));
    for (const line of lines.slice(1)) expect(line.split(' & ')).toHaveLength(13);
    const many = sheetLatex(sheetOf(four, knownOf('mnist', [], [])));
    expect(many).toContain('Method & Share & \\multicolumn{1}{c}');
    expect(many).toContain('Random & 1\\,\\% & 98.0 $\\pm$ 0.44 & 21 $\\pm$ 0.3 \\\\');
  });

  it('escape what LaTeX would take for commands', () => {
    expect(latexText('a_b & 5 % #1 {x} ~ ^ \\ $')).toBe(
      'a\\_b \\& 5 \\% \\#1 \\{x\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{} \\$',
    );
  });
});

describe('words', () => {
  it('give as many digits as were measured', () => {
    expect(valueWords('accuracy', { mean: 0.99, std: 0.0007 })).toBe('99.0 ± 0.07');
    expect(valueWords('accuracy', { mean: 0.983, std: null })).toBe('98.3');
    expect(valueWords('accuracy', { mean: 0.983, std: null }, true)).toBe('98.30');
    expect(valueWords('seconds', { mean: 1541, std: 129.3 })).toBe('1,541 ± 129.3');
    expect(valueWords('time', { mean: 0.11, std: null })).toBe('11');
    expect(tableTitle(four).replace(/\u202f/g, ' ')).toBe('MNIST: accuracy and time at 1 %, 5 % and 20 %');
  });
});
