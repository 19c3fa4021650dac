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
  const { blocks, bytes, records, seconds, claims } = task.value;
  return (
    <p className="verification" role="status">
      {claims === null ? 'verified' : 'read whole'}: {formatPlural(blocks, 'block')}, {formatBytes(bytes)},{' '}
      {formatPlural(records, claims === null ? 'record' : 'picture')} in {formatSeconds(seconds)}
      {claims === null
        ? '; what they decode to is the dataset that it names'
        : `; the pictures have the checksums that it states. That they were made from those that it names (${claims.slice(0, 8)}…), and with what losses, is not proven by it`}
    </p>
  );
}
