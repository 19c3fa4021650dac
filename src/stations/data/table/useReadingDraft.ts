import type { ReadingOptions } from '../../../contracts/codec.ts';
import { useLab } from '../../useLab.ts';
import { useDraft, type Draft } from '../useDraft.ts';
import { countChanges } from './readingChoices.ts';

export interface ReadingDraft extends Draft<ReadingOptions> {
  /** Whether the table comes from a file or sample that can be read again. */
  hasFile: boolean;
  /** How many things are said that it was not read with. */
  changes: number;
}

/** What is being said about how the open file should be read. */
export function useReadingDraft(): ReadingDraft {
  const source = useLab((lab) => (lab.source?.kind === 'archive' ? null : lab.source));
  const draft = useDraft<ReadingOptions>(source);
  return { ...draft, hasFile: source !== null, changes: countChanges(draft.current, draft.reading) };
}
