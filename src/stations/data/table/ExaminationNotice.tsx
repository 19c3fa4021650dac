import { Button, ErrorNotice, Notice, ProgressLine } from '../../../ui/controls/index.ts';
import { formatCount, formatPercent, formatPlural } from '../../../ui/format.ts';
import { doubtWords } from '../../doubtWords.ts';
import { useLabParts } from '../../useLab.ts';

/** What keeps target and features from being learned from, or makes it worth less: each once, with the way out. */
export function ExaminationNotice() {
  const { examined, missing, target, change, cancel } = useLabParts((lab) => ({
    examined: lab.examined,
    missing: lab.settings.missing,
    target: lab.settings.target,
    change: lab.change,
    cancel: lab.cancel,
  }));
  const found = examined.value;
  if (examined.status === 'running' && examined.progress !== null) {
    return (
      <ProgressLine
        progress={examined.progress}
        label="Looking at the features"
        onCancel={() => cancel('examination')}
      />
    );
  }
  if (found === null || examined.stale || found.target !== target) return null;
  if (found.fault !== null) return <ErrorNotice error={found.fault} isQuiet />;
  const { incomplete, trainRows, doubts, isOneByOne } = found;
  const isCostly = incomplete > 0 && missing === 'leave-out';
  if (!isCostly && doubts.length === 0 && !isOneByOne) return null;
  return (
    <Notice tone={isCostly || doubts.length > 0 ? 'warning' : 'info'}>
      {isCostly && (
        <p>
          {formatCount(incomplete)} of {formatPlural(trainRows, 'training record')} (
          {formatPercent(incomplete / trainRows, 0)}) {incomplete === 1 ? 'has' : 'have'} a missing cell in a
          column that is used, and {incomplete === 1 ? 'is' : 'are'} left out.{' '}
          <Button onPress={() => change({ missing: 'fill' })}>Fill with the training mean</Button>
        </p>
      )}
      {doubts.map(doubtWords).map(({ what, todo }) => (
        <p key={what}>
          {what} {todo}
        </p>
      ))}
      {isOneByOne && (
        <p className="soft small">
          There are too many features to look for some that give the target together; each was looked at by
          itself.
        </p>
      )}
    </Notice>
  );
}
