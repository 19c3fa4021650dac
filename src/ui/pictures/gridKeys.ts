import type { GridPlace, PictureRow } from './gridLayout.ts';

/** The cursor on a grid of pictures. `goal` is the column it returns to after passing a shorter row. */
export interface GridCursor extends GridPlace {
  goal: number;
}

interface KeyPress {
  key: string;
  /** With Ctrl held. */
  isWhole: boolean;
  /** Rows that Page Up and Page Down pass. */
  page: number;
}

/**
 * Where a key takes the cursor, or null if the key is not one of the grid's. Where one row only continues the other,
 * left and right go on into the next one.
 */
export function moveInGrid(
  rows: readonly PictureRow[],
  from: GridCursor,
  { key, isWhole, page }: KeyPress,
): GridCursor | null {
  const last = rows.length - 1;
  if (last < 0) return null;
  const at = (row: number, column: number): GridCursor => ({ row, column, goal: column });
  const end = (row: number): GridCursor => at(row, Math.max(0, rows[row].count - 1));
  const upOrDown = (target: number): GridCursor => {
    const row = Math.min(last, Math.max(0, target));
    return { row, column: Math.min(from.goal, Math.max(0, rows[row].count - 1)), goal: from.goal };
  };
  switch (key) {
    case 'ArrowLeft':
      if (from.column > 0) return at(from.row, from.column - 1);
      return from.row > 0 && rows[from.row].name === '' ? end(from.row - 1) : at(from.row, 0);
    case 'ArrowRight':
      if (from.column < rows[from.row].count - 1) return at(from.row, from.column + 1);
      return from.row < last && rows[from.row + 1].name === '' ? at(from.row + 1, 0) : end(from.row);
    case 'ArrowUp':
      return upOrDown(from.row - 1);
    case 'ArrowDown':
      return upOrDown(from.row + 1);
    case 'PageUp':
      return upOrDown(from.row - page);
    case 'PageDown':
      return upOrDown(from.row + page);
    case 'Home':
      return at(isWhole ? 0 : from.row, 0);
    case 'End':
      return end(isWhole ? last : from.row);
    default:
      return null;
  }
}
