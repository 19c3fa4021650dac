import type { ImageBitsReport } from '../../../contracts/images.ts';
import { DataTable, type TableColumn } from '../../../ui/controls/index.ts';
import { formatBit, formatValue } from '../../../ui/format.ts';
import { bitsOfColumn, countedBits, placeWords, type BitFacts } from '../../pictures/describeCell.ts';

/** The bits of one pixel or coefficient one by one, the top bit first. */
export function ColumnBits({ bits, column }: { bits: ImageBitsReport; column: number }) {
  const facts = bitsOfColumn(bits, column);
  const counted = countedBits(bits)(column);
  const place = placeWords(bits, column);
  const columns: TableColumn<BitFacts>[] = [
    {
      id: 'bit',
      header: 'Bit',
      isRowHeader: true,
      cell: ({ significance }) => formatBit(counted - significance, counted, true),
    },
    { id: 'p', header: 'Share of ones p', isNumeric: true, cell: ({ p }) => formatValue(p, 3) },
    {
      id: 'entropy',
      header: 'Entropy H, bit',
      isNumeric: true,
      cell: ({ entropy }) => formatValue(entropy, 3),
    },
    {
      id: 'role',
      header: 'Role',
      cell: ({ role }) => (
        <span className="nowrap">
          <i className={`image-bit-mark image-bit-mark-${role} keeps-colour`} />
          {role}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      caption={`Bits of ${place}`}
      columns={columns}
      rows={facts}
      rowKey={({ significance }) => significance}
      isDense
      empty="One value in every picture of the table: no bits are needed."
    />
  );
}
