/**
 * A figure as a picture of its own: the SVG that is shown and the words around it, each where it stands, in colours and
 * fonts that are written out, so that it needs no style sheet.
 */

import { solid, toRgb } from './palette.ts';

/** What stands above the figure in the picture. */
export interface FigureWords {
  title: string;
  /** What the numbers are: units, denominators, how many runs. */
  caption: string;
}

const SVG = 'http://www.w3.org/2000/svg';
/** Pixels around everything. */
const MARGIN = 20;
/** Widths of a character on average, and the height of a line, in pixels. */
const TITLE_CHARACTER = 9.5;
const SMALL_CHARACTER = 6.4;
const LINE_HEIGHT = 19;
/** Where letters stand in the height of their line. */
const BASELINE = 0.79;

/** What is taken over of an element as it is. */
const GEOMETRY = 'd x y x1 x2 y1 y2 dx dy cx cy r width height viewBox preserveAspectRatio transform'.split(
  ' ',
);

/** Properties of a style, and what each is without being said. */
type Style = Readonly<Record<string, string>>;
const SHAPE: Style = {
  ...{ fill: 'black', stroke: 'none', opacity: '1' },
  ...{ 'stroke-width': '1', 'stroke-dasharray': 'none', 'stroke-linejoin': 'miter' },
};
const TEXT: Style = { fill: 'black', 'font-size': '12', 'font-weight': '400', 'text-anchor': 'start' };
/** The elements that a picture is made of, and what is taken over of their style as it comes to on the page. */
const ELEMENTS: ReadonlyMap<string, Style> = new Map([
  ...(['svg', 'g', 'tspan'] as const).map((name) => [name, {}] as const),
  ...(['path', 'line', 'circle', 'rect'] as const).map((name) => [name, SHAPE] as const),
  ['text', TEXT] as const,
]);
/** What follows the pointer is no part of the picture, nor what is only read out. */
const POINTED = '.recharts-tooltip-wrapper, .recharts-tooltip-cursor, .chart-pointed, .visually-hidden';

/**
 * @param figure a figure on the page, drawn
 * @returns an SVG as wide as the figure and its margins
 */
export function figurePicture(figure: Element, { title, caption }: FigureWords): SVGSVGElement {
  const frame = figure.getBoundingClientRect();
  const page = getComputedStyle(figure);
  const token = (name: string) => page.getPropertyValue(name).trim();
  const inner = Math.max(240, Math.ceil(frame.width));
  const heading = wrap(title, inner / TITLE_CHARACTER).map((line, k) =>
    make('text', { y: 14 + k * 21, fill: token('--ink'), 'font-size': 16, 'font-weight': 650 }, line),
  );
  const captionTop = 15 + heading.length * 21;
  const small = wrap(caption, inner / SMALL_CHARACTER).map((line, k) =>
    make('text', { y: captionTop + k * LINE_HEIGHT, fill: token('--soft') }, line),
  );
  const top = captionTop + small.length * LINE_HEIGHT - 4;
  const width = inner + 2 * MARGIN;
  const height = Math.ceil(top + frame.height) + 2 * MARGIN;
  const root = make('svg', {
    ...{ width, height, viewBox: `0 0 ${width} ${height}` },
    ...{ 'font-family': token('--font'), 'font-size': 12 },
  });
  const summary = figure.querySelector('[role="img"]')?.getAttribute('aria-label') ?? '';
  const place = make('g', { transform: `translate(${MARGIN} ${MARGIN})` });
  const shown = make('g', { transform: `translate(0 ${top})` });
  shown.append(...partsOf(figure, frame));
  place.append(...heading, ...small, shown);
  root.append(
    make('title', {}, title),
    make('desc', {}, summary),
    make('rect', { width, height, fill: token('--panel') }),
    place,
  );
  return root as SVGSVGElement;
}

function make(name: string, attributes: Record<string, string | number>, text?: string): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = writable(text);
  return element;
}

/** Control characters stand in no XML document, whichever way they are written. */
function writable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/gu, '\ufffd');
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

/** The drawings, the boxes and the words of a part of the page, at their places within the frame. */
function partsOf(node: Element, frame: DOMRect, seen: DOMRect = frame): SVGElement[] {
  return [...node.childNodes].flatMap((child): SVGElement[] => {
    if (child instanceof Text) return textLines(child, node, frame, seen);
    if (!(child instanceof Element) || child.matches(POINTED)) return [];
    const box = child.getBoundingClientRect();
    if (child instanceof HTMLCanvasElement) return painted(child, box, frame);
    if (child.localName !== 'svg') {
      const within = child.scrollHeight > child.clientHeight + 1 && isScrolled(child) ? box : seen;
      return [...boxOf(child, box, frame, seen), ...partsOf(child, frame, within)];
    }
    const drawing = copy(child);
    if (drawing === null) return [];
    drawing.setAttribute('x', tidy(box.left - frame.left));
    drawing.setAttribute('y', tidy(box.top - frame.top));
    if (!child.hasAttribute('width')) drawing.setAttribute('width', tidy(box.width));
    if (!child.hasAttribute('height')) drawing.setAttribute('height', tidy(box.height));
    drawing.setAttribute('overflow', 'visible');
    return [drawing];
  });
}

/** Whether what reaches out of an element is to be scrolled to, and so is not seen. */
function isScrolled(element: Element): boolean {
  const { overflowY } = getComputedStyle(element);
  return overflowY === 'auto' || overflowY === 'scroll';
}

/** Whether a line or box lies where it is seen, but for a pixel. */
function isSeen(box: DOMRect, seen: DOMRect): boolean {
  return box.top >= seen.top - 1 && box.bottom <= seen.bottom + 1;
}

/** A canvas as the picture that it holds. */
function painted(canvas: HTMLCanvasElement, box: DOMRect, frame: DOMRect): SVGElement[] {
  const href = canvas.toDataURL('image/png');
  if (!href.startsWith('data:image/png')) return [];
  return [
    make('image', {
      ...{ x: tidy(box.left - frame.left), y: tidy(box.top - frame.top) },
      ...{ width: tidy(box.width), height: tidy(box.height), href },
    }),
  ];
}

/** The area and the frame of an element, where it has them: cells that are filled, bars, swatches. */
function boxOf(element: Element, box: DOMRect, frame: DOMRect, seen: DOMRect): SVGElement[] {
  if (box.width === 0 || !isSeen(box, seen)) return [];
  const style = getComputedStyle(element);
  const [x, y] = [box.left - frame.left, box.top - frame.top];
  const parts: SVGElement[] = [];
  const fill = plainColour(style.backgroundColor);
  if (fill !== null && box.height > 0) {
    const stroke = parseFloat(style.borderLeftWidth) > 0 ? plainColour(style.borderLeftColor) : null;
    parts.push(
      make('rect', {
        ...{ x: tidy(x), y: tidy(y), width: tidy(box.width), height: tidy(box.height), fill },
        ...(stroke !== null && { stroke }),
      }),
    );
  }
  const line = parseFloat(style.borderTopWidth);
  const stroke = line > 1 ? plainColour(style.borderTopColor) : null;
  if (stroke !== null) {
    const at = tidy(y + line / 2);
    parts.push(
      make('line', {
        ...{ x1: tidy(x), x2: tidy(x + box.width), y1: at, y2: at, stroke, 'stroke-width': line },
        ...(style.borderTopStyle === 'dashed' && { 'stroke-dasharray': '5 3' }),
      }),
    );
  }
  return parts;
}

/** A colour as every program reads it; null where it is not to be seen. */
function plainColour(colour: string): string | null {
  if (colour === '' || colour === 'transparent' || /^rgba\(.*, 0\)$/.test(colour)) return null;
  return colour.startsWith('rgb(') ? colour.replaceAll(',', '') : solid(toRgb(colour));
}

/** An element of a drawing with everything in it that is seen, its style written out. */
function copy(element: Element): SVGElement | null {
  const properties = ELEMENTS.get(element.localName);
  if (properties === undefined || element.matches(POINTED)) return null;
  const made = make(element.localName, {});
  for (const name of GEOMETRY) {
    const value = element.getAttribute(name);
    if (value !== null) made.setAttribute(name, value);
  }
  const style = getComputedStyle(element);
  for (const [name, unsaid] of Object.entries(properties)) {
    const value = (style.getPropertyValue(name) || element.getAttribute(name) || unsaid)
      .replaceAll('px', '')
      .replaceAll(/, (?![^(]*\))/g, ' ');
    if (value !== unsaid) made.setAttribute(name, value);
  }
  for (const child of element.childNodes) {
    if (child instanceof Text) made.append(writable(child.data));
    else if (child instanceof Element) made.append(copy(child) ?? '');
  }
  return made;
}

/** A text of the page in the lines that it is broken into. */
function textLines(text: Text, parent: Element, frame: DOMRect, seen: DOMRect): SVGElement[] {
  const lines: { words: string; box: DOMRect }[] = [];
  for (const { index, 0: word } of text.data.matchAll(/[^ \n]+/g)) {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const box = range.getBoundingClientRect();
    if (!isSeen(box, seen)) continue;
    const last = lines.at(-1);
    if (last === undefined || box.top - last.box.top > box.height / 2) lines.push({ words: word, box });
    else last.words += ` ${word}`;
  }
  const style = getComputedStyle(parent);
  const isAtEnd = style.textAlign === 'right';
  const end = parent.getBoundingClientRect().right - frame.left;
  return lines.map(({ words, box }) =>
    make(
      'text',
      {
        x: tidy(isAtEnd ? end : box.left - frame.left),
        y: tidy(box.top - frame.top + box.height * BASELINE),
        fill: style.color,
        'font-size': tidy(parseFloat(style.fontSize)),
        ...(isAtEnd && { 'text-anchor': 'end' }),
      },
      words,
    ),
  );
}

function tidy(pixels: number): string {
  return String(Math.round(pixels * 10) / 10);
}
