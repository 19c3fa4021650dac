import { useMemo } from 'react';
import type { DatasetSummary } from '../../contracts/codec.ts';
import { DataTable, Panel, type TableColumn } from '../../ui/controls/index.ts';
import { formatCount } from '../../ui/format.ts';

/** Columns shown of a very wide table: every cell is an element of the page. */
const MOST_COLUMNS = 60;

type PreviewRow = DatasetSummary['preview'][number];

/** The first records as they stand in the file; text only. */
export function PreviewTable({ dataset }: { dataset: DatasetSummary }) {
  const columns = useMemo<TableColumn<PreviewRow>[]>(
    () => [
      { id: '#', header: '#', isNumeric: true, isRowHeader: true, cell: (_row, index) => formatCount(index) },
      ...dataset.columns.slice(0, MOST_COLUMNS).map((column, at) => ({
        id: `column-${at}`,
        header: column.name,
        isNumeric: column.kind === 'number',
        cell: (row: PreviewRow) => {
          const value = row[at] ?? null;
          return value === null ? <span className="cell-missing">missing</span> : value;
        },
      })),
    ],
    [dataset],
  );
  const isCut = dataset.columns.length > MOST_COLUMNS;
  return (
    <Panel
      title="First records"
      caption={`${formatCount(dataset.preview.length)} of ${formatCount(dataset.rows)}${isCut ? `, ${MOST_COLUMNS} of ${formatCount(dataset.columns.length)} columns` : ''}`}
    >
      <div className="preview">
        <DataTable
          caption={`First records of ${dataset.name}`}
          columns={columns}
          rows={dataset.preview}
          rowKey={(_row, index) => index}
          maxHeight={340}
          isDense
        />
      </div>
    </Panel>
  );
}
