import { useMemo, useState } from 'react';
import type { ImageSummary } from '../../../contracts/images.ts';
import { Segments } from '../../../ui/charts/Segments.tsx';
import { DataTable, type TableColumn } from '../../../ui/controls/index.ts';
import { formatCount, formatPercent } from '../../../ui/format.ts';
import { SavedPanel } from '../../SaveFigure.tsx';
import { useLab } from '../../useLab.ts';
import { classShares, extremes, type ClassShare } from './balance.ts';

type Order = 'classes' | 'count';
const ORDERS: readonly { value: Order; label: string }[] = [
  { value: 'classes', label: 'Class order' },
  { value: 'count', label: 'Most first' },
];

/** How many pictures each class has, for training and for testing. */
export function BalancePanel({ dataset }: { dataset: ImageSummary }) {
  const testFraction = useLab((lab) => lab.images.settings.testFraction);
  const [order, setOrder] = useState<Order>('classes');
  const shares = useMemo(() => classShares(dataset, { testFraction }), [dataset, testFraction]);
  const rows = useMemo(
    () => (order === 'classes' ? shares : [...shares].sort((a, b) => b.train + b.test - a.train - a.test)),
    [shares, order],
  );
  const ends = extremes(shares);
  if (ends === null) return null;
  const largest = Math.max(1, ends.most.train + ends.most.test);
  const columns: TableColumn<ClassShare>[] = [
    {
      id: 'class',
      header: 'Class',
      isRowHeader: true,
      cell: ({ name }) => (
        <span className="class-name" title={name}>
          {name}
        </span>
      ),
    },
    {
      id: 'bar',
      header: <span className="visually-hidden">As a bar</span>,
      cell: ({ train, test }) => (
        <span className="count-track count-wide keeps-colour" aria-hidden="true">
          <span className="count-bar" style={{ width: `${(train / largest) * 100}%` }} />
          <span className="count-bar count-test" style={{ width: `${(test / largest) * 100}%` }} />
        </span>
      ),
    },
    { id: 'train', header: 'Training', isNumeric: true, cell: ({ train }) => formatCount(train) },
    { id: 'test', header: 'Test', isNumeric: true, cell: ({ test }) => formatCount(test) },
    {
      id: 'share',
      header: 'Of all',
      isNumeric: true,
      cell: ({ train, test }) => formatPercent((train + test) / Math.max(1, dataset.records)),
    },
  ];
  const { most, least } = ends;
  const isEven = most.train + most.test === least.train + least.test;
  return (
    <SavedPanel
      name="balance"
      title="Balance"
      caption={
        isEven
          ? `every class has ${formatCount(most.train + most.test)} pictures`
          : `${most.name} has most, ${formatCount(most.train + most.test)}; ${least.name} has fewest, ${formatCount(least.train + least.test)}`
      }
      actions={<Segments label="Order of the classes" value={order} options={ORDERS} onChange={setOrder} />}
      rows={() => [
        ['class', 'training', 'test'],
        ...rows.map(({ name, train, test }) => [name, train, test]),
      ]}
      isEmpty={rows.length === 0}
      figure={
        <>
          <ul className="picture-keys">
            <li>
              <i className="swatch-bar" /> training
            </li>
            <li>
              <i className="swatch-bar count-test" /> test
            </li>
          </ul>
          <DataTable
            caption="Pictures of every class"
            columns={columns}
            rows={rows}
            rowKey={({ label }) => label}
            maxHeight={420}
            isDense
          />
        </>
      }
    />
  );
}
