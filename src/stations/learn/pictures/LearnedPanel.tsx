import { useMemo, type ReactNode } from 'react';
import { Panel } from '../../../ui/controls/index.ts';
import { useThrottled } from '../../../ui/charts/useThrottled.ts';
import { formatCount, formatDay, formatPercent, formatPlural } from '../../../ui/format.ts';
import { MethodNotes } from '../../training/MethodNotes.tsx';
import { isFinished } from '../../training/results.ts';
import { useShipped } from '../../training/shipped.ts';
import { methodShareWords, networkWords } from '../../training/words.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { againstFull, ownLearned, shippedLearned, type Learned } from './learned.ts';
import { NothingTrained } from './NothingTrained.tsx';
import { accuracyWords } from './runWords.ts';
import './learned.css';

/** Runs report many times a second. */
const FOLLOW_EVERY = 500;

/** What the page leads with: what was learned here, and beside it what came with the lab. */
export function LearnedPanel() {
  const live = useLabParts(({ images: { training } }) => ({
    runs: training.runs,
    selected: training.selected,
  }));
  const training = useThrottled(live, FOLLOW_EVERY);
  const planned = useLab((lab) => lab.images.training.settings);
  const datasetId = useLab((lab) => lab.images.dataset.value?.id ?? '');
  const shipped = useShipped();
  const own = useMemo(() => ownLearned(training), [training]);
  const settings = own?.run.settings ?? planned;
  const example = useMemo(
    () => (shipped === null ? null : shippedLearned(shipped, datasetId, settings)),
    [shipped, datasetId, settings],
  );
  const hasRuns = training.runs.length > 0;
  // A run that has only begun is shown by the list of runs.
  if (own === null && example === null && hasRuns) return null;
  return (
    <Panel name="learned" title="What was learned" caption="test pictures that are classified correctly">
      <div className="learned">
        {own !== null ? (
          <Side title="Yours" learned={own} tone="own">
            {!isFinished(own.run) && <p>{soFarWords(own)}</p>}
          </Side>
        ) : (
          <div className="learned-side">
            <h4>Yours</h4>
            {hasRuns ? <p>Appears with the first look at the test pictures.</p> : <NothingTrained />}
          </div>
        )}
        {example !== null && (
          <Side title="Shipped with the lab" learned={example} tone="shipped">
            <p>
              Measured on {formatDay(example.date)} on {example.where}, with
            </p>
            <code className="learned-command">{example.command}</code>
          </Side>
        )}
      </div>
      <MethodNotes methods={[own, example].flatMap((side) => side?.method ?? [])} />
    </Panel>
  );
}

interface SideProps {
  title: string;
  learned: Learned;
  tone: 'own' | 'shipped';
  children: ReactNode;
}

function Side({ title, learned, tone, children }: SideProps) {
  const { accuracy, full, time, network, width } = learned;
  return (
    <div className={`learned-side learned-${tone}`}>
      <h4>{title}</h4>
      <p className="learned-accuracy">
        {accuracyWords(accuracy.mean)}
        {accuracy.count > 1 && <small> ± {(100 * accuracy.std).toFixed(2)}</small>}
      </p>
      <p className="learned-what">
        <b>{methodShareWords(learned)}</b> · {networkWords(network, width)} ·{' '}
        {formatPlural(learned.epochs.planned, 'epoch')}
        {accuracy.count > 1 && ` · ${formatPlural(accuracy.count, 'seed')}`}
      </p>
      {full !== null && <p>{comparisonWords(accuracy.mean, full, time)}</p>}
      {children}
    </div>
  );
}

/** "0.89 points below full training’s 99.20 %, in 2.1 % of its time." */
function comparisonWords(accuracy: number, full: number, time: number | null): string {
  const inTime = time === null ? '' : `, in ${formatPercent(time)} of its time`;
  return `${againstFull(accuracy, full, accuracyWords)}${inTime}.`;
}

function soFarWords({ epochs }: Learned): string {
  return `So far: after ${formatCount(epochs.done)} of ${formatPlural(epochs.planned, 'epoch')}.`;
}
