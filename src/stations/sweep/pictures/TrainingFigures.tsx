import { memo, useMemo, useState } from 'react';
import type { ScaleKind } from '../../../ui/charts/scale.ts';
import { Segments } from '../../../ui/charts/Segments.tsx';
import { formatPlural } from '../../../ui/format.ts';
import { FigurePanel } from '../../FigurePanel.tsx';
import { paperResult } from '../../training/paperTable.ts';
import type { TrainingGroup } from '../../training/results.ts';
import {
  accuracyFigure,
  hasTimeShares,
  residentFigure,
  timeFigure,
  type FigureSubject,
  type TimeMeasure,
} from './shareFigures.ts';
import { paperWords } from './trainingHeadline.ts';

const SCALES = [
  { value: 'log', label: 'Log' },
  { value: 'linear', label: 'Linear' },
] as const;

const MEASURES = [
  { value: 'share', label: 'Of full' },
  { value: 'seconds', label: 'Seconds' },
] as const;

interface TrainingFiguresProps {
  /** Of one network and width; at least one. */
  groups: readonly TrainingGroup[];
}

/** Accuracy, time and memory against the share of the pictures that an epoch sees. */
export const TrainingFigures = memo(function TrainingFigures({ groups }: TrainingFiguresProps) {
  const [scale, setScale] = useState<ScaleKind>('log');
  const [{ network, width, runs }] = groups;
  const { datasetId } = runs[0];
  const subject = useMemo<FigureSubject>(
    () => ({ groups, paper: paperResult(datasetId, network, width), scale }),
    [groups, datasetId, network, width, scale],
  );
  const accuracy = useMemo(() => accuracyFigure(subject), [subject]);
  const resident = useMemo(() => residentFigure(subject), [subject]);
  const scales = useMemo(
    () => <Segments label="Share axis" value={scale} options={SCALES} onChange={setScale} />,
    [scale],
  );
  const over = overWords(groups);
  const paper = paperWords(datasetId, groups);
  return (
    <>
      <FigurePanel
        name="sweep-accuracy"
        title="Accuracy"
        caption={`on the test pictures after the last epoch, ${over}`}
        actions={scales}
        figure={accuracy}
      >
        {paper !== '' && <p className="training-note">{paper}</p>}
      </FigurePanel>
      <div className="side-by-side">
        <TimePanel subject={subject} over={over} />
        <FigurePanel
          name="sweep-memory"
          title="Training data in memory"
          caption={`peak of subsets and of what is held of the archive, ${over}`}
          figure={resident}
        />
      </div>
    </>
  );
});

function TimePanel({ subject, over }: { subject: FigureSubject; over: string }) {
  const [wanted, setMeasure] = useState<TimeMeasure>('share');
  const hasShares = hasTimeShares(subject.groups);
  const measure = hasShares ? wanted : 'seconds';
  const figure = useMemo(() => timeFigure(subject, measure), [subject, measure]);
  const actions = useMemo(
    () =>
      hasShares ? (
        <Segments label="Time as" value={measure} options={MEASURES} onChange={setMeasure} />
      ) : null,
    [hasShares, measure],
  );
  return (
    <FigurePanel
      name="sweep-seconds"
      title="Time per epoch"
      caption={`fetching and training, without evaluation, ${over}`}
      actions={actions}
      figure={figure}
    />
  );
}

/** "mean of 3 seeds, bars one standard deviation" */
function overWords(groups: readonly TrainingGroup[]): string {
  const most = Math.max(...groups.map(({ runs }) => runs.length));
  return most > 1 ? `mean of ${formatPlural(most, 'seed')}, bars one standard deviation` : '1 seed';
}
