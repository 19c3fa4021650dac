import type { ColumnSummary, ExperimentSettings } from '../../../contracts/codec.ts';
import { CompactSelect } from '../../../ui/controls/index.ts';
import { formatCount } from '../../../ui/format.ts';
import type { ColumnRow } from './columnFilter.ts';
import { canBe, withRole, type ColumnRole } from '../../roles.ts';

const ROLE_WORDS: Record<ColumnRole, string> = {
  target: 'target',
  feature: 'feature',
  weight: 'weight',
  stored: 'stored only',
  'left-out': 'left out',
};
const ROLES: readonly ColumnRole[] = ['target', 'feature', 'weight', 'stored', 'left-out'];

interface RoleProps {
  columns: readonly ColumnSummary[];
  settings: ExperimentSettings;
  onChange: (change: Partial<ExperimentSettings>) => void;
}

/** What a column is used for, and why it cannot be used otherwise. */
export function RoleChoice({ row, columns, settings, onChange }: RoleProps & { row: ColumnRow }) {
  const { column, role } = row;
  // An archive holds one column at least.
  const isLast = role !== 'left-out' && settings.drop.length === columns.length - 1;
  return (
    <>
      <CompactSelect
        label={`Role of ${column.name}`}
        value={role}
        options={ROLES.map((value) => ({
          value,
          label: ROLE_WORDS[value],
          isDisabled: value !== role && (!canBe(column, value) || (value === 'left-out' && isLast)),
        }))}
        onChange={(next) => onChange(withRole(columns, settings, [column.name], next))}
      />
      {role === 'stored' && column.reason !== null && <span className="column-reason">{column.reason}</span>}
    </>
  );
}

const UNCHANGED = 'unchanged';

/** One role for all columns that are found: a table of thousands is not set up one by one. */
export function RoleOfAll({ rows, columns, settings, onChange }: RoleProps & { rows: readonly ColumnRow[] }) {
  const options = ROLES.filter((role) => role !== 'target' && role !== 'weight').map((value) => ({
    value,
    label: `Make them ${value === 'feature' ? 'features' : ROLE_WORDS[value]}`,
  }));
  return (
    <CompactSelect<string>
      label="Role of all columns found"
      value={UNCHANGED}
      isDisabled={rows.length === 0}
      options={[{ value: UNCHANGED, label: `All ${formatCount(rows.length)} found…` }, ...options]}
      onChange={(next) => {
        const role = options.find(({ value }) => value === next)?.value;
        const names = rows.map(({ column }) => column.name);
        if (role !== undefined) onChange(withRole(columns, settings, names, role));
      }}
    />
  );
}
