/** How far this browser has come in the lessons. */
import * as v from 'valibot';

const STORAGE_KEY = 'dml-lessons';
/** Lessons that are remembered, those followed last. */
const MOST_LESSONS = 50;

export interface LessonProgress {
  /** The step that was shown last, from 1. */
  step: number;
  isDone: boolean;
}

const schema = v.record(
  v.string(),
  v.object({ step: v.pipe(v.number(), v.integer(), v.minValue(1)), isDone: v.boolean() }),
);

/** By the ids of lessons; nothing where the browser forbids storage, or something else wrote there. */
export function readProgress(): Record<string, LessonProgress> {
  try {
    const result = v.safeParse(schema, JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}'));
    return result.success ? result.output : {};
  } catch {
    return {};
  }
}

/** A lesson that was done once stays so. */
export function keepProgress(id: string, { step, isDone }: LessonProgress): void {
  const { [id]: before, ...others } = readProgress();
  const progress = { step, isDone: isDone || before?.isDone === true };
  const kept = [...Object.entries(others), [id, progress] as const].slice(-MOST_LESSONS);
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // Without storage nothing is remembered.
  }
}
