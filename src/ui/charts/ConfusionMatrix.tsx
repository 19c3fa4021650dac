import type { CSSProperties } from 'react';
import { DataTable, type TableColumn } from '../controls/index.ts';
import { formatCount, formatPercent } from '../format.ts';
import './confusionMatrix.css';

/** Beyond this height in pixels the classes scroll under their header. */
const HIGHEST = 660;

interface ConfusionMatrixProps {
  /** Names the table: whose predictions, on which records. */
  caption: string;
  /** Names of the K classes. */
  labels: readonly string[];
  /** K × K counts, row-major: true class × predicted class. */
  confusion: ArrayLike<number>;
  /** The role whose colour fills the cells. */
  tone: 'full' | 'analytics';
}

interface ClassRow {
  label: string;
  counts: number[];
  total: number;
}

/** How often each class was taken for each: counts, and as shares of their row, by which the cells are filled. */
export function ConfusionMatrix({ caption, labels, confusion, tone }: ConfusionMatrixProps) {
  const rows = labels.map((label, row): ClassRow => {
    const counts = labels.map((_, column) => confusion[row * labels.length + column]);
    return { label, counts, total: counts.reduce((sum, count) => sum + count, 0) };
  });
  const columns: TableColumn<ClassRow>[] = [
    {
      id: 'true',
      header: <Corner />,
      isRowHeader: true,
      cell: ({ label }) => <ClassName label={label} />,
    },
    ...labels.map((label, column): TableColumn<ClassRow> => ({
      id: `class ${column}`,
      header: <ClassName label={label} />,
      isNumeric: true,
      cell: ({ counts, total }, row) => (
        <Cell count={counts[column]} total={total} isRight={row === column} />
      ),
    })),
    { id: 'total', header: 'Records', isNumeric: true, cell: ({ total }) => formatCount(total) },
  ];
  return (
    <div className={`confusion confusion-${tone}`}>
      <DataTable
        caption={caption}
        columns={columns}
        rows={rows}
        rowKey={(_, row) => row}
        maxHeight={HIGHEST}
        isDense
      />
    </div>
  );
}

function Corner() {
  return (
    <>
      guessed →<br />
      true ↓
    </>
  );
}

function ClassName({ label }: { label: string }) {
  return (
    <span className="confusion-name" title={label}>
      {label}
    </span>
  );
}

/** A count with its share of the row; none needs no share. */
function Cell({ count, total, isRight }: { count: number; total: number; isRight: boolean }) {
  const share = total === 0 ? 0 : count / total;
  return (
    <span
      className={`confusion-cell${isRight ? ' confusion-right' : ''}${count === 0 ? ' confusion-none' : ''}`}
      style={{ '--share': `${(share * 100).toFixed(2)}%` } as CSSProperties}
    >
      {formatCount(count)}
      {count > 0 && <small>{formatPercent(share)}</small>}
    </span>
  );
}
