import type { ColumnBits } from '../../../contracts/codec.ts';
import { DataTable, Panel, type TableColumn } from '../../../ui/controls/index.ts';
import { formatCount, formatValue } from '../../../ui/format.ts';

interface ColumnBitsPanelProps {
  columns: readonly ColumnBits[];
  isStale: boolean;
}

const HEADERS: TableColumn<ColumnBits & { widest: number }>[] = [
  {
    id: 'column',
    header: 'Column',
    isRowHeader: true,
    cell: ({ column }) => <span className="column-name">{column}</span>,
  },
  {
    id: 'bar',
    header: <span className="visually-hidden">Bits as a bar</span>,
    cell: ({ width, bits, widest }) => (
      <span className="column-bits-track keeps-colour" aria-hidden="true">
        <span className="column-bits-width" style={{ width: `${(width / widest) * 100}%` }} />
        <span className="column-bits-bar" style={{ width: `${(bits / widest) * 100}%` }} />
      </span>
    ),
  },
  { id: 'bits', header: 'Bits', isNumeric: true, cell: ({ bits }) => bits.toFixed(2) },
  { id: 'width', header: 'Own width', isNumeric: true, cell: ({ width }) => formatCount(width) },
  {
    id: 'saved',
    header: 'Saved',
    isNumeric: true,
    cell: ({ width, bits }) => (width - bits).toFixed(2),
  },
];

/** What each column takes in the archive, beside the width that its codes would have without a model. */
export function ColumnBitsPanel({ columns, isStale }: ColumnBitsPanelProps) {
  const widest = Math.max(1, ...columns.map(({ width, bits }) => Math.max(width, bits)));
  const bits = columns.reduce((sum, column) => sum + column.bits, 0);
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <Panel
      name="column-bits"
      title="Where the bits go"
      caption={`a training record takes ${formatValue(bits, 3)} bits on average, ${formatCount(width)} as plain codes; the model and the index are not among them`}
      stale={isStale}
    >
      <DataTable
        caption="Bits of every column, mean of the training records"
        columns={HEADERS}
        rows={columns.map((column) => ({ ...column, widest }))}
        rowKey={(_column, index) => index}
        maxHeight={460}
        isDense
      />
      <p className="field-hint">
        Filled: what the column takes in the archive. Outlined: its own width, the bits that tell all of its
        codes apart. What lies between is what the model knows: which values are frequent, and what other
        columns and the record before say of them.
      </p>
    </Panel>
  );
}
