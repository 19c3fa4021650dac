import { useMemo, useState } from 'react';
import type { ColumnSummary, DatasetSummary } from '../../contracts/codec.ts';
import { Button, DataTable, Panel, type TableColumn } from '../../ui/controls/index.ts';
import { formatCount, formatPercent, formatPlural, formatValue } from '../../ui/format.ts';
import { useLab } from '../useLab.ts';
import { ColumnShape } from './ColumnShape.tsx';
import { rolesOf, type ColumnRole } from './roles.ts';

/** More columns than this are shown on demand only. */
const MOST_COLUMNS = 120;

const ROLE_WORDS: Record<ColumnRole, string> = {
  target: 'target',
  feature: 'feature',
  stored: 'stored only',
  'left-out': 'left out',
};

interface ColumnRow {
  column: ColumnSummary;
  role: ColumnRole;
}

export function ColumnsTable({ dataset }: { dataset: DatasetSummary }) {
  const settings = useLab((lab) => lab.settings);
  const [isAll, setAll] = useState(false);
  const rows = useMemo<ColumnRow[]>(() => {
    const roles = rolesOf(dataset.columns, settings);
    return dataset.columns.map((column, index) => ({ column, role: roles[index] }));
  }, [dataset, settings]);
  const bits = rows.reduce(
    (sum, { column, role }) => sum + (role === 'left-out' ? 0 : column.mapping.bits),
    0,
  );
  const shown = isAll ? rows : rows.slice(0, MOST_COLUMNS);

  const columns: TableColumn<ColumnRow>[] = [
    {
      id: 'name',
      header: 'Column',
      isRowHeader: true,
      cell: ({ column }) => <span className="column-name">{column.name}</span>,
    },
    { id: 'role', header: 'Role', cell: ({ column, role }) => <Role column={column} role={role} /> },
    { id: 'shape', header: 'Distribution', cell: ({ column }) => <ColumnShape column={column} /> },
    { id: 'range', header: 'Range', cell: ({ column }) => <Range column={column} /> },
    {
      id: 'missing',
      header: 'Missing',
      isNumeric: true,
      cell: ({ column }) => (
        <span
          title={
            column.missing > 0 ? `${formatPercent(column.missing / dataset.rows)} of the records` : undefined
          }
        >
          {column.missing === 0 ? <span className="soft">0</span> : formatCount(column.missing)}
        </span>
      ),
    },
    {
      id: 'mapping',
      header: 'Stored as',
      cell: ({ column }) => <span className="nowrap">{column.mapping.label}</span>,
    },
  ];

  return (
    <Panel
      title="Columns"
      caption={`a record is ${formatCount(bits)} bits, against ${formatCount(rows.filter(({ role }) => role !== 'left-out').length * 64)} as float64`}
    >
      <DataTable
        caption={`Columns of ${dataset.name}`}
        columns={columns}
        rows={shown}
        rowKey={(_row, index) => index}
        rowClassName={({ role }) => (role === 'left-out' ? 'column-left-out' : undefined)}
        maxHeight={620}
      />
      {shown.length < rows.length && (
        <p>
          <Button onPress={() => setAll(true)}>Show all {formatPlural(rows.length, 'column')}</Button>
        </p>
      )}
    </Panel>
  );
}

function Role({ column, role }: ColumnRow) {
  return (
    <>
      <span className={`chip chip-${role}`}>{ROLE_WORDS[role]}</span>
      {role === 'stored' && column.reason !== null && <span className="column-reason">{column.reason}</span>}
    </>
  );
}

function Range({ column }: { column: ColumnSummary }) {
  if (column.kind === 'number' && column.min !== null && column.max !== null) {
    return (
      <span className="column-range">
        {formatValue(column.min, 6)} … {formatValue(column.max, 6)}
      </span>
    );
  }
  const values = column.distinct === null ? 'many values' : formatPlural(column.distinct, 'value');
  const names = column.top.slice(0, 3).map(({ value }) => value);
  return (
    <span className="column-range">
      {values}
      {column.kind === 'category' && names.length > 0 && (
        <span className="soft">
          : {names.join(', ')}
          {(column.distinct ?? Infinity) > names.length && ' …'}
        </span>
      )}
    </span>
  );
}
