/** The pixels of a map: role as hue, entropy as strength, constant bits hatched, a line where roles meet. */
import type { Rgb } from '../../ui/charts/palette.ts';
import { HUE, hueOf, levelOf, LEVELS, type CellPlan, type Tile } from './cells.ts';
import type { TileLayout } from './tileLayout.ts';

export interface TileColours {
  panel: Rgb;
  constant: Rgb;
  base: Rgb;
  deviation: Rgb;
  /** Of plain measures. */
  soft: Rgb;
  ink: Rgb;
}

export const TILE_TOKENS = ['panel', 'constant', 'base', 'deviation', 'soft', 'ink'] as const;

/** Strength of the faintest cell: nothing may vanish into the panel. */
const FAINTEST = 0.14;
/** Screen pixels of a cell from which on a line is drawn between roles. */
const LINE_FROM = 3;
const LINE_STRENGTH = 0.5;
/** Distance and width of the hatching in CSS pixels. */
const HATCH = 5;
const HATCH_LINE = 1.2;

function blend(a: Rgb, b: Rgb, share: number): Rgb {
  return [
    Math.round(a[0] + (b[0] - a[0]) * share),
    Math.round(a[1] + (b[1] - a[1]) * share),
    Math.round(a[2] + (b[2] - a[2]) * share),
  ];
}

/** Colour of every code, three bytes each. */
export function codeColours({ panel, constant, base, deviation, soft }: TileColours): Uint8Array {
  const colours = new Uint8Array(256 * 3);
  const hues = [constant, base, deviation, soft];
  for (let code = 0; code < 256; code++) {
    const hue = hueOf(code);
    const strength = FAINTEST + (1 - FAINTEST) * Math.min(1, levelOf(code) / LEVELS);
    colours.set(hue < hues.length ? blend(panel, hues[hue], strength) : panel, code * 3);
  }
  return colours;
}

/**
 * @param rgba opaque pixels of one map at screen size: layout.columns · layout.scale wide, layout.rows · layout.scale high
 * @param table of codeColours
 */
export function paintTile(
  rgba: Uint8ClampedArray,
  { codes }: Pick<Tile, 'codes'>,
  { width, height }: Pick<CellPlan, 'width' | 'height'>,
  { columns, rows, scale, step, ratio }: Pick<TileLayout, 'columns' | 'rows' | 'scale' | 'step' | 'ratio'>,
  table: Uint8Array,
  colours: TileColours,
): void {
  const across = columns * scale;
  const period = Math.max(3, Math.round(HATCH * ratio));
  const stripe = Math.max(1, Math.round(HATCH_LINE * ratio));
  const hatch = blend(colours.panel, colours.constant, 0.75);
  const line = blend(colours.panel, colours.ink, LINE_STRENGTH);
  const hasLines = scale >= LINE_FROM;
  for (let row = 0; row < rows; row++) {
    const y = Math.min(height - 1, row * step);
    const below = Math.min(height - 1, y + step);
    for (let column = 0; column < columns; column++) {
      const x = Math.min(width - 1, column * step);
      const code = codes[y * width + x];
      const hue = hueOf(code);
      const isConstant = hue === HUE.constant;
      const meetsRight = hasLines && hueOf(codes[y * width + Math.min(width - 1, x + step)]) !== hue;
      const meetsBelow = hasLines && hueOf(codes[below * width + x]) !== hue;
      for (let dy = 0; dy < scale; dy++) {
        const screenY = row * scale + dy;
        let to = (screenY * across + column * scale) * 4;
        const isBottom = meetsBelow && dy === scale - 1;
        for (let dx = 0; dx < scale; dx++, to += 4) {
          rgba[to + 3] = 255;
          if (isBottom || (meetsRight && dx === scale - 1)) {
            rgba[to] = line[0];
            rgba[to + 1] = line[1];
            rgba[to + 2] = line[2];
          } else if (isConstant) {
            const colour = (column * scale + dx + screenY) % period < stripe ? hatch : colours.panel;
            rgba[to] = colour[0];
            rgba[to + 1] = colour[1];
            rgba[to + 2] = colour[2];
          } else {
            rgba[to] = table[code * 3];
            rgba[to + 1] = table[code * 3 + 1];
            rgba[to + 2] = table[code * 3 + 2];
          }
        }
      }
    }
  }
}
