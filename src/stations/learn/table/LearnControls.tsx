import type { Method, MissingPolicy } from '../../../contracts/codec.ts';
import { SETTING_RANGES } from '../../../contracts/link.ts';
import {
  Button,
  NumberField,
  PauseIcon,
  PlayIcon,
  RadioGroup,
  RewindIcon,
  Select,
} from '../../../ui/controls/index.ts';
import type { LearnRun } from '../../lab.ts';
import { useLabParts } from '../../useLab.ts';
import { ModelControl } from './ModelControl.tsx';

const METHODS: readonly Method[] = ['full', 'condensed'];

const POLICIES: readonly { value: MissingPolicy; label: string; description: string }[] = [
  {
    value: 'leave-out',
    label: 'Leave the record out',
    description: 'It is counted, and the panels say how many.',
  },
  {
    value: 'fill',
    label: 'Fill with the training mean',
    description: 'A column beside it tells the model which cells were filled.',
  },
];

const RATES = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** The usual rates and the present one, which a link may have brought. */
function ratesWith(rate: number): { value: string; label: string }[] {
  return [...new Set([...RATES, rate])]
    .sort((a, b) => a - b)
    .map((value) => ({ value: String(value), label: String(value) }));
}

/** What the buttons can do with a run. */
function transport({ playing, descent }: LearnRun): 'playing' | 'new' | 'paused' | 'finished' {
  if (playing) return 'playing';
  if (descent.value === null || descent.value.iteration === 0 || descent.stale) return 'new';
  return descent.value.stop === 'running' ? 'paused' : 'finished';
}

/** What both models share, and both transports at once. */
export function LearnControls() {
  const { settings, change, play, pause, rewind } = useLabParts((lab) => ({
    settings: lab.settings,
    change: lab.change,
    play: lab.play,
    pause: lab.pause,
    rewind: lab.rewind,
  }));
  // Runs report many times a second; the controls change only with these.
  const states = useLabParts((lab) => ({
    full: transport(lab.learn.full),
    condensed: transport(lab.learn.condensed),
  }));
  const playing = METHODS.filter((method) => states[method] === 'playing');
  const open = METHODS.filter((method) => states[method] === 'new' || states[method] === 'paused');
  const begun = METHODS.filter((method) => states[method] === 'paused' || states[method] === 'finished');
  return (
    <>
      <div className="field">
        <div className="learn-both">
          {playing.length > 0 ? (
            <Button variant="primary" icon={<PauseIcon />} onPress={() => playing.forEach(pause)}>
              {playing.length === 2 ? 'Pause both' : 'Pause'}
            </Button>
          ) : (
            <Button
              variant="primary"
              icon={<PlayIcon />}
              isDisabled={open.length === 0}
              onPress={() => open.forEach(play)}
            >
              Play both
            </Button>
          )}
          <Button
            icon={<RewindIcon />}
            isDisabled={playing.length > 0 || begun.length === 0}
            onPress={() => begun.forEach(rewind)}
          >
            Rewind both
          </Button>
        </div>
        <p className="field-hint">
          Gradient descent on both; rewinding goes back to the same start, all zeros.
        </p>
      </div>
      <ModelControl />
      <Select
        label="Learning rate α"
        value={String(settings.learningRate)}
        options={ratesWith(settings.learningRate)}
        onChange={(next) => change({ learningRate: Number(next) })}
        hint="How far each iteration moves the coefficients along the gradient."
        more={
          <>
            <p>
              Features are scaled to mean 0 and standard deviation 1 first, so that one rate fits all columns.
              At 0.001 the loss falls slowly and surely; above about 0.1 it may diverge, and the run then says
              so.
            </p>
            <p>Another rate starts both runs anew.</p>
          </>
        }
      />
      <NumberField
        label="Iteration limit"
        value={settings.iterations}
        min={SETTING_RANGES.iterations.min}
        max={SETTING_RANGES.iterations.max}
        onChange={(next) => change({ iterations: next })}
        hint="A run ends here unless it converges before."
        more={
          <p>
            A run has converged when its loss changes by less than 1e-5 of itself over 100 iterations. One
            iteration is one pass over all records or samples that the model trains on.
          </p>
        }
      />
      <RadioGroup
        label="Records with missing cells"
        value={settings.missing}
        options={POLICIES}
        onChange={(next) => change({ missing: next })}
        hint="What training does with them; the archive keeps every record as it is."
      />
    </>
  );
}
