import type { Task } from '../lab/task.ts';
import { Button, ProgressLine } from '../../ui/controls/index.ts';
import { formatPlural } from '../../ui/format.ts';

interface PendingReadingProps {
  /** What is read: "the file is read". */
  what: string;
  /** Changes that were made and are not read yet. */
  changes: number;
  task: Task<unknown>;
  onRead: () => void;
  onCancel: () => void;
  onDiscard: () => void;
}

/** What was said about the reading and is not read yet, in reach wherever the page is scrolled to. */
export function PendingReading({ what, changes, task, onRead, onCancel, onDiscard }: PendingReadingProps) {
  if (changes === 0) return null;
  return (
    <section className="reading-bar" aria-label="Changes to the reading">
      {task.status === 'running' ? (
        <ProgressLine progress={task.progress} label="Reading" onCancel={onCancel} />
      ) : (
        <>
          <p>
            <strong>{formatPlural(changes, 'change')}</strong> to how {what}.
          </p>
          <Button variant="primary" onPress={onRead}>
            Read again
          </Button>
          <Button variant="quiet" onPress={onDiscard}>
            Discard
          </Button>
        </>
      )}
    </section>
  );
}
