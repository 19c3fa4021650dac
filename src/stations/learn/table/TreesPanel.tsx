import {
  Button,
  DataTable,
  Disclosure,
  ErrorNotice,
  Notice,
  Panel,
  ProgressLine,
  type TableColumn,
} from '../../../ui/controls/index.ts';
import { formatCount, formatMeasured, formatPlural, formatRatio, formatValue } from '../../../ui/format.ts';
import { named } from '../../namedButtons.ts';
import { useLabParts } from '../../useLab.ts';
import { RowKey } from './RowKey.tsx';
import { treesRows, treesVerdict, type TreesRow } from '../../trees.ts';

function columnsOf(metric: 'mse' | 'logLoss'): TableColumn<TreesRow>[] {
  return [
    {
      id: 'label',
      header: 'Learned from',
      isRowHeader: true,
      cell: ({ name, label, draws }) => (
        <span className="learn-model">
          <RowKey name={name} />
          {label}
          {draws > 1 && <span className="learn-solver">median of {formatPlural(draws, 'draw')}</span>}
        </span>
      ),
    },
    { id: 'samples', header: 'Samples', isNumeric: true, cell: ({ samples }) => formatCount(samples) },
    {
      id: 'error',
      header: metric === 'mse' ? 'Test RMSE' : 'Test log loss',
      isNumeric: true,
      cell: ({ error }) => formatValue(metric === 'mse' ? Math.sqrt(error) : error),
    },
    {
      id: 'ratio',
      header: metric === 'mse' ? 'Squared error of full' : 'Log loss of full',
      isNumeric: true,
      cell: ({ ratio, quartiles }) => (
        <>
          {formatRatio(ratio)}
          {quartiles !== null && (
            <span className="learn-gain">
              {formatRatio(quartiles[0])} to {formatRatio(quartiles[1])}
            </span>
          )}
        </>
      ),
    },
    { id: 'seconds', header: 'Fit', isNumeric: true, cell: ({ seconds }) => formatMeasured(seconds) },
  ];
}

/** Another model on the same samples: whether what holds of a linear model holds of trees. */
export function TreesPanel() {
  const { task, beta, canTry, tryTrees, cancelTrees } = useLabParts((lab) => ({
    task: lab.trees,
    beta: lab.settings.beta,
    canTry: lab.learn.full.closedForm.value !== null && lab.learn.condensed.closedForm.value !== null,
    tryTrees: lab.tryTrees,
    cancelTrees: lab.cancelTrees,
  }));
  const { value, status } = task;
  const isRunning = status === 'running';
  const rows = value === null ? [] : treesRows(value);
  const verdict = value === null ? null : treesVerdict(rows, value.metric);
  const shown = value?.trials.at(0)?.beta ?? beta;
  return (
    <Panel
      name="trees"
      title="Another model: boosted trees"
      caption={`the same records, the samples of β = ${formatCount(shown)}, the same test records`}
      stale={task.stale}
      actions={
        value !== null && !isRunning ? (
          <Button onPress={() => void tryTrees()}>
            {shown === beta ? 'Try again' : `Try at β = ${formatCount(beta)}`}
          </Button>
        ) : undefined
      }
    >
      {isRunning && <ProgressLine progress={task.progress} label="Boosting trees" onCancel={cancelTrees} />}
      {task.error !== null && <ErrorNotice error={task.error} onRetry={() => void tryTrees()} />}
      {value === null ? (
        !isRunning && (
          <div className="learn-trees off-paper">
            <p>
              Condensed samples keep what a linear model learns from. Trees learn other things: try them on
              all records, on the condensed samples, and on as many random records.
            </p>
            <Button {...named('trees')} isDisabled={!canTry} onPress={() => void tryTrees()}>
              Try boosted trees
            </Button>
          </div>
        )
      ) : (
        <>
          {verdict !== null && (
            <Notice tone={verdict.isBetter === false ? 'warning' : 'info'}>
              <p>{verdict.sentence}</p>
            </Notice>
          )}
          <DataTable
            caption="Boosted trees learned from all records and from few samples"
            columns={columnsOf(value.metric)}
            rows={rows}
            rowKey={({ name }) => name}
          />
        </>
      )}
      <Disclosure about="boosted trees">
        <p>
          Every round adds a tree that mends what the trees before it got wrong. All are fitted by the same
          rules: at most 200 rounds of 31 leaves at a rate of 0.1, five samples in a leaf or more, and as many
          rounds as cross-validation on the samples themselves finds enough. Weights count as repeated
          records.
        </p>
        <p>
          A condensed sample is a mean, and its target is too. A linear model loses little by that; trees
          divide the records ever finer, and what differs inside a cluster is no longer there to be divided. A
          random sample keeps whole records, with all that so few of them can tell.
        </p>
      </Disclosure>
    </Panel>
  );
}
