import { useLabParts } from '../../useLab.ts';
import { PendingReading } from '../PendingReading.tsx';
import type { ReadingDraft } from './useReadingDraft.ts';

/** Changes to how the open table is read. */
export function ReadingBar({ draft }: { draft: ReadingDraft }) {
  const { task, readAs, cancelLoad } = useLabParts((lab) => ({
    task: lab.dataset,
    readAs: lab.readAs,
    cancelLoad: lab.cancelLoad,
  }));
  return (
    <PendingReading
      what="the file is read"
      changes={draft.changes}
      task={task}
      onRead={() => void readAs(draft.reading)}
      onCancel={cancelLoad}
      onDiscard={draft.discard}
    />
  );
}
