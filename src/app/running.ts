/** What runs at each station, and how it is paused and ended from wherever one is. */
import { countPlanned } from './pictures/headlines.ts';
import type { StationName } from '../contracts/link.ts';
import type { Lab } from '../stations/lab.ts';
import type { HeldWork } from '../stations/lab/work.ts';

/** One thing that may be at work. */
interface Job {
  isRunning: boolean;
  /** Where it can be gone on with. */
  pause?: () => void;
  cancel: () => void;
}

/** What can be done about whatever runs at a station, and whether something of it is held back. */
export interface StationWork {
  canPause: boolean;
  canCancel: boolean;
  isHeld: boolean;
}

/** Where a part is shown that may be held back. */
function stationOf(part: HeldWork['part']): StationName {
  return part === 'bits' || part === 'archive' ? part : 'learn';
}

function job({ status }: { status: string }, cancel: () => void): Job {
  return { isRunning: status === 'running', cancel };
}

const opening = (lab: Lab): Job[] => [
  job(lab.dataset, lab.cancelLoad),
  job(lab.images.dataset, lab.cancelLoad),
];

const checks = (lab: Lab): Job[] =>
  Object.entries(lab.verifications).map(([id, task]) => job(task, () => lab.cancelVerification(id)));

const TABLE_JOBS: Record<StationName, (lab: Lab) => Job[]> = {
  data: (lab) => [...opening(lab), job(lab.examined, () => lab.cancel('examination'))],
  bits: (lab) => [job(lab.bits, () => lab.cancel('bits'))],
  archive: (lab) => [
    job(lab.archive, () => lab.cancel('archive')),
    job(lab.peers.task, lab.cancelPeers),
    ...checks(lab),
  ],
  learn: (lab) => [
    ...(['full', 'condensed'] as const).flatMap((method) => {
      const { playing, closedForm } = lab.learn[method];
      return [
        { isRunning: playing, pause: () => lab.pause(method), cancel: lab.cancelLearn },
        job(closedForm, lab.cancelLearn),
      ];
    }),
    job(lab.fitted.coefficients, () => lab.cancelFitted('coefficients')),
    job(lab.fitted.predictions, () => lab.cancelFitted('predictions')),
    job(lab.fitted.draws, () => lab.cancelFitted('draws')),
    job(lab.fitted.rivals, () => lab.cancelFitted('rivals')),
    job(lab.landscape.task, lab.cancelLandscape),
    job(lab.answer.task, lab.cancelAnswer),
    job(lab.answer.rivals, lab.cancelRivals),
    job(lab.trees, lab.cancelTrees),
  ],
  sweep: (lab) => [{ ...job(lab.sweep, lab.cancelSweep), pause: lab.pauseSweep }],
};

const IMAGE_JOBS: Record<StationName, (lab: Lab) => Job[]> = {
  data: opening,
  bits: (lab) => [job(lab.images.bits, () => lab.cancelImages('bits'))],
  archive: (lab) => [
    job(lab.images.archive, () => lab.cancelImages('archive')),
    job(lab.images.peers.task, lab.cancelImagePeers),
    ...checks(lab),
  ],
  learn(lab) {
    const { sample, condensed, training } = lab.images;
    const { active, imported } = training;
    return [
      {
        isRunning: active !== null,
        pause: () => active !== null && lab.pauseRun(active),
        cancel: () => active !== null && lab.cancelRun(active),
      },
      job(sample, () => lab.cancelImages('sample')),
      job(condensed, () => lab.cancelImages('condensed')),
      job(imported, lab.cancelEvaluation),
    ];
  },
  sweep(lab) {
    const { sweep, training } = lab.images;
    return [
      { ...job(sweep, lab.cancelImageSweep), pause: lab.pauseImageSweep },
      {
        isRunning: training.active !== null && !training.isHeld && countPlanned(training).underWay > 0,
        pause: lab.holdTrainingSweep,
        cancel: lab.cancelTrainingSweep,
      },
    ];
  },
};

function running(lab: Lab, station: StationName): Job[] {
  return (lab.kind === 'images' ? IMAGE_JOBS : TABLE_JOBS)[station](lab).filter(({ isRunning }) => isRunning);
}

export function workAt(lab: Lab, station: StationName): StationWork {
  const jobs = running(lab, station);
  const held: readonly HeldWork[] = lab.kind === 'images' ? lab.images.held : lab.held;
  return {
    canPause: jobs.some(({ pause }) => pause !== undefined),
    canCancel: jobs.length > 0,
    isHeld: held.some(({ part }) => stationOf(part) === station),
  };
}

/** Pauses what can be gone on with; the rest runs on. */
export function pauseAt(lab: Lab, station: StationName): void {
  for (const { pause } of running(lab, station)) pause?.();
}

/** Ends all of it; what was there before stays. */
export function cancelAt(lab: Lab, station: StationName): void {
  for (const { cancel } of running(lab, station)) cancel();
}
