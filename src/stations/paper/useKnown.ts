/** What is known of the trainings of a set, whatever is open: shipped results, and the runs that this browser keeps. */
import { useEffect, useMemo, useState } from 'react';
import type { TrainingRun } from '../../contracts/training.ts';
import { useShipped } from '../training/shipped.ts';
import type { PaperSet } from '../training/paper/tables.ts';
import { useLab, useLabSlowly } from '../useLab.ts';
import { datasetIdOf, isOfSet } from './sets.ts';
import { knownOf, type Known } from './sheet.ts';

/** Views follow a training twice a second. */
const LOOK_EVERY = 500;
const NONE: readonly TrainingRun[] = [];

/** The dataset id by which the set is open now; null while it is not. */
export function useOpenSet(set: PaperSet): string | null {
  return useLab(({ kind, images }) => {
    const summary = kind === 'images' ? images.dataset.value : null;
    return summary !== null && isOfSet(summary, set) ? summary.id : null;
  });
}

/** Finished and unfinished runs of the set: those of the open pictures, else those that are kept. */
function useRuns(set: PaperSet): readonly TrainingRun[] {
  const isOpen = useOpenSet(set) !== null;
  const open = useLabSlowly(({ images }) => images.training.runs, LOOK_EVERY);
  const keptRuns = useLab((lab) => lab.keptRuns);
  const [kept, setKept] = useState<{ set: PaperSet; runs: readonly TrainingRun[] } | null>(null);
  useEffect(() => {
    const id = datasetIdOf(set);
    let isWanted = !isOpen && id !== null;
    if (isWanted && id !== null) {
      void keptRuns(id).then((runs) => {
        if (isWanted) setKept({ set, runs });
      });
    }
    return () => {
      isWanted = false;
    };
  }, [set, isOpen, keptRuns]);
  if (isOpen) return open;
  return kept?.set === set ? kept.runs : NONE;
}

export function useKnown(set: PaperSet): Known {
  const shipped = useShipped();
  const runs = useRuns(set);
  // What a running training reports changes nothing of what is finished.
  const key = runs.map(({ id, status }) => `${id} ${status}`).join();
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- runs are told apart by the key
  const settled = useMemo(() => runs, [key]);
  return useMemo(() => knownOf(set, shipped ?? [], settled), [set, shipped, settled]);
}
