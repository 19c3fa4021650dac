/** The sweeps kept in the browser: the newest of each dataset, under the dataset's id. */
import * as v from 'valibot';
import type { ExperimentSettings, Metrics, SweepCell } from '../contracts/codec.ts';
import { LabError, type ErrorReport } from '../contracts/errors.ts';
import type { ErrorCode } from '../core/errors.ts';
import {
  axisDomain,
  SWEEP_AXES,
  SWEEP_LIMITS,
  type AxisValue,
  type SweepAxis,
  type SweepPlan,
} from '../contracts/link.ts';
import { DATABASE_NAME, explainStorage, openDatabase, type LabDatabase } from './archiveDatabase.ts';
import { settingsSchema, TABLE_SETTINGS } from '../contracts/settings.ts';
import { measured, type Fields } from './stored.ts';

/** A sweep as it is kept: what it ran with and what came of it. */
export interface KeptSweep {
  settings: ExperimentSettings;
  plan: SweepPlan;
  full: { point: AxisValue[]; cell: SweepCell }[];
  runs: { point: AxisValue[]; cell: SweepCell }[];
  /** Keys of the trainings that failed by themselves, and what the last of them said. */
  failed: string[];
  error: ErrorReport | null;
  isCancelled: boolean;
  /** Seconds that it has run so far. */
  seconds: number;
}

export interface SweepStore {
  /** Null where there is none, or none that can be read; never throws. */
  read(datasetId: string): Promise<KeptSweep | null>;
  /** @throws LabError STORAGE_FULL, STORAGE_UNAVAILABLE, STORAGE_BLOCKED or ARCHIVE_NEWER */
  write(datasetId: string, sweep: KeptSweep): Promise<void>;
  /** @throws LabError as `write` does */
  forget(datasetIds: readonly string[] | 'all'): Promise<void>;
}

const RECORD_VERSION = 1;
/** Datasets whose sweep is kept: beyond, the one that was written longest ago goes. */
const MOST_SWEEPS = 40;

const axisValue = v.union([v.number(), v.string(), v.boolean()]);

const axis = v.pipe(
  v.object({
    name: v.picklist(SWEEP_AXES),
    values: v.pipe(v.array(axisValue), v.maxLength(SWEEP_LIMITS.values)),
  } satisfies Fields<SweepAxis>),
  v.check(({ name, values }) =>
    values.every((value) => (typeof value === 'number') === (axisDomain(name).kind === 'number')),
  ),
);

const plan = v.object({
  axes: v.pipe(v.array(axis), v.minLength(1), v.maxLength(2)),
  splits: v.array(measured),
} satisfies Fields<SweepPlan>);

const METRICS = ['mse', 'r2', 'accuracy', 'balancedAccuracy', 'logLoss', 'rocArea'] as const;
const metrics = v.object(v.entriesFromList(METRICS, v.optional(measured)) satisfies Fields<Metrics>);

const cell = v.object({
  ...v.entriesFromList(['split', 'beta', 'samples', 'trainRows', 'encodeSeconds'], measured),
  ...v.entriesFromList(['bytes', 'bytesStored', 'rawFloat64Bytes'], measured),
  method: v.picklist(['full', 'condensed']),
  task: v.picklist(['regression', 'classification']),
  gd: v.object({
    test: metrics,
    iterations: measured,
    stop: v.picklist(['converged', 'limit']),
    seconds: measured,
  }),
  exact: v.nullable(v.object({ test: metrics, seconds: measured })),
  floor: metrics,
} satisfies Fields<SweepCell>);

const runs = v.array(v.object({ point: v.array(axisValue), cell }));

const error = v.object({
  // One of another version is shown as well.
  code: v.custom<ErrorCode>((code) => typeof code === 'string'),
  what: v.string(),
  todo: v.string(),
  stack: v.optional(v.string()),
} satisfies Fields<ErrorReport>);

const record = v.object({
  version: v.literal(RECORD_VERSION),
  sweep: v.pipe(
    v.object({
      settings: settingsSchema(TABLE_SETTINGS, 'refuse'),
      plan,
      full: runs,
      runs,
      failed: v.array(v.string()),
      error: v.nullable(error),
      isCancelled: v.boolean(),
      seconds: measured,
    } satisfies Fields<KeptSweep>),
    v.check(
      (sweep) =>
        sweep.full.length + sweep.runs.length <= SWEEP_LIMITS.runs &&
        [...sweep.full, ...sweep.runs].every(({ point }) => point.length === sweep.plan.axes.length),
    ),
  ),
});

/** The sweep of a stored record, or null when it is not one. */
function checkRecord(stored: unknown): KeptSweep | null {
  const parsed = v.safeParse(record, stored);
  return parsed.success ? parsed.output.sweep : null;
}

export function createSweepStore(name = DATABASE_NAME): SweepStore {
  let connection: Promise<LabDatabase> | null = null;

  function database(): Promise<LabDatabase> {
    if (connection === null) {
      connection = openDatabase(name, () => {
        connection = null;
      });
      connection.catch(() => {
        connection = null;
      });
    }
    return connection;
  }

  async function guarded<T>(work: (db: LabDatabase) => Promise<T>): Promise<T> {
    try {
      return await work(await database());
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === 'QuotaExceededError') {
        const what = "The browser's store has no room for the results of the sweep.";
        throw new LabError('STORAGE_FULL', what, { cause: thrown });
      }
      throw await explainStorage(thrown, 0);
    }
  }

  return {
    async read(datasetId) {
      try {
        return checkRecord(await guarded((db) => db.get('sweeps', datasetId)));
      } catch {
        return null;
      }
    },
    write(datasetId, sweep) {
      return guarded(async (db) => {
        const tx = db.transaction('sweeps', 'readwrite');
        const done = tx.done;
        done.catch(() => undefined); // The request that failed says why.
        const savedAt = Date.now();
        await tx.store.put({ datasetId, version: RECORD_VERSION, savedAt, sweep });
        let excess = (await tx.store.count()) - MOST_SWEEPS;
        for (
          let cursor = excess > 0 ? await tx.store.index('savedAt').openCursor() : null;
          cursor !== null && excess > 0;
          cursor = await cursor.continue()
        ) {
          if (cursor.primaryKey === datasetId) continue;
          await cursor.delete();
          excess--;
        }
        await done;
      });
    },
    forget(datasetIds) {
      return guarded(async (db) => {
        if (datasetIds === 'all') await db.clear('sweeps');
        else for (const datasetId of datasetIds) await db.delete('sweeps', datasetId);
      });
    },
  };
}
