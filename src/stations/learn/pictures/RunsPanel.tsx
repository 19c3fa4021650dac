import { useMemo } from 'react';
import { Panel } from '../../../ui/controls/index.ts';
import { useThrottled } from '../../../ui/charts/useThrottled.ts';
import { formatPlural } from '../../../ui/format.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { RunCard } from './RunCard.tsx';
import { runLook } from './runLook.ts';
import { differenceWords, placeOf, runTitles } from './runWords.ts';
import { shownRun } from './shownRun.ts';
import { statusWords, TrainingNow } from './TrainingNow.tsx';

/** Runs report every epoch, which may be many times a second; the list follows at a pace that can be read. */
const LIST_EVERY = 300;

/** Longer lists scroll in themselves, so that the curves stay near. */
const LONG = 10;

/** Every run of the open pictures with its state, its result and its buttons. */
export function RunsPanel() {
  const runs = useThrottled(
    useLab((lab) => lab.images.training.runs),
    LIST_EVERY,
  );
  const training = useLabParts(({ images: { training } }) => ({
    active: training.active,
    queue: training.queue,
    isHeld: training.isHeld,
    selected: training.selected,
  }));
  const titles = useMemo(() => runTitles(runs), [runs]);
  const difference = useMemo(() => differenceWords(runs), [runs]);
  const shown = shownRun({ ...training, runs });
  return (
    <Panel name="runs" title="Runs" caption="one is trained at a time; choose one to see its details below">
      <p className="visually-hidden" role="status">
        {statusWords(training, runs)}
      </p>
      <TrainingNow titles={titles} />
      <ul
        className={runs.length > LONG ? 'run-list run-list-long' : 'run-list'}
        aria-label={formatPlural(runs.length, 'run')}
      >
        {runs.map((run, index) => (
          <RunCard
            key={run.id}
            run={run}
            title={titles.get(run.id) ?? ''}
            look={runLook(index)}
            place={placeOf(run.id, training)}
            isSelected={run.id === shown?.id}
          />
        ))}
      </ul>
      {difference !== '' && <p className="learn-image-note">{difference}</p>}
    </Panel>
  );
}
