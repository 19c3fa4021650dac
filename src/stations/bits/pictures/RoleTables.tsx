import type { ReactNode } from 'react';
import type { ImageBitsReport } from '../../../contracts/images.ts';
import { DataTable, type TableColumn } from '../../../ui/controls/index.ts';
import { formatBit, formatCount, formatValue } from '../../../ui/format.ts';
import { countChannels, countPlanes, type RoleCounts } from '../../pictures/cells.ts';

function columnsOf<R extends RoleCounts>(
  { baseCount }: ImageBitsReport,
  first: string,
  name: (row: R) => ReactNode,
): TableColumn<R>[] {
  const hasBases = baseCount !== null;
  return [
    { id: 'name', header: first, isRowHeader: true, cell: name },
    { id: 'bits', header: 'Bits', isNumeric: true, cell: (row) => formatCount(row.bits) },
    { id: 'constant', header: 'Constant', isNumeric: true, cell: (row) => formatCount(row.constant) },
    ...(hasBases
      ? [{ id: 'base', header: 'Base', isNumeric: true, cell: (row: R) => formatCount(row.base) }]
      : []),
    {
      id: 'deviation',
      header: hasBases ? 'Deviation' : 'Varying',
      isNumeric: true,
      cell: (row) => formatCount(row.deviation),
    },
    {
      id: 'entropy',
      header: 'Mean entropy, bit',
      isNumeric: true,
      cell: (row) => formatValue(row.meanEntropy, 3),
    },
  ];
}

/** The planes in numbers: every channel together. */
export function PlanesTable({ bits }: { bits: ImageBitsReport }) {
  const planes = countPlanes(bits);
  return (
    <DataTable
      caption="Bits of every plane by role"
      columns={columnsOf<(typeof planes)[number]>(bits, 'Plane', ({ significance }) =>
        formatBit(planes.length - significance, planes.length, true),
      )}
      rows={planes}
      rowKey={({ significance }) => significance}
      isDense
    />
  );
}

/** The channels in numbers. */
export function ChannelsTable({ bits }: { bits: ImageBitsReport }) {
  return (
    <DataTable
      caption="Bits of every channel by role"
      columns={columnsOf<ReturnType<typeof countChannels>[number]>(bits, 'Channel', ({ name }) => name)}
      rows={countChannels(bits)}
      rowKey={({ name }) => name}
      isDense
    />
  );
}
