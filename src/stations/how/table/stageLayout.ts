/** Where everything on the stage of a table stands in a scene, in CSS pixels. */
import type { MapRow } from '../../../contracts/codec.ts';
import type { WalkReport, WalkSamples } from '../../../contracts/walk.ts';
import { axesOf, type TableScene } from './scenes.ts';

export type BitRole = 'plain' | 'constant' | 'base' | 'deviation' | 'analytics';

/** One column of bits: a cell per record shown. */
export interface BitColumn {
  cell: number;
  x: number;
  role: BitRole;
  isShown: boolean;
  /** Top of the cell of every record shown. */
  y: readonly number[];
}

export interface StageLabel {
  /** As much of it as there is room for. */
  text: string;
  x: number;
  /** The line that it stands on, from the lowest up. */
  line: number;
  /** Null of a field. */
  role: 'base' | 'id' | null;
}

/** A point of the records, a circle of a sample. */
export interface Dot {
  x: number;
  y: number;
  radius: number;
}

export interface StageLayout {
  width: number;
  height: number;
  cell: { width: number; height: number };
  /** Height of the bars of entropy, above the rows. */
  barHeight: number;
  top: number;
  areBarsShown: boolean;
  columns: BitColumn[];
  /** Names over the fields, and over what is the base's. */
  labels: StageLabel[];
  /** Left edge and width of the columns of the table of values, and top of every row. */
  values: { x: number; width: number; y: readonly number[] };
  /** Base IDs beside the records, and beside the bases; null where there are none yet. */
  ids: {
    x: number;
    baseX: number;
    records: readonly number[];
    bases: readonly { id: number; y: number }[];
  } | null;
  /** The records as dots; null before they are. */
  dots: readonly Dot[] | null;
  samples: readonly Dot[] | null;
  plot: Plot | null;
}

export interface Plot {
  x: { name: string; low: number; high: number };
  y: { name: string; low: number; high: number };
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Names of narrow fields stand on two lines by turns. */
const LABEL_LINE = 15;
const LABEL_LINES = 2;
const LABELS = LABEL_LINES * LABEL_LINE + 6;
/** A letter of a name, and what is left free behind one. */
const LETTER = 7;
const BEHIND = 6;
/** Fewer letters of a longer name tell nothing. */
const LEAST_LETTERS = 3;
const BARS = 46;
/** From the top of a row to the next, and height of a cell; less where the window is low, so that all records stand in it. */
const ROWS = { usual: { step: 28, cell: 19 }, low: { step: 20, cell: 17 } };
type RowSize = (typeof ROWS)['usual'];
/** Height of a window in which no more rows fit as they usually are. */
const LOW_WINDOW = 820;
const MOST_CELL = 44;
const LEAST_CELL = 5;
/** Between fields, and between base and deviation; less where there is little room. */
const GAPS = { usual: { field: 10, part: 26 }, narrow: { field: 4, part: 12 } };
const NARROW = 520;
const ID_WIDTH = 38;
/** From here on a cell has room for its digit. */
export const DIGIT_WIDTH = 10;
/** Most bits that are drawn; whole columns are left out beyond. */
const MOST_BITS = 160;
/** Least width of a column of values. */
const VALUE_WIDTH = 72;
const DOT = 5;
const LARGEST = 30;

/** Rows that are drawn: whole columns, in their order, as far as they fit; a quantised row follows its own. */
export function drawnRows({ rows }: WalkReport): MapRow[] {
  const drawn: MapRow[] = [];
  let bits = 0;
  for (const row of rows) {
    if (drawn.length > 0 && bits + row.bits > MOST_BITS) break;
    drawn.push(row);
    bits += row.bits;
  }
  return drawn;
}

/** The columns of the table that these rows are of: of ten thousand no more are shown as values either. */
export function drawnColumns(report: WalkReport): number[] {
  return [...new Set(drawnRows(report).map(({ column }) => column))];
}

/** Bits that have become analytics bits before or in a scene. */
function analyticsBits({ clusters }: WalkReport, scene: TableScene): number {
  if (clusters === null) return 0;
  if (scene.kind === 'analytics') return scene.bits;
  return scene.kind === 'clusters' || scene.kind === 'means' ? clusters.beta : 0;
}

const isLearning = ({ kind }: TableScene): boolean =>
  kind === 'analytics' || kind === 'clusters' || kind === 'means';

/** Base bits in the order in which they joined, constant ones first. */
function baseOf({ search, ones, records, recordBits }: WalkReport, scene: TableScene): number[] {
  if (search === null) return [];
  const added =
    scene.kind === 'search'
      ? scene.added
      : scene.kind === 'chosen' || scene.kind === 'merge' || scene.kind === 'stored'
        ? search.chosen
        : -1;
  if (added < 0) return [];
  const constant = Array.from({ length: recordBits }, (_, p) => p).filter(
    (p) => ones[p] === 0 || ones[p] === records,
  );
  return [...constant, ...search.added.subarray(0, added)];
}

/** Groups of records shown that agree on cells, in the order of their first records. */
export function groupsBy({ bits, shown, ones }: WalkReport, cells: readonly number[]): number[][] {
  const groups = new Map<string, number[]>();
  shown.forEach((_, k) => {
    let key = '';
    for (const cell of cells) key += bits[k * ones.length + cell];
    groups.set(key, [...(groups.get(key) ?? []), k]);
  });
  return [...groups.values()];
}

/** Tops of the rows: one after the other, or group by group with a gap between. */
function rowTops(report: WalkReport, scene: TableScene, top: number, { step, cell }: RowSize): number[] {
  const count = report.shown.length;
  const plain = Array.from({ length: count }, (_, k) => top + k * step);
  if (!isLearning(scene) || report.clusters === null) return plain;
  const groups = groupsBy(report, [...report.clusters.order.subarray(0, analyticsBits(report, scene))]);
  const height = count * step;
  const gap = groups.length < 2 ? 0 : Math.min(12, (height - count * (cell + 1)) / (groups.length - 1));
  const row = (height - gap * (groups.length - 1)) / Math.max(1, count);
  const tops = new Array<number>(count).fill(top);
  let y = top;
  for (const group of groups) {
    for (const record of group) {
      tops[record] = y;
      y += row;
    }
    y += gap;
  }
  return tops;
}

/** Where the letters of a line of names stand. */
export function labelBase(line: number): number {
  return LABELS - 7 - line * LABEL_LINE;
}

type WantedLabel = Pick<StageLabel, 'text' | 'x' | 'role'>;

/** Names over their fields, on as many lines as are needed for none to run into another. */
function placeLabels(labels: readonly WantedLabel[], width: number): StageLabel[] {
  const ends = new Array<number>(LABEL_LINES).fill(0);
  return labels.flatMap(({ text, x, role }, k) => {
    // As far as the next one on its line, were all of them too long.
    const limit = labels.at(k + LABEL_LINES)?.x ?? width;
    const letters = Math.floor((limit - x - BEHIND) / LETTER);
    const line = ends.findIndex((end) => end <= x);
    if (letters < Math.min(LEAST_LETTERS, text.length) || line < 0) return [];
    const shown = letters < text.length ? `${text.slice(0, letters - 1)}…` : text;
    ends[line] = x + shown.length * LETTER + BEHIND;
    return [{ text: shown, x, line, role }];
  });
}

/**
 * @param width of the place that the stage has
 * @param windowHeight of the window that it is seen in
 */
export function layOutStage(
  report: WalkReport,
  scene: TableScene,
  width: number,
  windowHeight = LOW_WINDOW,
): StageLayout {
  const rowSize = windowHeight < LOW_WINDOW ? ROWS.low : ROWS.usual;
  const { shown, recordBits, search, clusters } = report;
  const valueColumns = drawnColumns(report).length;
  const rows = drawnRows(report);
  const cells = rows.flatMap(({ start, bits }) => Array.from({ length: bits }, (_, b) => start + b));
  const isDrawn = new Set(cells);
  const gap = width < NARROW ? GAPS.narrow : GAPS.usual;
  const gaps = gap.field * rows.length + gap.part * 2 + ID_WIDTH * 2;
  const cellWidth = Math.max(
    LEAST_CELL,
    Math.min(MOST_CELL, Math.floor((width - gaps) / Math.max(1, cells.length))),
  );
  const top = LABELS + BARS + 6;
  const height = top + Math.max(1, shown.length) * rowSize.step + 4;
  const tops = rowTops(report, scene, top, rowSize);
  const learning = isLearning(scene);
  const base = baseOf(report, scene).filter((cell) => isDrawn.has(cell));
  const isSearching = scene.kind === 'search' || scene.kind === 'chosen';
  const isMerged = (scene.kind === 'merge' || scene.kind === 'stored') && search !== null;
  const isPlot = scene.kind === 'clusters' || scene.kind === 'means';
  const areBits = !isPlot && scene.kind !== 'values' && scene.kind !== 'codes';

  const x = new Map<number, number>();
  const labels: WantedLabel[] = [];
  const label = (text: string, from: number, role: StageLabel['role'] = null): void => {
    labels.push({ text, x: from, role });
  };
  let right = 0;
  if (isSearching || isMerged) {
    const inBase = new Set(base);
    // The IDs of the bases stand before them.
    const from = isMerged ? ID_WIDTH : 0;
    base.forEach((cell, k) => x.set(cell, from + k * cellWidth));
    right = from + base.length * cellWidth + (base.length > 0 || isMerged ? gap.part : 0);
    if (base.length > 0) label(isMerged ? 'bases' : 'base', from, 'base');
    if (isMerged) {
      label('IDs', right, 'id');
      right += ID_WIDTH;
    }
    for (const row of rows) {
      if (row.kind !== 'stored') continue;
      const begin = right;
      for (let cell = row.start; cell < row.start + row.bits; cell++) {
        if (inBase.has(cell)) continue;
        x.set(cell, right);
        right += cellWidth;
      }
      if (right > begin) {
        label(row.label, begin);
        right += gap.field;
      }
    }
  } else {
    for (const row of rows) {
      if (row.kind === 'quantised' && !learning) continue;
      const begin = right;
      for (let cell = row.start; cell < row.start + row.bits; cell++) {
        x.set(cell, right);
        right += cellWidth;
      }
      label(row.label, begin);
      right += gap.field;
    }
  }

  const analytics = new Set(clusters?.order.subarray(0, analyticsBits(report, scene)) ?? []);
  const baseSet = new Set(base);
  const roleOf = (cell: number): BitRole => {
    if (learning) return analytics.has(cell) ? 'analytics' : 'plain';
    if (baseSet.has(cell))
      return report.ones[cell] === 0 || report.ones[cell] === report.records ? 'constant' : 'base';
    return isSearching || isMerged ? 'deviation' : 'plain';
  };
  const bases = isMerged ? [...new Set(search.ids)].sort((a, b) => a - b) : [];
  const baseTops = new Map(bases.map((id, k) => [id, top + k * rowSize.step]));
  const columns = cells.map((cell): BitColumn => {
    const isShown = areBits && x.has(cell);
    const inTable = isMerged && baseSet.has(cell);
    return {
      cell,
      x: x.get(cell) ?? 0,
      role: roleOf(cell),
      isShown,
      y: inTable ? tops.map((_, k) => baseTops.get(search.ids[k]) ?? top) : tops,
    };
  });
  const stageWidth = Math.max(width, right + (learning ? 2 * DOT + gap.field : 0));
  const plotted = learning && clusters !== null ? plotOf(clusters.samples, width, top, height) : null;
  const baseEnd = ID_WIDTH + base.length * cellWidth + gap.part;
  return {
    width:
      scene.kind === 'values' || scene.kind === 'codes'
        ? Math.max(width, valueColumns * VALUE_WIDTH)
        : stageWidth,
    height,
    cell: { width: cellWidth, height: rowSize.cell },
    barHeight: BARS,
    top,
    areBarsShown: scene.kind === 'entropy' || isSearching,
    columns: columns.filter(({ cell }) => cell < recordBits || learning),
    labels: areBits ? placeLabels(labels, stageWidth) : [],
    values: {
      x: 0,
      width: Math.max(VALUE_WIDTH, width / Math.max(1, valueColumns)),
      y: tops,
    },
    ids: isMerged
      ? {
          x: baseEnd,
          baseX: 0,
          records: [...search.ids],
          bases: bases.map((id) => ({ id, y: baseTops.get(id) ?? top })),
        }
      : null,
    dots: !learning
      ? null
      : isPlot && plotted !== null
        ? plotted.records.map((dot, k) => {
            const sample = clusters?.samples.of[k] ?? -1;
            // A record that the model cannot use may have no place.
            if (sample < 0) return { ...dot, radius: 0 };
            return scene.kind === 'means' ? { ...plotted.samples[sample], radius: DOT } : dot;
          })
        : tops.map((y) => ({ x: Math.min(right, stageWidth - DOT), y: y + rowSize.cell / 2, radius: DOT })),
    samples: scene.kind === 'means' && plotted !== null ? plotted.samples : null,
    plot: isPlot && plotted !== null ? plotted.plot : null,
  };
}

function plotOf(
  samples: WalkSamples,
  width: number,
  top: number,
  height: number,
): { plot: Plot; records: Dot[]; samples: Dot[] } {
  const axes = axesOf(samples);
  const axisOf = (column: number) => {
    const all = [...samples.values[column], ...samples.means[column]].filter(Number.isFinite);
    const low = Math.min(...all);
    const high = Math.max(...all);
    return { name: samples.names[column], low, high };
  };
  const plot: Plot = {
    ...{ x: axisOf(axes.x), y: axisOf(axes.y) },
    ...{ left: 64, right: Math.max(120, width - LARGEST - 4) },
    ...{ top: top - BARS, bottom: height - 40 },
  };
  const place = (value: number, { low, high }: Plot['x'], from: number, to: number): number =>
    high > low && Number.isFinite(value)
      ? from + ((value - low) / (high - low)) * (to - from)
      : (from + to) / 2;
  const dotOf = (columns: readonly Float64Array[], k: number, radius: number): Dot => ({
    x: place(columns[axes.x][k], plot.x, plot.left + LARGEST, plot.right - LARGEST),
    y: place(columns[axes.y][k], plot.y, plot.bottom - LARGEST, plot.top + LARGEST),
    radius,
  });
  const most = Math.max(1, ...samples.weights);
  return {
    plot,
    records: Array.from(samples.of, (_, k) => dotOf(samples.values, k, DOT)),
    samples: Array.from(samples.weights, (weight, k) =>
      dotOf(samples.means, k, Math.max(DOT, LARGEST * Math.sqrt(weight / most))),
    ),
  };
}
