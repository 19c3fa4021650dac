import { useEffect, useState, type ReactNode } from 'react';
import { takeTurn } from './turns.ts';

/** Parts of a page that are mounted in a task of their own, after what stands before them. */
export function Later({ children }: { children: ReactNode }) {
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    let isGone = false;
    takeTurn(() => {
      if (!isGone) setDue(true);
    });
    return () => {
      isGone = true;
    };
  }, []);
  return isDue ? children : null;
}
