import { ProgressLine } from '../../ui/controls/index.ts';
import { formatBytes, formatPlural, formatSeconds } from '../../ui/format.ts';
import { useLab } from '../useLab.ts';

/** What the check of an archive found, in a line under its name; nothing before it was asked for. */
export function Verification({ id }: { id: string }) {
  const task = useLab((lab) => lab.verifications[id]);
  if (task === undefined) return null;
  if (task.status === 'running') return <ProgressLine progress={task.progress} label="Verifying" />;
  if (task.error !== null) {
    const { what, todo, code } = task.error;
    return (
      <p className="verification verification-failed" role="alert">
        {what} {todo} <code>{code}</code>
      </p>
    );
  }
  if (task.value === null) return null;
  const { blocks, bytes, records, seconds } = task.value;
  return (
    <p className="verification" role="status">
      verified: {formatPlural(blocks, 'block')}, {formatBytes(bytes)}, {formatPlural(records, 'record')} in{' '}
      {formatSeconds(seconds)}
    </p>
  );
}
