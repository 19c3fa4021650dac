import { DataTable, type TableColumn } from '../../../ui/controls/index.ts';
import { formatCount, formatPercent } from '../../../ui/format.ts';
import { useLabParts } from '../../useLab.ts';

interface PlannedPoint {
  beta: number;
  samples: number;
}

/** What is known of a sweep over β before it runs: how many condensed samples each point trains on. */
export function PlannedPoints() {
  const { plan, bits, settings } = useLabParts((lab) => ({
    plan: lab.sweep.plan,
    bits: lab.bits.stale ? null : lab.bits.value,
    settings: lab.settings,
  }));
  const [axis, ...others] = plan.axes;
  // In other orders a point's samples are known once it is computed.
  if (bits === null || axis.name !== 'beta' || others.length > 0 || settings.order === 'pool') return null;
  const points = axis.values.flatMap((value): PlannedPoint[] => {
    const samples = bits.condensedSamples.at(Number(value));
    return samples === undefined ? [] : [{ beta: Number(value), samples }];
  });
  if (points.length === 0) return null;
  const columns: TableColumn<PlannedPoint>[] = [
    {
      id: 'beta',
      header: 'β',
      isRowHeader: true,
      cell: ({ beta }) => (
        <span className="nowrap">
          {formatCount(beta)}
          {beta === settings.beta && ', now'}
        </span>
      ),
    },
    {
      id: 'samples',
      header: 'Condensed samples',
      isNumeric: true,
      cell: ({ samples }) => formatCount(samples),
    },
    {
      id: 'share',
      header: 'Of all records',
      isNumeric: true,
      cell: ({ samples }) => formatPercent(samples / Math.max(1, bits.trainRows), 2),
    },
  ];
  return (
    <DataTable
      caption="Points of the sweep; samples on the split that is open"
      showCaption
      columns={columns}
      rows={points}
      rowKey={({ beta }) => beta}
      maxHeight={320}
      isDense
    />
  );
}
