/** The store of one page, put together from its slices. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { DEFAULT_SETTINGS } from '../contracts/codec.ts';
import { idleTask, type Lab, type LabState, type LearnRun } from '../stations/lab.ts';
import type { Kernel, LabServices } from './kernel.ts';
import { createArchives } from './slices/archives.ts';
import { createData } from './slices/data.ts';
import { createLearn } from './slices/learn.ts';
import { createMessages } from './slices/messages.ts';
import { createPipeline } from './slices/pipeline.ts';
import { createSweep, DEFAULT_PLAN, idleSweep } from './slices/sweep.ts';

export interface LabStore {
  store: StoreApi<Lab>;
  /** Opens what the address names, else the newest archive, else the first sample. */
  start: (hash: string) => Promise<void>;
  /** Carries out what an undo still holds open: the page is going away. */
  settle: () => void;
}

function idleRun(method: LearnRun['method']): LearnRun {
  return { method, closedForm: idleTask(), descent: idleTask(), playing: false };
}

function initialState(): LabState {
  return {
    station: 'data',
    settings: { ...DEFAULT_SETTINGS },
    source: null,
    dataset: idleTask(),
    bits: idleTask(),
    archive: idleTask(),
    archives: [],
    storage: null,
    inspection: idleTask(),
    learn: { full: idleRun('full'), condensed: idleRun('condensed') },
    sweep: idleSweep({ ...DEFAULT_PLAN }),
    messages: [],
    awaited: null,
    hidden: [],
    embed: false,
  };
}

export function createLabStore(services: LabServices): LabStore {
  let settle = () => {};
  let start: LabStore['start'] = () => Promise.resolve();

  const store = createStore<Lab>()((set, get) => {
    const kernel: Kernel = { services, get, set };
    const messages = createMessages(kernel);
    const archives = createArchives(kernel, messages, () => data.lose());
    const learn = createLearn(kernel);
    const sweep = createSweep(kernel);
    const pipeline = createPipeline(kernel, messages, archives, learn, sweep);
    const data = createData(kernel, messages, archives, pipeline);
    settle = messages.settle;
    start = data.start;

    return {
      ...initialState(),
      goTo: (station) => set({ station }),
      load: data.load,
      cancelLoad: data.cancelLoad,
      change: data.change,
      acceptOther: data.acceptOther,
      forgetAwaited: data.forgetAwaited,
      link: data.link,
      inspect: archives.inspect,
      keepArchive: archives.keepArchive,
      deleteArchive: archives.deleteArchive,
      deleteEverything: archives.deleteEverything,
      refreshArchives: archives.refreshArchives,
      play: learn.play,
      pause: learn.pause,
      step: learn.step,
      rewind: learn.rewind,
      planSweep: sweep.planSweep,
      runSweep: sweep.runSweep,
      cancelSweep: sweep.cancelSweep,
      say: messages.say,
      dismiss: messages.dismiss,
      retry: pipeline.compute,
      cancel: pipeline.cancel,
    };
  });

  return { store, start: (hash) => start(hash), settle: () => settle() };
}
