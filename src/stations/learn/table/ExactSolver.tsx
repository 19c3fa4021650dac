import type { ClosedFormResult, Method } from '../../../contracts/codec.ts';
import { ErrorNotice, ProgressLine, Stat, Stats } from '../../../ui/controls/index.ts';
import { formatMeasured, formatPlural, formatValue } from '../../../ui/format.ts';
import { useLab } from '../../useLab.ts';
import type { ModelTask } from './compare.ts';
import { formatMetric } from './scores.ts';

interface ExactSolverProps {
  method: Method;
  /** Title of the method's panel. */
  title: string;
  /** Task of the model that is trained. */
  task: ModelTask;
}

const HEADINGS: Record<ModelTask, string> = { regression: 'Closed form', classification: 'Newton’s method' };
const WORK: Record<ModelTask, string> = {
  regression: 'Solving the normal equations',
  classification: 'Solving by Newton’s method',
};

/** The exact optimum of one method: closed form, or Newton's method where that is not too wide for it. */
export function ExactSolver({ method, title, task }: ExactSolverProps) {
  const { value, status, progress, error } = useLab((lab) => lab.learn[method].closedForm);
  const shown = value === null || value.score.task !== task ? null : value;
  return (
    <section className="learn-part" aria-label={`${title}, ${HEADINGS[task].toLowerCase()}`}>
      <h4>{HEADINGS[task]}</h4>
      {error !== null && <ErrorNotice error={error} />}
      {status === 'running' && <ProgressLine progress={progress} label={WORK[task]} />}
      {shown !== null && (
        <>
          <Numbers result={shown} />
          <Remarks result={shown} />
        </>
      )}
      {shown === null && status === 'idle' && <p className="learn-remark">Not computed yet.</p>}
    </section>
  );
}

function Numbers({ result }: { result: ClosedFormResult }) {
  const { task, test, train } = result.score;
  const time = formatMeasured(result.seconds);
  const coefficients = `${result.width} coefficients`;
  if (task === 'regression') {
    return (
      <Stats>
        <Stat
          label="Test MSE"
          value={formatMetric('mse', test.mse)}
          note={`${formatMetric('mse', train.mse)} in training`}
        />
        <Stat label="R²" value={formatMetric('r2', test.r2)} note="on the test records" />
        <Stat label="Time" value={time} note={coefficients} />
      </Stats>
    );
  }
  return (
    <Stats>
      <Stat
        label="Accuracy"
        value={formatMetric('accuracy', test.accuracy)}
        note={`${formatMetric('accuracy', train.accuracy)} in training`}
      />
      <Stat
        label="Balanced accuracy"
        value={formatMetric('balancedAccuracy', test.balancedAccuracy)}
        note={`log loss ${formatMetric('logLoss', test.logLoss)}`}
      />
      <Stat label="Time" value={time} note={`${formatPlural(result.iterations, 'step')}, ${coefficients}`} />
    </Stats>
  );
}

function Remarks({ result: { leftOut, filled, ridge } }: { result: ClosedFormResult }) {
  return (
    <>
      {leftOut > 0 && (
        <p className="learn-remark">{formatPlural(leftOut, 'record')} with missing cells left out.</p>
      )}
      {filled > 0 && (
        <p className="learn-remark">
          {formatPlural(filled, 'record')} with missing cells filled with training means.
        </p>
      )}
      {ridge > 0 && (
        <p className="learn-remark">
          The equations were singular, so a ridge of {formatValue(ridge, 3)} was added to the diagonal.
        </p>
      )}
    </>
  );
}
