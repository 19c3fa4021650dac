import { describe, expect, it } from 'vitest';
import { cellBox, hitCell, layOutTiles, moveCell } from './tileLayout.ts';

const PLANES = { perRow: [8, 4, 2], least: 64, most: 128 };

function planes(channels: number): { channel: number }[] {
  return Array.from({ length: 8 * channels }, (_, k) => ({ channel: Math.floor(k / 8) }));
}

const at = (width: number, height: number, channels: number, page: number, ratio = 1) =>
  layOutTiles({ width, height, channels }, planes(channels), PLANES, page, ratio, channels > 1);

describe('layOutTiles', () => {
  it('keeps every map inside the page, whatever its size', () => {
    for (const page of [300, 330, 640, 1000, 1400]) {
      for (const ratio of [1, 1.5, 2, 3]) {
        for (const [width, height, channels] of [
          [28, 28, 1],
          [32, 32, 3],
          [13, 40, 1],
          [200, 90, 3],
          [1000, 1000, 1],
        ]) {
          const layout = at(width, height, channels, page, ratio);
          for (const { x, y } of layout.corners) {
            expect(x).toBeGreaterThanOrEqual(0);
            expect(x + layout.width).toBeLessThanOrEqual(page + 1);
            expect(y + layout.height).toBeLessThanOrEqual(layout.total);
          }
          expect(Number.isInteger(layout.scale) && layout.scale >= 1).toBe(true);
          expect(layout.columns * layout.step).toBeGreaterThanOrEqual(width);
        }
      }
    }
  });

  it('puts eight planes beside each other where they fit, else four', () => {
    expect(at(28, 28, 1, 1000).perRow).toBe(8);
    expect(at(28, 28, 1, 330).perRow).toBe(4);
    expect(new Set(at(28, 28, 1, 1000).corners.map(({ y }) => y)).size).toBe(1);
    expect(new Set(at(28, 28, 1, 330).corners.map(({ y }) => y)).size).toBe(2);
  });

  it('begins a row with a heading for every channel', () => {
    const layout = at(32, 32, 3, 1000);
    expect(layout.headings).toHaveLength(3);
    layout.headings.forEach((top, channel) => {
      expect(layout.corners[8 * channel].y).toBeGreaterThan(top);
      if (channel > 0) expect(top).toBeGreaterThan(layout.corners[8 * channel - 1].y + layout.height);
    });
  });

  it('survives a page that is not laid out', () => {
    expect(at(28, 28, 1, 0).scale).toBeGreaterThanOrEqual(1);
  });
});

describe('hitCell', () => {
  it('finds every cell at its own centre, and nothing between the maps', () => {
    for (const ratio of [1, 2]) {
      const plan = { width: 28, height: 20, channels: 1 };
      const layout = at(28, 20, 1, 700, ratio);
      for (const tile of [0, 3, 7]) {
        for (let y = 0; y < 20; y++) {
          for (let x = 0; x < 28; x++) {
            const box = cellBox(layout, { tile, y, x });
            expect(hitCell(layout, plan, box.x + box.side / 2, box.y + box.side / 2)).toEqual({ tile, y, x });
          }
        }
      }
      const last = cellBox(layout, { tile: 0, y: 0, x: 27 });
      expect(hitCell(layout, plan, last.x + last.side + 2, last.y + 1)).toBeNull();
      expect(hitCell(layout, plan, 5, layout.total + 50)).toBeNull();
    }
  });

  it('names the cell that shows where a picture is larger than its place', () => {
    const plan = { width: 1000, height: 1000, channels: 1 };
    const layout = at(1000, 1000, 1, 640);
    expect(layout.step).toBeGreaterThan(1);
    const hit = hitCell(layout, plan, layout.corners[1].x + layout.width - 0.5, layout.corners[1].y + 0.5);
    expect(hit).toMatchObject({ tile: 1, y: 0 });
    expect(hit?.x).toBeLessThan(1000);
  });
});

describe('moveCell', () => {
  const plan = { width: 4, height: 3 };
  const from = { tile: 1, y: 1, x: 3 };
  const move = (key: string, isWhole = false) => moveCell(plan, 8, from, key, isWhole, 1);

  it('moves within a map and from map to map, and stops at the ends', () => {
    expect(move('ArrowLeft')).toEqual({ tile: 1, y: 1, x: 2 });
    expect(move('ArrowRight')).toEqual(from);
    expect(move('ArrowUp')).toEqual({ tile: 1, y: 0, x: 3 });
    expect(move('ArrowDown')).toEqual({ tile: 1, y: 2, x: 3 });
    expect(move('PageDown')).toEqual({ tile: 2, y: 1, x: 3 });
    expect(move('PageUp')).toEqual({ tile: 0, y: 1, x: 3 });
    expect(move('Home')).toEqual({ tile: 1, y: 1, x: 0 });
    expect(move('End', true)).toEqual({ tile: 7, y: 2, x: 3 });
    expect(moveCell(plan, 8, { tile: 7, y: 2, x: 0 }, 'PageDown', false, 1)).toEqual({ tile: 7, y: 2, x: 0 });
  });

  it('leaves other keys to the page', () => {
    expect(move('Tab')).toBeNull();
    expect(move('a')).toBeNull();
  });
});
