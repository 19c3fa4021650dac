import { Sheet } from '../ui/controls/index.ts';
import './help.css';

const WORDS: readonly { word: string; role?: string; meaning: string }[] = [
  {
    word: 'base',
    role: 'base',
    meaning: 'bits that hardly ever change, stored once for all the records that share them.',
  },
  { word: 'base ID', role: 'id', meaning: 'which base a record uses.' },
  {
    word: 'deviation',
    role: 'deviation',
    meaning: 'the bits of a record that are in no base; they stay with the record.',
  },
  {
    word: 'analytics bits, β',
    role: 'analytics',
    meaning: 'the β bits that say most about the features; records that agree on them form a cluster.',
  },
  { word: 'condensed sample', role: 'analytics', meaning: 'the mean of the records of one cluster.' },
  { word: 'weight', role: 'weight', meaning: 'how many records a condensed sample stands for.' },
  {
    word: 'plateau threshold, τ',
    meaning:
      'how many bits in a row may fail to make the archive smaller before the search for the base stops.',
  },
  { word: 'entropy', meaning: 'how much a bit tells, from 0 (always the same) to 1 bit (a coin toss).' },
];

const SHORTCUTS: readonly { keys: string; does: string }[] = [
  { keys: '1 – 5', does: 'go to Data, Bits, Archive, Learn, Sweep' },
  { keys: 'H', does: 'go to How it works' },
  { keys: 'P', does: 'go to The paper' },
  { keys: 'O', does: 'open a file' },
  { keys: '?', does: 'this help' },
  { keys: 'Esc', does: 'close what is open' },
];

interface HelpDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

export function HelpDialog({ isOpen, onClose }: HelpDialogProps) {
  return (
    <Sheet title="What this lab does" isOpen={isOpen} onClose={onClose}>
      <div className="help">
        <p>
          A table of numbers is a table of bits, and most of its bits repeat. The lab finds the bits that
          repeat and stores them once, without losing a single digit. It finds the bits that inform and
          condenses the table to a few weighted samples. A model learns from those samples, and you see how
          close it comes to one that has seen every record. Drop a file anywhere on the page to try it on your
          own data: CSV, LIBSVM, Parquet, or an archive.
        </p>
        <p className="help-privacy">
          <strong>Everything stays on this machine.</strong> No file, no number and no setting leaves the
          browser; a link holds settings, never data.
        </p>

        <h3>Words</h3>
        <dl className="help-words">
          {WORDS.map(({ word, role, meaning }) => (
            <div key={word}>
              <dt className={role === undefined ? undefined : `role-${role}`}>{word}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>

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
        <p className="soft small">
          The method is that of <cite>dreaMLearning: Data Compression Assisted Machine Learning</cite> (arXiv
          2506.22190). Its tables stand beside what was measured here at The paper.
        </p>
      </div>
    </Sheet>
  );
}
