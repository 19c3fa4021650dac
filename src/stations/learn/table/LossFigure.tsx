import { useMemo, useState } from 'react';
import { axisCount, axisSeconds } from '../../../ui/charts/axisFormats.ts';
import type { ChartAxis, ChartSeries } from '../../../ui/charts/figure.tsx';
import { LineFigure } from '../../../ui/charts/LineFigure.tsx';
import { Segments } from '../../../ui/charts/Segments.tsx';
import { FIGURE_EVERY, useThrottled } from '../../../ui/charts/useThrottled.ts';
import type { ScaleKind } from '../../../ui/charts/scale.ts';
import { Disclosure, Panel } from '../../../ui/controls/index.ts';
import { formatCount, formatValue } from '../../../ui/format.ts';
import { useLabParts } from '../../useLab.ts';
import type { ModelTask } from './compare.ts';
import { lossCurve, type Against } from './curves.ts';

const AXES: Record<Against, { label: string; kind: ScaleKind; format: (value: number) => string }> = {
  iterations: { label: 'iterations', kind: 'linear', format: formatCount },
  seconds: { label: 'seconds of training, logarithmic', kind: 'log', format: axisSeconds },
  touched: { label: 'samples touched, logarithmic', kind: 'log', format: axisCount },
};

const AGAINST = [
  { value: 'iterations', label: 'Iterations' },
  { value: 'seconds', label: 'Seconds' },
  { value: 'touched', label: 'Samples touched' },
] as const;

const SCALES = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
] as const;

const lossTick = (value: number) => (value >= 1e4 ? axisCount(value) : formatValue(value, 3));
const lossValue = (value: number) => formatValue(value);
const LOSS: Record<ScaleKind, ChartAxis> = {
  linear: { label: 'loss', kind: 'linear', format: lossTick, exact: lossValue },
  log: { label: 'loss, logarithmic', kind: 'log', format: lossTick, exact: lossValue },
};

const CAPTIONS: Record<ModelTask, string> = {
  regression: 'half the mean squared error on what each model trains on',
  classification: 'cross-entropy on what each model trains on',
};

/** The training loss of both runs, live. */
export function LossFigure({ task }: { task: ModelTask }) {
  const [against, setAgainst] = useState<Against>('iterations');
  const [scale, setScale] = useState<ScaleKind>('log');
  return (
    <Panel
      title="Training loss"
      caption={CAPTIONS[task]}
      actions={
        <>
          <Segments label="Loss against" value={against} options={AGAINST} onChange={setAgainst} />
          <Segments label="Loss axis" value={scale} options={SCALES} onChange={setScale} />
        </>
      }
    >
      <Curves against={against} scale={scale} />
      {against === 'touched' && (
        <p className="learn-remark">
          One iteration touches every record or sample that the model trains on: this is the data that
          training has to read.
        </p>
      )}
      <Disclosure about="the two losses">
        {task === 'regression' ? (
          <p>
            The training loss is half the mean squared error on the records or samples that the model trains
            on: the half makes its gradient simple. Means of clusters scatter less than records, so the two
            losses are not comparable with each other; the test MSE is, because both models are tested on the
            same records.
          </p>
        ) : (
          <p>
            The training loss is the cross-entropy: the mean of −ln of the probability that the model gives to
            the true class, on the records or samples that it trains on. A sample stands for records of more
            than one class by their shares, so the two losses are not comparable with each other; the log loss
            in the table is, because both models are tested on the same records.
          </p>
        )}
        <p>Seconds are spread evenly over the iterations of a run, which all do the same work.</p>
      </Disclosure>
    </Panel>
  );
}

/** What follows the runs; the choices above stay as they are meanwhile. */
function Curves({ against, scale }: { against: Against; scale: ScaleKind }) {
  const live = useLabParts((lab) => ({
    full: lab.learn.full.descent.value,
    condensed: lab.learn.condensed.descent.value,
  }));
  const { full, condensed } = useThrottled(live, FIGURE_EVERY);
  const series = useMemo<ChartSeries[]>(
    () => [
      {
        id: 'full',
        name: 'Full: all training records',
        colour: 'var(--full)',
        stroke: 'dashed',
        points: lossCurve(full, against),
      },
      {
        id: 'condensed',
        name: 'Condensed samples',
        colour: 'var(--analytics)',
        points: lossCurve(condensed, against),
      },
    ],
    [full, condensed, against],
  );
  const last = (losses: readonly number[] | undefined) =>
    losses === undefined || losses.length === 0
      ? 'not started'
      : `training loss ${formatValue(losses[losses.length - 1])}`;
  return (
    <LineFigure
      summary={`Training loss against ${AXES[against].label}. Full: ${last(full?.losses)}. Condensed: ${last(condensed?.losses)}.`}
      series={series}
      x={AXES[against]}
      y={LOSS[scale]}
      empty="The curves appear as soon as a gradient descent runs."
    />
  );
}
