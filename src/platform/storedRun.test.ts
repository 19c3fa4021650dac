/** Trainings that earlier versions kept. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_TRAINING_SETTINGS, type Checkpoint, type TrainingRun } from '../contracts/training.ts';
import { checkCheckpoint, checkRun } from './storedRun.ts';
import { keptTraining } from './testing/keptTraining.ts';

describe('a training that the first version kept', () => {
  const { run, checkpoint } = keptTraining();

  it('is read back whole, with what has come since at what it was then', () => {
    const { settings, seconds, epochs } = run.run as TrainingRun;
    const of = checkpoint.checkpoint as Checkpoint;
    expect(checkRun(run)).toEqual({
      ...(run.run as TrainingRun),
      settings: { ...DEFAULT_TRAINING_SETTINGS, ...settings },
      seconds: { ...seconds, select: 0 },
      epochs: epochs.map((epoch) => ({ ...epoch, seconds: { ...epoch.seconds, select: 0 } })),
      selection: null,
    });
    expect(checkCheckpoint(checkpoint, 'kept')).toEqual({
      ...of,
      settings: { ...DEFAULT_TRAINING_SETTINGS, ...of.settings },
    });
  });

  it('is nobody else’s', () => {
    expect(checkCheckpoint(checkpoint, 'other')).toBeNull();
  });
});
