/** How the bits look on a canvas: role as hue, entropy as strength, analytics bits ringed, nearly constant ones dotted. */
import { BIT_ROLE, type BitsReport } from '../../../contracts/codec.ts';
import { mix, readPalette, solid, type Rgb } from '../../../ui/charts/palette.ts';
import type { CanvasSize } from '../../../ui/charts/useCanvas.ts';
import { isNearlyConstant, ringRuns } from './analyticsOrder.ts';
import { cellBox, visibleRows, type Box, type MapMetrics, type MapPlace } from './mapGeometry.ts';

const TOKENS = [
  'constant',
  'base',
  'deviation',
  'analytics',
  'panel',
  'ink',
  'soft',
  'line',
  'focus',
] as const;
export type BitPalette = Record<(typeof TOKENS)[number], Rgb>;

export function bitPalette(element: Element): BitPalette {
  return readPalette(element, TOKENS);
}

/** Strengths of colour that are told apart; cells of one strength are filled in one go. */
const LEVELS = 24;
const FAINTEST = 0.14;

/** Hue of a cell; a quantised cell has no role and stays neutral. */
function hueOf(role: number, palette: BitPalette): Rgb {
  if (role === BIT_ROLE.base) return palette.base;
  if (role === BIT_ROLE.deviation) return palette.deviation;
  return palette.constant;
}

export function cellColour(role: number, entropy: number, palette: BitPalette): string {
  const strength = role === BIT_ROLE.none ? 0.12 + 0.6 * entropy : FAINTEST + (1 - FAINTEST) * entropy;
  return mix(palette.panel, hueOf(role, palette), strength);
}

/** A faint cell keeps an edge in its hue, or a low entropy would hide the role. */
export function edgeColour(role: number, entropy: number, palette: BitPalette): string | null {
  return entropy < 0.55 ? mix(palette.panel, hueOf(role, palette), 0.55) : null;
}

/** A dot in the middle of a bit: of those that could split records, the ones in which hardly any record differs. */
export function traceDot(context: CanvasRenderingContext2D, { x, y, width, height }: Box): void {
  const radius = Math.min(2.2, width / 3);
  context.moveTo(x + width / 2 + radius, y + height / 2);
  context.arc(x + width / 2, y + height / 2, radius, 0, 2 * Math.PI);
}

/** Boxes to fill or stroke together, by colour. */
class Batches {
  private readonly byColour = new Map<string, Box[]>();

  add(colour: string, box: Box): void {
    const boxes = this.byColour.get(colour);
    if (boxes === undefined) this.byColour.set(colour, [box]);
    else boxes.push(box);
  }

  trace(context: CanvasRenderingContext2D, radius: number, then: (colour: string) => void): void {
    for (const [colour, boxes] of this.byColour) {
      context.beginPath();
      for (const box of boxes) context.roundRect(box.x, box.y, box.width, box.height, radius);
      then(colour);
    }
  }
}

/** Diagonal lines for bits that never change. */
function hatch(context: CanvasRenderingContext2D, colour: Rgb): CanvasPattern | string {
  const ratio = context.getTransform().a;
  const tile = document.createElement('canvas');
  tile.width = tile.height = Math.round(5 * ratio);
  const pen = tile.getContext('2d');
  if (pen === null) return solid(colour);
  pen.scale(tile.width / 5, tile.width / 5);
  pen.strokeStyle = solid(colour);
  pen.lineWidth = 1.2;
  pen.beginPath();
  for (const shift of [-5, 0, 5]) {
    pen.moveTo(shift - 1, 6);
    pen.lineTo(shift + 6, -1);
  }
  pen.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(5 / tile.width));
  return pattern ?? solid(colour);
}

export interface MapView {
  bits: BitsReport;
  ranks: Int32Array;
  beta: number;
  metrics: MapMetrics;
  scrollTop: number;
  hovered: MapPlace | null;
  cursor: MapPlace | null;
}

/** The rows that show; everything else costs nothing. */
export function drawMap(context: CanvasRenderingContext2D, size: CanvasSize, view: MapView): void {
  const { bits, ranks, metrics, scrollTop } = view;
  const palette = bitPalette(context.canvas);
  const { first, end } = visibleRows(metrics, bits.rows.length, scrollTop, size.height);
  const radius = metrics.cellWidth >= 7 ? 3 : 1;
  const fills = new Batches();
  const edges = new Batches();
  const constants = new Batches();
  const dotted: Box[] = [];

  context.save();
  context.translate(0, -scrollTop);
  for (let r = first; r < end; r++) {
    const row = bits.rows[r];
    for (let bit = 0; bit < row.bits; bit++) {
      const cell = row.start + bit;
      const role = bits.role[cell];
      const box = boxOf(metrics, { row: r, bit }, row.kind === 'quantised');
      if (role === BIT_ROLE.constant) {
        constants.add('', box);
        continue;
      }
      const level = Math.round(bits.entropy[cell] * LEVELS) / LEVELS;
      fills.add(cellColour(role, level, palette), box);
      const edge = metrics.cellWidth >= 5 ? edgeColour(role, level, palette) : null;
      if (edge !== null) edges.add(edge, inset(box, 0.5));
      if (ranks[cell] >= 0 && isNearlyConstant(bits, cell)) dotted.push(box);
    }
  }
  fills.trace(context, radius, (colour) => {
    context.fillStyle = colour;
    context.fill();
  });
  context.lineWidth = 1;
  edges.trace(context, radius, (colour) => {
    context.strokeStyle = colour;
    context.stroke();
  });
  const stripes = hatch(context, palette.constant);
  constants.trace(context, radius, () => {
    context.fillStyle = stripes;
    context.fill();
    context.strokeStyle = mix(palette.panel, palette.constant, 0.6);
    context.stroke();
  });
  context.beginPath();
  for (const box of dotted) traceDot(context, box);
  context.fillStyle = solid(palette.ink);
  context.fill();
  drawRings(context, view, palette, first, end);
  if (view.hovered !== null) outline(context, view, view.hovered, solid(palette.ink), 1.5);
  if (view.cursor !== null) outline(context, view, view.cursor, solid(palette.focus), 2.5);
  context.restore();
}

function boxOf(metrics: MapMetrics, place: MapPlace, quantised: boolean): Box {
  const box = cellBox(metrics, place);
  return quantised ? { ...box, y: box.y + 3, height: box.height - 6 } : box;
}

function inset({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}

/** One ring around every run of analytics bits, kept apart from the cells by a line of the panel's colour. */
function drawRings(
  context: CanvasRenderingContext2D,
  { bits, ranks, beta, metrics }: MapView,
  palette: BitPalette,
  first: number,
  end: number,
): void {
  const rings: Box[] = [];
  for (let r = first; r < end; r++) {
    const row = bits.rows[r];
    for (const [from, to] of ringRuns(row, ranks, beta)) {
      const box = boxOf(metrics, { row: r, bit: from }, row.kind === 'quantised');
      rings.push({ ...box, width: (to - 1 - from) * metrics.pitch + metrics.cellWidth });
    }
  }
  for (const { grow, width, colour } of [
    { grow: 1, width: 1.5, colour: solid(palette.panel) },
    { grow: 2.5, width: 2, colour: solid(palette.analytics) },
  ]) {
    context.beginPath();
    for (const ring of rings) {
      const { x, y, width: w, height: h } = inset(ring, -grow);
      context.roundRect(x, y, w, h, 5);
    }
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}

function outline(
  context: CanvasRenderingContext2D,
  { bits, metrics }: MapView,
  place: MapPlace,
  colour: string,
  width: number,
): void {
  if (place.row >= bits.rows.length) return;
  const { x, y, width: w, height: h } = inset(cellBox(metrics, place), -0.5);
  context.beginPath();
  context.roundRect(x, y, w, h, 3);
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}
