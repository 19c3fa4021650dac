import { Button } from '../../ui/controls/index.ts';
import type { Draft } from './useDraft.ts';

interface BackToFoundProps {
  draft: Pick<Draft<object>, 'discard'>;
  /** Reads what is open with nothing said about it. */
  onRead: () => Promise<void>;
}

/** Takes back all that was said about the reading, also what is not read yet. */
export function BackToFound({ draft, onRead }: BackToFoundProps) {
  return (
    <Button
      onPress={() => {
        draft.discard();
        void onRead();
      }}
    >
      Back to what was found
    </Button>
  );
}
