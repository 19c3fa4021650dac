import { useEffect, type RefObject } from 'react';
import { useNear } from '../../../ui/useNear.ts';
import type { FittedPart } from '../../lab/learn.ts';
import { useLabParts } from '../../useLab.ts';

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
