/** Whatever is typed into the small table: the steps of it by the worker's own code are words and places that make sense. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../contracts/codec.ts';
import type { WalkReport } from '../../../contracts/walk.ts';
import { SILENT_PULSE } from '../../../core/pulse.ts';
import { codeOf } from '../../../core/testing/codeOf.ts';
import type { Datasets } from '../../../service/datasets.ts';
import { walkThrough } from '../../../service/walk.ts';
import { scenesOf, wordsOf } from './scenes.ts';
import { layOutStage } from './stageLayout.ts';
import { TOY, TOY_TARGET, toyCsv, type ToyCells } from './toy.ts';

const walked = (cells: ToyCells, beta: number, tau: number): Promise<WalkReport> =>
  walkThrough(
    {
      subject: { kind: 'written', csv: toyCsv(cells) },
      settings: { ...DEFAULT_SETTINGS, target: TOY_TARGET, beta, tau },
    },
    // Nothing is open.
    {} as Datasets,
    SILENT_PULSE,
  );

const withCells = (column: number, texts: readonly string[]): ToyCells =>
  TOY.map((line, row) => line.map((text, c) => (c === column ? texts[row % texts.length] : text)));

const TABLES: Record<string, ToyCells> = {
  'one record': TOY.slice(0, 1),
  'two records': TOY.slice(0, 2),
  'all equal': TOY.map(() => ['5', '5', '5']),
  'one column that varies': TOY.map((_, k) => ['5', '5', String(k)]),
  'a target that is text': withCells(2, ['high', 'low']),
  'a target that is words': withCells(2, ['none', 'of', 'your', 'business', 'at', 'all']),
  'a feature that is text': withCells(0, ['slow', 'fast', 'faster', 'fastest']),
  infinities: withCells(0, ['Infinity', '-Infinity', '3', '4']),
  'an infinite target': withCells(2, ['Infinity', '1', '2']),
  'a number too large': withCells(1, ['1e999', '20']),
  'tiny numbers': withCells(1, ['1e-300', '2e-300', '5e-324', '0']),
  'empty cells': withCells(1, ['', '20', '21']),
  'an empty column': withCells(2, ['']),
  formulas: withCells(0, ['=1+1', '<b>', '"', ',', '\\']),
};

it('numbers too large to average have a coded error', async () => {
  const cells = withCells(0, ['1e308', '-1e308', '3']);
  expect(await codeOf(walked(cells, 1, 1))).toBe('MODEL_OVERFLOW');
});

describe.each(Object.entries(TABLES))('the steps of a table with %s', (_, cells) => {
  it.each([
    [1, 1],
    [3, 3],
    [400, 500],
  ])('make sense at β = %i and τ = %i', async (beta, tau) => {
    const report = await walked(cells, beta, tau);
    for (const scene of scenesOf(report)) {
      const { title, text, spoken } = wordsOf(scene, report);
      expect(title).not.toBe('');
      expect([title, ...text, spoken].join(' ')).not.toMatch(/NaN|undefined|null|–/);
      const { columns, values, dots, samples, plot, ...stage } = layOutStage(report, scene, 800);
      const places = [
        ...[stage.width, stage.height, values.width, ...values.y],
        ...columns.flatMap(({ x, y }) => [x, ...y]),
        ...[...(dots ?? []), ...(samples ?? [])].flatMap(({ x, y, radius }) => [x, y, radius]),
        ...(plot === null ? [] : [plot.x.low, plot.x.high, plot.y.low, plot.y.high]),
      ];
      expect(places.every(Number.isFinite), title).toBe(true);
    }
  });
});
