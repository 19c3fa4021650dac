import { useMemo, useRef, useState } from 'react';
import type { Method, Metrics } from '../../../contracts/codec.ts';
import type { ContestReport } from '../../../contracts/contest.ts';
import type { ChartReference, ChartSeries, LineFigureProps } from '../../../ui/charts/figure.tsx';
import { Segments } from '../../../ui/charts/Segments.tsx';
import { FIGURE_EVERY } from '../../../ui/charts/useThrottled.ts';
import type { ScaleKind } from '../../../ui/charts/scale.ts';
import { Disclosure } from '../../../ui/controls/index.ts';
import { formatCount, formatPlural, formatCompact } from '../../../ui/format.ts';
import { FigurePanel } from '../../FigurePanel.tsx';
import type { LabState } from '../../lab.ts';
import type { LearnRun } from '../../lab/learn.ts';
import { useLabSlowly } from '../../useLab.ts';
import { AGAINST, AGAINST_AXES, SCALES, shortTick } from './axes.ts';
import type { ModelTask } from './compare.ts';
import { shownError, testErrorCurve, type Against } from './curves.ts';
import { drawnErrors } from '../../drawnErrors.ts';
import { METHODS, SHORT_NAMES } from './methods.ts';
import { className } from '../../className.ts';
import { useFitted } from './useFitted.ts';

const LOOKS = {
  full: { colour: 'var(--full)', stroke: 'dashed' },
  condensed: { colour: 'var(--analytics)', stroke: 'solid' },
} as const;

/** The error of both methods on the same test records as they learn, between the optima and the floor. */
export function TestErrorFigure({ task }: { task: ModelTask }) {
  const [against, setAgainst] = useState<Against>('touched');
  const [scale, setScale] = useState<ScaleKind>('log');
  const place = useRef<HTMLDivElement>(null);
  useFitted('draws', place);
  const shown = useLabSlowly(
    ({ learn, fitted, settings, dataset }) => ({
      ...learn,
      draws: fitted.draws,
      drawnDescent: fitted.drawnDescent,
      target: settings.target,
      dataset: dataset.value,
    }),
    FIGURE_EVERY,
  );
  const figure = useMemo(() => figureOf(shown, task, against, scale), [shown, task, against, scale]);
  const stale = METHODS.some((method) => shown[method].closedForm.stale);
  const actions = useMemo(
    () => (
      <>
        <Segments label="Test error against" value={against} options={AGAINST} onChange={setAgainst} />
        <Segments label="Error axis" value={scale} options={SCALES} onChange={setScale} />
      </>
    ),
    [against, scale],
  );
  return (
    <div ref={place}>
      <FigurePanel
        name="test-error"
        title="Test error"
        caption={captionOf(shown, task)}
        stale={stale}
        actions={actions}
        figure={figure}
      >
        <Disclosure about="this figure">
          <p>
            All lines are of the same test records, which no model has seen. The curves are gradient descents;
            a level line is the optimum, to which a descent comes the slower the worse its step size suits the
            data.{' '}
            {task === 'regression' &&
              'Errors are shown as the root of the mean squared error, in the unit of the target; ratios of errors elsewhere are of the mean squared error itself. '}
            One iteration touches every record or sample that the model trains on: samples touched are the
            data that training has to read. Seconds are those of training alone, without testing, and are
            spread evenly over a run.
          </p>
          <p>
            Random samples have as many records as there are condensed samples. Every draw is another model;
            the band holds the middle half of their errors.
          </p>
        </Disclosure>
      </FigurePanel>
    </div>
  );
}

interface Shown extends Record<Method, LearnRun> {
  draws: LabState['fitted']['draws'];
  drawnDescent: LabState['fitted']['drawnDescent'];
  target: string | null;
  dataset: LabState['dataset']['value'];
}

function captionOf({ full, condensed, target }: Shown, task: ModelTask): string {
  const what =
    task === 'regression'
      ? `root of the mean squared error${target === null ? '' : `, in the unit of ${className(target)}`}`
      : 'log loss';
  const curve = (condensed.descent.value ?? full.descent.value)?.testCurve;
  const on =
    curve === undefined
      ? 'the test records'
      : curve.records === curve.of
        ? `the same ${formatPlural(curve.of, 'test record')}`
        : `the same test records: curves on a draw of ${formatCount(curve.records)}, level lines on all ${formatCount(curve.of)}`;
  return `${what}; on ${on}`;
}

function figureOf(shown: Shown, task: ModelTask, against: Against, scale: ScaleKind): LineFigureProps {
  const label = task === 'regression' ? 'test error (RMSE)' : 'test error (log loss)';
  const series = METHODS.map((method): ChartSeries => {
    const state = shown[method].descent.value;
    const isOfTask = state?.score.task === task;
    return {
      id: method,
      name: `${SHORT_NAMES[method]}, gradient descent`,
      ...LOOKS[method],
      points: isOfTask ? testErrorCurve(state, against) : [],
    };
  });
  series.push(...drawnSeries(shown.drawnDescent, task, against));
  const references = [
    ...METHODS.flatMap((method) => optimumOf(method, shown[method], task)),
    ...drawsOf(shown.draws.stale ? null : shown.draws.value, task),
  ];
  const floor = floorOf(shown, task);
  const optima = references.map(({ name, y }) => `${name} ${formatCompact(y)}`);
  return {
    summary: `Test error against ${AGAINST_AXES[against].label}. ${[...optima, ...(floor === undefined ? [] : [`${floor.name} ${formatCompact(floor.y)}`])].join('; ')}.`,
    series,
    x: AGAINST_AXES[against],
    y: {
      label: scale === 'log' ? `${label}, logarithmic` : label,
      kind: scale,
      format: shortTick,
      exact: (value) => formatCompact(value),
    },
    references,
    floor,
    height: 320,
    empty: 'The curves appear as soon as a gradient descent runs.',
  };
}

/** The descent on one random sample of as many records. */
function drawnSeries(
  { value, stale }: Shown['drawnDescent'],
  task: ModelTask,
  against: Against,
): ChartSeries[] {
  if (value === null || stale || value.score.task !== task) return [];
  return [
    {
      id: 'random',
      name: `One random sample of ${formatCount(value.samples)}, gradient descent`,
      colour: 'var(--random)',
      stroke: 'dotted',
      points: testErrorCurve(value, against),
    },
  ];
}

function optimumOf(method: Method, { closedForm }: LearnRun, task: ModelTask): ChartReference[] {
  const score = closedForm.value?.score;
  if (score?.task !== task) return [];
  return [reference(`${SHORT_NAMES[method]}, optimum`, score.test, LOOKS[method])];
}

function reference(
  name: string,
  metrics: Metrics,
  look: Pick<ChartReference, 'colour' | 'stroke'>,
): ChartReference {
  const y = shownError(metrics);
  return { name: `${name}: ${formatCompact(y)}`, y, ...look };
}

function floorOf({ full, condensed }: Shown, task: ModelTask): ChartReference | undefined {
  const score = (full.closedForm.value ?? condensed.closedForm.value)?.score;
  if (score?.task !== task) return undefined;
  const name =
    task === 'regression' ? 'Floor, always the training mean' : 'Floor, always the classes’ shares';
  return reference(name, score.floor, { colour: 'var(--constant-text)', stroke: 'dotted' });
}

function drawsOf(report: ContestReport | null, task: ModelTask): ChartReference[] {
  const drawn = report === null ? null : drawnErrors(report, 'random');
  if (report === null || drawn === null || (report.metric === 'mse') !== (task === 'regression')) return [];
  const turn = (error: number) => (report.metric === 'mse' ? Math.sqrt(error) : error);
  const [low, median, high] = [drawn.lower, drawn.median, drawn.upper].map(turn);
  const of = `${drawn.draws} random samples of ${formatCount(drawn.samples)}`;
  if (!Number.isFinite(median)) return [];
  return [
    {
      name: `Median of ${of}: ${formatCompact(median)}`,
      y: median,
      colour: 'var(--random)',
      stroke: 'dashDotted',
      ...(Number.isFinite(high) && { band: [low, high] }),
    },
  ];
}
