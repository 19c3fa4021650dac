/** What there is to know of an experiment's features and target before anything is trained. */
import { LabError, type ErrorReport } from '../errors.ts';
import type { Pulse } from '../pulse.ts';
import { trueClasses } from '../regression/classification.ts';
import type { Design } from '../regression/design.ts';
import { identifierReason } from './identifiers.ts';
import { findLeaks, type LeakSearch } from './findLeaks.ts';
import type { ExperimentSettings } from './settings.ts';
import { resolveVariables } from './variables.ts';
import type { Workbench } from './workbench.ts';

/** What makes a model worth little: more coefficients than records, or classes that one part of the records lacks. */
export type Doubt =
  | { kind: 'wide'; records: number; coefficients: number }
  | { kind: 'untaught' | 'untested'; classes: string[] };

export interface Examination extends LeakSearch {
  target: string;
  /** Features that name records, each with the reason. */
  ids: { column: string; reason: string }[];
  /** Training records, and how many of them have a missing cell in a column that the model uses. */
  trainRows: number;
  incomplete: number;
  /** Why nothing can be learned at all, or null. */
  fault: ErrorReport | null;
  /** What makes the result worth little. */
  doubts: Doubt[];
}

/**
 * Examines the columns that the settings use.
 *
 * @throws TARGET_UNKNOWN where there is no target, CANCELLED by the pulse; what keeps a model from being made is the
 * examination's `fault`
 */
export async function examine(
  bench: Workbench,
  settings: ExperimentSettings,
  pulse: Pulse,
): Promise<Examination> {
  if (settings.target === null) throw new LabError('TARGET_UNKNOWN', 'There is no target to learn.');
  const { table, split } = await bench.prepare(settings);
  const found: Examination = {
    target: settings.target,
    leaks: [],
    rows: 0,
    isOneByOne: false,
    ids: [],
    trainRows: split.train.length,
    incomplete: 0,
    fault: null,
    doubts: [],
  };
  let design: Design;
  try {
    for (const index of resolveVariables(table, settings)?.features ?? []) {
      const reason = identifierReason(table.columns[index]);
      if (reason !== null) found.ids.push({ column: table.columns[index].name, reason });
      if (pulse.due()) {
        await pulse.beat({ phase: 'Looking at the features', done: 0, total: null, unit: 'columns' });
      }
    }
    design = await bench.design(settings);
  } catch (thrown) {
    const error = LabError.from(thrown);
    if (error.code === 'CANCELLED' || error.code === 'INTERNAL') throw error;
    const { code, what, todo } = error.report();
    return { ...found, fault: { code, what, todo } };
  }
  const names = design.map.sources.map((index) => (index < 0 ? null : table.columns[index].name));
  const ids = new Set(found.ids.map(({ column }) => column));
  const search = await findLeaks(
    design,
    // An identifier may follow the target by chance of the order of records; it is said to be one already.
    names.map((name) => (name !== null && ids.has(name) ? null : name)),
    pulse,
  );
  return { ...found, ...search, incomplete: design.incomplete.train, doubts: doubtsOf(design) };
}

function doubtsOf({ train, test, labels }: Design): Doubt[] {
  const doubts: Doubt[] = [];
  if (train.rows < train.width) {
    doubts.push({ kind: 'wide', records: train.rows, coefficients: train.width });
  }
  if (labels === null) return doubts;
  const lacking = (part: Design['train']): string[] => {
    const seen = new Set(trueClasses(part));
    return labels.filter((_label, place) => !seen.has(place));
  };
  const [untaught, untested] = [lacking(train), lacking(test)];
  if (untaught.length > 0) doubts.push({ kind: 'untaught', classes: untaught });
  if (untested.length > 0) doubts.push({ kind: 'untested', classes: untested });
  return doubts;
}
