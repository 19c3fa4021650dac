/**
 * Keeps what the page shows in step with the settings: a change marks what depends on it, and the cheap parts are
 * computed again one after the other, an earlier run of the same part ended first.
 */
import type {
  ArchiveReport,
  BitsReport,
  Examination,
  ExperimentSettings,
  Method,
} from '../../contracts/codec.ts';
import type { DescentActions } from '../../stations/lab/learn.ts';
import type { StoreContext } from '../storeContext.ts';
import { TABLE_PARTS, type TablePart } from '../../contracts/settings.ts';
import { createPartQueue } from '../partQueue.ts';
import type { Restraint } from '../restraint.ts';
import { createTaskRunner } from '../tasks.ts';
import type { Archives } from './archives.ts';
import { DESCENTS, type Learn } from './learn.ts';
import type { Sweep } from './sweep.ts';

/** Milliseconds of quiet after the last change before a part is computed again. */
const QUIET: Record<TablePart, number> = {
  bits: 120,
  archive: 400,
  examination: 150,
  fullClosedForm: 150,
  condensedClosedForm: 150,
  condensedDescent: 150,
  fullDescent: 600,
  sweep: 0,
};

const LEARN_PARTS = ['fullClosedForm', 'condensedClosedForm', 'condensedDescent', 'fullDescent'] as const;

/** How long training on all rows waits for the condensed one, in milliseconds. */
const HEAD_START = 3_000;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export interface Pipeline {
  /** Another dataset: everything is computed from the start, training on all rows included. */
  restart: () => void;
  /** Marks the parts and computes the cheap ones again after a moment of quiet. */
  outdate: (parts: ReadonlySet<TablePart>) => void;
  /** There is a target now where there was none: trains on all rows too. */
  begin: () => void;
  /** Nothing is computed and nothing kept: there is no dataset any more. */
  clear: () => void;
  /** Computes a part now. */
  compute: (part: 'bits' | 'archive') => void;
  cancel: (part: 'bits' | 'archive' | 'examination') => void;
  /** Ends all training, and starts none of what is planned. */
  cancelLearn: () => void;
  /** Computes what was held back. */
  startHeld: () => void;
  /** Gradient descents by hand: what was planned for them meanwhile would train over what somebody has reached. */
  byHand: DescentActions;
}

export function createPipeline(
  context: StoreContext,
  archives: Archives,
  learn: Learn,
  sweep: Sweep,
  restraint: Restraint<ExperimentSettings, TablePart>,
): Pipeline {
  const { get, set, services } = context;
  let condensedTraining: Promise<void> = Promise.resolve();
  /** Counts the plans to train on all rows: a newer one, or its end, makes those before it void. */
  let fullTurn = 0;

  const bits = createTaskRunner<BitsReport>({
    read: () => get().bits,
    write: (task) => set({ bits: task }),
  });
  const archive = createTaskRunner<ArchiveReport>({
    read: () => get().archive,
    write: (task) => set({ archive: task }),
  });

  const examined = createTaskRunner<Examination>({
    read: () => get().examined,
    write: (task) => set({ examined: task }),
  });

  async function examine(): Promise<void> {
    const { source, settings } = get();
    if (source === null || settings.target === null) return examined.clear();
    await examined.run((options) => services.client.examine({ source, settings }, options));
  }

  async function computeBits(): Promise<void> {
    const { source, settings } = get();
    if (source === null) return;
    const report = await bits.run(
      (options) => services.client.analyse({ source, settings }, options),
      restraint.watch('bits'),
    );
    if (report !== null) sweep.fitPlan();
  }

  async function computeArchive(): Promise<void> {
    const { source, settings } = get();
    if (source === null) return;
    const report = await archive.run(
      (options) => services.client.compress({ source, settings, store: true, kept: false }, options),
      restraint.watch('archive'),
    );
    if (report === null) return;
    archives.wasMade(report);
    // A working archive replaces the one before it, which may be the one that this dataset came from. Without some of
    // its columns the table is another dataset, whose archive replaces none of this one's and cannot stand for it.
    if (report.stored && settings.drop.length === 0 && source.kind === 'archive' && get().source === source) {
      set({ source: { ...source, id: report.id } });
    }
    await archives.refreshArchives();
    await archives.inspectAgain();
  }

  const work: Record<TablePart, () => Promise<void>> = {
    bits: computeBits,
    archive: computeArchive,
    examination: examine,
    fullClosedForm: () => learn.computeClosedForm('full'),
    condensedClosedForm: () => learn.computeClosedForm('condensed'),
    // With many samples it takes long: nothing waits for it.
    condensedDescent: async () => {
      condensedTraining = learn.train('condensed');
    },
    // It has a worker of its own, and lets the short training finish first.
    fullDescent: async () => {
      const turn = ++fullTurn;
      void Promise.race([condensedTraining, pause(HEAD_START)]).then(() => {
        if (turn === fullTurn) void learn.train('full');
      });
    },
    sweep: async () => undefined,
  };

  const outdatePart: Record<TablePart, () => void> = {
    bits: () => bits.outdate(),
    archive: () => archive.outdate(),
    examination: () => examined.outdate(),
    fullClosedForm: () => learn.closedForm.full.outdate(),
    condensedClosedForm: () => learn.closedForm.condensed.outdate(),
    condensedDescent: () => learn.outdate('condensed'),
    fullDescent: () => learn.outdate('full'),
    sweep: () => sweep.outdate(),
  };

  const runners = { bits, archive, examination: examined };
  const queue = createPartQueue({ parts: TABLE_PARTS, quiet: QUIET, work });

  function drop(part: TablePart): void {
    if (part === 'fullDescent') fullTurn++;
    queue.drop(part);
    restraint.drop(part);
  }

  const byHand =
    (action: keyof DescentActions) =>
    (method: Method): void => {
      drop(DESCENTS[method]);
      learn[action](method);
    };
  const play = byHand('play');

  function clear(): void {
    for (const part of TABLE_PARTS) drop(part);
    sweep.clear();
    bits.clear();
    archive.clear();
    examined.clear();
    archives.clearInspection();
    for (const method of ['full', 'condensed'] as const) {
      learn.closedForm[method].clear();
      learn.clear(method);
    }
  }

  return {
    clear,
    restart() {
      clear();
      queue.compute(TABLE_PARTS.filter((part) => part !== 'sweep'));
    },
    outdate(parts) {
      for (const part of TABLE_PARTS) {
        if (!parts.has(part)) continue;
        outdatePart[part]();
        const isLong = part === 'fullDescent' && !learn.isFullShort() && get().settings.target !== null;
        drop(part);
        if (part !== 'sweep' && !isLong) queue.schedule(part);
      }
    },
    begin: () => queue.schedule('fullDescent'),
    compute(part) {
      restraint.allow(part);
      queue.compute([part]);
    },
    cancel(part) {
      drop(part);
      runners[part].cancel();
    },
    cancelLearn() {
      LEARN_PARTS.forEach(drop);
      learn.stopAll();
    },
    startHeld() {
      for (const part of restraint.release()) {
        if (part === 'fullDescent') play('full');
        else if (part === 'condensedDescent') play('condensed');
        else queue.compute([part]);
      }
    },
    byHand: { play, pause: byHand('pause'), step: byHand('step'), rewind: byHand('rewind') },
  };
}
