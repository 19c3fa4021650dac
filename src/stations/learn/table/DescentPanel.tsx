import type { DescentState, Method, Metrics } from '../../../contracts/codec.ts';
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
import { formatCount, formatMeasured, formatRatio, formatValue } from '../../../ui/format.ts';
import { Term } from '../../../ui/glossary/Term.tsx';
import { optimumRatio } from '../../optimumRatio.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import type { ModelTask } from './compare.ts';
import { stopWords } from './curves.ts';
import { METHOD_TITLES, METHODS } from './methods.ts';
import { formatMetric, formatRmse } from './scores.ts';

/** The gradient descents of both methods towards the optimum above, each with its transport buttons. */
export function DescentPanel({ task }: { task: ModelTask }) {
  const stale = useLab(({ learn }) => METHODS.some((method) => learn[method].descent.stale));
  return (
    <Panel
      name="descent"
      title="Gradient descent"
      caption={
        <>
          step by step towards the same <Term name="optimum">optimum</Term>
        </>
      }
      stale={stale}
    >
      <Diverged />
      <div className="learn-descents">
        {METHODS.map((method) => (
          <section
            key={method}
            className="learn-part"
            aria-label={`${METHOD_TITLES[method]}, gradient descent`}
          >
            <h4>{METHOD_TITLES[method]}</h4>
            <Transport method={method} />
            <Descent method={method} task={task} />
          </section>
        ))}
      </div>
    </Panel>
  );
}

/** Said once, whichever of the two diverged: both take steps of the same rate. */
function Diverged() {
  const error = useLab(
    ({ learn }) =>
      METHODS.map((method) => learn[method].descent.error).find((one) => one?.code === 'MODEL_DIVERGED') ??
      null,
  );
  const change = useLab((lab) => lab.change);
  return error === null ? null : (
    <ErrorNotice
      error={error}
      retry="Use the automatic rate"
      onRetry={() => change({ learningRate: 'auto' })}
    />
  );
}

/** Play, pause, step, rewind: rendered when one of them changes, not on every report of a run. */
function Transport({ method }: { method: Method }) {
  const { play, pause, step, rewind, playing, begun, converged, stale } = useLabParts((lab) => {
    const { playing, descent } = lab.learn[method];
    return {
      play: lab.play,
      pause: lab.pause,
      step: lab.step,
      rewind: lab.rewind,
      playing,
      begun: (descent.value?.iteration ?? 0) > 0,
      converged: descent.value?.stop === 'converged' && !descent.stale,
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
          icon={converged ? <CheckIcon /> : <PlayIcon />}
          isDisabled={converged}
          onPress={() => play(method)}
        >
          {converged ? 'Finished' : begun && !stale ? 'Go on' : 'Play'}
        </Button>
      )}
      <IconButton
        label="Step: 100 iterations"
        icon={<StepIcon />}
        isDisabled={playing || converged}
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
  const words = useLab(({ learn }) => stopWords(learn[method].descent.value, learn[method].playing));
  return <span className="learn-state">{words}</span>;
}

/** Where the descent is: progress, error, numbers. */
function Descent({ method, task }: { method: Method; task: ModelTask }) {
  const { play, pause } = useLabParts((lab) => ({ play: lab.play, pause: lab.pause }));
  const { descent, playing } = useLab((lab) => lab.learn[method]);
  const { progress, error } = descent;
  const value = descent.value?.score.task === task ? descent.value : null;
  const isShown = error !== null && error.code !== 'CANCELLED' && error.code !== 'MODEL_DIVERGED';
  return (
    <>
      {playing && (
        <ProgressLine progress={progress} label="Gradient descent" onCancel={() => pause(method)} />
      )}
      {isShown && <ErrorNotice error={error} onRetry={() => play(method)} />}
      {value !== null && value.iteration > 0 ? (
        <Numbers state={value} />
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

function Numbers({ state }: { state: DescentState }) {
  const optimum = useLab(({ learn }) => learn.full.closedForm.value);
  const ratio = optimumRatio(state.score.test, optimum);
  const loss = state.losses.at(-1);
  return (
    <Stats>
      <Stat
        {...errorStat(state.score.task, state.score.test)}
        note={ratio === null ? undefined : `${formatRatio(ratio, 3)} of full’s optimum`}
      />
      <Stat
        label="Iteration"
        value={formatCount(state.iteration)}
        note={loss === undefined ? undefined : `training loss ${formatValue(loss)}`}
      />
      <Stat
        label="Time"
        value={formatMeasured(state.seconds)}
        note={`α ${formatValue(state.learningRate, 3)}, ${formatCount(state.touched)} samples touched`}
      />
    </Stats>
  );
}

function errorStat(task: ModelTask, test: Metrics): { label: string; value: string } {
  return task === 'regression'
    ? { label: 'Test RMSE', value: formatRmse(test.mse) }
    : { label: 'Log loss', value: formatMetric('logLoss', test.logLoss) };
}
