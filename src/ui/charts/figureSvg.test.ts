// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { LineFigureProps } from './figure.tsx';
import { figureSvg, type FigureTheme } from './figureSvg.ts';
import { seriesLook } from './marks.ts';

const theme: FigureTheme = {
  ink: '#111111',
  soft: '#555555',
  line: '#eeeeee',
  lineStrong: '#999999',
  panel: '#ffffff',
  font: "system-ui, 'Segoe UI', sans-serif",
  colourOf: (colour) => (colour === 'var(--full)' ? '#000000' : '#0072b2'),
};

const figure: LineFigureProps = {
  summary: 'Error at three points & more.',
  series: [
    { id: 'a', name: 'A < B', ...seriesLook(0), points: [1, 2, 3].map((x) => ({ x, y: x, spread: 0.2 })) },
    { id: 'b', name: 'B "quoted"', ...seriesLook(5), points: [{ x: 2, y: 1 }] },
  ],
  x: { label: 'β', kind: 'linear', format: String },
  y: { label: 'test MSE ÷ full', kind: 'linear', format: String },
  reference: { y: 1, name: 'Full', colour: 'var(--full)' },
  floor: { y: 3.5, name: 'Floor', colour: 'var(--full)' },
  empty: '',
};

function parse(text: string): Document {
  return new DOMParser().parseFromString(text.replace(/^<\?xml.*\?>\n/, ''), 'image/svg+xml');
}

function textsOf(picture: Document): (string | null)[] {
  return [...picture.querySelectorAll('text')].map((element) => element.textContent);
}

describe('figureSvg', () => {
  const svg = figureSvg({ title: 'Error: <Houses>', caption: 'word '.repeat(80).trim(), figure }, theme);

  it('is a whole picture with title, legend, axes and every series', () => {
    const picture = parse(svg);
    const texts = textsOf(picture);
    for (const word of ['Error: <Houses>', 'A < B', 'B "quoted"', 'Full', 'Floor', 'β', 'test MSE ÷ full']) {
      expect(texts).toContain(word);
    }
    // A caption too long for the width goes on in the next line.
    expect(texts.filter((text) => text?.startsWith('word word')).length).toBeGreaterThan(2);
    expect(picture.querySelector('svg')?.getAttribute('width')).toBe('760');
    expect(svg).toContain('stroke-dasharray="7 5"');
  });

  it('needs nothing from outside: no style, no variable, no address but the namespace', () => {
    expect(svg).not.toMatch(/var\(|style|class=|href|url\(|<script/);
    expect(svg.match(/https?:/g)).toEqual(['http:']);
  });

  it('writes no number that is none', () => {
    const { points } = figure.series[0];
    const odd = { ...figure, series: [{ ...figure.series[0], points: [...points, { x: 4, y: NaN }] }] };
    expect(figureSvg({ title: 't', caption: '', figure: odd }, theme)).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('names the places of an axis without numbers', () => {
    const named = { ...figure, x: { ...figure.x, categories: ['one', 'two', 'three', 'four'] } };
    const texts = textsOf(parse(figureSvg({ title: 't', caption: '', figure: named }, theme)));
    expect(texts).toEqual(expect.arrayContaining(['one', 'two', 'three', 'four']));
  });

  it('takes any text for text', () => {
    const odd = figureSvg({ title: 'a\u0000b\ud800c]]>', caption: '&amp;', figure }, theme);
    expect(odd).not.toContain('\u0000');
    expect(odd).toContain('&amp;amp;');
    expect(odd).toContain(']]&gt;');
  });
});
