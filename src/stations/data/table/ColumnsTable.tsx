import { useDeferredValue, useMemo, useState } from 'react';
import type { DatasetSummary } from '../../../contracts/codec.ts';
import { standingIn } from '../../../contracts/link.ts';
import {
  CompactSelect,
  ControlLocked,
  DataTable,
  Panel,
  TextField,
  type TableColumn,
} from '../../../ui/controls/index.ts';
import { formatCount, formatPercent, formatPlural } from '../../../ui/format.ts';
import { ROLE_CONTROLS } from '../../settings/controls.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { COLUMN_TRAITS, matchingRows, type ColumnRow, type ColumnTrait } from './columnFilter.ts';
import { ColumnRange } from './ColumnRange.tsx';
import { ColumnShape } from './ColumnShape.tsx';
import { Pages } from '../Pages.tsx';
import { RoleChoice, RoleOfAll } from './RoleChoice.tsx';
import { rolesOf } from '../../roles.ts';
import { TypeChoice } from './TypeChoice.tsx';
import type { ReadingDraft } from './useReadingDraft.ts';

/** Rows on a page: a table of ten thousand columns is as quick as one of a hundred. */
const PAGE = 100;
/** From so many columns on one wants to look for them. */
const MANY = 20;

const TRAIT_WORDS: Record<ColumnTrait, string> = {
  all: 'All columns',
  target: 'The target',
  feature: 'Features',
  weight: 'The weight',
  stored: 'Stored only',
  'left-out': 'Left out',
  number: 'Numbers',
  time: 'Times',
  text: 'Text',
  missing: 'With missing cells',
};

interface ColumnsTableProps {
  dataset: DatasetSummary;
  draft: ReadingDraft;
}

export function ColumnsTable({ dataset, draft }: ColumnsTableProps) {
  const { settings, change } = useLabParts((lab) => ({ settings: lab.settings, change: lab.change }));
  const areRolesFixed = useLab(({ view }) =>
    ROLE_CONTROLS.some((control) => standingIn(view, control) !== 'shown'),
  );
  const [letters, setLetters] = useState('');
  const [trait, setTrait] = useState<ColumnTrait>('all');
  const [page, setPage] = useState(0);
  const rows = useMemo<ColumnRow[]>(() => {
    const roles = rolesOf(dataset.columns, settings);
    return dataset.columns.map((column, index) => ({ column, index, role: roles[index] }));
  }, [dataset, settings]);
  const wanted = useDeferredValue(letters);
  const matching = useMemo(() => matchingRows(rows, wanted, trait), [rows, wanted, trait]);
  const stored = rows.filter(({ role }) => role !== 'left-out');
  const bits = stored.reduce((sum, { column }) => sum + column.mapping.bits, 0);
  const pages = Math.max(1, Math.ceil(matching.length / PAGE));
  const shownPage = Math.min(page, pages - 1);
  const shown = matching.slice(shownPage * PAGE, (shownPage + 1) * PAGE);
  const isMany = rows.length >= MANY;

  const columns: TableColumn<ColumnRow>[] = [
    {
      id: 'name',
      header: 'Column',
      isRowHeader: true,
      cell: ({ column }) => <span className="column-name">{column.name}</span>,
    },
    {
      id: 'role',
      header: 'Role',
      cell: (row) => (
        <ControlLocked value={areRolesFixed}>
          <RoleChoice row={row} columns={dataset.columns} settings={settings} onChange={change} />
        </ControlLocked>
      ),
    },
    {
      id: 'type',
      header: 'Read as',
      cell: ({ column, index }) => (
        <TypeChoice
          column={column}
          decision={dataset.decisions.at(index) ?? null}
          draft={dataset.format !== 'libsvm' && draft.hasFile ? draft : null}
        />
      ),
    },
    { id: 'shape', header: 'Distribution', cell: ({ column }) => <ColumnShape column={column} /> },
    { id: 'range', header: 'Range', cell: ({ column }) => <ColumnRange column={column} /> },
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
      name="columns"
      title="Columns"
      caption={`a record is ${formatCount(bits)} bits, against ${formatCount(stored.length * 64)} as float64`}
    >
      {isMany && (
        <div className="columns-tools">
          <TextField
            label="Find a column"
            type="search"
            value={letters}
            onChange={(next) => {
              setLetters(next);
              setPage(0);
            }}
          />
          <CompactSelect
            label="Columns shown"
            value={trait}
            options={COLUMN_TRAITS.map((value) => ({ value, label: TRAIT_WORDS[value] }))}
            onChange={(next) => {
              setTrait(next);
              setPage(0);
            }}
          />
          <ControlLocked value={areRolesFixed}>
            <RoleOfAll rows={matching} columns={dataset.columns} settings={settings} onChange={change} />
          </ControlLocked>
        </div>
      )}
      <DataTable
        caption={`Columns of ${dataset.name}`}
        columns={columns}
        rows={shown}
        rowKey={({ index }) => index}
        rowClassName={({ role }) => (role === 'left-out' ? 'column-left-out' : undefined)}
        maxHeight={isMany ? 620 : undefined}
        empty="No column matches."
      />
      {(pages > 1 || matching.length < rows.length) && (
        <Pages
          words={`${formatPlural(matching.length, 'column')}${matching.length < rows.length ? ` of ${formatCount(rows.length)}` : ''}`}
          page={shownPage}
          pages={pages}
          onChange={setPage}
        />
      )}
    </Panel>
  );
}
