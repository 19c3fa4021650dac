import { describe, expect, it } from 'vitest';
import type { MapRow } from '../../../contracts/codec.ts';
import { cellBox, hitTest, mapHeight, mapMetrics, scrollToRow, visibleRows } from './mapGeometry.ts';

function rowsOf(...bits: number[]): MapRow[] {
  let start = 0;
  return bits.map((width, column) => {
    const row: MapRow = {
      column,
      label: `c${column}`,
      mapping: '',
      kind: 'stored',
      start,
      bits: width,
      use: 'feature',
    };
    start += width;
    return row;
  });
}

describe('mapMetrics', () => {
  it('keeps the widest row inside the map, beside its names or below them', () => {
    for (const width of [326, 390, 700, 1000, 1400]) {
      for (const bits of [1, 18, 64]) {
        const rows = rowsOf(6, bits);
        const metrics = mapMetrics(rows, width);
        const last = cellBox(metrics, { row: 1, bit: bits - 1 });
        expect(last.x + last.width).toBeLessThanOrEqual(width);
        expect(metrics.cellWidth).toBeGreaterThan(2);
      }
    }
  });

  it('puts names above the cells only where both do not fit beside each other', () => {
    expect(mapMetrics(rowsOf(15), 610).names).toBe('beside');
    expect(mapMetrics(rowsOf(64), 610).names).toBe('above');
    expect(mapMetrics(rowsOf(15), 326).names).toBe('above');
    expect(mapMetrics(rowsOf(64), 1000).names).toBe('beside');
  });

  it('survives a map that has not been laid out', () => {
    expect(mapMetrics(rowsOf(64), 0).cellWidth).toBeGreaterThan(0);
    expect(mapMetrics([], 0).pitch).toBeGreaterThan(0);
  });
});

describe('hitTest', () => {
  const rows = rowsOf(18, 6, 64);
  const metrics = mapMetrics(rows, 1000);

  it('finds the cell at its own centre, for every cell', () => {
    rows.forEach((row, index) => {
      for (let bit = 0; bit < row.bits; bit++) {
        const box = cellBox(metrics, { row: index, bit });
        expect(hitTest(metrics, rows, box.x + box.width / 2, box.y + box.height / 2)).toEqual({
          row: index,
          bit,
        });
      }
    });
  });

  it('finds nothing beside the cells', () => {
    const beyond = cellBox(metrics, { row: 1, bit: 6 });
    expect(hitTest(metrics, rows, beyond.x + 1, beyond.y + 1)).toBeNull();
    expect(hitTest(metrics, rows, metrics.cellsLeft - 1, beyond.y)).toBeNull();
    expect(hitTest(metrics, rows, metrics.cellsLeft + 1, -3)).toBeNull();
    expect(hitTest(metrics, rows, metrics.cellsLeft + 1, mapHeight(metrics, 3) + 1)).toBeNull();
  });
});

describe('visibleRows', () => {
  const metrics = mapMetrics(rowsOf(8), 1000);

  it('covers the window and no more than a row beyond it', () => {
    for (const scrollTop of [0, 7, 900, 29_000]) {
      const { first, end } = visibleRows(metrics, 1000, scrollTop, 600);
      expect(metrics.padding + first * metrics.rowHeight).toBeLessThanOrEqual(Math.max(4, scrollTop));
      expect(metrics.padding + end * metrics.rowHeight).toBeGreaterThanOrEqual(
        Math.min(scrollTop + 600, 1000 * metrics.rowHeight),
      );
      expect(end - first).toBeLessThanOrEqual(600 / metrics.rowHeight + 2);
    }
  });

  it('is empty without rows', () => {
    expect(visibleRows(metrics, 0, 0, 600)).toEqual({ first: 0, end: 0 });
  });
});

describe('scrollToRow', () => {
  const metrics = mapMetrics(rowsOf(8), 1000);

  it('stays where the row already shows, and else moves as little as it must', () => {
    expect(scrollToRow(metrics, 3, 0, 600)).toBe(0);
    expect(scrollToRow(metrics, 0, 500, 600)).toBe(0);
    const down = scrollToRow(metrics, 50, 0, 600);
    const shown = visibleRows(metrics, 100, down, 600);
    expect(shown.first).toBeLessThan(50);
    expect(shown.end).toBeGreaterThan(50);
  });
});
