/** What a landscape says: its axes, its caption, a summary to be read out, remarks, and its paths as lines of a file. */
import type { Landscape, LandscapePath } from '../../../../contracts/landscape.ts';
import { errorRatio } from '../../../../contracts/codec.ts';
import {
  formatCompact,
  formatCount,
  formatPercent,
  formatPlural,
  formatValue,
} from '../../../../ui/format.ts';
import { className } from '../../../className.ts';
import { isInside } from './frame.ts';
import { descenderName } from './looks.ts';

type Axes = Pick<Landscape, 'axes' | 'columns'>;

function nameOf({ columns }: Axes, wanted: number): string {
  return columns.find(({ column }) => column === wanted)?.name ?? '';
}

/** Both axes in words. */
export function axisNames(drawn: Axes): { across: string; up: string } {
  const { axes } = drawn;
  if (axes.kind === 'principal') {
    return { across: 'first principal direction of the path', up: 'second principal direction' };
  }
  const inWords = (column: number) =>
    column === 0 ? 'the intercept' : `coefficient of ${className(nameOf(drawn, column))}`;
  return { across: inWords(axes.across), up: inWords(axes.up) };
}

export function captionOf(drawn: Landscape | null): string {
  if (drawn === null) return 'and the paths of three descents over it';
  const { task, trainRows } = drawn;
  const loss = task === 'regression' ? 'half the mean squared error' : 'mean cross-entropy';
  return `${loss} of all ${formatPlural(trainRows, 'training record')}; coefficients per standard deviation`;
}

/** Where a descent came to an end, or stands. */
export function endWords({ stop, at, secondsLeft }: LandscapePath): string {
  if (stop === 'converged') return 'converged';
  if (stop === 'diverged') return 'diverged';
  if (stop === 'limit') return 'at its limit';
  return secondsLeft === null ? 'running' : `stopped at step ${formatCount(at[at.length - 1])}`;
}

const lastOf = ({ at }: LandscapePath): number => at[at.length - 1];

/** "1.3 % more loss", where it can be told. */
function moreLoss({ full, condensed }: Landscape['optima']): string {
  const more = errorRatio(condensed.loss, full.loss, Math.abs(full.loss)) - 1;
  if (!Number.isFinite(more)) return '';
  return `, where the loss over all records is ${formatPercent(Math.max(0, more), 2)} higher`;
}

/** The picture in words. */
export function summaryOf(drawn: Landscape): string {
  const { across, up } = axisNames(drawn);
  const { full, condensed } = drawn.optima;
  const place = ({ a, b }: { a: number; b: number }) => `${formatCompact(a)} and ${formatCompact(b)}`;
  const paths = drawn.paths.map(
    (path) =>
      `${descenderName(path)}: ${formatPlural(lastOf(path), 'step')}, ${formatCount(lastOf(path) * path.samplesPerStep)} samples touched, ${endWords(path)}.`,
  );
  return `Contours of the training loss, ${across} to the right, ${up} upwards. The optimum of full training is at ${place(full)}; that of the condensed samples is at ${place(condensed)}${moreLoss(drawn.optima)}. ${paths.join(' ')}`;
}

/** What holds of this picture and has to be known to read it. */
export function remarksOf(drawn: Landscape): string[] {
  const { axes, width, optima, surface, trainRows, paths, bounds } = drawn;
  const remarks: string[] = [];
  if (axes.kind === 'principal') {
    const whose =
      axes.of === 'full'
        ? 'the descent on all records'
        : 'the descent on condensed samples (that on all records is not at its end)';
    remarks.push(
      `The plane runs through the optimum of full training, along the two directions in which ${whose} moves most: ${formatPercent(axes.share)} of its path lies in this plane.`,
    );
  } else if (width > 2) {
    const others = width === 3 ? 'third coefficient' : `other ${formatCount(width - 2)} coefficients`;
    remarks.push(
      `The contours hold the ${others} at the optimum of full training. The paths move in all ${formatCount(width)} and are seen from above, so that their own loss may differ from the contour under them.`,
    );
  }
  if (surface.records < trainRows) {
    remarks.push(
      `The contours are the mean over a draw of ${formatCount(surface.records)} records; the paths are of all.`,
    );
  }
  const unreached = (['full', 'condensed'] as const).filter((method) => !optima[method].converged);
  if (unreached.length > 0) {
    const whose = unreached.map((method) => (method === 'full' ? 'full training' : 'the condensed samples'));
    remarks.push(
      `The optimum of ${whose.join(' and of ')} was not reached in the steps that are allowed: its mark is the best place that was found.`,
    );
  }
  if (optima.full.ridge > 0) {
    remarks.push(
      'Some columns follow from others, so that many sets of coefficients are equally good. The optimum that is marked is the smallest of them, to which a descent from 0 leads too.',
    );
  }
  for (const path of paths) {
    const name = descenderName(path);
    if (path.stop === 'diverged') {
      remarks.push(
        `${name}: the descent diverges at a learning rate of ${formatValue(path.learningRate, 3)}, and its path leaves the picture.`,
      );
    } else if (path.at.some((_, k) => !isInside(bounds, path.a[k], path.b[k]))) {
      remarks.push(`${name}: the path leaves the picture.`);
    }
  }
  return remarks;
}

/** The points of all paths, as they are saved. */
export function pathLines(drawn: Landscape | null): (string | number)[][] {
  const names =
    drawn?.axes.kind === 'columns'
      ? [nameOf(drawn, drawn.axes.across), nameOf(drawn, drawn.axes.up)]
      : ['first_direction', 'second_direction'];
  const header = ['descent', 'step', 'samples_touched', ...names];
  const lines = (drawn?.paths ?? []).flatMap((path) =>
    path.at.map((step, k) => [descenderName(path), step, step * path.samplesPerStep, path.a[k], path.b[k]]),
  );
  return [header, ...lines];
}
