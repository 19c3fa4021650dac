import type { Method } from '../../contracts/codec.ts';
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
} from '../../ui/controls/index.ts';
import { formatCount, formatMeasured, formatPlural, formatValue } from '../../ui/format.ts';
import { useLab, useLabParts } from '../useLab.ts';
import { formatR2 } from './compare.ts';
import { stopWords } from './curves.ts';

const TITLES: Record<Method, string> = { full: 'Full: all training records', condensed: 'Condensed samples' };

/** One method: its closed form, and its gradient descent with the transport buttons. */
export function MethodPanel({ method }: { method: Method }) {
  const { samples, stale } = useLabParts(({ learn }) => ({
    samples: learn[method].closedForm.value?.samples ?? learn[method].descent.value?.samples ?? null,
    stale: learn[method].closedForm.stale || learn[method].descent.stale,
  }));
  const unit = method === 'full' ? 'record' : 'weighted mean';
  return (
    <Panel
      title={TITLES[method]}
      caption={samples === null ? undefined : formatPlural(samples, unit)}
      stale={stale}
    >
      <div className="learn-method">
        <ClosedForm method={method} />
        <section className="learn-part" aria-label={`${TITLES[method]}, gradient descent`}>
          <h4>Gradient descent</h4>
          <Transport method={method} />
          <Descent method={method} />
        </section>
      </div>
    </Panel>
  );
}

function ClosedForm({ method }: { method: Method }) {
  const { value, status, progress, error } = useLab((lab) => lab.learn[method].closedForm);
  return (
    <section className="learn-part" aria-label={`${TITLES[method]}, closed form`}>
      <h4>Closed form</h4>
      {error !== null && <ErrorNotice error={error} />}
      {status === 'running' && <ProgressLine progress={progress} label="Solving the normal equations" />}
      {value !== null && (
        <>
          <Stats>
            <Stat
              label="Test MSE"
              value={formatValue(value.testMse)}
              note={`${formatValue(value.trainMse)} in training`}
            />
            <Stat label="R²" value={formatR2(value.testR2)} note="on the test records" />
            <Stat label="Time" value={formatMeasured(value.seconds)} note={`${value.width} coefficients`} />
          </Stats>
          {value.leftOut > 0 && (
            <p className="learn-remark">
              {formatPlural(value.leftOut, 'record')} with missing cells left out.
            </p>
          )}
          {value.filled > 0 && (
            <p className="learn-remark">
              {formatPlural(value.filled, 'record')} with missing cells filled with training means.
            </p>
          )}
          {value.ridge > 0 && (
            <p className="learn-remark">
              The equations were singular, so a ridge of {formatValue(value.ridge, 3)} was added to the
              diagonal.
            </p>
          )}
        </>
      )}
      {value === null && status === 'idle' && <p className="learn-remark">Not computed yet.</p>}
    </section>
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
          <Stat label="Test MSE" value={formatValue(value.testMse)} note={`R² ${formatR2(value.testR2)}`} />
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
