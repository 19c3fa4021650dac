import { useState } from 'react';
import { useLabParts } from '../../useLab.ts';
import type { ArchiveReport, RecordInspection } from '../../../contracts/codec.ts';
import { BIT_ROLE } from '../../../contracts/codec.ts';
import { Button, DataTable, ErrorNotice, Panel, type TableColumn } from '../../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPlural, formatSeconds } from '../../../ui/format.ts';
import { Term } from '../../../ui/glossary/Term.tsx';
import { InspectorBar } from '../InspectorBar.tsx';

type InspectedCell = RecordInspection['cells'][number];

/** Columns that are shown of a record, and more of them at each asking: each is dozens of elements of the page. */
const COLUMNS_SHOWN = 200;

const ROLE_CLASS = ['bit-constant', 'bit-base', 'bit-deviation', 'bit-none'] as const;
const ROLE_WORD = ['constant', 'base', 'deviation', 'no role'] as const;
/** Of a codec without bases: it divides no record, and every other bit only varies. */
const ROLE_WORD_WITHOUT_BASES = ['constant', 'base', 'varying', 'no role'] as const;
const ROLES = [BIT_ROLE.constant, BIT_ROLE.base, BIT_ROLE.deviation] as const;
const ROLES_WITHOUT_BASES = [BIT_ROLE.constant, BIT_ROLE.deviation] as const;

/** One record fetched by random access, without its neighbours: its bits and what reading it took. */
export function RecordInspector({ report }: { report: ArchiveReport }) {
  const { task, inspect } = useLabParts((lab) => ({ task: lab.inspection, inspect: lab.inspect }));
  const rows = report.trainRows + report.testRows;
  const inspection = task.value;
  const index = inspection?.index ?? 0;
  const go = (record: number) => void inspect(Math.min(rows - 1, Math.max(0, record)));

  return (
    <Panel
      name="inspector"
      title="One record"
      caption={
        <>
          fetched by <Term name="randomAccess">random access</Term>,{' '}
          {report.bases === null ? 'with the few records it is coded with' : 'without its neighbours'}
        </>
      }
    >
      {!report.stored ? (
        <p className="soft">The archive is not stored in this browser, so there is nothing to fetch from.</p>
      ) : (
        <>
          <InspectorBar
            noun="record"
            index={index}
            count={rows}
            order="in the order of the file"
            onGo={go}
            onMostShared={report.bases === null ? null : () => void inspect(null)}
          />
          {task.error !== null && (
            <ErrorNotice error={task.error} onRetry={() => void inspect(inspection?.index ?? null)} />
          )}
          {inspection !== null && <Inspected inspection={inspection} />}
        </>
      )}
    </Panel>
  );
}

function Inspected({ inspection }: { inspection: RecordInspection }) {
  const [shown, setShown] = useState(COLUMNS_SHOWN);
  const words = inspection.base === null ? ROLE_WORD_WITHOUT_BASES : ROLE_WORD;
  const columns: TableColumn<InspectedCell>[] = [
    {
      id: 'column',
      header: 'Column',
      isRowHeader: true,
      cell: ({ column }) => <span className="column-name">{column}</span>,
    },
    {
      id: 'value',
      header: 'Value',
      cell: ({ value }) =>
        value === null ? (
          <span className="cell-missing">missing</span>
        ) : (
          <span className="mono inspected-value">{value}</span>
        ),
    },
    {
      id: 'bits',
      header: `${inspection.base === null ? 'Its code' : 'Stored bits'}, the top bit first`,
      cell: ({ fields }) =>
        fields.map((field, at) => (
          <span key={at} className="bit-field">
            {fields.length > 1 && <span className="soft small">{field.label} </span>}
            <Bits bits={field.bits} role={field.role} words={words} />
          </span>
        )),
    },
  ];
  const { group, position, base, bytesTouched, microseconds, blocksRead, cells } = inspection;
  const kind = group === 'train' ? 'training' : 'test';
  return (
    <>
      <p className="inspector-facts">
        {group === 'train' ? 'Training' : 'Test'} record {formatCount(position)} ·{' '}
        {base !== null && (
          <>
            base <span className="role-id">#{formatCount(base.id)}</span>,{' '}
            {base.sharedBy === 1
              ? 'which no other record has'
              : `which ${formatPlural(base.sharedBy, `${kind} record`)} share`}{' '}
            ·{' '}
          </>
        )}
        <strong>{formatBytes(bytesTouched)}</strong> touched in{' '}
        <strong>{formatSeconds(microseconds / 1e6)}</strong> ·{' '}
        {blocksRead === 0 ? 'no block read: it was in memory' : `${formatPlural(blocksRead, 'block')} read`}
      </p>
      <DataTable
        caption={`Record ${inspection.index}`}
        columns={columns}
        rows={inspection.cells.slice(0, shown)}
        rowKey={(_cell, index) => index}
        maxHeight={420}
        isDense
      />
      {cells.length > shown && (
        <p className="inspector-facts">
          The first {formatCount(shown)} of {formatPlural(cells.length, 'column')}.{' '}
          <Button onPress={() => setShown(shown + COLUMNS_SHOWN)}>Show more columns</Button>
        </p>
      )}
      <p className="bit-legend">
        {(base === null ? ROLES_WITHOUT_BASES : ROLES).map((role) => (
          <span key={role}>
            <i className={`bit ${ROLE_CLASS[role]}`} aria-hidden="true">
              1
            </i>
            {words[role]}
          </span>
        ))}
      </p>
    </>
  );
}

/** Runs of one role share an element, with the role in words for those who cannot see the colour. */
function Bits({ bits, role, words }: { bits: string; role: Uint8Array; words: readonly string[] }) {
  const runs: { role: number; text: string }[] = [];
  for (let at = 0; at < bits.length; at++) {
    const last = runs.at(-1);
    if (last !== undefined && last.role === role[at]) last.text += bits[at];
    else runs.push({ role: role[at], text: bits[at] });
  }
  return (
    <span className="bits keeps-colour">
      {runs.map((run, at) => (
        <span key={at} className={`bit ${ROLE_CLASS[run.role] ?? 'bit-none'}`} title={words[run.role]}>
          {run.text}
        </span>
      ))}
    </span>
  );
}
