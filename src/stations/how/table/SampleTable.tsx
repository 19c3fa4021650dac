import type { WalkSamples } from '../../../contracts/walk.ts';
import { DataTable, type TableColumn } from '../../../ui/controls/index.ts';
import { formatCompact, formatCount } from '../../../ui/format.ts';
import { toldColumns } from './scenes.ts';

/** The condensed samples of the records shown: their weights and means, the heaviest first. */
export function SampleTable({ samples }: { samples: WalkSamples }) {
  const { names, means, weights } = samples;
  const columns: TableColumn<number>[] = [
    {
      id: 'weight',
      header: 'Weight',
      isNumeric: true,
      isRowHeader: true,
      cell: (k) => formatCount(weights[k]),
    },
    ...toldColumns(samples).map((column) => ({
      id: `mean ${column}`,
      header: names[column],
      isNumeric: true,
      cell: (k: number) => formatCompact(means[column][k], 3),
    })),
  ];
  return (
    <div className="walk-means">
      <DataTable
        caption="Weights and means"
        showCaption
        columns={columns}
        rows={Array.from(weights, (_, k) => k).sort((a, b) => weights[b] - weights[a] || a - b)}
        rowKey={(k) => k}
        isDense
      />
    </div>
  );
}
