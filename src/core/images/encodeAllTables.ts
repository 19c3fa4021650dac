/** Base tables handed out to encoders, the largest first; an encoder that dies loses nothing. */
import { LabError } from '../errors.ts';
import type { Progress, Pulse } from '../pulse.ts';
import type { Split } from '../random.ts';
import type { EncodedTable, TableEncoder } from './encodeTable.ts';
import type { ImageSet } from './imageSet.ts';
import type { ImageSettings } from './settings.ts';
import { tableJob } from './tableJobs.ts';

/** Ends work on a table that another encoder has finished meanwhile. */
class Overtaken extends Error {}

/** A table on its way. */
interface Task {
  table: number;
  pictures: number;
  /** Encoders at work on it. */
  takers: number;
  encoded: EncodedTable | null;
}

/**
 * Encodes every table. An encoder without work takes over a table that another has not finished, but not one of the
 * first encoder's, which is relied upon; the first answer counts. An encoder that fails gets no more work, and its
 * table goes to the others.
 *
 * @param lists pictures of each table
 * @param shared what all tables share, of a codec that has such a thing
 * @returns the tables in order
 */
export async function encodeAllTables(
  set: ImageSet,
  lists: readonly Split[],
  settings: ImageSettings,
  shared: Uint8Array | null,
  encoders: readonly TableEncoder[],
  pulse: Pulse,
): Promise<EncodedTable[]> {
  const tasks: Task[] = lists.map(({ train, test }, table) => ({
    table,
    pictures: train.length + test.length,
    takers: 0,
    encoded: null,
  }));
  const queue = [...tasks].sort((a, b) => b.pictures - a.pictures || a.table - b.table);
  const total = tasks.reduce((sum, { pictures }) => sum + pictures, 0);
  /** What the first encoder is at, which nobody takes over. */
  let own: Task | null = null;
  let finished = false;

  const next = (): Task | null => {
    const fresh = queue.shift();
    if (fresh !== undefined) return fresh;
    const open = tasks.filter((task) => task.encoded === null && task !== own);
    if (open.length === 0) return null;
    // The one with the fewest at work on it.
    return open.reduce((best, task) => (task.takers < best.takers ? task : best));
  };

  const watched = (task: Task): Pulse => ({
    due: () => pulse.due() || finished || task.encoded !== null,
    beat: async (progress: Progress) => {
      const done = tasks.reduce((sum, one) => sum + (one.encoded === null ? 0 : one.pictures), 0);
      // One table shows its own steps; of several it is the finished ones that count.
      await pulse.beat(
        tasks.length === 1 ? progress : { phase: 'Encoding pictures', done, total, unit: 'pictures' },
      );
      if (finished || task.encoded !== null) throw new Overtaken();
    },
  });

  const work = async (encoder: TableEncoder, isFirst: boolean): Promise<void> => {
    for (let task = next(); task !== null; task = next()) {
      if (isFirst) own = task;
      task.takers++;
      try {
        const job = tableJob(set, lists[task.table], task.table, settings, isFirst);
        const encoded = await encoder({ ...job, shared }, watched(task));
        task.encoded ??= encoded;
      } catch (thrown) {
        if (!(thrown instanceof Overtaken)) {
          // What stops the first encoder stops the work; another one's table is there for all to take.
          if (isFirst || (thrown instanceof LabError && thrown.code === 'CANCELLED')) throw thrown;
          return;
        }
      } finally {
        task.takers--;
        if (isFirst) own = null;
      }
    }
  };

  const [first, ...others] = encoders;
  // Where there is one table there is nothing to divide, and no memory to be wasted on handing it out.
  const helpers = tasks.length === 1 ? [] : others;
  try {
    // The first has work until every table is encoded; a helper ends it early only by being cancelled.
    await new Promise<void>((resolve, reject) => {
      work(first, true).then(resolve, reject);
      for (const helper of helpers) work(helper, false).catch(reject);
    });
  } finally {
    finished = true;
  }
  return tasks.map(({ encoded }) => encoded!);
}
