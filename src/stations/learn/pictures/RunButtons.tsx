import { memo, useContext } from 'react';
import {
  CheckIcon,
  ControlsShown,
  DiceIcon,
  IconButton,
  PauseIcon,
  PlayIcon,
  RewindIcon,
  StepIcon,
  TrashIcon,
} from '../../../ui/controls/index.ts';
import { useLabParts } from '../../useLab.ts';
import type { RunButtonsState } from './runWords.ts';

const ICONS = { pause: <PauseIcon />, play: <PlayIcon />, done: <CheckIcon /> };

interface RunButtonsProps extends RunButtonsState {
  id: string;
  title: string;
}

/** Play, pause, step, rewind, another seed, delete: rendered when one of them changes, not on every report of a run. */
export const RunButtons = memo(function RunButtons({
  id,
  title,
  main,
  mainWords,
  canStep,
  canRewind,
}: RunButtonsProps) {
  const { playRun, pauseRun, stepRun, rewindRun, reseedRun, deleteRun } = useLabParts((lab) => ({
    playRun: lab.playRun,
    pauseRun: lab.pauseRun,
    stepRun: lab.stepRun,
    rewindRun: lab.rewindRun,
    reseedRun: lab.reseedRun,
    deleteRun: lab.deleteRun,
  }));
  // A link that hides the station's controls hides these too.
  if (!useContext(ControlsShown)) return null;
  return (
    <div className="run-buttons" role="group" aria-label={title}>
      <IconButton
        label={mainWords}
        variant={main === 'play' ? 'primary' : 'plain'}
        icon={ICONS[main]}
        isDisabled={main === 'done'}
        onPress={() => (main === 'pause' ? pauseRun(id) : playRun(id))}
      />
      <IconButton
        label="Step: one epoch"
        variant="quiet"
        icon={<StepIcon />}
        isDisabled={!canStep}
        onPress={() => stepRun(id)}
      />
      <IconButton
        label="Rewind to the same first weights"
        variant="quiet"
        icon={<RewindIcon />}
        isDisabled={!canRewind}
        onPress={() => rewindRun(id)}
      />
      <IconButton
        label="Start over with another seed"
        variant="quiet"
        icon={<DiceIcon />}
        onPress={() => reseedRun(id)}
      />
      <IconButton label="Delete the run" variant="quiet" icon={<TrashIcon />} onPress={() => deleteRun(id)} />
    </div>
  );
});
