import { CONTENDER_METAS } from '../../../contracts/plugins.ts';
import { Button, ErrorNotice, ProgressLine } from '../../../ui/controls/index.ts';
import { useLabParts } from '../../useLab.ts';

/** The button that adds the contenders which cost more to make, and how far they are. */
export function RivalsLine() {
  const { rivals, computeFitted, cancelFitted } = useLabParts((lab) => ({
    rivals: lab.fitted.rivals,
    computeFitted: lab.computeFitted,
    cancelFitted: lab.cancelFitted,
  }));
  const labels = new Intl.ListFormat('en-GB').format(
    CONTENDER_METAS.all.filter(({ isCostly }) => isCostly).map(({ label }) => label),
  );
  const { status, value, stale, progress, error } = rivals;
  if (status === 'running')
    return <ProgressLine progress={progress} label={labels} onCancel={() => cancelFitted('rivals')} />;
  if (status === 'failed' && error !== null)
    return <ErrorNotice error={error} isQuiet onRetry={() => void computeFitted('rivals', true)} />;
  if (value !== null && !stale) return null;
  return (
    <div className="learn-times">
      <p>{labels}, with as many samples as the condensed ones, take longer to make.</p>
      <Button onPress={() => void computeFitted('rivals', true)}>Add them</Button>
    </div>
  );
}
