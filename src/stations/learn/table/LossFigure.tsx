import { useMemo, useState } from 'react';
import type { ChartAxis, ChartSeries, LineFigureProps } from '../../../ui/charts/figure.tsx';
import { Segments } from '../../../ui/charts/Segments.tsx';
import { FIGURE_EVERY } from '../../../ui/charts/useThrottled.ts';
import type { ScaleKind } from '../../../ui/charts/scale.ts';
import { Disclosure } from '../../../ui/controls/index.ts';
import { formatValue } from '../../../ui/format.ts';
import { FigurePanel } from '../../FigurePanel.tsx';
import { useLabSlowly } from '../../useLab.ts';
import { AGAINST, AGAINST_AXES, SCALES, shortTick } from './axes.ts';
import type { ModelTask } from './compare.ts';
import { lossCurve, type Against } from './curves.ts';

const LABEL = 'loss of each on what it trains on: not comparable';
const exact = (value: number) => formatValue(value);
const LOSS: Record<ScaleKind, ChartAxis> = {
  linear: { label: LABEL, kind: 'linear', format: shortTick, exact },
  log: { label: `${LABEL}, logarithmic`, kind: 'log', format: shortTick, exact },
};

const CAPTIONS: Record<ModelTask, string> = {
  regression: 'half the mean squared error, each on the records it trains on: not comparable with each other',
  classification: 'cross-entropy, each on the records it trains on: not comparable with each other',
};

/** The training loss of both runs, live. */
export function LossFigure({ task }: { task: ModelTask }) {
  const [against, setAgainst] = useState<Against>('iterations');
  const [scale, setScale] = useState<ScaleKind>('log');
  const { full, condensed } = useLabSlowly(
    ({ learn }) => ({ full: learn.full.descent.value, condensed: learn.condensed.descent.value }),
    FIGURE_EVERY,
  );
  const figure = useMemo<LineFigureProps>(() => {
    const series: ChartSeries[] = [
      {
        id: 'full',
        name: 'Full, on all training records',
        colour: 'var(--full)',
        stroke: 'dashed',
        points: lossCurve(full, against),
      },
      {
        id: 'condensed',
        name: 'Condensed, on its samples',
        colour: 'var(--analytics)',
        points: lossCurve(condensed, against),
      },
    ];
    return {
      summary: `Training loss against ${AGAINST_AXES[against].label}. Full: ${lastWords(full?.losses)}. Condensed: ${lastWords(condensed?.losses)}. Each is of the records it trains on: they are not comparable.`,
      series,
      x: AGAINST_AXES[against],
      y: LOSS[scale],
      empty: 'The curves appear as soon as a gradient descent runs.',
    };
  }, [full, condensed, against, scale]);
  const actions = useMemo(
    () => (
      <>
        <Segments label="Loss against" value={against} options={AGAINST} onChange={setAgainst} />
        <Segments label="Loss axis" value={scale} options={SCALES} onChange={setScale} />
      </>
    ),
    [against, scale],
  );
  return (
    <FigurePanel
      name="training-loss"
      title="Training loss"
      caption={CAPTIONS[task]}
      actions={actions}
      figure={figure}
    >
      <Disclosure about="the two losses">
        {task === 'regression' ? (
          <p>
            The training loss is half the mean squared error on the records or samples that the model trains
            on: the half makes its gradient simple. Means of clusters scatter less than records, so the loss
            of the condensed samples lies lower without their model being better; the test error tells,
            because both models are tested on the same records.
          </p>
        ) : (
          <p>
            The training loss is the cross-entropy: the mean of −ln of the probability that the model gives to
            the true class, on the records or samples that it trains on. A sample stands for records of more
            than one class by their shares, so the two losses are not comparable with each other; the log loss
            on the test records is, because both models are tested on the same ones.
          </p>
        )}
      </Disclosure>
    </FigurePanel>
  );
}

function lastWords(losses: readonly number[] | undefined): string {
  return losses === undefined || losses.length === 0
    ? 'not started'
    : `training loss ${formatValue(losses[losses.length - 1])}`;
}
