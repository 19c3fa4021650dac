import type { ImageReading } from '../../../contracts/images.ts';
import { useLab } from '../../useLab.ts';
import { differing, useDraft, type Draft } from '../useDraft.ts';

export interface ImageDraft extends Omit<Draft<ImageReading>, 'say'> {
  /** Whether the pictures come from files or a sample that can be read again. */
  hasFiles: boolean;
  /** How many things are said that they were not read with. */
  changes: number;
  say: (change: Partial<ImageReading>) => void;
}

/** A reading with a change; what is said to be undefined is left to the reader again. */
export function withReading(reading: ImageReading, change: Partial<ImageReading>): ImageReading {
  const merged = Object.entries({ ...reading, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(merged);
}

/** What is being said about how the open pictures should be read. */
export function useImageDraft(): ImageDraft {
  const source = useLab(({ images }) => (images.source?.kind === 'archive' ? null : images.source));
  const { current, reading, say, discard } = useDraft<ImageReading>(source);
  return {
    hasFiles: source !== null,
    current,
    reading,
    changes: differing(current, reading).length,
    say: (change) => say(withReading(reading, change)),
    discard,
  };
}
