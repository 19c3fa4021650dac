import { Button, ErrorNotice, ProgressLine } from '../../../ui/controls/index.ts';
import { named } from '../../namedButtons.ts';
import { useLabParts } from '../../useLab.ts';
import { disturbanceWords, timesWords } from './timeWords.ts';

/** What training takes, by repeated runs, and a way to time it now. */
export function TimesLine() {
  const { times, isTrained, timeTraining, cancelTiming } = useLabParts(({ learn, ...lab }) => ({
    times: lab.times,
    isTrained: [learn.full, learn.condensed].every(
      ({ closedForm: { value, stale, status } }) => value !== null && !stale && status === 'done',
    ),
    timeTraining: lab.timeTraining,
    cancelTiming: lab.cancelTiming,
  }));
  const { value, status, progress, error } = times;
  if (status === 'running')
    return (
      <div className="learn-times">
        <ProgressLine progress={progress} label="Timing both trainings" onCancel={cancelTiming} />
      </div>
    );
  const disturbed = value === null ? null : disturbanceWords(value);
  return (
    <div className="learn-times">
      {error !== null && <ErrorNotice error={error} />}
      <p>
        {value === null
          ? 'Training has not been timed yet: it is repeated for that, with everything else paused.'
          : timesWords(value)}
        {disturbed !== null && <strong> {disturbed}</strong>}
      </p>
      <Button {...named('time')} isDisabled={!isTrained} onPress={() => void timeTraining()}>
        {value === null ? 'Time it now' : 'Time it again'}
      </Button>
    </div>
  );
}
