import { expect, it } from 'vitest';
import type { Rgb } from '../../ui/charts/palette.ts';
import { cellCode, HUE, LEVELS } from './cells.ts';
import { codeColours, paintTile, type TileColours } from './paintTile.ts';

const COLOURS: TileColours = {
  panel: [255, 255, 255],
  constant: [100, 100, 100],
  base: [0, 0, 200],
  deviation: [230, 150, 0],
  soft: [80, 90, 100],
  ink: [0, 0, 0],
};

/** Paints a map of 4 × 2 and gives back the colour at a screen pixel. */
function paint(codes: number[], scale: number, step = 1): (x: number, y: number) => Rgb {
  const layout = { columns: Math.ceil(4 / step), rows: Math.ceil(2 / step), scale, step, ratio: 1 };
  const across = layout.columns * scale;
  const rgba = new Uint8ClampedArray(across * layout.rows * scale * 4);
  const tile = { codes: Uint8Array.from(codes) };
  paintTile(rgba, tile, { width: 4, height: 2 }, layout, codeColours(COLOURS), COLOURS);
  for (let k = 3; k < rgba.length; k += 4) expect(rgba[k]).toBe(255);
  return (x, y) => [...rgba.subarray((y * across + x) * 4, (y * across + x) * 4 + 3)] as unknown as Rgb;
}

const base = cellCode(HUE.base, LEVELS);
const faint = cellCode(HUE.base, 0);
const deviation = cellCode(HUE.deviation, LEVELS);
const constant = cellCode(HUE.constant, 0);

it('paints a role in its hue, strong where a bit tells much', () => {
  const colour = paint([base, base, faint, faint, base, base, faint, faint], 1);
  expect(colour(0, 0)).toEqual([0, 0, 200]);
  const [red, green, blue] = colour(2, 0);
  expect(red).toBe(green);
  expect(blue).toBeGreaterThan(red);
  expect(red).toBeLessThan(255);
});

it('draws a line where roles meet, and none within a role', () => {
  const colour = paint([base, deviation, deviation, faint, base, deviation, deviation, faint], 4);
  expect(colour(1, 1)).toEqual([0, 0, 200]);
  expect(colour(3, 1)).toEqual([128, 128, 128]);
  expect(colour(7, 1)).toEqual([230, 150, 0]);
  expect(colour(11, 1)).toEqual([128, 128, 128]);
  expect(colour(1, 3)).toEqual([0, 0, 200]);
});

it('hatches what never changes', () => {
  const colour = paint([constant, constant, constant, constant, constant, constant, constant, constant], 5);
  const seen = new Set(Array.from({ length: 20 }, (_, x) => colour(x, 2).join()));
  expect(seen.size).toBe(2);
  expect(seen).toContain('255,255,255');
});

it('takes every other cell where a map is larger than its place', () => {
  const colour = paint([base, deviation, faint, deviation, deviation, deviation, deviation, deviation], 1, 2);
  expect(colour(0, 0)).toEqual([0, 0, 200]);
  expect(colour(1, 0)[2]).toBeGreaterThan(200);
});
