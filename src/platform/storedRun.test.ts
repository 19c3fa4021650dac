/** Trainings that earlier versions kept. */
import { describe, expect, it } from 'vitest';
import { checkCheckpoint, checkRun } from './storedRun.ts';
import { keptTraining } from './testing/keptTraining.ts';

describe('a training that the first version kept', () => {
  const { run, checkpoint } = keptTraining();

  it('is read back whole', () => {
    expect(checkRun(run)).toEqual(run.run);
    expect(checkCheckpoint(checkpoint, 'kept')).toEqual(checkpoint.checkpoint);
  });

  it('is nobody else’s', () => {
    expect(checkCheckpoint(checkpoint, 'other')).toBeNull();
  });
});
