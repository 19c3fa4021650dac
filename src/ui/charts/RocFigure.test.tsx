// @vitest-environment happy-dom
import { act } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { RocFigure, type RocLine } from './RocFigure.tsx';
import { mountEach, settled } from '../testing/mount.ts';

// The picture is drawn once it has a place.
vi.mock('./useSize.ts', () => ({ useSize: () => ({ width: 350, height: 320 }) }));

const view = mountEach();

function line(name: string, rates: [number, number][], area: number | undefined): RocLine {
  return {
    ...{ id: name.toLowerCase(), name, colour: 'var(--full)', stroke: 'solid', area },
    falsePositiveRate: Float64Array.from(rates, ([x]) => x),
    truePositiveRate: Float64Array.from(rates, ([, y]) => y),
  };
}

async function show(...lines: RocLine[]): Promise<void> {
  act(() =>
    view.root.render(<RocFigure title="ROC curves" positive="“yes”" lines={lines} empty="Nothing yet." />),
  );
  if (lines.length > 0)
    await vi.waitUntil(() => view.place.querySelector('.recharts-line-curve') !== null, 5_000);
  await settled(view.place);
}

/** Corners of the first curve as shares of the axes, from the pixels that the path runs through. */
function corners(): [number, number][] {
  // The first is on top, so it is the last to be drawn.
  const path = [...view.place.querySelectorAll('.recharts-line-curve')].at(-1)?.getAttribute('d') ?? '';
  const pixels = [...path.matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  const [left, bottom] = pixels[0];
  const [right, top] = pixels[pixels.length - 1];
  return pixels.map(([x, y]) => [
    Number(((x - left) / (right - left)).toFixed(2)),
    Number(((bottom - y) / (bottom - top)).toFixed(2)),
  ]);
}

const reading = () => view.place.querySelector('.roc-reading')?.textContent.replace(/\u202f/g, ' ');

describe('the ROC figure', () => {
  it('of a perfect classifier goes up first, then right', async () => {
    await show(line('Full', [[0, 0], [0, 1], [1, 1]], 1)); // prettier-ignore
    expect(corners()).toEqual([[0, 0], [0, 1], [1, 1]]); // prettier-ignore
    expect(view.place.querySelector('[role="img"]')?.getAttribute('aria-label')).toBe(
      'ROC curves: Full, area 1.000.',
    );
    expect(reading()).toBe('At 10.0 % false positives full finds 100.0 % of “yes”.');
  });

  it('of a random one stays near the diagonal', async () => {
    await show(line('Condensed', [[0, 0], [0.25, 0.3], [0.5, 0.5], [1, 1]], 0.506)); // prettier-ignore
    expect(corners()).toEqual([[0, 0], [0.25, 0.3], [0.5, 0.5], [1, 1]]); // prettier-ignore
    expect(reading()).toBe('At 10.0 % false positives condensed finds 12.0 % of “yes”.');
  });

  it('of a constant one is the diagonal itself', async () => {
    await show(line('Full', [[0, 0], [1, 1]], 0.5)); // prettier-ignore
    expect(reading()).toBe('At 10.0 % false positives full finds 10.0 % of “yes”.');
    expect(view.place.querySelector('.chart-keys')?.textContent).toContain('Full: area 0.500');
  });

  it('reads both curves where the pointer is, and at a tenth again when it has gone', async () => {
    await show(line('Full', [[0, 0], [0, 1], [1, 1]], 1), line('Condensed', [[0, 0], [1, 1]], 0.5)); // prettier-ignore
    const plot = view.place.querySelector<SVGRectElement>('.roc svg rect[pointer-events]')!;
    vi.spyOn(plot, 'getBoundingClientRect').mockReturnValue(new DOMRect(100, 0, 600, 600));
    const move = (clientX: number) =>
      act(() => {
        plot.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, clientX }));
      });
    move(100 + 300);
    expect(reading()).toBe('At 50.0 % false positives full finds 100.0 %, condensed finds 50.0 % of “yes”.');
    move(100);
    expect(reading()).toContain('At 0.0 % false positives full finds 100.0 %, condensed finds 0.0 %');
    act(() => {
      plot.dispatchEvent(new PointerEvent('pointerout', { bubbles: true, relatedTarget: document.body }));
    });
    expect(reading()).toContain('At 10.0 %');
  });

  it('says so where there is none', async () => {
    await show();
    expect(view.place.textContent).toContain('Nothing yet.');
    expect(view.place.querySelector('[role="img"]')).toBeNull();
  });
});
