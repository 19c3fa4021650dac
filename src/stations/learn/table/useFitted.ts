import { useEffect, useState, type RefObject } from 'react';
import type { FittedPart } from '../../lab.ts';
import { useLabParts } from '../../useLab.ts';

/** How far below the window a figure is when its numbers are begun, in pixels. */
const NEAR = 400;

/** Computes a part of the fitted models once both optima are there and its figure is near. */
export function useFitted(part: FittedPart, place: RefObject<Element | null>): void {
  const isNear = useNear(place);
  const { isReady, isWanted, computeFitted } = useLabParts(({ learn, fitted, computeFitted }) => {
    const { status, value, stale } = fitted[part];
    return {
      computeFitted,
      isReady: [learn.full, learn.condensed].every(
        ({ closedForm }) => closedForm.status === 'done' && !closedForm.stale,
      ),
      isWanted: status === 'idle' || (status === 'done' && (value === null || stale)),
    };
  });
  const isDue = isNear && isReady && isWanted;
  useEffect(() => {
    if (isDue) void computeFitted(part);
  }, [isDue, part, computeFitted]);
}

/** Whether an element has been near the window. */
function useNear(place: RefObject<Element | null>): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (element === null || isNear) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: `${NEAR}px` },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [place, isNear]);
  return isNear;
}
