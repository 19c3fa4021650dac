import { memo } from 'react';
import { METHOD_METAS } from '../../contracts/methods.ts';
import { Button, PlayIcon } from '../../ui/controls/index.ts';
import { formatRoughly } from '../../ui/format.ts';
import { estimateOf } from './estimate.ts';
import { paperTraining } from './sets.ts';
import { isSameShare, type PaperSet } from '../training/paper/tables.ts';
import type { Known, SheetRow } from './sheet.ts';
import { rowWords } from './words.ts';

interface TrainRowProps {
  set: PaperSet;
  row: SheetRow;
  known: Known;
  seeds: readonly number[];
  /** Whether the pictures are open, or can be opened. */
  isAble: boolean;
  onTrain: (row: SheetRow) => void;
}

/** Trains a row with the paper's settings, with the time that it is expected to take beside it. */
export const TrainRow = memo(function TrainRow({ set, row, known, seeds, isAble, onTrain }: TrainRowProps) {
  const { method, fraction } = row;
  if (METHOD_METAS.find(method) === undefined) return <span className="soft">not in this lab</span>;
  const done = new Set(row.entries.yours.evidence.map(({ result }) => result.seed));
  const left = seeds.filter((seed) => !done.has(seed));
  if (left.length === 0) return <span className="soft">trained</span>;
  if (row.entries.paper.values.accuracy === undefined && row.isOfPaper)
    return <span className="soft">gives nothing</span>;
  const { seconds } = estimateOf(set, paperTraining(set, { method, fraction, seed: 1 }), known);
  const standing = standingWords(row, left, known) ?? formatRoughly(seconds * left.length);
  return (
    <span className="paper-train">
      <Button
        variant="quiet"
        icon={<PlayIcon />}
        isDisabled={!isAble}
        aria-label={`Train ${rowWords(row)}: ${standing}`}
        onPress={() => onTrain(row)}
      >
        Train
      </Button>
      <span className="soft">{standing}</span>
    </span>
  );
});

/** "training now", "waits its turn"; null while a seed that is wanted has not been asked for. */
function standingWords(
  { method, fraction }: SheetRow,
  seeds: readonly number[],
  { underWay }: Known,
): string | null {
  const own = underWay.filter((run) => run.method === method && isSameShare(run.fraction, fraction));
  if (!seeds.every((seed) => own.some((run) => run.seed === seed))) return null;
  return own.some(({ isRunning }) => isRunning) ? 'training now' : 'waits its turn';
}
