import { useLabParts } from '../../useLab.ts';
import { PendingReading } from '../PendingReading.tsx';
import type { ImageDraft } from './useImageDraft.ts';

/** Changes to how the open pictures are read. */
export function ImageReadingBar({ draft }: { draft: ImageDraft }) {
  const { task, readImagesAs, cancelLoad } = useLabParts((lab) => ({
    task: lab.images.dataset,
    readImagesAs: lab.readImagesAs,
    cancelLoad: lab.cancelLoad,
  }));
  return (
    <PendingReading
      what="the pictures are read"
      changes={draft.changes}
      task={task}
      onRead={() => void readImagesAs(draft.reading)}
      onCancel={cancelLoad}
      onDiscard={draft.discard}
    />
  );
}
