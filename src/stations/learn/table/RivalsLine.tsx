import { Button, ErrorNotice, ProgressLine } from '../../../ui/controls/index.ts';
import { useLabParts } from '../../useLab.ts';

/** The button that adds the contenders which cost more to make, and how far they are. */
export function RivalsLine() {
  const { rivals, computeFitted, cancelFitted } = useLabParts((lab) => ({
    rivals: lab.fitted.rivals,
    computeFitted: lab.computeFitted,
    cancelFitted: lab.cancelFitted,
  }));
  const { status, value, stale, progress, error } = rivals;
  if (status === 'running')
    return (
      <ProgressLine
        progress={progress}
        label="k-means and GreedyGD"
        onCancel={() => cancelFitted('rivals')}
      />
    );
  if (status === 'failed' && error !== null)
    return <ErrorNotice error={error} isQuiet onRetry={() => void computeFitted('rivals', true)} />;
  if (value !== null && !stale) return null;
  return (
    <div className="learn-times">
      <p>k-means centres and GreedyGD’s bases, as many as the condensed samples, take longer to make.</p>
      <Button onPress={() => void computeFitted('rivals', true)}>Add them</Button>
    </div>
  );
}
