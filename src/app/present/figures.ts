/** The figures that can be gone through, one after the other. */
import { STATION_NAMES, type PageName } from '../../contracts/link.ts';

/** Names of the figures that the page shows at this moment, in the order in which they stand. */
export function shownFigures(place: ParentNode): string[] {
  const names = [...place.querySelectorAll<HTMLElement>('[data-figure]')].map(
    ({ dataset }) => dataset.figure ?? '',
  );
  return [...new Set(names)].filter((name) => name !== '');
}

/** Where to go on: a figure of the page, or another page at its first or last figure; null at either end. */
export type NextFigure = { figure: string } | { page: PageName; end: 'first' | 'last' };

/**
 * The next figure in a direction. Pages of the pipeline follow one another; a page beside it is one picture, and leads
 * into the pipeline.
 *
 * @param shown names of the figures of the page
 * @param figure the one that is shown, or null where the page is shown whole
 */
export function nextFigure(
  { page, shown, figure }: { page: PageName; shown: readonly string[]; figure: string | null },
  by: 1 | -1,
): NextFigure | null {
  const at = figure === null ? -1 : shown.indexOf(figure);
  const next = at < 0 ? undefined : shown[at + by];
  if (next !== undefined) return { figure: next };
  const station = STATION_NAMES.findIndex((name) => name === page);
  const to = station < 0 ? (by > 0 ? STATION_NAMES[0] : undefined) : STATION_NAMES[station + by];
  return to === undefined ? null : { page: to, end: by > 0 ? 'first' : 'last' };
}
