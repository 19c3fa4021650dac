import { useEffect } from 'react';
import { useLab } from '../../useLab.ts';
import { CondensedPanel } from './CondensedPanel.tsx';
import { RandomSampleControls } from './RandomSampleControls.tsx';
import { RandomSamplePanel } from './RandomSamplePanel.tsx';

/** What a network is given in an epoch, and what it might be given instead: computed once someone looks at it. */
export function EpochPanels() {
  const watchEpoch = useLab((lab) => lab.watchEpoch);
  useEffect(() => {
    watchEpoch(true);
    return () => watchEpoch(false);
  }, [watchEpoch]);
  return (
    <section className="train-epoch" aria-label="What an epoch sees">
      <RandomSampleControls />
      <RandomSamplePanel />
      <CondensedPanel />
    </section>
  );
}
