import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What draws a figure. */
const FIGURES =
  /<(LineFigure|RocFigure|DotFigure|CloudFigure|ContourFigure|ConfusionMatrix|ConfusionMap|BitMap|TileMap|ScatterFigure)\b/;
/** What saves one; a figure within a component of its file is saved by whoever holds it there. */
const SAVED = /<(FigurePanel|SavedPanel|SavedFigure|SaveFigure)\b/;

function viewsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return viewsIn(path);
    return path.endsWith('.tsx') && !path.endsWith('.test.tsx') ? [path] : [];
  });
}

/** The stage of a step-through is no figure of results. */
const views = viewsIn(import.meta.dirname)
  .filter((path) => !path.includes('/how/'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const drawing = views.filter(({ text }) => FIGURES.test(text));

describe('every figure of the stations', () => {
  it('is known to this test', () => {
    expect(drawing.length).toBeGreaterThan(4);
  });

  it.each(drawing)('can be saved as SVG, PNG and CSV: $path', ({ text }) => {
    expect(text).toMatch(SAVED);
  });
});
