/** A line chart as a file of its own: an SVG with its title, axes and legend, which needs no style sheet. */
import type { ChartSeries, LineFigureProps } from './figure.tsx';
import { crossLines, DASHES } from './figure.tsx';
import { curvePaths, layOutPlot, type PlotLayout } from './layout.ts';
import { markPath } from './marks.ts';

/** The theme as it stands, in plain values. */
export interface FigureTheme {
  ink: string;
  soft: string;
  line: string;
  lineStrong: string;
  panel: string;
  font: string;
  /** A colour of a series, "var(--analytics)", as a plain one. */
  colourOf: (colour: string) => string;
}

export interface SavedFigure {
  title: string;
  /** What the numbers are: units, denominators, how many runs. */
  caption: string;
  figure: LineFigureProps;
}

/** Whole width of a saved figure, and of its margins, in pixels. */
const WIDTH = 760;
const MARGIN = 20;
const INNER = WIDTH - 2 * MARGIN;
/** Width of a character of small text on average, in pixels. */
const SMALL_CHARACTER = 6.4;
const LINE_HEIGHT = 19;
const SWATCH = 26;

type Attributes = Record<string, string | number | undefined>;

function escapeXml(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // Control characters stand in no XML document, whichever way they are written.
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/gu, '\ufffd')
  );
}

function element(name: string, attributes: Attributes, content?: string): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('');
  return content === undefined ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

function text(content: string, attributes: Attributes): string {
  return element('text', attributes, escapeXml(content));
}

function path(d: string, attributes: Attributes): string {
  return d === '' ? '' : element('path', { d, fill: 'none', ...attributes });
}

/** Words in lines of at most so many characters. */
function wrap(words: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

interface Part {
  markup: string;
  /** Pixels that it takes from the top of its place. */
  height: number;
}

/**
 * The figure with everything that it needs: colours and fonts are written out, nothing is fetched.
 *
 * @returns the text of an SVG file, 760 pixels wide
 */
export function figureSvg({ title, caption, figure }: SavedFigure, theme: FigureTheme): string {
  const parts = [headPart(title, caption, theme), legendPart(figure, theme), plotPart(figure, theme)];
  let y = MARGIN;
  const placed = parts.map(({ markup, height }) => {
    const group = element('g', { transform: `translate(${MARGIN} ${y})` }, markup);
    y += height;
    return group;
  });
  const height = Math.ceil(y + MARGIN);
  const content =
    element('title', {}, escapeXml(title)) +
    element('desc', {}, escapeXml(figure.summary)) +
    element('rect', { width: WIDTH, height, fill: theme.panel }) +
    placed.join('');
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    ...{ width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}` },
    'font-family': theme.font,
    'font-size': 12,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('svg', root, content)}\n`;
}

function headPart(title: string, caption: string, { ink, soft }: FigureTheme): Part {
  const lines = wrap(caption, Math.floor(INNER / SMALL_CHARACTER));
  return {
    markup:
      text(title, { y: 14, fill: ink, 'font-size': 16, 'font-weight': 650 }) +
      lines.map((line, k) => text(line, { y: 36 + k * LINE_HEIGHT, fill: soft })).join(''),
    height: 30 + lines.length * LINE_HEIGHT,
  };
}

type Key = Pick<ChartSeries, 'name' | 'colour' | 'stroke' | 'marks' | 'shape'>;

function legendPart(figure: LineFigureProps, theme: FigureTheme): Part {
  const keys: Key[] = [...figure.series, ...crossLines(figure)];
  if (keys.length === 1) return { markup: '', height: 6 };
  let x = 0;
  let y = 12;
  const markup = keys.map((key) => {
    const width = SWATCH + 7 + key.name.length * SMALL_CHARACTER;
    if (x > 0 && x + width > INNER) {
      x = 0;
      y += LINE_HEIGHT;
    }
    const entry = element('g', { transform: `translate(${x} ${y})` }, keyMarkup(key, theme));
    x += width + 18;
    return entry;
  });
  return { markup: markup.join(''), height: y + 14 };
}

function keyMarkup(key: Key, theme: FigureTheme): string {
  const { name, stroke = 'solid', marks = 'none', shape = 'circle' } = key;
  const colour = theme.colourOf(key.colour);
  const line = { stroke: colour, 'stroke-width': 2, 'stroke-dasharray': DASHES[stroke] };
  const mark = { stroke: colour, 'stroke-width': 1.8, fill: marks === 'filled' ? colour : theme.panel };
  return (
    (stroke === 'none' ? '' : path(`M0 -4h${SWATCH}`, line)) +
    (marks === 'none' ? '' : path(markPath(shape, SWATCH / 2, -4, 3.2), mark)) +
    text(name, { x: SWATCH + 7, fill: theme.soft })
  );
}

function plotPart(figure: LineFigureProps, theme: FigureTheme): Part {
  const layout = layOutPlot(figure, INNER);
  const { area, toX, toY, lines, xLabels } = layout;
  const bottom = Math.max(...xLabels.map((label) => label.y), area.bottom) + 20;
  const across = crossLines(figure).map((line) =>
    path(`M${area.left} ${toY(line.y)}H${area.right}`, {
      ...{ stroke: theme.colourOf(line.colour), 'stroke-width': 1.5 },
      'stroke-dasharray': DASHES[line.stroke],
    }),
  );
  const { focus } = figure;
  const mark =
    focus === undefined
      ? ''
      : element('circle', {
          ...{ cx: toX(focus.x), cy: toY(focus.y), r: 5.5, fill: theme.panel },
          ...{ stroke: theme.colourOf(focus.colour), 'stroke-width': 2 },
        });
  const markup =
    text(figure.y.label, { y: 12, fill: theme.soft }) +
    element(
      'g',
      { transform: 'translate(0 16)' },
      axesMarkup(layout, theme) +
        across.join('') +
        lines.map((line) => curveMarkup(line, layout, theme)).join('') +
        mark,
    ) +
    text(figure.x.label, { x: area.right, y: bottom + 16, fill: theme.soft, 'text-anchor': 'end' });
  return { markup, height: bottom + 20 };
}

function axesMarkup(layout: PlotLayout, theme: FigureTheme): string {
  const { area, yAxis, yFormat, toY, xLabels } = layout;
  const rows = yAxis.ticks.map((tick) => {
    const y = Math.round(toY(tick)) + 0.5;
    return (
      path(`M${area.left} ${y}H${area.right}`, { stroke: theme.line }) +
      text(yFormat(tick), { x: area.left - 8, y: y + 4, fill: theme.soft, 'text-anchor': 'end' })
    );
  });
  const names = xLabels.map(({ x, y, text: label }) =>
    text(label, { x, y, fill: theme.soft, 'text-anchor': 'middle' }),
  );
  const base = path(`M${area.left} ${area.bottom + 0.5}H${area.right}`, { stroke: theme.lineStrong });
  return rows.join('') + base + names.join('');
}

function curveMarkup(line: ChartSeries, layout: PlotLayout, theme: FigureTheme): string {
  const { stroke = 'solid', marks = 'none' } = line;
  const colour = theme.colourOf(line.colour);
  const paths = curvePaths(line, layout);
  return element(
    'g',
    { stroke: colour },
    path(paths.line, { 'stroke-width': 2, 'stroke-dasharray': DASHES[stroke], 'stroke-linejoin': 'round' }) +
      path(paths.bars, { 'stroke-width': 1.2 }) +
      path(paths.marks, { 'stroke-width': 1.8, fill: marks === 'hollow' ? theme.panel : colour }),
  );
}
