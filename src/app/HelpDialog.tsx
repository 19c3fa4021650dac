import { lazy, Suspense } from 'react';
import { useLab } from '../stations/useLab.ts';
import { Button, Sheet } from '../ui/controls/index.ts';
import './help.css';

const GlossaryList = lazy(() =>
  import('../ui/glossary/GlossaryList.tsx').then((m) => ({ default: m.GlossaryList })),
);

const SHORTCUTS: readonly { keys: string; does: string }[] = [
  { keys: '1 – 5', does: 'go to Data, Bits, Archive, Learn, Sweep' },
  { keys: 'H', does: 'go to How it works' },
  { keys: 'P', does: 'go to The paper' },
  { keys: 'L', does: 'lessons' },
  {
    keys: 'F',
    does: 'present one figure after the other: arrows go on, F again fills the screen, Esc ends it',
  },
  { keys: 'O', does: 'open a file' },
  { keys: 'Ctrl+Z', does: 'undo a change of a setting; Ctrl+Y does it again' },
  { keys: '?', does: 'this help' },
  { keys: 'Esc', does: 'close what is open' },
];

interface HelpDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

export function HelpDialog({ isOpen, onClose }: HelpDialogProps) {
  const showLessons = useLab((lab) => lab.showLessons);
  return (
    <Sheet title="What this lab does" isOpen={isOpen} onClose={onClose}>
      <div className="help">
        <p>
          A table of numbers is a table of bits, and most of its bits repeat. The lab finds the bits that
          repeat and stores them once, without losing a single digit. It sorts the records into clusters by
          the top bits of every column and condenses each cluster into one weighted sample. A model learns
          from those samples, and you see how close it comes to one that has seen every record. Drop a file
          anywhere on the page to try it on your own data: CSV, LIBSVM, Parquet, pictures, or an archive.
        </p>
        <p className="help-privacy">
          <strong>Everything stays on this machine.</strong> No file, no number and no setting leaves the
          browser; a link holds settings, never data.
        </p>

        <h3>Lessons</h3>
        <p>Short walks through the lab, each about one question, with something to try at every step.</p>
        <p>
          <Button
            onPress={() => {
              onClose();
              showLessons(true);
            }}
          >
            See the lessons
          </Button>
        </p>

        <h3>Shortcuts</h3>
        <dl className="help-words">
          {SHORTCUTS.map(({ keys, does }) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>

        <h3>For a class</h3>
        <p>
          Add <code>&amp;embed=1</code> to a link to show one station alone, for slides, and{' '}
          <code>&amp;hide=bits,learn</code> to hide the controls of stations.
        </p>
        <h3>Words</h3>
        <p className="soft small">
          Point at a dotted word anywhere on the page, or tap it, to see what it means.
        </p>
        <Suspense fallback={null}>
          <GlossaryList />
        </Suspense>
        <p className="soft small">
          The method is that of <cite>dreaMLearning: Data Compression Assisted Machine Learning</cite> (arXiv
          2506.22190). Its tables stand beside what was measured here at The paper.
        </p>
      </div>
    </Sheet>
  );
}
