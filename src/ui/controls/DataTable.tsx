import { Fragment, useId, type ReactNode } from 'react';
import { usePhone } from './usePhone.ts';
import './dataTable.css';

export interface TableColumn<R> {
  id: string;
  header: ReactNode;
  /** Right-aligned, tabular numerals. */
  isNumeric?: boolean;
  /** The cell that names its row (one per table). */
  isRowHeader?: boolean;
  /** On a phone it stands in a line below its row, where it is not beyond the edge. */
  isBelowOnPhone?: boolean;
  cell: (row: R, index: number) => ReactNode;
}

interface DataTableProps<R> {
  /** Names the table for screen readers; shown when `showCaption`. */
  caption: string;
  showCaption?: boolean;
  columns: readonly TableColumn<R>[];
  rows: readonly R[];
  rowKey: (row: R, index: number) => string | number;
  rowClassName?: (row: R) => string | undefined;
  /** Scrolls inside this height with a sticky header, in pixels. */
  maxHeight?: number;
  /** Said in place of rows. */
  empty?: ReactNode;
  isDense?: boolean;
}

/** A table that scrolls in a region of its own, which the keyboard can reach. */
export function DataTable<R>(props: DataTableProps<R>) {
  const { caption, rows } = props;
  const id = useId();
  const isPhone = usePhone();
  const isBelow = ({ isBelowOnPhone = false }: TableColumn<R>) => isPhone && isBelowOnPhone;
  const columns = props.columns.filter((column) => !isBelow(column));
  const below = props.columns.filter(isBelow);
  return (
    <div
      className="table-scroll"
      role="region"
      aria-labelledby={id}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by the arrow keys, so it takes focus
      tabIndex={0}
      style={{ maxHeight: props.maxHeight }}
    >
      <table className={props.isDense === true ? 'data-table data-table-dense' : 'data-table'}>
        <caption id={id} className={props.showCaption === true ? undefined : 'visually-hidden'}>
          {caption}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.isNumeric === true ? 'numeric' : undefined}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Fragment key={props.rowKey(row, index)}>
              <tr className={props.rowClassName?.(row)} data-goes-on={below.length > 0 || undefined}>
                {columns.map((column) =>
                  column.isRowHeader === true ? (
                    <th
                      key={column.id}
                      scope="row"
                      className={column.isNumeric === true ? 'numeric' : undefined}
                    >
                      {column.cell(row, index)}
                    </th>
                  ) : (
                    <td key={column.id} className={column.isNumeric === true ? 'numeric' : undefined}>
                      {column.cell(row, index)}
                    </td>
                  ),
                )}
              </tr>
              {below.length > 0 && (
                <tr className="row-below">
                  <td colSpan={columns.length}>
                    <div>
                      {below.map((column) => (
                        <Fragment key={column.id}>{column.cell(row, index)}</Fragment>
                      ))}
                    </div>
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length} className="table-empty">
                {props.empty ?? 'Nothing yet.'}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
