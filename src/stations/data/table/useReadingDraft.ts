import { useState } from 'react';
import type { DatasetSource, ReadingOptions } from '../../../contracts/codec.ts';
import { useLab } from '../../useLab.ts';
import { countChanges } from './readingChoices.ts';

export interface ReadingDraft {
  /** Whether the table comes from a file or sample that can be read again. */
  hasFile: boolean;
  /** What the controls say; it is read on demand, since a large file takes its time. */
  reading: ReadingOptions;
  /** What the open table was read with. */
  current: ReadingOptions;
  /** How many things are said that it was not read with. */
  changes: number;
  say: (reading: ReadingOptions) => void;
  discard: () => void;
}

const NOTHING_SAID: ReadingOptions = {};

/** What is being said about how the open file should be read. Another file, or a reading done, ends it. */
export function useReadingDraft(): ReadingDraft {
  const source = useLab((lab) => lab.source);
  const [draft, setDraft] = useState<{ source: DatasetSource; reading: ReadingOptions } | null>(null);
  const hasFile = source !== null && source.kind !== 'archive';
  const current = hasFile ? (source.reading ?? NOTHING_SAID) : NOTHING_SAID;
  const reading = draft !== null && draft.source === source ? draft.reading : current;
  return {
    hasFile,
    reading,
    current,
    changes: countChanges(current, reading),
    say: (next) => {
      if (hasFile) setDraft({ source, reading: next });
    },
    discard: () => setDraft(null),
  };
}
