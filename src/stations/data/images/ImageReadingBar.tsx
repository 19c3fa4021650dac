import { Button, ProgressLine } from '../../../ui/controls/index.ts';
import { formatPlural } from '../../../ui/format.ts';
import { useLabParts } from '../../useLab.ts';
import type { ImageDraft } from './useImageDraft.ts';

/** What was said about the reading and is not read yet, in reach wherever the page is scrolled to. */
export function ImageReadingBar({ draft }: { draft: ImageDraft }) {
  const { task, readImagesAs, cancelLoad } = useLabParts((lab) => ({
    task: lab.images.dataset,
    readImagesAs: lab.readImagesAs,
    cancelLoad: lab.cancelLoad,
  }));
  if (draft.changes === 0) return null;
  return (
    <section className="reading-bar" aria-label="Changes to the reading">
      {task.status === 'running' ? (
        <ProgressLine progress={task.progress} label="Reading" onCancel={cancelLoad} />
      ) : (
        <>
          <p>
            <strong>{formatPlural(draft.changes, 'change')}</strong> to how the pictures are read.
          </p>
          <Button variant="primary" onPress={() => void readImagesAs(draft.reading)}>
            Read again
          </Button>
          <Button variant="quiet" onPress={draft.discard}>
            Discard
          </Button>
        </>
      )}
    </section>
  );
}
