import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLabStore } from './store.ts';
import { createFakeLab } from './testing/fakeServices.ts';
import { offerUpdate, TRAINING_ON_ALL, workInProgress } from './updates.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const newLab = () => createLabStore(createFakeLab().services).store;

function offered() {
  const lab = newLab();
  const takeUp = vi.fn();
  offerUpdate(lab.getState, takeUp);
  const labels = () => lab.getState().messages.map(({ action }) => action?.label);
  const press = (label: string) =>
    lab
      .getState()
      .messages.find(({ action }) => action?.label === label)
      ?.action?.run();
  const beginTraining = (playing: boolean) => {
    const { learn } = lab.getState();
    lab.setState({ learn: { ...learn, full: { ...learn.full, playing } } });
  };
  return { lab, takeUp, labels, press, beginTraining };
}

describe('work in progress', () => {
  it('is nothing in a lab at rest', () => {
    expect(workInProgress(newLab().getState())).toEqual([]);
  });

  it('names what runs', () => {
    const lab = newLab();
    const { archive, sweep, learn } = lab.getState();
    lab.setState({
      archive: { ...archive, status: 'running' },
      sweep: { ...sweep, status: 'running' },
      learn: { ...learn, full: { ...learn.full, playing: true } },
    });
    expect(workInProgress(lab.getState())).toEqual(['making the archive', TRAINING_ON_ALL, 'the sweep']);
  });
});

describe('a new version', () => {
  it('is offered for as long as the user likes, and taken up on their word', async () => {
    const { takeUp, labels, press } = offered();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(labels()).toEqual(['Reload to update']);
    expect(takeUp).not.toHaveBeenCalled();
    press('Reload to update');
    expect(takeUp).toHaveBeenCalledOnce();
  });

  it('does not end what is running unless the user says so again', () => {
    const { lab, takeUp, labels, press, beginTraining } = offered();
    beginTraining(true);
    press('Reload to update');
    expect(takeUp).not.toHaveBeenCalled();
    expect(labels()).toEqual(['Reload to update', 'Reload now']);
    expect(lab.getState().messages[1].what).toContain(TRAINING_ON_ALL);
    press('Reload now');
    expect(takeUp).toHaveBeenCalledOnce();
  });

  it('can be put off until the work is done', () => {
    const { takeUp, press, beginTraining } = offered();
    beginTraining(true);
    press('Reload to update');
    beginTraining(false);
    press('Reload to update');
    expect(takeUp).toHaveBeenCalledOnce();
  });
});
