/**
 * The figures that can be shown alone, by the names that their panels have, in the order in which they stand on a
 * page. Links spell them (`figure=bit-map`). Their titles are the panels' own.
 */
import type { PageName } from './link/experiment.ts';

type FigureKind = 'table' | 'images';

const PAPER = ['paper-table', 'radar', 'accuracy-share', 'accuracy-time'] as const;
const NONE = [] as const;

const FIGURES = {
  data: {
    table: ['dataset', 'reading', 'columns', 'first-records'],
    images: ['dataset', 'classes', 'sizes', 'balance', 'histogram', 'reading'],
  },
  bits: { table: ['bit-map', 'condensing'], images: ['bit-map', 'bit-shares', 'one-column'] },
  archive: {
    table: ['storage', 'bytes', 'column-bits', 'search', 'peers', 'inspector', 'samples'],
    images: ['storage', 'bytes', 'class-storage', 'search', 'fidelity', 'inspector', 'peers'],
  },
  learn: {
    table: [
      ...([
        'answer',
        'comparison',
        'condensing',
        'test-error',
        'confusion',
        'predicted',
        'coefficients',
      ] as const),
      ...(['descent', 'contour', 'training-loss', 'saves', 'trees'] as const),
    ],
    images: [
      ...([
        'learned',
        'runs',
        'test-accuracy',
        'training-loss',
        'results',
        'run',
        'confusion',
        'worst',
      ] as const),
      'condensed-pictures',
    ],
  },
  sweep: {
    table: [
      'sweep-error',
      'tradeoff',
      'sweep-storage',
      'sweep-samples',
      'sweep-seconds',
      'sweep-table',
      'answer',
    ],
    images: ['sweep-accuracy', 'sweep-memory', 'sweep-seconds', 'sweep-storage', 'sweep-table', 'sweep-runs'],
  },
  // The step-through is one picture, and so is the opening.
  how: { table: NONE, images: NONE },
  paper: { table: PAPER, images: PAPER },
  start: { table: NONE, images: NONE },
} as const satisfies Record<PageName, Record<FigureKind, readonly string[]>>;

/** The name of a figure. */
export type FigureName = (typeof FIGURES)[PageName][FigureKind][number];

/** The names of a page's figures for what is open, in their order; not all have something to show at any moment. */
export function figuresOf(page: PageName, kind: FigureKind): readonly FigureName[] {
  return FIGURES[page][kind];
}
