import { memo, useMemo } from 'react';
import type { BackendChoice, BackendTrial, BackendWish, TrainingRun } from '../../../contracts/training.ts';
import { Button, Disclosure, ErrorNotice, ProgressLine, Select } from '../../../ui/controls/index.ts';
import { formatValue } from '../../../ui/format.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { BACKEND_LABELS, BACKENDS } from './trainingChoices.ts';

/** What computes: a wish, and what it comes to on this machine. */
export function BackendControl() {
  const { wish, task, wishBackend, probeBackend } = useLabParts((lab) => ({
    wish: lab.images.training.wish,
    task: lab.images.training.backend,
    wishBackend: lab.wishBackend,
    probeBackend: lab.probeBackend,
  }));
  // As a text: every report of a run brings a copy of its own.
  const usedText = useLab(({ images: { training } }) =>
    JSON.stringify(usedFor(training.wish, training.runs)),
  );
  const used = useMemo(() => JSON.parse(usedText) as BackendChoice | null, [usedText]);
  const choice = (task.stale ? null : task.value) ?? used;
  return (
    <>
      <Select
        label="Backend"
        value={wish}
        options={BACKENDS}
        onChange={wishBackend}
        hint={
          choice === null
            ? 'What does the computing. Each is checked against a gradient from the CPU before it is used.'
            : choiceWords(choice)
        }
      />
      <div className="field train-backend">
        {task.error !== null && <ErrorNotice error={task.error} onRetry={() => void probeBackend()} />}
        {task.status === 'running' ? (
          <ProgressLine progress={task.progress} label="Trying the backends" />
        ) : (
          choice === null &&
          task.error === null && (
            <Button variant="quiet" onPress={() => void probeBackend()}>
              Try it on this machine
            </Button>
          )
        )}
        {choice !== null && <Trials choice={choice} />}
      </div>
    </>
  );
}

/** What the last run with this wish was computed on. */
function usedFor(wish: BackendWish, runs: readonly TrainingRun[]): BackendChoice | null {
  const suits = ({ backend }: TrainingRun) =>
    backend !== null && (wish === 'auto' ? !backend.forced : backend.name === wish);
  return runs.findLast(suits)?.backend ?? null;
}

/** "WebGPU on NVIDIA H100. It is the first that …" */
function choiceWords({ name, device, reason }: BackendChoice): string {
  return `${BACKEND_LABELS[name]} on ${device}. ${reason}`;
}

const VERDICTS: Readonly<Record<BackendTrial['verdict'], string>> = {
  chosen: 'chosen',
  'not here': 'not here',
  emulated: 'emulated',
  failed: 'failed',
  'not tried': 'not tried',
};

/** What became of each backend, in the order in which they were tried. */
export const Trials = memo(
  function Trials({ choice }: { choice: BackendChoice }) {
    return (
      <Disclosure title="What was tried">
        <ul className="train-trials">
          {choice.trials.map(({ name, verdict, reason, gradientError }) => (
            <li key={name}>
              <strong>{BACKEND_LABELS[name]}</strong>: {VERDICTS[verdict]}. {reason}
              {gradientError !== null && ` Largest gradient error ${formatValue(gradientError, 2)}.`}
            </li>
          ))}
        </ul>
      </Disclosure>
    );
  },
  (a, b) => JSON.stringify(a) === JSON.stringify(b),
);
