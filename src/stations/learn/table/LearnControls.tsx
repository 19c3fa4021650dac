import type { Method } from '../../../contracts/codec.ts';
import { Button, PauseIcon, PlayIcon, RewindIcon } from '../../../ui/controls/index.ts';
import type { LearnRun } from '../../lab.ts';
import { OF_TABLE } from '../../settings/homes.ts';
import { SettingsOn } from '../../settings/SettingControl.tsx';
import { useLabParts } from '../../useLab.ts';
import { ModelControl } from './ModelControl.tsx';

const METHODS: readonly Method[] = ['full', 'condensed'];

/** What the buttons can do with a run. */
function transport({ playing, descent }: LearnRun): 'playing' | 'new' | 'paused' | 'finished' {
  if (playing) return 'playing';
  if (descent.value === null || descent.value.iteration === 0 || descent.stale) return 'new';
  return descent.value.stop === 'running' ? 'paused' : 'finished';
}

/** What both models share, and both transports at once. */
export function LearnControls() {
  const { play, pause, rewind } = useLabParts((lab) => ({
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
      <SettingsOn home={OF_TABLE} panel="learn" own={{ model: <ModelControl /> }} />
    </>
  );
}
