import { CONTENDER_METAS } from '../../../contracts/plugins.ts';
import { FIGURE_EVERY } from '../../../ui/charts/useThrottled.ts';
import { DataTable, Disclosure, Notice, Panel, ProgressLine } from '../../../ui/controls/index.ts';
import { useLab, useLabParts, useLabSlowly } from '../../useLab.ts';
import { SaveFigure } from '../../SaveFigure.tsx';
import { comparableOf, comparisonRows, contestsOf, type ModelTask } from './compare.ts';
import { comparisonLines } from './comparisonLines.ts';
import { comparisonColumns } from './comparisonColumns.tsx';
import { MissingCells } from './MissingCells.tsx';
import { ObstacleNotice } from './ObstacleNotice.tsx';
import { doubtsOf } from './obstacles.ts';
import { className } from '../../className.ts';
import { RivalsLine } from './RivalsLine.tsx';
import { TimesLine } from './TimesLine.tsx';
import { verdictOf, type Verdict } from './verdict.ts';

/** What is compared, and in which unit. */
function captionOf(task: ModelTask, target: string | null): string {
  if (task === 'classification') return 'classes of the same test records for all';
  const unit = target === null ? '' : `RMSE in the unit of ${className(target)}; `;
  return `${unit}the same test records for all`;
}

/** The headline of the station and every number behind it. */
export function ComparisonPanel({ task }: { task: ModelTask }) {
  const { full, condensed } = useLabSlowly(({ learn }) => learn, FIGURE_EVERY);
  const target = useLab(({ settings }) => settings.target);
  const comparable = comparableOf({ full, condensed });
  const times = useLab((lab) => lab.times.value);
  const contests = useLabParts(contestsOf);
  const rows =
    comparable === null ? [] : comparisonRows(comparable.full, comparable.condensed, times, contests);
  const verdict = verdictOf(rows);
  const shownTask = comparable?.task ?? task;
  const stale = full.closedForm.stale || condensed.closedForm.stale;
  const caption = captionOf(shownTask, target);
  const [all, few] = [comparable?.full.closedForm, comparable?.condensed.closedForm];
  return (
    <Panel
      name="comparison"
      title="What condensing costs"
      caption={caption}
      stale={stale}
      actions={
        <SaveFigure
          title="What condensing costs"
          caption={caption}
          place={null}
          rows={() => comparisonLines(rows)}
          isEmpty={rows.length === 0}
        />
      }
    >
      {verdict === null ? <Computing /> : <VerdictWords verdict={verdict} />}
      <MissingCells />
      <div className="learn-doubts">
        {verdict?.warning != null && (
          <Notice tone="warning">
            <p>{verdict.warning}</p>
          </Notice>
        )}
        {all != null &&
          few != null &&
          doubtsOf(all, few).map((doubt) => <ObstacleNotice key={doubt.what} obstacle={doubt} />)}
      </div>
      <DataTable
        caption="Full and condensed training compared"
        columns={comparisonColumns(shownTask, rows)}
        rows={rows}
        rowKey={(row) => row.id}
        rowClassName={(row) => (row.finished ? undefined : 'learn-unfinished')}
        empty="No model has been trained yet."
      />
      {verdict !== null && <RivalsLine />}
      {verdict !== null && <TimesLine />}
      <Disclosure about="these numbers">
        {shownTask === 'regression' ? <AboutErrors /> : <AboutClasses />}
        <AboutContenders names={rows.flatMap(({ contender }) => contender ?? [])} />
      </Disclosure>
    </Panel>
  );
}

function VerdictWords({ verdict }: { verdict: Verdict }) {
  // No model that loses to the floor is shown in the colour of what is as good as full training.
  const tone = verdict.warning === null ? verdict.tone : 'worse';
  return (
    <div className="learn-verdict">
      <p className={`learn-headline learn-headline-${tone}`}>
        {verdict.headline}
        <small>
          {verdict.unit}, {verdict.solver}
        </small>
      </p>
      <div className="learn-sentences">
        <p>{verdict.sentence}</p>
        {verdict.random !== null && <p>{verdict.random}</p>}
        {verdict.tradeOff !== null && <p>{verdict.tradeOff}</p>}
        <p className="learn-remark">
          {verdict.basis} {verdict.floor}
        </p>
      </div>
    </div>
  );
}

/** In place of the headline until both models have come to their optimum. */
function Computing() {
  const { running, isStuck } = useLabParts(({ learn: { full, condensed } }) => {
    const tasks = [full.closedForm, condensed.closedForm];
    return {
      running: tasks.find(({ status }) => status === 'running'),
      isStuck: tasks.some(({ value, stale }) => value?.converged === false && !stale),
    };
  });
  if (running === undefined && isStuck) {
    return (
      <Notice tone="warning">
        <p>
          There is no headline: the optimum was not reached in the steps that are allowed. Fewer features or a
          larger test share make the model easier.
        </p>
      </Notice>
    );
  }
  return (
    <div className="learn-verdict">
      <p className="learn-headline">Computing</p>
      <div className="learn-sentences">
        {running === undefined ? (
          <p className="learn-remark">The optimum of both models follows.</p>
        ) : (
          <ProgressLine progress={running.progress} label="The optimum of both models" />
        )}
      </div>
    </div>
  );
}

function AboutErrors() {
  return (
    <>
      <p>
        <strong>RMSE</strong>, the root of the mean squared error, is in the unit of the target.{' '}
        <strong>× full</strong> divides the mean squared error by that of full training at its optimum, the
        closed form; 1 means that nothing was lost. A gradient descent that has not converged says as much
        about its step size as about its samples, so the headline is never taken from one.
      </p>
      <p>
        <AboutTimes /> The floor is what any model has to beat: always predicting the mean of the training
        target.
      </p>
    </>
  );
}

/** What stands in for all records in these rows, each in its own words. */
function AboutContenders({ names }: { names: readonly string[] }) {
  return names.map((name) => {
    const meta = CONTENDER_METAS.find(name);
    return (
      meta !== undefined && (
        <p key={name}>
          <strong>{meta.label}</strong>: {meta.sentence}
        </p>
      )
    );
  });
}

function AboutTimes() {
  return (
    <>
      <strong>Time</strong> of an optimum is the median of repeated runs in this browser with everything else
      of the page at rest; for condensed samples making them is counted: the order of the bits, the clusters,
      the means. A descent’s is that of its one run.
    </>
  );
}

function AboutClasses() {
  return (
    <>
      <p>
        <strong>Log loss</strong> is the mean of −ln of the probability given to the true class;{' '}
        <strong>× full</strong> divides it by that of full training at its optimum. <strong>Accuracy</strong>{' '}
        is the share of test records whose likeliest class is theirs; <strong>balanced accuracy</strong> is
        the mean over the classes of the share of each that is found, so that a rare class counts as much as a
        frequent one. Points under them are differences from full training at its optimum, in percentage
        points. <strong>ROC area</strong> is the chance that a record of the second class gets a higher
        probability than one of the first.
      </p>
      <p>
        Samples that find more of a rare class take more of the others for it: balanced accuracy rises while
        the probabilities get worse. That is another trade-off, which a threshold gives full training too.
      </p>
      <p>
        <AboutTimes /> The floor is what any model has to beat: always guessing the class that most training
        records have, with the classes’ shares as probabilities.
      </p>
    </>
  );
}
