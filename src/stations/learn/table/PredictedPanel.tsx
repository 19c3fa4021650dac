import { useCallback, useMemo, useRef } from 'react';
import type { Method } from '../../../contracts/codec.ts';
import { CloudFigure } from '../../../ui/charts/CloudFigure.tsx';
import type { ChartAxis } from '../../../ui/charts/figure.tsx';
import { ErrorNotice, ProgressLine } from '../../../ui/controls/index.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { SavedPanel } from '../../SaveFigure.tsx';
import { useLabParts } from '../../useLab.ts';
import { shortTick } from './axes.ts';
import { countOutside, predictedLines, rangeOf, type BothPredictions } from './predicted.ts';
import { METHODS, SHORT_NAMES } from './methods.ts';
import { className } from '../../className.ts';
import { useFitted } from './useFitted.ts';

/** Predicted against true on the test records, a cloud for each model. */
export function PredictedPanel() {
  const place = useRef<HTMLDivElement>(null);
  useFitted('predictions', place);
  const { predictions, computeFitted, cancelFitted } = useLabParts((lab) => ({
    predictions: lab.fitted.predictions,
    computeFitted: lab.computeFitted,
    cancelFitted: lab.cancelFitted,
  }));
  const { value, stale, status, progress, error } = predictions;
  const made = value?.full.task === 'regression' ? value : null;
  const rows = useCallback(() => (made === null ? [] : predictedLines(made)), [made]);
  return (
    <div ref={place}>
      <SavedPanel
        name="predicted"
        title="Predicted against true"
        caption={captionOf(made)}
        stale={stale}
        rows={rows}
        isEmpty={made === null}
        figure={
          made === null ? (
            <p className="chart-empty learn-clouds-empty">
              The points appear once both models are at their optima.
            </p>
          ) : (
            <Clouds made={made} />
          )
        }
      >
        {status === 'running' && (
          <ProgressLine
            progress={progress}
            label="Predicting the test records"
            onCancel={() => cancelFitted('predictions')}
          />
        )}
        {error !== null && (
          <ErrorNotice error={error} onRetry={() => void computeFitted('predictions', true)} />
        )}
        {made !== null && (
          <p className="learn-remark">
            On the dotted line a prediction is right; above it the model says too much, below it too little.
          </p>
        )}
      </SavedPanel>
    </div>
  );
}

function captionOf(made: BothPredictions | null): string {
  if (made === null) return 'test records, both models at their optima';
  const { rows, of, target } = made.full;
  const which =
    rows.length === of
      ? formatPlural(of, 'test record')
      : `${formatCount(rows.length)} of ${formatCount(of)} test records, drawn at random`;
  return `${className(target)} of ${which}, both models at their optima`;
}

function Clouds({ made }: { made: BothPredictions }) {
  const range = useMemo(() => rangeOf(made), [made]);
  return (
    <div className="learn-clouds">
      {METHODS.map((method) => (
        <Cloud key={method} made={made} method={method} range={range} />
      ))}
    </div>
  );
}

interface CloudProps {
  made: BothPredictions;
  method: Method;
  range: readonly [number, number];
}

function Cloud({ made, method, range }: CloudProps) {
  const { truth, predicted, target } = made[method];
  const outside = countOutside(made[method], range);
  const axes = useMemo(() => {
    const axis = (label: string): ChartAxis => ({ label, kind: 'linear', format: shortTick });
    return { x: axis(`true ${className(target)}`), y: axis('predicted') };
  }, [target]);
  return (
    <section aria-label={`${SHORT_NAMES[method]}, predicted against true`}>
      <h4>
        <i className={`learn-key learn-key-${method}`} aria-hidden="true" />
        {SHORT_NAMES[method]}
        {outside > 0 && <small>{formatPlural(outside, 'prediction')} outside</small>}
      </h4>
      <CloudFigure
        summary={`${SHORT_NAMES[method]}: what the model predicts of ${formatPlural(truth.length, 'test record')} against what is true.`}
        x={truth}
        y={predicted}
        range={range}
        axes={axes}
        tone={method === 'full' ? 'full' : 'analytics'}
      />
    </section>
  );
}
