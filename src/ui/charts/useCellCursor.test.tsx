// @vitest-environment happy-dom
import { act } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { mountEach } from '../testing/mount.ts';
import { useCellCursor } from './useCellCursor.ts';

const view = mountEach();
const onChoose = vi.fn<(column: number) => void>();

/** A row of cells, ten pixels each. */
function Row({ cells }: { cells: number }) {
  const { cursor, spoken, handlers } = useCellCursor<{ column: number }>({
    isEmpty: cells === 0,
    start: { column: 0 },
    fits: ({ column }) => column < cells,
    at: (x) => (x < 10 * cells ? { column: Math.floor(x / 10) } : null),
    move: ({ column }, key) => (key === 'ArrowRight' ? { column: Math.min(cells - 1, column + 1) } : null),
    onChoose: ({ column }) => onChoose(column),
  });
  return (
    <div role="grid" aria-label="Cells" tabIndex={0} {...handlers}>
      {`cursor ${cursor?.column ?? 'none'}, spoken ${spoken?.column ?? 'none'}`}
    </div>
  );
}

const show = (cells: number): void => act(() => view.root.render(<Row cells={cells} />));
const grid = (): HTMLElement => view.place.querySelector<HTMLElement>('[role=grid]')!;
const send = (event: Event): void => act(() => void grid().dispatchEvent(event));
const press = (key: string, how: KeyboardEventInit = {}): void =>
  send(new KeyboardEvent('keydown', { key, bubbles: true, ...how }));
const point = (type: string, clientX: number): void =>
  send(new PointerEvent(type, { clientX, clientY: 0, bubbles: true }));

beforeEach(() => onChoose.mockReset());

describe('the cursor on a grid of cells', () => {
  it('begins at the start, goes where keys take it, and chooses by Enter or the space bar', () => {
    show(3);
    expect(grid().textContent).toBe('cursor none, spoken none');
    act(() => grid().focus());
    expect(grid().textContent).toBe('cursor 0, spoken 0');
    press('ArrowRight');
    press('x');
    press('Enter');
    press(' ');
    // A shortcut of the browser's or of the page's.
    press('Enter', { altKey: true });
    press('ArrowRight', { metaKey: true });
    expect(onChoose.mock.calls).toEqual([[1], [1]]);
    act(() => grid().blur());
    expect(grid().textContent).toBe('cursor 1, spoken none');
  });

  it('says the cell under the pointer before its own, and goes where is clicked', () => {
    show(3);
    act(() => grid().focus());
    point('pointermove', 25);
    expect(grid().textContent).toBe('cursor 0, spoken 2');
    point('click', 15);
    expect(onChoose.mock.calls).toEqual([[1]]);
    point('click', 35);
    expect(onChoose).toHaveBeenCalledOnce();
    point('pointermove', 35);
    expect(grid().textContent).toBe('cursor 1, spoken 1');
  });

  it('is nowhere when its cell is gone, and does nothing without cells', () => {
    show(3);
    act(() => grid().focus());
    press('ArrowRight');
    press('ArrowRight');
    show(2);
    expect(grid().textContent).toBe('cursor none, spoken none');
    show(0);
    press('Enter');
    press('ArrowRight');
    expect(onChoose).not.toHaveBeenCalled();
  });
});
