import { memo } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { progressWords, type ProgressView } from '../progress.ts';
import { IconButton } from './Button.tsx';
import { CloseIcon } from './icons.tsx';
import './progressLine.css';

interface ProgressLineProps {
  /** Null while the task has not reported yet. */
  progress: ProgressView | null;
  /** What runs, when no phase is known yet. */
  label: string;
  onCancel?: (() => void) | undefined;
}

/** What a long task is at: phase, how much, how fast, how long still, and a way out. */
export function ProgressLine({ progress, label, onCancel }: ProgressLineProps) {
  const words = progress === null ? null : progressWords(progress);
  const share = words?.share ?? null;
  const phase = progress?.phase ?? label;
  return (
    <div className="progress-line">
      <ProgressBar
        className="progress-words"
        aria-label={phase}
        isIndeterminate={share === null}
        value={share ?? 0}
        minValue={0}
        maxValue={1}
        formatOptions={{ style: 'percent' }}
      >
        <span className="progress-phase">
          {phase}
          <span className="progress-numbers">
            {[words?.amount, words?.rate, words?.left]
              .filter((word) => word !== undefined && word !== '')
              .join(' · ')}
          </span>
        </span>
        <span className={share === null ? 'progress-track progress-unknown' : 'progress-track'}>
          <span className="progress-fill" style={{ transform: `scaleX(${share ?? 1})` }} />
        </span>
      </ProgressBar>
      {onCancel !== undefined && <CancelButton phase={phase} onCancel={onCancel} />}
    </div>
  );
}

/** Rendered once a phase, not on every report. */
const CancelButton = memo(function CancelButton({
  phase,
  onCancel,
}: {
  phase: string;
  onCancel: () => void;
}) {
  return <IconButton label={`Cancel: ${phase}`} icon={<CloseIcon />} variant="quiet" onPress={onCancel} />;
});
