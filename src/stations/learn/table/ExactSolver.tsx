import type { ClosedFormResult, Method } from '../../../contracts/codec.ts';
import { ErrorNotice, ProgressLine, Stat, Stats } from '../../../ui/controls/index.ts';
import { formatCount, formatPlural, formatValue } from '../../../ui/format.ts';
import { useLab } from '../../useLab.ts';
import type { ModelTask } from './compare.ts';
import { formatMetric, formatRmse } from './scores.ts';

interface ExactSolverProps {
  method: Method;
  /** Title of the method's panel. */
  title: string;
  /** Task of the model that is trained. */
  task: ModelTask;
}

const HEADINGS: Record<ClosedFormResult['solver'], string> = {
  'closed-form': 'Closed form',
  newton: 'Newton’s method',
  'quasi-newton': 'Quasi-Newton',
};
const WORK: Record<ModelTask, string> = {
  regression: 'Solving the normal equations',
  classification: 'On the way to the optimum',
};

/** The exact optimum of one method: closed form, Newton's method, or of wide models the quasi-Newton method. */
export function ExactSolver({ method, title, task }: ExactSolverProps) {
  const { value, status, progress, error } = useLab((lab) => lab.learn[method].closedForm);
  const shown = value === null || value.score.task !== task ? null : value;
  const heading = HEADINGS[shown?.solver ?? (task === 'regression' ? 'closed-form' : 'newton')];
  return (
    <section className="learn-part" aria-label={`${title}, ${heading.toLowerCase()}`}>
      <h4>{heading}</h4>
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
  if (task === 'regression') {
    return (
      <Stats>
        <Stat label="Test RMSE" value={formatRmse(test.mse)} note={`${formatRmse(train.mse)} in training`} />
        <Stat label="R²" value={formatMetric('r2', test.r2)} note="on the test records" />
        <Stat label="Coefficients" value={formatCount(result.width)} note="with the intercept" />
      </Stats>
    );
  }
  return (
    <Stats>
      <Stat
        label="Log loss"
        value={formatMetric('logLoss', test.logLoss)}
        note={`${formatMetric('logLoss', train.logLoss)} in training`}
      />
      <Stat
        label="Accuracy"
        value={formatMetric('accuracy', test.accuracy)}
        note={`balanced ${formatMetric('balancedAccuracy', test.balancedAccuracy)}`}
      />
      <Stat
        label="Coefficients"
        value={formatCount(result.width)}
        note={`in ${formatPlural(result.iterations, 'step')}`}
      />
    </Stats>
  );
}

function Remarks({ result }: { result: ClosedFormResult }) {
  const { leftOut, filled, ridge, gradientNorm, converged, iterations } = result;
  return (
    <>
      {!converged && (
        <p className="learn-remark">
          Not converged: stopped after {formatPlural(iterations, 'step')}
          {gradientNorm !== null && `, where the gradient’s norm is ${formatValue(gradientNorm, 2)}`}.
        </p>
      )}
      {converged && gradientNorm !== null && (
        <p className="learn-remark">Converged: the gradient’s norm is {formatValue(gradientNorm, 2)}.</p>
      )}
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
