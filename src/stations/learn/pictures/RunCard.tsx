import { memo } from 'react';
import type { TrainingRun } from '../../../contracts/training.ts';
import { ErrorNotice } from '../../../ui/controls/index.ts';
import { LineSwatch, type LineLook } from '../../../ui/charts/LineSwatch.tsx';
import { latestTest } from '../../training/leading.ts';
import { shareDone } from '../../training/pace.ts';
import { useLabParts } from '../../useLab.ts';
import { RunButtons } from './RunButtons.tsx';
import { accuracyWords, buttonsOf, measuredWords, standingWords, type RunPlace } from './runWords.ts';

interface RunCardProps {
  run: TrainingRun;
  title: string;
  look: LineLook;
  place: RunPlace;
  isSelected: boolean;
}

function samePlace(a: RunPlace, b: RunPlace): boolean {
  return a.isActive === b.isActive && a.turn === b.turn && a.isHeld === b.isHeld;
}

/** One run: what it is, how far it is, what it has reached, and what can be done with it. */
export const RunCard = memo(
  function RunCard({ run, title, look, place, isSelected }: RunCardProps) {
    const { selectRun, playRun } = useLabParts((lab) => ({
      selectRun: lab.selectRun,
      playRun: lab.playRun,
    }));
    const test = latestTest(run);
    const measured = measuredWords(run);
    return (
      <li className={isSelected ? 'run-card run-card-selected' : 'run-card'}>
        <div className="run-line">
          <button
            type="button"
            className="run-name"
            aria-pressed={isSelected}
            onClick={() => selectRun(run.id)}
          >
            <LineSwatch look={look} />
            <span>{title}</span>
          </button>
          <span className="run-accuracy">
            {test === null ? (
              <span className="soft">–</span>
            ) : (
              <>
                <span className="visually-hidden">Test accuracy </span>
                {accuracyWords(test.accuracy)}
              </>
            )}
          </span>
          <RunButtons id={run.id} title={title} {...buttonsOf(run, place)} />
          <p className="run-standing">
            {standingWords(run, place)}
            {measured !== '' && <span className="run-measured">{measured}</span>}
          </p>
        </div>
        <span className="run-track" aria-hidden="true">
          <span style={{ transform: `scaleX(${shareDone(run)})`, background: look.colour }} />
        </span>
        {run.error !== null && run.status === 'failed' && !place.isActive && place.turn === 0 && (
          <ErrorNotice error={run.error} retry="Play again" onRetry={() => playRun(run.id)} />
        )}
      </li>
    );
  },
  (a, b) =>
    a.run === b.run &&
    a.title === b.title &&
    a.look.colour === b.look.colour &&
    a.look.stroke === b.look.stroke &&
    a.isSelected === b.isSelected &&
    samePlace(a.place, b.place),
);
