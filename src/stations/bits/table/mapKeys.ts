import type { MapRow } from '../../../contracts/codec.ts';
import type { MapPlace } from './mapGeometry.ts';

/** The cursor on the map. `goal` is the bit it returns to after passing a shorter row. */
export interface MapCursor extends MapPlace {
  goal: number;
}

/** Where a key takes the cursor, or null if the key is not one of the map's. */
export function moveCursor(
  rows: readonly MapRow[],
  from: MapCursor,
  key: string,
  whole: boolean,
  page: number,
): MapCursor | null {
  const last = rows.length - 1;
  const sideways = (bit: number): MapCursor => {
    const at = Math.min(rows[from.row].bits - 1, Math.max(0, bit));
    return { row: from.row, bit: at, goal: at };
  };
  const upOrDown = (target: number): MapCursor => {
    const row = Math.min(last, Math.max(0, target));
    return { row, bit: Math.min(from.goal, rows[row].bits - 1), goal: from.goal };
  };
  switch (key) {
    case 'ArrowLeft':
      return sideways(from.bit - 1);
    case 'ArrowRight':
      return sideways(from.bit + 1);
    case 'ArrowUp':
      return upOrDown(from.row - 1);
    case 'ArrowDown':
      return upOrDown(from.row + 1);
    case 'PageUp':
      return upOrDown(from.row - page);
    case 'PageDown':
      return upOrDown(from.row + page);
    case 'Home':
      return whole ? { row: 0, bit: 0, goal: 0 } : sideways(0);
    case 'End': {
      const bit = rows[whole ? last : from.row].bits - 1;
      return { row: whole ? last : from.row, bit, goal: bit };
    }
    default:
      return null;
  }
}
