import { memo, useMemo, useState } from 'react';
import type { TrainingRun } from '../../../contracts/training.ts';
import { axisCount, axisSeconds } from '../../../ui/charts/axisFormats.ts';
import type { ChartAxis, ChartSeries, LineFigureProps } from '../../../ui/charts/figure.tsx';
import { Segments } from '../../../ui/charts/Segments.tsx';
import { FIGURE_EVERY, useThrottled } from '../../../ui/charts/useThrottled.ts';
import { formatCount, formatPercent, formatPlural, formatSeconds, formatValue } from '../../../ui/format.ts';
import { FigurePanel } from '../../FigurePanel.tsx';
import { latestTest } from '../../training/leading.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { CurvesTable } from './CurvesTable.tsx';
import { runCurve, type CurveAgainst, type CurveMeasure } from './runCurves.ts';
import { runLook } from './runLook.ts';
import { accuracyWords, runTitles } from './runWords.ts';
import { drawnRuns, MOST_DRAWN, type DrawnRun } from './shownRun.ts';

const AGAINST = [
  { value: 'epochs', label: 'Epochs' },
  { value: 'steps', label: 'Steps' },
  { value: 'seconds', label: 'Seconds' },
] as const;

const VIEWS = [
  { value: 'chart', label: 'Chart' },
  { value: 'table', label: 'Table' },
] as const;
type View = (typeof VIEWS)[number]['value'];

const EXTENTS = [
  { value: 'last', label: `Last ${MOST_DRAWN}` },
  { value: 'all', label: 'All' },
] as const;
type Extent = (typeof EXTENTS)[number]['value'];

const AXES: Record<CurveAgainst, ChartAxis> = {
  epochs: { label: 'epochs', kind: 'linear', format: formatCount },
  steps: { label: 'steps', kind: 'linear', format: axisCount, exact: formatCount },
  seconds: {
    label: 'seconds of training and waiting for pictures',
    kind: 'linear',
    format: axisSeconds,
    exact: formatSeconds,
  },
};

const ACCURACY: ChartAxis = {
  label: 'test accuracy',
  kind: 'linear',
  format: (value) => formatPercent(value, value > 0.9 ? 1 : 0),
  exact: accuracyWords,
};
const LOSS: ChartAxis = {
  label: 'training loss, logarithmic',
  kind: 'log',
  format: (value) => formatValue(value, 2),
  exact: (value) => formatValue(value),
};

/** Test accuracy and training loss of all runs on shared axes, live. */
export function CurvesPanels() {
  const [against, setAgainst] = useState<CurveAgainst>('epochs');
  const [view, setView] = useState<View>('chart');
  const [extent, setExtent] = useState<Extent>('last');
  const isMany = useLab((lab) => lab.images.training.runs.length > MOST_DRAWN);
  return (
    <section className="train-curves" aria-label="Curves">
      <header className="train-curves-head">
        <h3>Curves</h3>
        {isMany && (
          <Segments label="Runs in the curves" value={extent} options={EXTENTS} onChange={setExtent} />
        )}
        <Segments label="Curves as" value={view} options={VIEWS} onChange={setView} />
        {view === 'chart' && (
          <Segments label="Curves against" value={against} options={AGAINST} onChange={setAgainst} />
        )}
      </header>
      <Curves against={against} view={view} isAll={extent === 'all'} />
    </section>
  );
}

interface CurvesProps {
  against: CurveAgainst;
  view: View;
  isAll: boolean;
}

/** What follows the runs; the choices above stay as they are meanwhile. */
function Curves({ against, view, isAll }: CurvesProps) {
  const live = useLabParts(({ images: { training } }) => ({
    runs: training.runs,
    selected: training.selected,
  }));
  const { runs, selected } = useThrottled(live, FIGURE_EVERY);
  const titles = useMemo(() => runTitles(runs), [runs]);
  const drawn = useMemo(() => drawnRuns(runs, selected, isAll), [runs, selected, isAll]);
  const accuracy = useMemo(() => figureOf(drawn, titles, 'accuracy', against), [drawn, titles, against]);
  const loss = useMemo(() => figureOf(drawn, titles, 'loss', against), [drawn, titles, against]);
  if (view === 'table') return <CurvesTable drawn={drawn} titles={titles} />;
  const number =
    drawn.length < runs.length
      ? `${formatCount(drawn.length)} of ${formatPlural(runs.length, 'run')}`
      : formatPlural(runs.length, 'run');
  return (
    <div className="side-by-side">
      <CurvePanel
        name="test-accuracy"
        title="Test accuracy"
        caption={`${number}; evaluation is not part of the seconds`}
        figure={accuracy}
      />
      <CurvePanel
        name="training-loss"
        title="Training loss"
        caption="mean cross-entropy over an epoch’s pictures, as they were seen"
        figure={loss}
      />
    </div>
  );
}

const CurvePanel = memo(FigurePanel);

function figureOf(
  drawn: readonly DrawnRun[],
  titles: ReadonlyMap<string, string>,
  measure: CurveMeasure,
  against: CurveAgainst,
): LineFigureProps {
  const series = drawn.map(({ run, index }): ChartSeries => ({
    id: run.id,
    name: titles.get(run.id) ?? '',
    ...runLook(index),
    points: runCurve(run, measure, against),
  }));
  const last = drawn.map(({ run }) => `${titles.get(run.id) ?? ''}: ${lastWords(run, measure)}`);
  const noun = measure === 'accuracy' ? 'Test accuracy' : 'Training loss';
  return {
    summary: `${noun} against ${AXES[against].label}. ${last.join('. ')}.`,
    series,
    x: AXES[against],
    y: measure === 'accuracy' ? ACCURACY : LOSS,
    empty: 'The curves appear with the first epoch.',
  };
}

function lastWords(run: TrainingRun, measure: CurveMeasure): string {
  if (measure === 'accuracy') {
    const test = latestTest(run);
    return test === null ? 'not evaluated yet' : accuracyWords(test.accuracy);
  }
  const loss = run.epochs.at(-1)?.loss;
  return loss === undefined ? 'no epoch yet' : formatValue(loss);
}
