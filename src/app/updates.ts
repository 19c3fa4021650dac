/** A new version is offered and never forced: a reload would end what is being computed. */
import type { Lab } from '../stations/lab.ts';

/** What is being computed in the page's workers, in words; empty when nothing is. */
export function workInProgress(lab: Lab): string[] {
  const { dataset, bits, archive, peers, verifications, transfer, learn, trees, sweep, images } = lab;
  const isRunning = (task: { status: string }) => task.status === 'running';
  const work: [words: string, isOn: boolean][] = [
    ['reading the table', isRunning(dataset)],
    ['reading the pictures', isRunning(images.dataset)],
    ['looking at the bits', isRunning(bits) || isRunning(images.bits)],
    ['making the archive', isRunning(archive) || isRunning(images.archive)],
    ['drawing a sample', isRunning(images.sample)],
    ['condensing pictures', isRunning(images.condensed)],
    ['checking an archive', Object.values(verifications).some(isRunning)],
    [transfer?.what ?? '', transfer !== null && isRunning(transfer.task)],
    ['measuring the peers', isRunning(peers.task) || isRunning(images.peers.task)],
    [
      'training on condensed samples',
      learn.condensed.playing || isRunning(learn.condensed.closedForm) || isRunning(learn.condensed.descent),
    ],
    [
      TRAINING_ON_ALL,
      learn.full.playing || isRunning(learn.full.closedForm) || isRunning(learn.full.descent),
    ],
    ['boosting trees', isRunning(trees)],
    ['the sweep', isRunning(sweep) || isRunning(images.sweep)],
  ];
  return work.filter(([, isOn]) => isOn).map(([words]) => words);
}

/** It may take minutes, and the lab can be used meanwhile. */
export const TRAINING_ON_ALL = 'training on all records';

/** Says that a new version waits, and has the user decide when to reload. */
export function offerUpdate(current: () => Lab, takeUp: () => void): void {
  const reload = () => {
    const work = workInProgress(current());
    if (work.length === 0) return takeUp();
    current().say({
      tone: 'warning',
      code: null,
      what: `A reload would end what is running: ${work.join(', ')}.`,
      todo: 'Reload when it has finished, or now if you do not need it.',
      action: { label: 'Reload now', run: takeUp },
    });
  };
  current().say({
    tone: 'info',
    code: null,
    what: 'A new version of the lab is ready.',
    todo: null,
    action: { label: 'Reload to update', run: reload },
  });
}
