/** What is said about how an open dataset should be read: choices are made one by one, and read together. */
import { useState } from 'react';

/** Choices in which two readings differ, by name. */
export function differing<R extends object>(a: R, b: R): (keyof R)[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])] as (keyof R)[];
  return names.filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
}

/** `to` with what `said` says otherwise than `from` did. */
export function carriedOver<R extends object>(from: R, said: R, to: R): R {
  const carried: Partial<R> = { ...to };
  for (const name of differing(from, said)) {
    if (name in said) carried[name] = said[name];
    else delete carried[name];
  }
  return carried as R;
}

/** What is open, as it was read; it is another one when it has been read again. */
interface Source<R> {
  reading?: R;
}

/** Whether two sources are the same files, however they are read. */
function isSame(a: object, b: object): boolean {
  const left = { ...a, reading: null } as Record<string, unknown>;
  const right = { ...b, reading: null } as Record<string, unknown>;
  return Object.keys({ ...left, ...right }).every((name) => left[name] === right[name]);
}

interface Said<R> {
  source: Source<R>;
  /** What the source was read with, and what is said instead. */
  from: R;
  reading: R;
}

export interface Draft<R> {
  /** What the open dataset was read with. */
  current: R;
  /** What the controls say; it is read on demand, since much takes its time. */
  reading: R;
  say: (reading: R) => void;
  discard: () => void;
}

const NOTHING = {};

/**
 * Other files end a draft. A reading done ends what it was done with; what else is said stays, be it since before.
 *
 * @param source null where nothing is open that can be read again
 */
export function useDraft<R extends object>(source: Source<R> | null): Draft<R> {
  const current = source?.reading ?? (NOTHING as R);
  const [draft, setDraft] = useState<Said<R> | null>(null);
  if (draft !== null && draft.source !== source) {
    const reading = carriedOver(draft.from, draft.reading, current);
    const goesOn = source !== null && isSame(draft.source, source) && differing(reading, current).length > 0;
    setDraft(goesOn ? { source, from: current, reading } : null);
  }
  return {
    current,
    reading: draft !== null && draft.source === source ? draft.reading : current,
    say: (reading) => {
      if (source !== null) setDraft({ source, from: current, reading });
    },
    discard: () => setDraft(null),
  };
}
