import type { ColumnSummary } from '../../../contracts/codec.ts';
import { formatCount, formatValue } from '../../../ui/format.ts';

const WIDTH = 104;
const HEIGHT = 26;

/** One path of bars, bottom-aligned; the tallest fills the height. */
function barsPath(counts: readonly number[], width: number, height: number): string {
  const most = Math.max(...counts, 0);
  if (most === 0) return '';
  const step = width / counts.length;
  const bar = Math.max(0.5, Math.min(step - 1, 18));
  let path = '';
  for (let index = 0; index < counts.length; index++) {
    if (counts[index] === 0) continue;
    // A value that occurs at all is seen.
    const tall = Math.max(1, (counts[index] / most) * height);
    path += `M${(index * step).toFixed(2)} ${height}v${(-tall).toFixed(2)}h${bar.toFixed(2)}v${tall.toFixed(2)}z`;
  }
  return path;
}

/** How the values of a column are spread: a histogram, or the most frequent values of a category. */
export function ColumnShape({ column }: { column: ColumnSummary }) {
  const isCategory = column.kind === 'category';
  const counts = isCategory ? column.top.map(({ count }) => count) : column.histogram;
  if (counts.length === 0) return <span className="soft">–</span>;
  const label = isCategory
    ? `Most frequent: ${column.top.map(({ value, count }) => `${value} (${formatCount(count)})`).join(', ')}`
    : `Histogram of ${column.name} from ${formatValue(column.min ?? NaN)} to ${formatValue(column.max ?? NaN)}`;
  return (
    <svg
      className="column-shape"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <path d={barsPath(counts, WIDTH, HEIGHT)} />
    </svg>
  );
}
