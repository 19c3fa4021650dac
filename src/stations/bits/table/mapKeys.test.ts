import { describe, expect, it } from 'vitest';
import type { MapRow } from '../../../contracts/codec.ts';
import { moveCursor } from './mapKeys.ts';

const rows = [18, 6, 64].map((bits, column): MapRow => ({
  column,
  label: '',
  mapping: '',
  kind: 'stored',
  start: 0,
  bits,
  use: 'feature',
}));
const at = (row: number, bit: number, goal = bit) => ({ row, bit, goal });

describe('moveCursor', () => {
  it('moves by one bit and stops at the ends of the row', () => {
    expect(moveCursor(rows, at(0, 3), 'ArrowRight', false, 5)).toEqual(at(0, 4));
    expect(moveCursor(rows, at(0, 0), 'ArrowLeft', false, 5)).toEqual(at(0, 0));
    expect(moveCursor(rows, at(1, 5), 'ArrowRight', false, 5)).toEqual(at(1, 5));
  });

  it('comes back to its bit after passing a shorter row', () => {
    const short = moveCursor(rows, at(0, 15), 'ArrowDown', false, 5);
    expect(short).toEqual(at(1, 5, 15));
    expect(moveCursor(rows, short ?? at(0, 0), 'ArrowDown', false, 5)).toEqual(at(2, 15));
  });

  it('pages and jumps to the ends without leaving the map', () => {
    expect(moveCursor(rows, at(0, 2), 'PageDown', false, 5)).toEqual(at(2, 2));
    expect(moveCursor(rows, at(2, 2), 'PageUp', false, 5)).toEqual(at(0, 2));
    expect(moveCursor(rows, at(2, 9), 'Home', false, 5)).toEqual(at(2, 0));
    expect(moveCursor(rows, at(1, 1), 'End', false, 5)).toEqual(at(1, 5));
    expect(moveCursor(rows, at(1, 1), 'End', true, 5)).toEqual(at(2, 63));
    expect(moveCursor(rows, at(1, 1), 'Home', true, 5)).toEqual(at(0, 0));
  });

  it('leaves other keys to the page', () => {
    expect(moveCursor(rows, at(0, 0), 'Tab', false, 5)).toBeNull();
    expect(moveCursor(rows, at(0, 0), 'a', false, 5)).toBeNull();
  });
});
