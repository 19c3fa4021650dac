import { Button, PauseIcon, PlayIcon, RewindIcon } from '../../../ui/controls/index.ts';
import type { LearnRun } from '../../lab/learn.ts';
import { named } from '../../namedButtons.ts';
import { OF_TABLE } from '../../settings/homes.ts';
import { SettingsOn } from '../../settings/SettingControl.tsx';
import { useLabParts } from '../../useLab.ts';
import { METHODS } from './methods.ts';
import { ModelControl } from './ModelControl.tsx';
import { RateControl } from './RateControl.tsx';

/** What the buttons can do with a run. */
function transport({ playing, descent }: LearnRun): 'playing' | 'new' | 'paused' | 'limit' | 'finished' {
  if (playing) return 'playing';
  if (descent.value === null || descent.value.iteration === 0 || descent.stale) return 'new';
  if (descent.value.stop === 'running') return 'paused';
  return descent.value.stop === 'limit' ? 'limit' : 'finished';
}

/** What both models share, and both transports at once. */
export function LearnControls() {
  const { play, pause, rewind, lacks } = useLabParts((lab) => ({
    lacks: lab.dataset.value === null ? 'dataset' : lab.settings.target === null ? 'target' : null,
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
  const open = METHODS.filter((method) => states[method] !== 'playing' && states[method] !== 'finished');
  const begun = METHODS.filter((method) => states[method] !== 'playing' && states[method] !== 'new');
  const isGoingOn = open.length > 0 && open.every((method) => states[method] !== 'new');
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
              {...named('play')}
              variant="primary"
              icon={<PlayIcon />}
              isDisabled={open.length === 0 || lacks !== null}
              onPress={() => open.forEach(play)}
            >
              {isGoingOn ? 'Go on' : 'Play both'}
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
          {lacks === null
            ? 'Gradient descent on both; rewinding goes back to the same start, all zeros.'
            : lacks === 'target'
              ? 'Training begins once you say what should be predicted.'
              : 'Training begins once a dataset is open.'}
        </p>
      </div>
      <SettingsOn
        home={OF_TABLE}
        panel="learn"
        own={{ model: <ModelControl />, learningRate: <RateControl /> }}
      />
    </>
  );
}
