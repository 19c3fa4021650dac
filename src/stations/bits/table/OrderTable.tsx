import { memo, useDeferredValue, useMemo, type ReactNode } from 'react';
import type { BitsReport } from '../../../contracts/codec.ts';
import { DataTable, type TableColumn } from '../../../ui/controls/index.ts';
import { formatBit, formatCount, formatPercent, formatValue } from '../../../ui/format.ts';
import { isNearlyConstant, rowOfCells } from './analyticsOrder.ts';

/** Rows of the table around β; a wide table has thousands of bits. */
const TABLE_ROWS = 200;

/** The order around β, bit by bit. Where the rows follow a drag, they do as soon as there is time. */
export function OrderTable({ bits, beta }: { bits: BitsReport; beta: number }) {
  const first = Math.max(0, Math.min(bits.order.length - TABLE_ROWS, beta - TABLE_ROWS / 2));
  return <Rows bits={bits} first={useDeferredValue(first)} />;
}

const Rows = memo(function Rows({ bits, first }: { bits: BitsReport; first: number }) {
  const owner = useMemo(() => rowOfCells(bits.rows, bits.role.length), [bits]);
  const ranks = Array.from({ length: Math.min(TABLE_ROWS, bits.order.length - first) }, (_, k) => first + k);
  const bitName = (rank: number): ReactNode => {
    const cell = bits.order[rank];
    const row = bits.rows[owner[cell]];
    return (
      <>
        {row.label}, {formatBit(cell - row.start + 1, row.bits)}
        {isNearlyConstant(bits, cell) && <span className="soft"> · nearly constant</span>}
      </>
    );
  };
  const columns: TableColumn<number>[] = [
    { id: 'beta', header: 'β', isNumeric: true, isRowHeader: true, cell: (rank) => formatCount(rank + 1) },
    { id: 'bit', header: 'Last bit', cell: bitName },
    {
      id: 'p',
      header: 'Share of ones p',
      isNumeric: true,
      cell: (rank) => formatValue(bits.ones[bits.order[rank]] / Math.max(1, bits.trainRows), 3),
    },
    {
      id: 'entropy',
      header: 'Entropy H, bit',
      isNumeric: true,
      cell: (rank) => formatValue(bits.entropy[bits.order[rank]], 3),
    },
    {
      id: 'samples',
      header: 'Condensed samples',
      isNumeric: true,
      cell: (rank) => formatCount(bits.condensedSamples[rank + 1]),
    },
    {
      id: 'share',
      header: 'of training records',
      isNumeric: true,
      cell: (rank) => formatPercent(bits.condensedSamples[rank + 1] / Math.max(1, bits.trainRows), 2),
    },
  ];
  return (
    <DataTable
      caption="Bits in their order with the condensed samples at each β"
      columns={columns}
      rows={ranks}
      rowKey={(rank) => rank}
      maxHeight={320}
      isDense
    />
  );
});
