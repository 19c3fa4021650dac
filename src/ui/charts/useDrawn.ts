/** Figures are drawn one after the other, each in a React transition and a task of its own. */
import { startTransition, useEffect, useRef, useState } from 'react';

const waiting: (() => void)[] = [];
let isDrawing = false;

/** Lets the page answer before the next one is begun. */
function passOn(): void {
  setTimeout(() => {
    const draw = waiting.shift();
    isDrawing = draw !== undefined;
    draw?.();
  }, 0);
}

function ask(draw: () => void): void {
  waiting.push(draw);
  if (isDrawing) return;
  isDrawing = true;
  passOn();
}

/**
 * Says how long a figure was being drawn, to whoever measures the page: all that it made the page do is over when
 * timers run again.
 */
function report(name: string, start: number): void {
  setTimeout(() => {
    performance.measure(name, { start });
    performance.clearMeasures(name);
  }, 0);
}

/**
 * The latest value, shown when its turn comes: of several figures that change together each is drawn by itself, and
 * React lets clicks and keys go before it. Values that come before the turn replace one another.
 */
export function useDrawn<T>(value: T): T {
  const [shown, setShown] = useState({ value });
  const latest = useRef(value);
  const turn = useRef<(() => void) | null>(null);
  /** What is being drawn; shown once it has been. */
  const target = useRef<{ value: T } | null>(null);
  const begun = useRef(0);
  const isFirst = useRef(true);

  useEffect(() => {
    latest.current = value;
    if (target.current === shown) {
      target.current = turn.current = null;
      report(isFirst.current ? 'figure-mount' : 'figure-update', begun.current);
      isFirst.current = false;
      passOn();
    }
    if (turn.current !== null || Object.is(value, shown.value)) return;
    turn.current = () => {
      const next = { value: latest.current };
      target.current = next;
      begun.current = performance.now();
      startTransition(() => setShown(next));
    };
    ask(turn.current);
  }, [value, shown]);

  useEffect(
    () => () => {
      const place = turn.current === null ? -1 : waiting.indexOf(turn.current);
      if (place >= 0) waiting.splice(place, 1);
      if (target.current !== null) passOn();
      target.current = turn.current = null;
    },
    [],
  );
  return shown.value;
}
