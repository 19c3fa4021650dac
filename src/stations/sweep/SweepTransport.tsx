import { Button, Confirm, PauseIcon, PlayIcon, ProgressLine, TrashIcon } from '../../ui/controls/index.ts';
import { formatPlural } from '../../ui/format.ts';
import type { GridSweep } from '../lab/sweep.ts';
import { named } from '../namedButtons.ts';

interface SweepTransportProps {
  sweep: Pick<GridSweep<unknown, unknown>, 'status' | 'progress' | 'ran'>;
  /** What is done to each of what, and has been: "Run", "run", "training". */
  verb: string;
  participle: string;
  word: string;
  /** How many the plan has, how many have a result, and how many are left of the sweep that was begun. */
  planned: number;
  done: number;
  left: number;
  /** Whether anything is open that can be swept, and whether the plan can be run on it. */
  isReady: boolean;
  canRun: boolean;
  /** Whether its progress is shown elsewhere, beside the figures. */
  isProgressElsewhere?: boolean;
  /** Whether the plan is another one than that of the sweep that was begun. */
  isOtherPlan: boolean;
  onRun: () => Promise<void>;
  onPause: () => void;
  onResume: () => Promise<void>;
  onCancel: () => void;
  onClear: () => void;
}

/** Starts a sweep, pauses and resumes it, shows how far it is, and clears it. */
export function SweepTransport(props: SweepTransportProps) {
  const {
    sweep,
    verb,
    participle,
    word,
    planned,
    done,
    left,
    isReady,
    canRun,
    isOtherPlan,
    isProgressElsewhere = false,
  } = props;
  const { onRun, onPause, onResume, onCancel, onClear } = props;
  const { status, ran, progress } = sweep;
  const isRunning = status === 'running';
  const canResume = ran !== null && (status === 'paused' || status === 'failed') && isReady;
  const run = `${verb} ${formatPlural(planned, word)}`;
  // What is added to a sweep whose trainings are all done is not counted among them.
  const resume = left === 0 ? 'Resume' : `Resume: ${formatPlural(left, word)} left`;
  return (
    <>
      {isRunning && !isProgressElsewhere && (
        <ProgressLine progress={progress} label="Sweeping" onCancel={onCancel} />
      )}
      {/* One button by turns, so that the focus stays where it was pressed. */}
      <Button
        {...named('sweep')}
        variant={isRunning ? 'plain' : 'primary'}
        icon={isRunning ? <PauseIcon /> : <PlayIcon />}
        isDisabled={!isRunning && !canResume && !canRun}
        onPress={() => {
          if (isRunning) onPause();
          else void (canResume ? onResume() : onRun());
        }}
      >
        {isRunning ? 'Pause' : canResume ? resume : run}
      </Button>
      {canResume && (
        <Button icon={<PlayIcon />} isDisabled={!canRun} onPress={() => void onRun()}>
          {run}
        </Button>
      )}
      {status === 'paused' && (
        <Button variant="quiet" onPress={onCancel}>
          Leave the rest undone
        </Button>
      )}
      {ran !== null && !isRunning && (
        <Confirm
          trigger={
            <Button variant="quiet" icon={<TrashIcon />}>
              Clear the results
            </Button>
          }
          title="Clear the results of this sweep?"
          confirm="Clear"
          onConfirm={onClear}
        >
          <p>
            {formatPlural(done, word)} would have to be {participle} again. Files that you saved stay.
          </p>
        </Confirm>
      )}
      {canResume && isOtherPlan && (
        <p className="field-hint">Resume continues the sweep already begun; {verb} starts the one above.</p>
      )}
    </>
  );
}
