import { DataTable, Disclosure, Notice, Panel } from '../../../ui/controls/index.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { comparableOf, comparisonRows, type ModelTask } from './compare.ts';
import { comparisonColumns } from './comparisonColumns.tsx';
import { className } from './scores.ts';
import { verdictOf } from './verdict.ts';

/** What is compared, and in which unit. */
function captionOf(task: ModelTask, target: string | null): string {
  if (task === 'classification') return 'classes of the same test records for all';
  const unit = target === null ? '' : ` in the unit of ${className(target)}, squared`;
  return `test MSE${unit}; the same test records for all`;
}

/** The headline of the station and every number behind it. */
export function ComparisonPanel({ task }: { task: ModelTask }) {
  const { full, condensed } = useLabParts(({ learn }) => learn);
  const target = useLab(({ settings }) => settings.target);
  const comparable = comparableOf({ full, condensed });
  const rows = comparable === null ? [] : comparisonRows(comparable.full, comparable.condensed);
  const verdict = verdictOf(rows);
  const shownTask = comparable?.task ?? task;
  const stale = full.closedForm.stale || condensed.closedForm.stale || condensed.descent.stale;
  return (
    <Panel title="What condensing costs" caption={captionOf(shownTask, target)} stale={stale}>
      {verdict !== null && (
        <div className="learn-verdict">
          <p className={`learn-headline learn-headline-${verdict.tone}`}>
            {verdict.headline}
            <small>
              {verdict.unit}, {verdict.solver}
            </small>
          </p>
          <div className="learn-sentences">
            <p>{verdict.sentence}</p>
            {verdict.guessing !== null && <p>{verdict.guessing}</p>}
          </div>
        </div>
      )}
      {verdict?.floor != null && (
        <Notice tone="warning">
          <p>{verdict.floor}</p>
        </Notice>
      )}
      <DataTable
        caption="Full and condensed training compared"
        columns={comparisonColumns(shownTask, rows)}
        rows={rows}
        rowKey={(row) => row.id}
        rowClassName={(row) => (row.finished ? undefined : 'learn-unfinished')}
        empty="No model has been trained yet."
      />
      <Disclosure about="these numbers">
        {shownTask === 'regression' ? <AboutErrors /> : <AboutClasses />}
      </Disclosure>
    </Panel>
  );
}

function AboutErrors() {
  return (
    <p>
      <strong>× full</strong> divides the test MSE by that of full training with the same solver; 1 means that
      nothing was lost. <strong>Speed-up</strong> divides the seconds of full training by the method’s own,
      measured in this browser. The floor is what any model has to beat: always predicting the mean of the
      training target; its × full is against the closed form.
    </p>
  );
}

function AboutClasses() {
  return (
    <>
      <p>
        <strong>Accuracy</strong> is the share of test records whose likeliest class is theirs;{' '}
        <strong>balanced accuracy</strong> is the mean over the classes of the share of each that is found, so
        that a rare class counts as much as a frequent one. Points under them are differences from full
        training with the same solver, in percentage points. <strong>Log loss</strong> is the mean of −ln of
        the probability given to the true class, <strong>ROC area</strong> the chance that a record of the
        second class gets a higher probability than one of the first.
      </p>
      <p>
        <strong>Speed-up</strong> divides the seconds of full training by the method’s own, measured in this
        browser. The floor is what any model has to beat: always guessing the class that most training records
        have, with the classes’ shares as probabilities; its points are against Newton’s method.
      </p>
    </>
  );
}
