import { memo, type ReactNode } from 'react';
import { fractionOf, type TrainingRun, usesFraction } from '../../../contracts/training.ts';
import { DataTable, Panel, type TableColumn } from '../../../ui/controls/index.ts';
import { formatBytes, formatCount, formatMeasured, formatPercent } from '../../../ui/format.ts';
import type { Statistic } from '../../statistic.ts';
import { fullBeside, type TrainingGroup } from '../../training/results.ts';
import { fractionWords, methodLabel } from '../../training/words.ts';

const exact = (value: number) => formatPercent(value, 2);
const share = (value: number) => formatPercent(value, 1);
const bytes = (value: number) => formatBytes(Math.round(value));

/** "99.05 % ± 0.07 %", with the range as a tooltip; without deviation of a single seed. */
function spread(statistic: Statistic | null, format: (n: number) => string): ReactNode {
  if (statistic === null) return '–';
  const { mean, std, min, max, count } = statistic;
  if (count < 2) return format(mean);
  return (
    <span title={`${format(min)} to ${format(max)} over ${count} seeds`}>
      {format(mean)} <span className="sweep-deviation">± {format(std)}</span>
    </span>
  );
}

/** Percentage points between two shares, with their sign: "−0.25". */
function pointsWords(difference: number): string {
  const points = (difference * 100).toFixed(2);
  if (Number(points) === 0) return '0.00';
  return difference < 0 ? points.replace('-', '−') : `+${points}`;
}

function numeric<R>(id: string, header: string, cell: (row: R) => ReactNode): TableColumn<R> {
  return { id, header, isNumeric: true, cell };
}

function groupColumns(groups: readonly TrainingGroup[]): TableColumn<TrainingGroup>[] {
  const hasVariants = groups.some(({ variant }) => variant !== '');
  return [
    {
      id: 'method',
      header: 'Method',
      isRowHeader: true,
      cell: ({ method }) => <span className="nowrap">{methodLabel(method)}</span>,
    },
    numeric('fraction', 'Share of the pictures', ({ fraction }) => fractionWords(fraction)),
    ...(hasVariants
      ? [{ id: 'variant', header: 'Settings', cell: ({ variant }: TrainingGroup) => variant }]
      : []),
    numeric('seeds', 'Seeds', ({ runs }) => (
      <span title={runs.map(({ settings }) => settings.seed).join(', ')}>{formatCount(runs.length)}</span>
    )),
    numeric('accuracy', 'Test accuracy', ({ accuracy }) => spread(accuracy, exact)),
    numeric('points', '− full, points', (group) => {
      const full = usesFraction(group.method) ? fullBeside(group, groups) : null;
      return full === null ? '–' : pointsWords(group.accuracy.mean - full.accuracy.mean);
    }),
    numeric('seconds', 'Time per epoch', ({ seconds }) => spread(seconds, formatMeasured)),
    numeric('timeShare', '% of full’s', ({ timeShare }) => spread(timeShare, share)),
    numeric('fetch', 'Fetching', ({ fetchSeconds }) => formatMeasured(fetchSeconds.mean)),
    numeric('train', 'Training', ({ trainSeconds }) => formatMeasured(trainSeconds.mean)),
    numeric('wait', 'Waiting', ({ waitSeconds }) => formatMeasured(waitSeconds.mean)),
    numeric('resident', 'In memory', ({ residentBytes }) => bytes(residentBytes.max)),
    numeric('residentShare', '% of raw set', ({ residentShare }) => share(residentShare.max)),
    numeric('distinct', 'Pictures met', ({ distinctShare }) => share(distinctShare.mean)),
    numeric('storage', 'Archive, % of raw', ({ storageRatio }) =>
      storageRatio === null ? '–' : share(storageRatio.mean),
    ),
    { id: 'backends', header: 'Computed on', cell: ({ backends }) => backends.join(', ') },
  ];
}

const RUN_COLUMNS: readonly TableColumn<TrainingRun>[] = [
  {
    id: 'method',
    header: 'Method',
    isRowHeader: true,
    cell: ({ settings }) => <span className="nowrap">{methodLabel(settings.method)}</span>,
  },
  numeric('fraction', 'Share of the pictures', ({ settings }) => fractionWords(fractionOf(settings))),
  numeric('seed', 'Seed', ({ settings }) => String(settings.seed)),
  numeric('epochs', 'Epochs', ({ epochs }) => formatCount(epochs.length)),
  numeric('accuracy', 'Test accuracy', ({ evaluation }) => exact(evaluation?.accuracy ?? NaN)),
  numeric('fetch', 'Fetching', ({ seconds }) => formatMeasured(seconds.fetch)),
  numeric('wait', 'Waiting', ({ seconds }) => formatMeasured(seconds.wait)),
  numeric('train', 'Training', ({ seconds }) => formatMeasured(seconds.train)),
  numeric('evaluate', 'Evaluating', ({ seconds }) => formatMeasured(seconds.evaluate)),
  numeric('warmup', 'Warming up', ({ seconds }) => formatMeasured(seconds.warmup)),
  numeric('resident', 'In memory', (run) => bytes(run.bytes.total)),
  numeric('tensors', 'On the device', ({ tensorBytes }) => bytes(tensorBytes)),
  numeric('distinct', 'Pictures met', ({ distinctRecords }) => formatCount(distinctRecords)),
  {
    id: 'backend',
    header: 'Computed on',
    cell: ({ backend }) => <span title={backend?.device}>{backend?.name ?? '–'}</span>,
  },
];

/** Every group and every run in numbers. */
export const TrainingTables = memo(function TrainingTables({ groups }: { groups: readonly TrainingGroup[] }) {
  return (
    <>
      <Panel
        name="sweep-table"
        title="By method and share"
        caption="mean ± standard deviation over the seeds; times are per epoch, memory at its peak"
      >
        <div className="sweep-table">
          <DataTable
            caption="Trainings by method and share"
            columns={groupColumns(groups)}
            rows={groups}
            rowKey={({ key }) => key}
            maxHeight={520}
            isDense
          />
        </div>
      </Panel>
      <Panel name="sweep-runs" title="Every run" caption="times are of the whole run, each part apart">
        <div className="sweep-table">
          <DataTable
            caption="Every finished run"
            columns={RUN_COLUMNS}
            rows={groups.flatMap(({ runs }) => runs)}
            rowKey={({ id }) => id}
            maxHeight={520}
            isDense
          />
        </div>
      </Panel>
    </>
  );
});
