import { describe, expect, it } from 'vitest';
import { scenesOf, type TableScene } from './scenes.ts';
import { groupsBy, layOutStage, drawnRows } from './stageLayout.ts';
import { toyWalk } from './testing.ts';

const report = toyWalk();
const stage = (scene: TableScene, width = 800) => layOutStage(report, scene, width);

/** Cells that are shown, from left to right. */
const fromLeft = (scene: TableScene): number[] =>
  stage(scene)
    .columns.filter(({ isShown }) => isShown)
    .sort((a, b) => a.x - b.x)
    .map(({ cell }) => cell);

describe('the stage', () => {
  it('has every bit once, on it, in every scene and at every width', () => {
    for (const width of [340, 800, 1200])
      for (const scene of scenesOf(report)) {
        const { columns, cell, width: own, height } = stage(scene, width);
        const shown = columns.filter(({ isShown }) => isShown);
        expect(new Set(columns.map((one) => one.cell)).size).toBe(18);
        expect(new Set(shown.map(({ x }) => x)).size).toBe(shown.length);
        for (const { x, y } of shown) {
          expect(x + cell.width).toBeLessThanOrEqual(own);
          for (const top of y) expect(top + cell.height).toBeLessThanOrEqual(height);
        }
      }
  });

  it('is lower in a low window, with every row apart from the next', () => {
    for (const scene of scenesOf(report)) {
      const low = layOutStage(report, scene, 800, 768);
      const usual = stage(scene);
      expect(low.height).toBeLessThan(usual.height);
      for (const { y } of low.columns) {
        const tops = [...new Set(y)].sort((a, b) => a - b);
        tops.slice(1).forEach((top, k) => expect(top - tops[k]).toBeGreaterThanOrEqual(low.cell.height));
      }
    }
  });

  it('names fields so that no name runs into another, however narrow they are', () => {
    for (const width of [300, 340, 800])
      for (const scene of scenesOf(report)) {
        const { labels, width: own } = stage(scene, width);
        for (const [k, { text, x, line }] of labels.entries()) {
          const end = x + text.length * 7;
          const next = labels.slice(k + 1).find((later) => later.line === line);
          expect(end).toBeLessThan(next?.x ?? own + 1);
        }
      }
    const texts = stage({ kind: 'merge' }, 340).labels.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['bases', 'IDs', 'speed', 'power']));
  });

  it('moves bits to the base in the order in which they join it', () => {
    expect(fromLeft({ kind: 'bits' })).toEqual(Array.from({ length: 18 }, (_, k) => k));
    expect(fromLeft({ kind: 'search', added: 3 }).slice(0, 7)).toEqual([8, 9, 14, 15, 1, 2, 3]);
    const roles = (scene: TableScene) => stage(scene).columns.map(({ role }) => role);
    expect(roles({ kind: 'bits' }).every((role) => role === 'plain')).toBe(true);
    const counts = (scene: TableScene, role: string) => roles(scene).filter((one) => one === role).length;
    for (const [role, count] of [
      ['constant', 4],
      ['base', 8],
      ['deviation', 6],
    ] as const)
      expect(counts({ kind: 'chosen' }, role)).toBe(count);
    expect(counts({ kind: 'analytics', bits: 5 }, 'analytics')).toBe(5);
  });

  it('lays equal bases on one another, and leaves deviations with their records', () => {
    const { columns, ids } = stage({ kind: 'merge' });
    const base = columns.find(({ role }) => role === 'base');
    const deviation = columns.find(({ role }) => role === 'deviation');
    expect(new Set(base?.y).size).toBe(3);
    expect(new Set(deviation?.y).size).toBe(12);
    expect(base?.y[0]).toBe(base?.y[2]);
    expect(ids?.bases.map(({ id }) => id)).toEqual([0, 1, 2]);
    expect(ids?.records).toEqual([0, 1, 0, 0, 2, 0, 1, 0, 2, 0, 1, 0]);
  });

  it('puts the records of a cluster side by side', () => {
    for (let bits = 0; bits <= 5; bits++) {
      const [{ y }] = stage({ kind: 'analytics', bits }).columns;
      const order = y.map((_, k) => k).sort((a, b) => y[a] - y[b]);
      const groups = groupsBy(report, [...(report.clusters?.order.subarray(0, bits) ?? [])]);
      expect(groups).toHaveLength(report.clusters?.counts[bits] ?? 0);
      expect(order).toEqual(groups.flat());
    }
  });

  it('draws circles at the means, their areas the weights', () => {
    const { dots, samples, plot } = stage({ kind: 'means' });
    const { of, weights, means } = report.clusters!.samples;
    expect(samples).toHaveLength(weights.length);
    of.forEach((sample, k) => {
      expect(dots?.[k].x).toBe(samples?.[sample].x);
      expect(dots?.[k].y).toBe(samples?.[sample].y);
    });
    const most = Math.max(...weights);
    const largest = Math.max(...samples!.map(({ radius }) => radius));
    samples?.forEach(({ radius }, k) => {
      if (radius > 5) expect(radius ** 2 / largest ** 2).toBeCloseTo(weights[k] / most);
    });
    expect(plot?.x.name).toBe('speed');
    expect(plot?.y.name).toBe('power');
    const higher = samples!.map((_, k) => k).sort((a, b) => means[2][a] - means[2][b]);
    expect(samples![higher[0]].y).toBeGreaterThan(samples![higher.at(-1)!].y);
  });

  it('draws whole columns as far as there is room, of however many', () => {
    const rows = Array.from({ length: 10_000 }, (_, column) => ({
      ...report.rows[0],
      ...{ column, start: column * 6 },
    }));
    const drawn = drawnRows({ ...report, rows });
    expect(drawn.length).toBeGreaterThan(10);
    expect(drawn.length).toBeLessThan(40);
    const { width } = layOutStage({ ...report, rows }, { kind: 'values' }, 800);
    expect(width).toBeLessThan(40 * 80);
  });
});
