import type { ColumnSummary } from '../../../contracts/codec.ts';
import { writeTime } from '../../../contracts/time.ts';
import { formatPlural, formatValue } from '../../../ui/format.ts';

/** From where to where the values of a column go; of text how many there are, and of a category which. */
export function ColumnRange({ column }: { column: ColumnSummary }) {
  const { kind, min, max, time } = column;
  if ((kind === 'number' || kind === 'time') && min !== null && max !== null) {
    const written = (value: number) => (time === null ? formatValue(value, 6) : writeTime(value, time));
    return (
      <span className="nowrap">
        {written(min)} … {written(max)}
      </span>
    );
  }
  const values = column.distinct === null ? 'many values' : formatPlural(column.distinct, 'value');
  const names = column.top.slice(0, 3).map(({ value }) => value);
  return (
    <span className="column-range">
      {values}
      {kind === 'category' && names.length > 0 && (
        <span className="soft">
          : {names.join(', ')}
          {(column.distinct ?? Infinity) > names.length && ' …'}
        </span>
      )}
    </span>
  );
}
