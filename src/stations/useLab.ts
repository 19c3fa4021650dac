import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { StoreApi } from 'zustand/vanilla';
import { sampleIdOf } from '../contracts/gallery.ts';
import type { Lab } from './lab.ts';

/** The store of this page, given by the shell. */
export const LabContext = createContext<StoreApi<Lab> | null>(null);

function useLabStore(): StoreApi<Lab> {
  const store = useContext(LabContext);
  if (store === null) throw new Error('useLab needs a LabContext above it');
  return store;
}

/** A value of the lab's state; the view renders again when it is another one (Object.is). */
export function useLab<T>(select: (lab: Lab) => T): T {
  return useStore(useLabStore(), select);
}

/** Several values at once, compared one by one: `const { settings, change } = useLabParts(lab => ({ … }))`. */
export function useLabParts<T>(select: (lab: Lab) => T): T {
  return useStore(useLabStore(), useShallow(select));
}

/**
 * The same for a view of what is reported faster than anyone reads: it renders again at most once per `milliseconds`,
 * and always for the last state. The first change after a quiet while comes at once.
 */
export function useLabSlowly<T>(select: (lab: Lab) => T, milliseconds: number): T {
  const store = useLabStore();
  const subscribe = useCallback(
    (notify: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let last = -Infinity;
      const leave = store.subscribe(() => {
        // A timer that waits is left alone: changes that keep coming would put it off for ever.
        timer ??= setTimeout(
          () => {
            timer = undefined;
            last = performance.now();
            notify();
          },
          Math.max(0, last + milliseconds - performance.now()),
        );
      });
      return () => {
        leave();
        clearTimeout(timer);
      };
    },
    [store, milliseconds],
  );
  const selected = useShallow(select);
  return useSyncExternalStore(subscribe, () => selected(store.getState()));
}

/** Name of what is open, a table or pictures; null while there is nothing. */
export function openName({ kind, dataset, images }: Lab): string | null {
  return (kind === 'images' ? images.dataset.value?.name : dataset.value?.name) ?? null;
}

/** Id of what is open, a table or pictures; null while there is nothing. */
export function openId({ kind, dataset, images }: Lab): string | null {
  return (kind === 'images' ? images.dataset.value?.id : dataset.value?.id) ?? null;
}

/** Id of the sample that is open, whichever way it came in; null where it is none. */
export function openSample({ kind, dataset, images }: Lab): string | null {
  const open = kind === 'images' ? images.dataset.value : dataset.value;
  return open === null ? null : sampleIdOf(open);
}
