import { useCallback } from 'react';
import type { TrainingRun } from '../../../contracts/training.ts';
import { useThrottled } from '../../../ui/charts/useThrottled.ts';
import { ProgressLine } from '../../../ui/controls/index.ts';
import { formatPlural } from '../../../ui/format.ts';
import type { TrainingState } from '../../lab/training.ts';
import { useLabParts } from '../../useLab.ts';

/** Steps come many times a second. */
const PROGRESS_EVERY = 150;

/** The run that is being trained: its phase, how far it is, and a way out; and what waits behind it. */
export function TrainingNow({ titles }: { titles: ReadonlyMap<string, string> }) {
  const { active, progress, cancelRun } = useLabParts((lab) => ({
    active: lab.images.training.active,
    progress: lab.images.training.progress,
    cancelRun: lab.cancelRun,
  }));
  const shown = useThrottled(progress, PROGRESS_EVERY);
  const cancel = useCallback(() => {
    if (active !== null) cancelRun(active);
  }, [active, cancelRun]);
  if (active === null) return null;
  return (
    <div className="train-now">
      <p className="small soft">{titles.get(active)}</p>
      <ProgressLine progress={shown} label="Preparing the device" onCancel={cancel} />
    </div>
  );
}

/** What is going on, in a sentence that is read out when it changes: not with every step. */
export function statusWords(
  { active, queue, isHeld }: Pick<TrainingState, 'active' | 'queue' | 'isHeld'>,
  runs: readonly TrainingRun[],
): string {
  const waiting = queue.length === 0 ? '' : `${formatPlural(queue.length, 'run')} waiting`;
  const held = isHeld && queue.length > 0 ? `${waiting}, on hold until you resume the sweep` : waiting;
  if (active !== null) return held === '' ? 'Training a run.' : `Training a run, ${held}.`;
  if (held !== '') return `${held[0].toUpperCase()}${held.slice(1)}.`;
  const done = runs.filter(({ status }) => status === 'done').length;
  return runs.length === 0 ? '' : `${formatPlural(runs.length, 'run')}, ${done} done.`;
}
