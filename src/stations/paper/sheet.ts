/**
 * A table of the paper as the page shows and saves it: every row with what the paper reports, what comes with the lab,
 * and what this browser has trained.
 */
import { METHOD_METAS } from '../../contracts/methods.ts';
import type { RecordedResult } from '../../contracts/results.ts';
import { TRAINING_SETTINGS } from '../../contracts/training.ts';
import type { SubsetMethod, TrainingRun, TrainingSettings } from '../../contracts/training.ts';
import { formatCount } from '../../ui/format.ts';
import {
  isSameShare,
  paperMethods,
  paperSetting,
  type PaperMeasure,
  type PaperSet,
  type PaperTable,
  type PaperValue,
} from '../training/paper/tables.ts';
import { isFinished } from '../training/results.ts';
import {
  evidenceOf,
  fullSecondsOf,
  ownEvidence,
  shippedEvidence,
  valuesOf,
  type Evidence,
} from './evidence.ts';
import { differencesFrom, PAPER_PICTURES, recordedTraining } from './sets.ts';

export const SOURCES = ['paper', 'ours', 'yours'] as const;
export type Source = (typeof SOURCES)[number];

export const SOURCE_WORDS: Readonly<Record<Source, string>> = {
  paper: 'Paper',
  ours: 'Ours',
  yours: 'Yours',
};

/** What a source has of a row; without values it says why. */
export interface SheetEntry {
  values: Partial<Record<PaperMeasure, PaperValue>>;
  /** One for each seed, by seed; none of the paper's. */
  evidence: readonly Evidence[];
  /** Why there is nothing: "not run"; empty where there is something. */
  lack: string;
}

export interface SheetRow {
  key: string;
  method: SubsetMethod;
  /** 1 of full training. */
  fraction: number;
  /** Whether the paper's table has it. */
  isOfPaper: boolean;
  entries: Readonly<Record<Source, SheetEntry>>;
}

export interface PaperSheet {
  table: PaperTable;
  rows: readonly SheetRow[];
}

/** What is known of the trainings of a set of pictures, besides the paper's. */
export interface Known {
  ours: readonly Evidence[];
  yours: readonly Evidence[];
  /** Shipped results with other settings than the paper's, which stand in no row. */
  others: readonly Evidence[];
  /** One's own trainings of the same network, whatever their other settings: they tell how fast it is here. */
  alike: readonly Evidence[];
  /** Runs of this browser that stand in no row, with the reason. */
  leftOut: { count: number; reason: string }[];
  /** Why runs with the paper's settings failed, by method and share. */
  failures: ReadonlyMap<string, string>;
  /** Runs with the paper's settings that are at work or in the queue. */
  underWay: readonly { method: SubsetMethod; fraction: number; seed: number; isRunning: boolean }[];
}

const GIVES_NOTHING = 'NA: a bin would give nothing';
const NOT_IN_TABLES = 'not in the paper';
const DECIDES_SPEED: readonly (keyof TrainingSettings)[] = ['network', 'width', 'batch', 'augment'];
/** Channels of a network from which it is trained on a graphics card. */
const WIDE = 64;

const rowKey = (method: SubsetMethod, fraction: number): string => `${method} ${fraction}`;

/** Sorts what there is of a set into what compares with the paper and what does not. */
export function knownOf(
  set: PaperSet,
  shipped: readonly RecordedResult[],
  runs: readonly TrainingRun[],
): Known {
  const { title } = PAPER_PICTURES[set];
  const ofSet = shipped
    .filter(
      ({ dataset, method }) =>
        (dataset === set || dataset === title) && METHOD_METAS.find(method) !== undefined,
    )
    .map((result) => shippedEvidence(result, recordedTraining(set, result)));
  const isPapers = ({ settings }: Evidence) => differencesFrom(set, settings).length === 0;
  const reasons = new Map<string, number>();
  const failures = new Map<string, string>();
  const underWay: Known['underWay'][number][] = [];
  const yours: Evidence[] = [];
  const alike: Evidence[] = [];
  for (const run of runs) {
    const differs = differencesFrom(set, run.settings);
    const { method, fraction, seed } = run.settings;
    const evidence = isFinished(run) ? ownEvidence(run) : null;
    if (differs.length === 0 && run.status === 'failed' && run.error !== null) {
      failures.set(rowKey(method, fraction), `failed: ${run.error.code}`);
    }
    if (differs.length === 0 && ['running', 'waiting'].includes(run.status)) {
      underWay.push({ method, fraction, seed, isRunning: run.status === 'running' });
    }
    if (evidence !== null && !differs.some((name) => DECIDES_SPEED.includes(name))) alike.push(evidence);
    if (evidence !== null && differs.length === 0) yours.push(evidence);
    else {
      const reason = evidence === null ? 'not finished' : reasonOf(differs);
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
  return {
    ours: ofSet.filter(isPapers),
    others: ofSet.filter((one) => !isPapers(one)),
    yours,
    alike,
    leftOut: [...reasons].map(([reason, count]) => ({ count, reason })),
    failures,
    underWay,
  };
}

/** "other epochs", "another network" */
function reasonOf(differs: readonly (keyof TrainingSettings)[]): string {
  return `other ${differs.map((name) => TRAINING_SETTINGS.any(name).noun).join(', ')}`;
}

/** "3 runs are left out: 2 with other epochs, 1 not finished." Empty where none is. */
export function leftOutWords({ leftOut }: Known): string {
  const total = leftOut.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return '';
  const parts = leftOut.map(
    ({ count, reason }) => `${formatCount(count)} ${reason.startsWith('other') ? `with ${reason}` : reason}`,
  );
  return `${formatCount(total)} of your ${total === 1 ? 'runs is' : 'runs are'} not in the table: ${parts.join('; ')}.`;
}

/** A table with all that is known of its rows. Methods that the paper's tables do not have follow those that they have. */
export function sheetOf(table: PaperTable, known: Known): PaperSheet {
  const { set } = table;
  const inPaper = paperMethods(set);
  const added = METHOD_METAS.all.flatMap(({ name, usesFraction }) =>
    usesFraction && !inPaper.includes(name) ? [name] : [],
  );
  const shares = [...new Set(table.rows.map(({ fraction }) => fraction))];
  const full = { ours: fullSecondsOf(known.ours), yours: fullSecondsOf(known.yours) };
  const needsCard = (paperSetting(set).width ?? 0) >= WIDE;

  function rowOf(method: SubsetMethod, fraction: number, paper: SheetEntry, isOfPaper: boolean): SheetRow {
    const key = rowKey(method, fraction);
    const isNothing = paper.lack === GIVES_NOTHING;
    const entry = (source: 'ours' | 'yours', lack: string): SheetEntry => {
      const evidence = evidenceOf(known[source], method, fraction);
      return { values: valuesOf(evidence, full[source]), evidence, lack: evidence.length === 0 ? lack : '' };
    };
    const notRun = isNothing ? GIVES_NOTHING : 'not run';
    return {
      ...{ key, method, fraction, isOfPaper },
      entries: {
        paper,
        ours: entry('ours', needsCard && !isNothing ? 'needs a graphics card' : notRun),
        yours: entry('yours', known.failures.get(key) ?? notRun),
      },
    };
  }

  const rows = shares.flatMap((fraction) => [
    ...table.rows
      .filter((row) => isSameShare(row.fraction, fraction))
      .map(({ method, values }) =>
        rowOf(
          method,
          fraction,
          { values: values ?? {}, evidence: [], lack: values === null ? GIVES_NOTHING : '' },
          true,
        ),
      ),
    ...(fraction < 1 ? added : []).map((method) =>
      rowOf(method, fraction, { values: {}, evidence: [], lack: NOT_IN_TABLES }, false),
    ),
  ]);
  return { table, rows };
}
