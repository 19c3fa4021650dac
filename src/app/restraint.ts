/**
 * What comes with a link or an archive never starts long work by itself. Where its settings may make a part take longer
 * than the lab's own would on these data, the part is timed as it runs; at the measured rate too long, it is ended and
 * waits for a press. Settings that were changed on the page are the user's own. A codec that says of itself that it is
 * quick makes nothing long, whatever a busy machine makes of its rate.
 */
import { CODEC_METAS, secondsToEncode } from '../contracts/plugins.ts';
import type { SettingsTable } from '../contracts/settings.ts';
import type { TaskProgress } from '../stations/lab/task.ts';
import type { HeldWork } from '../stations/lab/work.ts';
import { secondsLeft } from '../ui/progress.ts';

/** Seconds that a part may take unasked. */
const MOST_SECONDS = 30;
/** Milliseconds of a phase after which its rate counts: before, the code is still being compiled. */
const MEASURED_AFTER = 4_000;

/** Seconds of one core that a codec may take by what it says of itself: on a machine with other work it takes longer. */
const QUICK_SECONDS = 15;

/** Whether the codec's own figures say that an archive of so many bytes does not take long. */
export function isQuickCodec(codec: string, rawBytes: number): boolean {
  const meta = CODEC_METAS.find(codec);
  const seconds = meta === undefined ? null : secondsToEncode(meta, rawBytes);
  return seconds !== null && seconds <= QUICK_SECONDS;
}

/** Tells of every report of a run whether the run takes too long, and is to end there. */
export type Watch = (progress: TaskProgress) => boolean;

export interface Restraint<S extends object, Part extends string> {
  /** Settings that what is opened brings along; null where it brings none, and those before stay as they are. */
  bring: (settings: Partial<S> | null) => void;
  /**
   * A run of the part begins.
   *
   * @param isLonger whether something that is no setting makes it longer than usual
   */
  watch: (part: Part, isLonger?: boolean) => Watch;
  /** Somebody asks for the part: its run may take as long as it does, the one under way too. */
  allow: (part: Part) => void;
  /** The part does not wait any more. */
  drop: (part: Part) => void;
  /** Whatever was brought is wanted. Returns the parts that waited. */
  release: () => Part[];
}

interface RestraintSpec<S extends object, Part extends string> {
  table: SettingsTable<S, Part>;
  /**
   * The settings in force, the lab's own for the open data, and those that make nothing long whatever they are; null while
   * nothing is open.
   */
  settings: () => { now: S; usual: S; quick: readonly (keyof S)[] } | null;
  read: () => readonly HeldWork<Part>[];
  write: (held: HeldWork<Part>[]) => void;
  /** The part whose settings decide how long this one takes, where it is another one. */
  decidedBy?: Partial<Record<Part, Part>>;
}

export function createRestraint<S extends object, Part extends string>(
  spec: RestraintSpec<S, Part>,
): Restraint<S, Part> {
  const { table, read, write } = spec;
  let brought: Partial<S> = {};
  const allowed = new Set<Part>();

  /** Whether settings that were brought may make the part take longer than usual. */
  function isBroughtLonger(part: Part): boolean {
    const settings = spec.settings();
    if (settings === null) return false;
    const { now, usual, quick } = settings;
    return table
      .longer(spec.decidedBy?.[part] ?? part, now, usual)
      .some((name) => name in brought && Object.is(now[name], brought[name]) && !quick.includes(name));
  }

  function drop(part: Part): void {
    if (read().some((held) => held.part === part)) write(read().filter((held) => held.part !== part));
  }

  return {
    bring(settings) {
      if (settings !== null) brought = settings;
    },
    watch(part, isLonger = false) {
      drop(part);
      const began = Date.now();
      let isFree = allowed.delete(part) || !(isLonger || isBroughtLonger(part));
      return (progress) => {
        isFree ||= allowed.delete(part);
        if (isFree) return false;
        const { startedAt, updatedAt } = progress;
        const elapsed = (updatedAt - began) / 1000;
        const left = updatedAt - startedAt < MEASURED_AFTER ? null : secondsLeft(progress);
        if (elapsed + (left ?? 0) <= MOST_SECONDS) return false;
        isFree = true;
        write([...read(), { part, seconds: left }]);
        return true;
      };
    },
    allow: (part) => void allowed.add(part),
    drop,
    release() {
      brought = {};
      const parts = read().map(({ part }) => part);
      write([]);
      return parts;
    },
  };
}
