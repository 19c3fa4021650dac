import { useState } from 'react';
import type { ImageReading, ImageSource } from '../../../contracts/images.ts';
import { useLab } from '../../useLab.ts';

export interface ImageDraft {
  /** Whether the pictures come from files or a sample that can be read again. */
  hasFiles: boolean;
  /** What the controls say; it is read on demand, since many pictures take their time. */
  reading: ImageReading;
  /** What the open pictures were read with. */
  current: ImageReading;
  /** How many things are said that they were not read with. */
  changes: number;
  say: (change: Partial<ImageReading>) => void;
  discard: () => void;
}

const NOTHING_SAID: ImageReading = {};

/** Choices in which two readings differ. */
export function countReadingChanges(a: ImageReading, b: ImageReading): number {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof ImageReading>;
  return [...names].filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name])).length;
}

/** A reading with a change; what is said to be undefined is left to the reader again. */
export function withReading(reading: ImageReading, change: Partial<ImageReading>): ImageReading {
  const merged = Object.entries({ ...reading, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(merged);
}

/** What is being said about how the open pictures should be read. Other pictures, or a reading done, end it. */
export function useImageDraft(): ImageDraft {
  const source = useLab((lab) => lab.images.source);
  const [draft, setDraft] = useState<{ source: ImageSource; reading: ImageReading } | null>(null);
  const hasFiles = source !== null && source.kind !== 'archive';
  const current = hasFiles ? (source.reading ?? NOTHING_SAID) : NOTHING_SAID;
  const reading = draft !== null && draft.source === source ? draft.reading : current;
  return {
    hasFiles,
    reading,
    current,
    changes: countReadingChanges(current, reading),
    say: (change) => {
      if (hasFiles) setDraft({ source, reading: withReading(reading, change) });
    },
    discard: () => setDraft(null),
  };
}
