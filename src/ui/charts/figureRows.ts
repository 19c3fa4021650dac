/** The numbers of a figure as lines of a table, the header first: what a spreadsheet can draw it from. */
import { crossLines, type ChartAxis, type LineFigureProps } from './figure.tsx';
import type { RocLine } from './RocFigure.tsx';

type Row = (string | number)[];

/** An axis as a column's name: its words with their unit, without how it is drawn. */
function columnName({ label }: ChartAxis): string {
  return label.replace(', logarithmic', '');
}

/** A number that is none is an empty cell. */
function cell(value: number): string | number {
  return Number.isFinite(value) ? value : '';
}

/**
 * Every point of every line, then the lines across, which have no place on the horizontal axis. Columns for error bars,
 * bands and notes are there where a line has them.
 */
export function lineRows(
  figure: Pick<LineFigureProps, 'series' | 'x' | 'y' | 'reference' | 'floor' | 'references'>,
): Row[] {
  const { series, x, y } = figure;
  const across = crossLines(figure);
  const points = series.flatMap((line) => line.points);
  const hasSpread = points.some(({ spread }) => spread !== undefined);
  const hasNote = points.some(({ note }) => note !== undefined);
  const hasBand = across.some(({ band }) => band !== undefined);
  const row = (...[name, at, value, spread, low, high, note]: Row): Row => [
    ...[name, at, value],
    ...(hasSpread ? [spread] : []),
    ...(hasBand ? [low, high] : []),
    ...(hasNote ? [note] : []),
  ];
  return [
    row('line', columnName(x), columnName(y), 'half of the error bar', 'band from', 'band to', 'note'),
    ...series.flatMap((line) =>
      line.points.map(({ x: at, y: value, spread, note }) =>
        row(
          line.name,
          x.categories?.[Math.round(at)] ?? cell(at),
          cell(value),
          ...[spread === undefined ? '' : cell(spread), '', '', note ?? ''],
        ),
      ),
    ),
    ...across.map(({ name, y: value, band }) =>
      row(
        name,
        '',
        cell(value),
        '',
        band === undefined ? '' : cell(band[0]),
        band === undefined ? '' : cell(band[1]),
        '',
      ),
    ),
  ];
}

/** A confusion matrix, K × K counts row-major: a line for each true class. */
export function confusionRows(labels: readonly string[], confusion: ArrayLike<number>): Row[] {
  return [
    ['true class', ...labels.map((label) => `taken for ${label}`)],
    ...labels.map((label, row) => [
      label,
      ...labels.map((_, column) => confusion[row * labels.length + column]),
    ]),
  ];
}

/** The points of ROC curves. */
export function rocRows(lines: readonly RocLine[]): Row[] {
  return [
    ['line', 'false positive rate', 'true positive rate'],
    ...lines.flatMap(({ name, falsePositiveRate, truePositiveRate }) =>
      Array.from(falsePositiveRate, (rate, k) => [name, rate, truePositiveRate[k]]),
    ),
  ];
}
