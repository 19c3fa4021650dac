import { useMemo } from 'react';
import type { DatasetSummary } from '../../../contracts/codec.ts';
import { DataTable, Panel, type TableColumn } from '../../../ui/controls/index.ts';
import { formatCount } from '../../../ui/format.ts';

/** Letters from which on a cell may be cut by its width; the whole of it shows on hover. */
const LONG_TEXT = 40;

/** Cells shown at once, since every one is an element of the page; but so many rows in any case. */
const MOST_CELLS = 2_400;
const LEAST_ROWS = 20;

type PreviewRow = DatasetSummary['preview'][number];

/** The first records as they stand in the file; text only. */
export function PreviewTable({ dataset }: { dataset: DatasetSummary }) {
  // Of a very wide table the first columns are there.
  const width = dataset.preview[0]?.length ?? 0;
  const rows = dataset.preview.slice(0, Math.max(LEAST_ROWS, Math.floor(MOST_CELLS / (width + 1))));
  const columns = useMemo<TableColumn<PreviewRow>[]>(
    () => [
      { id: '#', header: '#', isNumeric: true, isRowHeader: true, cell: (_row, index) => formatCount(index) },
      ...dataset.columns.slice(0, width).map((column, at) => ({
        id: `column-${at}`,
        header: column.name,
        isNumeric: column.kind === 'number',
        cell: (row: PreviewRow) => {
          const value = row[at] ?? null;
          if (value === null) return <span className="cell-missing">missing</span>;
          return value.length > LONG_TEXT ? <span title={value}>{value}</span> : value;
        },
      })),
    ],
    [dataset, width],
  );
  const isCut = dataset.columns.length > width;
  return (
    <Panel
      name="first-records"
      title="First records"
      caption={`${formatCount(rows.length)} of ${formatCount(dataset.rows)}${isCut ? `, ${formatCount(width)} of ${formatCount(dataset.columns.length)} columns` : ''}`}
    >
      <div className="preview">
        <DataTable
          caption={`First records of ${dataset.name}`}
          columns={columns}
          rows={rows}
          rowKey={(_row, index) => index}
          maxHeight={340}
          isDense
        />
      </div>
    </Panel>
  );
}
