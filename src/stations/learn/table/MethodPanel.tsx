import type { Method, ModelScore } from '../../../contracts/codec.ts';
import {
  Button,
  CheckIcon,
  ErrorNotice,
  IconButton,
  Notice,
  Panel,
  PauseIcon,
  PlayIcon,
  ProgressLine,
  RewindIcon,
  Stat,
  Stats,
  StepIcon,
} from '../../../ui/controls/index.ts';
import { formatCount, formatMeasured, formatPlural, formatValue } from '../../../ui/format.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import type { ModelTask } from './compare.ts';
import { stopWords } from './curves.ts';
import { ExactSolver } from './ExactSolver.tsx';
import { formatMetric } from './scores.ts';

const TITLES: Record<Method, string> = { full: 'Full: all training records', condensed: 'Condensed samples' };

/** One method: its exact optimum, and its gradient descent with the transport buttons. */
export function MethodPanel({ method, task }: { method: Method; task: ModelTask }) {
  const { samples, stale } = useLabParts(({ learn }) => ({
    samples: learn[method].closedForm.value?.samples ?? learn[method].descent.value?.samples ?? null,
    stale: learn[method].closedForm.stale || learn[method].descent.stale,
  }));
  const unit = method === 'full' ? 'record' : 'weighted sample';
  return (
    <Panel
      title={TITLES[method]}
      caption={samples === null ? undefined : formatPlural(samples, unit)}
      stale={stale}
    >
      <div className="learn-method">
        <ExactSolver method={method} title={TITLES[method]} task={task} />
        <section className="learn-part" aria-label={`${TITLES[method]}, gradient descent`}>
          <h4>Gradient descent</h4>
          <Transport method={method} />
          <Descent method={method} />
        </section>
      </div>
    </Panel>
  );
}

/** Play, pause, step, rewind: rendered when one of them changes, not on every report of a run. */
function Transport({ method }: { method: Method }) {
  const { play, pause, step, rewind, playing, begun, stopped, stale } = useLabParts((lab) => {
    const { playing, descent } = lab.learn[method];
    return {
      play: lab.play,
      pause: lab.pause,
      step: lab.step,
      rewind: lab.rewind,
      playing,
      begun: (descent.value?.iteration ?? 0) > 0,
      stopped: descent.value !== null && descent.value.stop !== 'running' && !descent.stale,
      stale: descent.stale,
    };
  });
  return (
    <div className="learn-transport">
      {playing ? (
        <Button variant="primary" icon={<PauseIcon />} onPress={() => pause(method)}>
          Pause
        </Button>
      ) : (
        <Button
          variant="primary"
          icon={stopped ? <CheckIcon /> : <PlayIcon />}
          isDisabled={stopped}
          onPress={() => play(method)}
        >
          {stopped ? 'Finished' : begun && !stale ? 'Go on' : 'Play'}
        </Button>
      )}
      <IconButton
        label="Step: 100 iterations"
        icon={<StepIcon />}
        isDisabled={playing || stopped}
        onPress={() => step(method)}
      />
      <IconButton
        label="Rewind to the same start, all coefficients 0"
        icon={<RewindIcon />}
        isDisabled={!begun}
        onPress={() => rewind(method)}
      />
      <StopWords method={method} />
    </div>
  );
}

function StopWords({ method }: { method: Method }) {
  const words = useLab(({ learn, settings }) =>
    stopWords(learn[method].descent.value, learn[method].playing, settings.iterations),
  );
  return <span className="learn-state">{words}</span>;
}

/** Where the descent is: progress, error, numbers. */
function Descent({ method }: { method: Method }) {
  const { play, pause } = useLabParts((lab) => ({ play: lab.play, pause: lab.pause }));
  const { descent, playing } = useLab((lab) => lab.learn[method]);
  const { value, progress, error } = descent;
  const iteration = value?.iteration ?? 0;
  const loss = value === null || value.losses.length === 0 ? null : value.losses[value.losses.length - 1];
  return (
    <>
      {playing && (
        <ProgressLine progress={progress} label="Gradient descent" onCancel={() => pause(method)} />
      )}
      {error !== null && error.code !== 'CANCELLED' && (
        <ErrorNotice
          error={error}
          onRetry={error.code === 'MODEL_DIVERGED' ? undefined : () => play(method)}
        />
      )}
      {value !== null && iteration > 0 ? (
        <Stats>
          <TestStat score={value.score} />
          <Stat
            label="Iteration"
            value={formatCount(iteration)}
            note={loss === null ? undefined : `training loss ${formatValue(loss)}`}
          />
          <Stat
            label="Time"
            value={formatMeasured(value.seconds)}
            note={`${formatCount(value.touched)} samples touched`}
          />
        </Stats>
      ) : (
        !playing &&
        method === 'full' && (
          <Notice>
            <p>Full gradient descent passes over every record in every iteration: expect tens of seconds.</p>
          </Notice>
        )
      )}
    </>
  );
}

function TestStat({ score: { task, test } }: { score: ModelScore }) {
  return task === 'regression' ? (
    <Stat label="Test MSE" value={formatMetric('mse', test.mse)} note={`R² ${formatMetric('r2', test.r2)}`} />
  ) : (
    <Stat
      label="Accuracy"
      value={formatMetric('accuracy', test.accuracy)}
      note={`balanced ${formatMetric('balancedAccuracy', test.balancedAccuracy)}`}
    />
  );
}
