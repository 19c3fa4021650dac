/** How a run is told from the others, in the list and in every figure: by colour and dashes, in the order of the runs. */
import type { SeriesLook } from '../../../ui/charts/marks.ts';
import { MOST_LOOKS } from '../../../ui/charts/marks.ts';

const STROKES: readonly SeriesLook['stroke'][] = ['solid', 'dashed', 'dotted', 'dashDotted'];

/** Colours come again after eight runs, with other dashes: 32 runs look different. */
export function runLook(index: number): Pick<SeriesLook, 'colour' | 'stroke'> {
  const round = Math.floor(index / MOST_LOOKS);
  return {
    colour: `var(--series-${(index % MOST_LOOKS) + 1})`,
    stroke: STROKES[((index % STROKES.length) + round) % STROKES.length],
  };
}
