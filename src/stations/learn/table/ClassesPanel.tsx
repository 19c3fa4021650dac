import { useState } from 'react';
import type { Method, ModelScore } from '../../../contracts/codec.ts';
import { ConfusionMatrix } from '../../../ui/charts/ConfusionMatrix.tsx';
import { confusionRows, rocRows } from '../../../ui/charts/figureRows.ts';
import { RocFigure, type RocLine } from '../../../ui/charts/RocFigure.tsx';
import { Segments } from '../../../ui/charts/Segments.tsx';
import { FIGURE_EVERY } from '../../../ui/charts/useThrottled.ts';
import { Panel } from '../../../ui/controls/index.ts';
import { formatPlural } from '../../../ui/format.ts';
import { SavedFigure } from '../../SaveFigure.tsx';
import { useLabSlowly } from '../../useLab.ts';
import { comparableOf, exactSolver, type Comparable } from './compare.ts';
import { SHORT_NAMES } from './methods.ts';
import { className } from '../../className.ts';
import { formatMetric } from './scores.ts';

type SolverKind = 'exact' | 'descent';

const METHODS: readonly Method[] = ['full', 'condensed'];

/** What the models take each class for: confusion matrices of both methods, and their ROC curves on one figure. */
export function ClassesPanel() {
  const learn = useLabSlowly((lab) => lab.learn, FIGURE_EVERY);
  const [chosen, setChosen] = useState<SolverKind | null>(null);
  const comparable = comparableOf(learn);
  if (comparable?.task !== 'classification') return null;
  const kind = solverToShow(comparable, chosen);
  const exact = exactSolver(comparable);
  const solver = kind === 'exact' ? exact : 'gradient descent';
  const scores = {
    full: scoreOf(comparable, 'full', kind),
    condensed: scoreOf(comparable, 'condensed', kind),
  };
  const stale = METHODS.some((method) =>
    kind === 'exact' ? learn[method].closedForm.stale : learn[method].descent.stale,
  );
  const tested = scores.full ?? scores.condensed;
  const labels = tested?.classes?.labels;
  return (
    <Panel
      name="confusion"
      title="Classes and what they are taken for"
      caption={
        tested?.classes == null
          ? undefined
          : `${formatPlural(sum(tested.classes.confusion), 'test record')}, ${solver}`
      }
      stale={stale}
      actions={
        <Segments
          label="Solver"
          value={kind}
          options={[
            { value: 'exact', label: exact },
            { value: 'descent', label: 'Gradient descent' },
          ]}
          onChange={setChosen}
        />
      }
    >
      <div className="learn-classes">
        <div className="learn-matrices">
          {METHODS.map((method) => (
            <Matrix key={method} method={method} score={scores[method]} solver={solver} />
          ))}
          <p className="learn-remark learn-about-classes">
            A row holds the test records of one class, by the class that the model finds likeliest;
            percentages are shares of the row, and the framed cells are right.
            {labels?.length === 2 &&
              ` The ROC curve looks for ${className(labels[1])}: which share of it is found, and which share of the other class is taken for it, over all thresholds. Its area is 1 for a perfect order and 0.5 for guessing.`}
          </p>
        </div>
        <Roc scores={scores} solver={solver} />
      </div>
    </Panel>
  );
}

/** The solver that was chosen, if it has a result; else the exact one, if that has. */
function solverToShow(comparable: Comparable, chosen: SolverKind | null): SolverKind {
  const has = (kind: SolverKind) => METHODS.some((method) => scoreOf(comparable, method, kind) !== null);
  if (chosen !== null && has(chosen)) return chosen;
  return has('exact') ? 'exact' : 'descent';
}

function scoreOf(comparable: Comparable, method: Method, kind: SolverKind): ModelScore | null {
  const { closedForm, descent } = comparable[method];
  return (kind === 'exact' ? closedForm : descent)?.score ?? null;
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}

interface MatrixProps {
  method: Method;
  score: ModelScore | null;
  solver: string;
}

function Matrix({ method, score, solver }: MatrixProps) {
  const classes = score?.classes;
  return (
    <section className="learn-matrix" aria-label={`${SHORT_NAMES[method]}, confusion matrix`}>
      <SavedFigure
        title={`Confusion matrix, ${SHORT_NAMES[method].toLowerCase()}`}
        caption={`test records by their class and the one that ${solver} takes them for`}
        rows={() => (classes == null ? [] : confusionRows(classes.labels, classes.confusion))}
        isEmpty={classes == null}
        head={
          <h4>
            <i className={`learn-key learn-key-${method}`} aria-hidden="true" />
            {SHORT_NAMES[method]}
            {score !== null && (
              <small>
                {formatMetric('accuracy', score.test.accuracy)} accuracy,{' '}
                {formatMetric('balancedAccuracy', score.test.balancedAccuracy)} balanced
              </small>
            )}
          </h4>
        }
      >
        {classes == null ? (
          <p className="learn-remark">Not trained by {solver} yet.</p>
        ) : (
          <ConfusionMatrix
            caption={`Confusion matrix, ${SHORT_NAMES[method].toLowerCase()} training by ${solver}`}
            labels={classes.labels}
            confusion={classes.confusion}
            tone={method === 'full' ? 'full' : 'analytics'}
          />
        )}
      </SavedFigure>
    </section>
  );
}

function Roc({ scores, solver }: { scores: Record<Method, ModelScore | null>; solver: string }) {
  const labels = (scores.full ?? scores.condensed)?.classes?.labels;
  if (labels?.length !== 2) return null;
  const lines = METHODS.flatMap((method): RocLine[] => {
    const roc = scores[method]?.classes?.roc;
    if (roc == null) return [];
    return [
      {
        id: method,
        name: SHORT_NAMES[method],
        colour: method === 'full' ? 'var(--full)' : 'var(--analytics)',
        stroke: method === 'full' ? 'dashed' : 'solid',
        falsePositiveRate: roc.falsePositiveRate,
        truePositiveRate: roc.truePositiveRate,
        area: scores[method]?.test.rocArea,
      },
    ];
  });
  return (
    <section className="learn-roc" aria-label="ROC curves">
      <SavedFigure
        title="ROC curves"
        caption={`of ${className(labels[1])} on the test records, by ${solver}`}
        rows={() => rocRows(lines)}
        isEmpty={lines.length === 0}
        head={<h4>ROC</h4>}
      >
        <RocFigure
          title={`ROC curves by ${solver}`}
          positive={className(labels[1])}
          lines={lines}
          empty="The curves appear with the first trained model."
        />
      </SavedFigure>
    </section>
  );
}
