import { describe, expect, it } from 'vitest';
import { moveInGrid, type GridCursor } from './gridKeys.ts';
import type { PictureRow } from './gridLayout.ts';

const rows = (name: string, ...counts: number[]): PictureRow[] =>
  counts.map((count, k) => ({ name: name === '' ? '' : `${name}${k}`, note: '', from: 0, count }));
const at = (row: number, column: number, goal = column): GridCursor => ({ row, column, goal });
const press = (list: PictureRow[], from: GridCursor, key: string, isWhole = false) =>
  moveInGrid(list, from, { key, isWhole, page: 2 });

describe('moveInGrid', () => {
  const named = rows('class ', 5, 2, 4);

  it('stays inside a row with a name', () => {
    expect(press(named, at(0, 4), 'ArrowRight')).toEqual(at(0, 4));
    expect(press(named, at(1, 0), 'ArrowLeft')).toEqual(at(1, 0));
    expect(press(named, at(0, 1), 'End')).toEqual(at(0, 4));
    expect(press(named, at(1, 1), 'End', true)).toEqual(at(2, 3));
    expect(press(named, at(1, 1), 'Home', true)).toEqual(at(0, 0));
  });

  it('comes back to its column after a shorter row', () => {
    const down = press(named, at(0, 3), 'ArrowDown');
    expect(down).toEqual(at(1, 1, 3));
    expect(press(named, down ?? at(0, 0), 'ArrowDown')).toEqual(at(2, 3, 3));
    expect(press(named, at(0, 3), 'PageDown')).toEqual(at(2, 3, 3));
    expect(press(named, at(2, 3), 'PageUp')).toEqual(at(0, 3, 3));
  });

  it('goes on into the next row where that continues the list', () => {
    const list = rows('', 3, 3, 1);
    expect(press(list, at(0, 2), 'ArrowRight')).toEqual(at(1, 0));
    expect(press(list, at(1, 0), 'ArrowLeft')).toEqual(at(0, 2));
    expect(press(list, at(2, 0), 'ArrowRight')).toEqual(at(2, 0));
  });

  it('leaves other keys alone', () => {
    expect(press(named, at(0, 0), 'x')).toBeNull();
    expect(press([], at(0, 0), 'ArrowDown')).toBeNull();
  });
});
