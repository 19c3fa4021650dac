import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellCorner,
  gridHeight,
  hitPicture,
  layOutGrid,
  pictureScale,
  rowsByLabel,
  scrollToRow,
  shownRows,
  visibleRows,
  type PictureRow,
} from './gridLayout.ts';

const row = (name: string, from: number, count: number): PictureRow => ({ name, note: '', from, count });

describe('pictureScale', () => {
  it('enlarges small pictures by whole screen pixels', () => {
    expect(pictureScale({ width: 28, height: 28 }, 56, 1)).toEqual({
      width: 56,
      height: 56,
      isSmooth: false,
    });
    expect(pictureScale({ width: 32, height: 32 }, 56, 1)).toMatchObject({ width: 64 });
    expect(pictureScale({ width: 96, height: 64 }, 56, 1)).toMatchObject({ width: 96, height: 64 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 112 }),
        fc.integer({ min: 1, max: 112 }),
        fc.constantFrom(1, 1.25, 1.5, 2, 3),
        (width, height, ratio) => {
          const scale = pictureScale({ width, height }, 56, ratio);
          const times = (scale.width * ratio) / width;
          expect(Math.abs(times - Math.round(times))).toBeLessThan(1e-9);
          expect(times).toBeGreaterThanOrEqual(1 - 1e-9);
          expect(scale.height / scale.width).toBeCloseTo(height / width, 9);
        },
      ),
    );
  });

  it('shrinks large ones to what a grid can hold', () => {
    expect(pictureScale({ width: 448, height: 224 }, 56, 1)).toEqual({
      width: 112,
      height: 56,
      isSmooth: true,
    });
  });
});

describe('layOutGrid', () => {
  const size = { width: 28, height: 28 };

  it('puts names beside the pictures where there is room, else above them', () => {
    expect(layOutGrid(size, 1000, true, 1).names).toBe('beside');
    expect(layOutGrid(size, 330, true, 1).names).toBe('above');
    expect(layOutGrid(size, 330, false, 1).names).toBe('none');
  });

  it('keeps every picture of a row inside its width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 1600 }), fc.boolean(), (width, hasNames) => {
        const layout = layOutGrid(size, width, hasNames, 1);
        const { x } = cellCorner(layout, { row: 0, column: layout.columns - 1 });
        expect(x + layout.cell.width).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('finds every picture again under its middle, and none between rows of names', () => {
    const layout = layOutGrid(size, 800, true, 1);
    const rows = shownRows([row('a', 0, 3), row('b', 3, 5)], 8, layout.columns);
    for (let r = 0; r < rows.length; r++) {
      for (let column = 0; column < rows[r].count; column++) {
        const { x, y } = cellCorner(layout, { row: r, column });
        expect(hitPicture(layout, rows, x + 5, y + 5)).toEqual({ row: r, column });
      }
    }
    expect(hitPicture(layout, rows, 10, 20)).toBeNull();
    const beyond = cellCorner(layout, { row: 0, column: 3 });
    expect(hitPicture(layout, rows, beyond.x + 5, beyond.y + 5)).toBeNull();
  });

  it('draws only rows that show, and scrolls as little as it can', () => {
    const layout = layOutGrid(size, 800, true, 1);
    const { first, end } = visibleRows(layout, 100, 10 * layout.rowHeight, 400);
    expect(first).toBeGreaterThanOrEqual(9);
    expect(end - first).toBeLessThanOrEqual(Math.ceil(400 / layout.rowHeight) + 1);
    expect(visibleRows(layout, 0, 0, 400)).toEqual({ first: 0, end: 0 });
    expect(scrollToRow(layout, 0, 50, 400)).toBe(0);
    expect(scrollToRow(layout, 1, 0, 400)).toBe(0);
    const last = scrollToRow(layout, 99, 0, 400);
    expect(last).toBeGreaterThan(0);
    expect(last + 400).toBeLessThanOrEqual(gridHeight(layout, 100));
  });
});

describe('rows', () => {
  it('breaks a list into rows, and cuts named rows to what fits', () => {
    expect(shownRows(null, 5, 2).map(({ from, count }) => [from, count])).toEqual([
      [0, 2],
      [2, 2],
      [4, 1],
    ]);
    expect(shownRows([row('a', 0, 9), row('b', 9, 1)], 10, 4).map(({ count }) => count)).toEqual([4, 1]);
    expect(shownRows(null, 0, 4)).toEqual([]);
  });

  it('gathers pictures of one label', () => {
    const rows = rowsByLabel(Uint16Array.of(0, 0, 2, 2, 2), (label) => ({
      name: `class ${label}`,
      note: '',
    }));
    expect(rows).toEqual([row('class 0', 0, 2), row('class 2', 2, 3)]);
    expect(rowsByLabel(new Uint16Array(0), () => ({ name: '', note: '' }))).toEqual([]);
  });
});
