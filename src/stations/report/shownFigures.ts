/** The line figures that stand on the page, as pictures of their own with the words of their panels. */
import { figurePicture } from '../../ui/charts/figurePicture.ts';
import type { ReportFigure } from './reportHtml.ts';

/** Most figures of one report. */
const MOST = 12;

/** @param place part of the page that is looked through */
export function shownFigures(place: Element): ReportFigure[] {
  return [...place.querySelectorAll('.panel')].slice(0, MOST).flatMap((panel): ReportFigure[] => {
    const figure = panel.querySelector('.line-figure');
    if (figure?.querySelector('svg.recharts-surface, .recharts-wrapper svg') == null) return [];
    const heading = panel.querySelector('h3');
    const title = heading?.firstChild?.textContent ?? '';
    const caption = heading?.querySelector('small')?.textContent ?? '';
    return [{ title, svg: figurePicture(figure, { title, caption }) }];
  });
}
