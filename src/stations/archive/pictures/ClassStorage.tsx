import { useMemo, useState } from 'react';
import type { ImageArchiveReport } from '../../../contracts/images.ts';
import { DataTable, Panel, Select, type Option, type TableColumn } from '../../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPercent, formatPlural } from '../../../ui/format.ts';
import { orderTables, type ClassOrder, type ClassTable } from './classOrder.ts';

const ORDERS: Option<ClassOrder>[] = [
  { value: 'class', label: 'Class order' },
  { value: 'share', label: 'Share of raw, largest first' },
  { value: 'bytes', label: 'Bytes, most first' },
  { value: 'bases', label: 'Bases, most first' },
];

/** A column of a codec with bases. */
const ofBases = (
  id: string,
  header: string,
  field: 'baseCount' | 'baseBits' | 'constantBits' | 'deviationBits',
): TableColumn<ClassTable> => ({
  id,
  header,
  isNumeric: true,
  cell: ({ bases }) => (bases === null ? '–' : formatCount(bases[field])),
});

const BASE_COLUMNS: readonly TableColumn<ClassTable>[] = [
  ofBases('bases', 'Bases', 'baseCount'),
  ofBases('baseBits', 'Base bits', 'baseBits'),
  ofBases('constant', 'Constant', 'constantBits'),
  ofBases('deviation', 'Deviation bits', 'deviationBits'),
];

interface ClassStorageProps {
  report: ImageArchiveReport;
  isStale: boolean;
}

/** What every class takes: a table of bases each, or one for all. */
export function ClassStorage({ report, isStale }: ClassStorageProps) {
  const [order, setOrder] = useState<ClassOrder>('class');
  const rows = useMemo(() => orderTables(report.tables, order), [report.tables, order]);
  const widest = Math.max(...rows.map(({ share }) => share), Number.MIN_VALUE);
  const hasBases = rows.some(({ bases }) => bases !== null);
  const columns: TableColumn<ClassTable>[] = [
    {
      id: 'class',
      header: 'Class',
      isRowHeader: true,
      cell: ({ className }) => <span className="table-class">{className ?? 'all classes, one table'}</span>,
    },
    {
      id: 'bar',
      header: <span className="visually-hidden">Share of raw as a bar</span>,
      cell: ({ share }) => (
        <span className="table-track keeps-colour" aria-hidden="true">
          <span className="table-bar" style={{ width: `${(share / widest) * 100}%` }} />
        </span>
      ),
    },
    { id: 'share', header: 'Of raw', isNumeric: true, cell: ({ share }) => formatPercent(share) },
    { id: 'bytes', header: 'Bytes', isNumeric: true, cell: ({ bytes }) => formatBytes(bytes) },
    {
      id: 'pictures',
      header: 'Pictures',
      isNumeric: true,
      cell: ({ trainRecords }) => formatCount(trainRecords),
    },
    ...(hasBases ? BASE_COLUMNS : []),
    {
      id: 'record',
      header: 'Bits a picture',
      isNumeric: true,
      cell: ({ recordBits }) => formatCount(recordBits),
    },
  ];
  return (
    <Panel
      name="class-storage"
      title="Storage by class"
      caption={
        rows.length > 1
          ? `training pictures, ${formatPlural(rows.length, 'table')}: ${hasBases ? 'masks, forms, bases and records of each; base bits include the constant ones' : 'forms, index and pictures of each; the model that they share is not among them'}`
          : `training pictures${hasBases ? '; base bits include the constant ones' : ''}`
      }
      stale={isStale}
    >
      {rows.length > 1 && (
        <div className="peer-order">
          <Select
            label="Order by"
            value={order}
            options={hasBases ? ORDERS : ORDERS.filter(({ value }) => value !== 'bases')}
            onChange={setOrder}
          />
        </div>
      )}
      <DataTable
        caption="Storage of every class, training pictures"
        columns={columns}
        rows={rows}
        rowKey={({ table }) => table}
        maxHeight={460}
        isDense
      />
    </Panel>
  );
}
