/** What runs at each station, and how it is paused and ended from wherever one is. */
import { STATION_NAMES, type StationName } from '../contracts/link.ts';
import type { Lab } from '../stations/lab.ts';
import type { TaskProgress } from '../stations/lab/task.ts';
import type { HeldWork } from '../stations/lab/work.ts';
import { countPlanned } from './pictures/headlines.ts';

/** One thing that may be at work. */
interface Job {
  isRunning: boolean;
  /** Null before its first report. */
  progress: TaskProgress | null;
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

function job(
  { status, progress }: { status: string; progress: TaskProgress | null },
  cancel: () => void,
): Job {
  return { isRunning: status === 'running', progress, cancel };
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
      const { playing, descent, closedForm } = lab.learn[method];
      return [
        {
          isRunning: playing,
          progress: descent.progress,
          pause: () => lab.pause(method),
          cancel: lab.cancelLearn,
        },
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
    const { active, progress, imported } = training;
    return [
      {
        isRunning: active !== null,
        progress,
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
        progress: training.progress,
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

/** What runs, where one thing alone can be shown. */
export interface WorkNow {
  station: StationName;
  /** Null before its first report. */
  progress: TaskProgress | null;
  canPause: boolean;
  /** Stations beside it at which something runs. */
  others: number;
}

/** An opening changes everything after it, and what stands late in the pipeline takes long. */
const BY_WEIGHT: readonly StationName[] = ['data', ...STATION_NAMES.slice(1).toReversed()];

/** What runs at the station that is shown, else at the one where it weighs most; null while nothing runs. */
export function workNow(lab: Lab): WorkNow | null {
  const busy = BY_WEIGHT.filter((station) => running(lab, station).length > 0);
  const station = busy.find((one) => one === lab.station) ?? busy.at(0);
  if (station === undefined) return null;
  const jobs = running(lab, station);
  return {
    station,
    progress: jobs.find(({ progress }) => progress !== null)?.progress ?? null,
    canPause: jobs.some(({ pause }) => pause !== undefined),
    others: busy.length - 1,
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
