/** The sweeps kept in the browser: the newest of each dataset, under the dataset's id. */
import type { ExperimentSettings, SweepCell } from '../contracts/codec.ts';
import { DEFAULT_SETTINGS } from '../contracts/codec.ts';
import { LabError, type ErrorReport } from '../contracts/errors.ts';
import {
  axisDomain,
  SWEEP_AXES,
  SWEEP_LIMITS,
  type AxisValue,
  type SweepAxis,
  type SweepPlan,
} from '../contracts/link.ts';
import { DATABASE_NAME, explainStorage, openDatabase, type LabDatabase } from './archiveDatabase.ts';

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

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isNumber = (value: unknown): boolean => typeof value === 'number';

function isAxis(value: unknown): value is SweepAxis {
  if (!isObject(value) || !Array.isArray(value.values)) return false;
  const name = SWEEP_AXES.find((candidate) => candidate === value.name);
  if (name === undefined || value.values.length > SWEEP_LIMITS.values) return false;
  const kind = axisDomain(name).kind === 'number' ? ['number'] : ['string', 'boolean'];
  return value.values.every((entry) => kind.includes(typeof entry));
}

function isPlan(value: unknown): value is SweepPlan {
  if (!isObject(value) || !Array.isArray(value.axes) || !Array.isArray(value.splits)) return false;
  const { axes, splits } = value;
  return axes.length >= 1 && axes.length <= 2 && axes.every(isAxis) && splits.every(isNumber);
}

/** Settings have no key of another kind than its default has; one that came later is missing. */
function isSettings(value: unknown): value is Partial<ExperimentSettings> {
  if (!isObject(value)) return false;
  return Object.entries(DEFAULT_SETTINGS).every(
    ([key, standard]) =>
      !Object.hasOwn(value, key) || standard === null || typeof value[key] === typeof standard,
  );
}

const CELL_NUMBERS = [
  ...(['split', 'beta', 'samples', 'trainRows', 'bytes', 'bytesStored', 'rawFloat64Bytes'] as const),
  'encodeSeconds',
] as const;

function isMetrics(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((metric) => metric === undefined || isNumber(metric));
}

function isRun(value: unknown, axes: number): boolean {
  if (!isObject(value) || !Array.isArray(value.point) || value.point.length !== axes) return false;
  const { cell } = value;
  if (!isObject(cell) || !CELL_NUMBERS.every((key) => isNumber(cell[key]))) return false;
  const { gd, exact } = cell;
  return (
    (cell.method === 'full' || cell.method === 'condensed') &&
    (cell.task === 'regression' || cell.task === 'classification') &&
    isMetrics(cell.floor) &&
    isObject(gd) &&
    isMetrics(gd.test) &&
    isNumber(gd.seconds) &&
    isNumber(gd.iterations) &&
    (exact === null || (isObject(exact) && isMetrics(exact.test) && isNumber(exact.seconds)))
  );
}

/** The sweep of a stored record, or null when it is not one. */
function checkRecord(stored: unknown): KeptSweep | null {
  if (!isObject(stored) || stored.version !== RECORD_VERSION || !isObject(stored.sweep)) return null;
  const { sweep } = stored;
  const { settings, plan, full, runs, failed, error, isCancelled, seconds } = sweep;
  if (!isSettings(settings) || !isPlan(plan) || !Array.isArray(full) || !Array.isArray(runs)) return null;
  const all: unknown[] = full.concat(runs);
  const isWhole =
    all.length <= SWEEP_LIMITS.runs &&
    all.every((run) => isRun(run, plan.axes.length)) &&
    Array.isArray(failed) &&
    failed.every((key) => typeof key === 'string') &&
    (error === null ||
      (isObject(error) && typeof error.code === 'string' && typeof error.what === 'string')) &&
    typeof isCancelled === 'boolean' &&
    isNumber(seconds);
  if (!isWhole) return null;
  return { ...(sweep as unknown as KeptSweep), settings: { ...DEFAULT_SETTINGS, ...settings } };
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
