/** The figure of a sweep over pictures: storage against τ, or against the time of encoding or decoding. */
import type { ImageSweepCell } from '../../../contracts/images.ts';
import { axisSeconds } from '../../../ui/charts/axisFormats.ts';
import type { ChartAxis, ChartSeries, LineFigureProps } from '../../../ui/charts/figure.tsx';
import { seriesLook } from '../../../ui/charts/marks.ts';
import { formatCount, formatMeasured, formatPercent, formatPlural } from '../../../ui/format.ts';
import { cellFacts, seriesId, seriesOfCells } from './plan.ts';
import { headline, seriesWords, shortFidelity } from './words.ts';

export type Across = 'tau' | 'encode' | 'decode';

const ACROSS: Record<Across, ChartAxis> = {
  tau: { label: 'plateau threshold τ, logarithmic', kind: 'log', format: formatCount },
  encode: {
    label: 'seconds of encoding, logarithmic',
    kind: 'log',
    format: axisSeconds,
    exact: formatMeasured,
  },
  decode: {
    label: 'seconds of decoding, logarithmic',
    kind: 'log',
    format: axisSeconds,
    exact: formatMeasured,
  },
};

const STORAGE: ChartAxis = {
  label: '% of the raw pixels',
  kind: 'linear',
  format: (value) => formatPercent(value, 1),
  exact: (value) => formatPercent(value, 2),
};

/** Values of τ that are all set as ticks. */
const MOST_TICKS = 12;

function xOf(cell: ImageSweepCell, across: Across): number {
  if (across === 'tau') return cell.settings.tau;
  return across === 'encode' ? cell.encodeSeconds : cell.decodeSeconds;
}

/** Whether any series has more than one τ, so that a line along it says something. */
export function variesInTau(cells: readonly ImageSweepCell[]): boolean {
  return new Set(cells.map(({ settings }) => settings.tau)).size > 1;
}

export function storageFigure(cells: readonly ImageSweepCell[], across: Across): LineFigureProps {
  const taus = [...new Set(cells.map(({ settings }) => settings.tau))].sort((a, b) => a - b);
  const series = seriesOfCells(cells).map(({ key, cells: own }, index): ChartSeries => {
    const isNear = own.some(({ fidelity }) => fidelity.kind === 'near');
    const look = seriesLook(index);
    return {
      id: seriesId(key),
      name: `${seriesWords(key)}${isNear ? ' (near-lossless)' : ' (lossless)'}`,
      ...look,
      ...(across !== 'tau' && { stroke: 'none' as const }),
      points: own
        .map((cell) => ({
          x: xOf(cell, across),
          y: cellFacts(cell).storage,
          note: `τ ${formatCount(cell.settings.tau)}, ${shortFidelity(cell.fidelity)}`,
        }))
        .sort((a, b) => a.x - b.x),
    };
  });
  const ticks = across === 'tau' && taus.length > 1 && taus.length <= MOST_TICKS ? { ticks: taus } : {};
  return {
    summary: `Storage at ${formatPlural(cells.length, 'point')}. ${headline(cells)}`,
    series,
    x: { ...ACROSS[across], ...ticks },
    y: STORAGE,
    reference: { y: 1, name: 'Raw pixels = 100 %', colour: 'var(--full)' },
    height: 340,
    empty: 'Points appear as the sweep measures them.',
  };
}
