// @vitest-environment happy-dom
import { act } from 'react';
import { describe, expect, it } from 'vitest';
import { FigureFrame, type LineFigureProps } from './figure.tsx';
import { LinePlot } from './LinePlot.tsx';
import { seriesLook } from './marks.ts';
import { saveFigure } from './saveFigure.ts';
import { mountEach } from '../testing/mount.ts';

const view = mountEach();

const figure: LineFigureProps = {
  summary: 'Error at three points & more.',
  series: [
    { id: 'a', name: 'A < B', ...seriesLook(1), points: [1, 2, 3].map((x) => ({ x, y: x, spread: 0.2 })) },
    { id: 'b', name: 'B "quoted"', ...seriesLook(5), points: [{ x: 2, y: 1 }] },
  ],
  x: { label: 'β', kind: 'linear', format: String },
  y: { label: 'test MSE ÷ full', kind: 'linear', format: String },
  reference: { y: 1, name: 'Full', colour: '#000000' },
  floor: { y: 3.5, name: 'Floor', colour: '#000000' },
  empty: '',
};

async function saved(title: string, caption: string): Promise<string> {
  act(() =>
    view.root.render(
      <FigureFrame {...figure}>
        <div className="chart-plot" role="img" aria-label={figure.summary}>
          <LinePlot {...figure} width={600} height={260} />
        </div>
      </FigureFrame>,
    ),
  );
  const file = await saveFigure(view.place, { title, caption }, 'svg');
  expect(file.type).toBe('image/svg+xml');
  return file.text();
}

function parse(text: string): Document {
  return new DOMParser().parseFromString(text.replace(/^<\?xml.*\?>\n/, ''), 'image/svg+xml');
}
const textsOf = (picture: Document) =>
  [...picture.querySelectorAll('text')].map(({ textContent }) => textContent);

describe('a saved figure', () => {
  it('is what is shown with its title, legend, axes and every series', async () => {
    const svg = await saved('Error: <Houses>', 'word '.repeat(80).trim());
    const picture = parse(svg);
    expect(picture.querySelector('parsererror')).toBeNull();
    const texts = textsOf(picture);
    for (const word of [
      'Error: <Houses>',
      'A < B',
      'B "quoted"',
      'Full',
      'Floor',
      'β',
      'test MSE ÷ full',
      '2.5',
    ]) {
      expect(texts).toContain(word);
    }
    // A caption too long for the width goes on in the next line.
    expect(texts.filter((text) => text?.startsWith('word word')).length).toBeGreaterThan(2);
    expect(picture.querySelector('title')?.textContent).toBe('Error: <Houses>');
    expect(picture.querySelector('desc')?.textContent).toBe(figure.summary);
    const shown = [...view.place.querySelectorAll('.recharts-line-curve')].map((path) =>
      path.getAttribute('d'),
    );
    const kept = [...picture.querySelectorAll('path')].map((path) => path.getAttribute('d'));
    expect(kept).toEqual(expect.arrayContaining(shown));
    expect(svg).toContain('stroke-dasharray="7 5"');
  });

  it('needs nothing from outside and has nothing that runs', async () => {
    const svg = await saved('Error', 'of all');
    expect(svg).not.toMatch(/class=|style=|href|url\(|<script|<style|foreignObject|\son\w+=/);
    expect(svg.match(/https?:/g)?.length).toBe(svg.match(/xmlns="http:/g)?.length);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('takes any text for text', async () => {
    const odd = await saved('a\u0000b\ud800c]]>', '&amp;<script>');
    expect(odd).not.toContain('\u0000');
    expect(odd).not.toContain('<script');
    expect(textsOf(parse(odd))).toEqual(expect.arrayContaining(['a\ufffdb\ufffdc]]>', '&amp;<script>']));
  });
});
