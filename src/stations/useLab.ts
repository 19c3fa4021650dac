import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { StoreApi } from 'zustand/vanilla';
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

/** Name of what is open, a table or pictures; null while there is nothing. */
export function openName({ kind, dataset, images }: Lab): string | null {
  return (kind === 'images' ? images.dataset.value?.name : dataset.value?.name) ?? null;
}
