/** A cursor for pointer and keyboard on a canvas of cells, which are no elements of their own: the grid is. */
import { useState, type DOMAttributes } from 'react';
import { isAlike } from '../alike.ts';

interface Cells<P> {
  isEmpty: boolean;
  /** Where the keyboard begins. */
  start: P;
  /** Whether there is such a cell: there may be fewer of them now. */
  fits: (place: P) => boolean;
  /** The cell at so many pixels from the upper left corner of the element, or null. */
  at: (x: number, y: number) => P | null;
  /** Where a key takes the cursor, or null if the key is not one of the grid's. */
  move: (from: P, key: string, isWhole: boolean) => P | null;
  /** A key has taken the cursor there: a grid that scrolls brings it into view. */
  onMove?: (place: P, element: HTMLElement) => void;
  /** A click, Enter or the space bar on a cell. */
  onChoose: (place: P) => void;
}

interface CellCursor<P> {
  /** Where the keyboard is, to be shown while the grid has the focus. */
  cursor: P | null;
  /** Where the pointer is. */
  pointed: P | null;
  isFocused: boolean;
  /** The cell to be said in words: the one that is pointed at, else the cursor's. */
  spoken: P | null;
  /** Of the grid's element, which takes the focus. */
  handlers: Pick<
    DOMAttributes<HTMLElement>,
    'onPointerMove' | 'onPointerLeave' | 'onClick' | 'onKeyDown' | 'onFocus' | 'onBlur'
  >;
}

export function useCellCursor<P extends object>(cells: Cells<P>): CellCursor<P> {
  const { isEmpty, start, fits, at, move, onMove, onChoose } = cells;
  const [hovered, setHovered] = useState<P | null>(null);
  const [kept, setKept] = useState<P | null>(null);
  const [isFocused, setFocused] = useState(false);
  const cursor = kept !== null && fits(kept) ? kept : null;
  const pointed = hovered !== null && fits(hovered) ? hovered : null;
  const placeOf = (event: { currentTarget: HTMLElement; clientX: number; clientY: number }): P | null => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return at(event.clientX - left, event.clientY - top);
  };
  return {
    cursor,
    pointed,
    isFocused,
    spoken: pointed ?? (isFocused ? cursor : null),
    handlers: {
      onPointerMove(event) {
        const place = placeOf(event);
        setHovered((last) => (last !== null && place !== null && isAlike(place, last) ? last : place));
      },
      onPointerLeave: () => setHovered(null),
      onClick(event) {
        const place = placeOf(event);
        if (place === null) return;
        setKept(place);
        onChoose(place);
      },
      onKeyDown(event) {
        // Keys on something inside, such as a row's name, are its own.
        if (event.target !== event.currentTarget || event.altKey || event.metaKey || isEmpty) return;
        const from = cursor ?? start;
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          if (fits(from)) onChoose(from);
          return;
        }
        const next = move(from, event.key, event.ctrlKey);
        if (next === null) return;
        event.preventDefault();
        setKept(next);
        setHovered(null);
        onMove?.(next, event.currentTarget);
      },
      onFocus(event) {
        if (event.target !== event.currentTarget) return;
        setFocused(true);
        setKept((last) => last ?? start);
      },
      onBlur: () => setFocused(false),
    },
  };
}
