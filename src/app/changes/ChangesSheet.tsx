import type { Stage } from '../../stations/lab/changes.ts';
import { useLab, useLabParts } from '../../stations/useLab.ts';
import { Button, RedoIcon, Sheet, UndoIcon } from '../../ui/controls/index.ts';
import { formatDate } from '../../ui/format.ts';
import { ComparePanel } from './ComparePanel.tsx';
import { numbersOf, numbersWords } from './measures.ts';
import './changes.css';

interface ChangesSheetProps {
  isOpen: boolean;
  onClose: () => void;
}

/** What was changed, to go back to, and the experiments that were pinned beside the present one. */
export function ChangesSheet({ isOpen, onClose }: ChangesSheetProps) {
  const { stages, now } = useLab((lab) => lab.changes);
  const { undo, redo } = useLabParts((lab) => ({ undo: lab.undo, redo: lab.redo }));
  return (
    <Sheet title="Changes" isOpen={isOpen} onClose={onClose}>
      <div className="changes">
        <div className="changes-actions">
          <Button icon={<UndoIcon />} isDisabled={now <= 0} onPress={undo}>
            Undo
          </Button>
          <Button icon={<RedoIcon />} isDisabled={now >= stages.length - 1} onPress={redo}>
            Redo
          </Button>
          <span className="soft small">Ctrl+Z and Ctrl+Y, anywhere but in a text field</span>
        </div>
        {stages.length <= 1 ? (
          <p className="soft">Nothing was changed yet. Every setting that you change is listed here.</p>
        ) : (
          <ol className="changes-list" aria-label="Changes, the newest first">
            {stages
              .map((stage, at) => (
                <StageItem key={stage.id} stage={stage} isNow={at === now} isUndone={at > now} />
              ))
              .reverse()}
          </ol>
        )}
        <ComparePanel onGo={onClose} />
      </div>
    </Sheet>
  );
}

interface StageItemProps {
  stage: Stage;
  isNow: boolean;
  isUndone: boolean;
}

function StageItem({ stage, isNow, isUndone }: StageItemProps) {
  const goToStage = useLab((lab) => lab.goToStage);
  // Those of the present one are on the page, and change as it computes.
  const present = useLab((lab) => (isNow ? numbersWords(stage.shot.kind, numbersOf(lab)) : ''));
  const numbers = isNow
    ? present
    : stage.numbers === null
      ? ''
      : numbersWords(stage.shot.kind, stage.numbers);
  return (
    <li
      className={isUndone ? 'changes-item changes-undone' : 'changes-item'}
      aria-current={isNow ? 'step' : undefined}
    >
      <div>
        <p className="changes-words">{stage.words}</p>
        <p className="soft small">
          {formatDate(stage.at)}
          {numbers !== '' && ` · ${numbers}`}
        </p>
      </div>
      {isNow ? (
        <span className="changes-now">now</span>
      ) : (
        <Button aria-label={`Go to: ${stage.words}`} onPress={() => goToStage(stage.id)}>
          {isUndone ? 'Do again' : 'Go back here'}
        </Button>
      )}
    </li>
  );
}
