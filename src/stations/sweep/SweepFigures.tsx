import { useMemo, useState } from 'react';
import type { ChartAxis } from '../../ui/charts/figure.tsx';
import { axisSeconds } from '../../ui/charts/axisFormats.ts';
import type { ScaleKind } from '../../ui/charts/scale.ts';
import { Segments } from '../../ui/charts/Segments.tsx';
import { Panel } from '../../ui/controls/index.ts';
import {
  formatCount,
  formatFactor,
  formatMeasured,
  formatPercent,
  formatPlural,
  formatSeconds,
  formatValue,
} from '../../ui/format.ts';
import { Figure } from '../Figure.tsx';
import { errorSeries, samplesSeries, secondsSeries, storageSeries, type SweepAxis } from './figures.ts';
import type { Statistic, SweepRow } from './summary.ts';

const ACROSS: Record<SweepAxis, ChartAxis> = {
  beta: { label: 'analytics bits β', kind: 'linear', format: formatCount },
  samples: { label: 'condensed samples, logarithmic', kind: 'log', format: formatCount },
};

const AXES = [
  { value: 'beta', label: 'β' },
  { value: 'samples', label: 'Condensed samples' },
] as const;

const SCALES = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
] as const;

/** Most values of β that are all set as ticks. */
const MOST_TICKS = 20;
/** Ratios that reach further than this are drawn on a logarithmic axis, unless the reader wants it otherwise. */
const WIDE = 5;

const ratio = (value: number) => formatFactor(value, value >= 10 ? (value >= 100 ? 0 : 1) : 2);
const exactRatio = (value: number) => (value >= 10 ? ratio(value) : formatFactor(value, 3));
const share = (value: number) => formatPercent(value, 1);

const ERROR: Record<ScaleKind, ChartAxis> = {
  linear: { label: 'test MSE ÷ full', kind: 'linear', format: ratio, exact: exactRatio },
  log: { label: 'test MSE ÷ full, logarithmic', kind: 'log', format: ratio, exact: exactRatio },
};
const STORAGE: ChartAxis = { label: '% of float64', kind: 'linear', format: share };
const SAMPLES: ChartAxis = { label: 'samples, logarithmic', kind: 'log', format: formatCount };
const SECONDS: ChartAxis = {
  label: 'seconds, logarithmic',
  kind: 'log',
  format: axisSeconds,
  exact: formatMeasured,
};
const FULL_ERROR = { y: 1, name: 'Full: all training records = 1', colour: 'var(--full)' };
const NOTHING = 'Points appear as the runs finish.';

interface SweepFiguresProps {
  rows: readonly SweepRow[];
  fullSeconds: Statistic | null;
  splits: number;
  stale: boolean;
}

/** Error, storage, samples and time of every β done so far. */
export function SweepFigures({ rows, fullSeconds, splits, stale }: SweepFiguresProps) {
  const [axis, setAxis] = useState<SweepAxis>('beta');
  const [chosenScale, setScale] = useState<ScaleKind | null>(null);
  const scale = chosenScale ?? (largestRatio(rows) > WIDE ? 'log' : 'linear');
  const beta = useMemo(
    () => ({
      ...ACROSS.beta,
      ...(rows.length > 1 && rows.length <= MOST_TICKS && { ticks: rows.map((row) => row.beta) }),
    }),
    [rows],
  );
  const across = axis === 'beta' ? beta : ACROSS.samples;
  const error = useMemo(() => errorSeries(rows, axis, exactRatio), [rows, axis]);
  const storage = useMemo(() => storageSeries(rows, 'beta', share), [rows]);
  const samples = useMemo(() => samplesSeries(rows, formatCount), [rows]);
  const seconds = useMemo(() => secondsSeries(rows, axis, formatMeasured), [rows, axis]);
  const fullTime = useMemo(
    () =>
      fullSeconds === null
        ? undefined
        : {
            y: fullSeconds.mean,
            name: `Full, gradient descent: ${formatSeconds(fullSeconds.mean)}`,
            colour: 'var(--full)',
          },
    [fullSeconds],
  );
  const over =
    splits > 1 ? `mean of ${formatPlural(splits, 'split')}, bars one standard deviation` : '1 split';
  const toggles = (
    <>
      <Segments label="Horizontal axis" value={axis} options={AXES} onChange={setAxis} />
      <Segments label="Error axis" value={scale} options={SCALES} onChange={setScale} />
    </>
  );
  return (
    <>
      <Panel
        title="Error"
        caption={`test MSE ÷ full training of the same split, ${over}`}
        actions={toggles}
        stale={stale}
      >
        <Figure
          summary={errorSummary(rows)}
          series={error}
          x={across}
          y={ERROR[scale]}
          reference={FULL_ERROR}
          height={300}
          empty={NOTHING}
        />
      </Panel>
      <div className="side-by-side">
        <Panel title="Storage" caption="training part of the archive, % of its float64 bytes" stale={stale}>
          <Figure
            summary={rangeSummary(
              'Archive size as a share of float64 with samples on demand',
              rows,
              (row) => row.storage.mean,
              share,
            )}
            series={storage}
            x={beta}
            y={STORAGE}
            empty={NOTHING}
          />
        </Panel>
        <Panel title="Condensed samples" caption={over} stale={stale}>
          <Figure
            summary={rangeSummary('Condensed samples', rows, (row) => row.samples.mean, formatCount)}
            series={samples}
            x={beta}
            y={SAMPLES}
            empty={NOTHING}
          />
        </Panel>
      </div>
      <Panel title="Training time" caption={`seconds in this browser, ${over}`} stale={stale}>
        <Figure
          summary={rangeSummary(
            'Seconds of gradient descent on condensed samples',
            rows,
            (row) => row.gdSeconds.mean,
            formatSeconds,
          )}
          series={seconds}
          x={across}
          y={SECONDS}
          reference={fullTime}
          empty={NOTHING}
        />
      </Panel>
    </>
  );
}

/** The largest mean ratio of either solver. */
function largestRatio(rows: readonly SweepRow[]): number {
  return Math.max(1, ...rows.flatMap((row) => [row.gdRatio?.mean ?? 1, row.closedFormRatio?.mean ?? 1]));
}

function errorSummary(rows: readonly SweepRow[]): string {
  const words = rows.map((row) => {
    const gd = row.gdRatio === null ? 'not yet known' : formatValue(row.gdRatio.mean, 3);
    return `${gd} at β ${row.beta}`;
  });
  return `Test error of condensed training by gradient descent divided by full training: ${words.join(', ')}.`;
}

function rangeSummary(
  what: string,
  rows: readonly SweepRow[],
  value: (row: SweepRow) => number,
  format: (n: number) => string,
): string {
  if (rows.length === 0) return `${what}: nothing yet.`;
  const first = rows[0];
  const last = rows[rows.length - 1];
  return `${what}: from ${format(value(first))} at β ${first.beta} to ${format(value(last))} at β ${last.beta}.`;
}
