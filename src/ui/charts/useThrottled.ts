import { useEffect, useRef, useState } from 'react';

/** Milliseconds between two states of a figure that follows a computation: what it is drawn from comes no faster. */
export const FIGURE_EVERY = 500;

/** The value, at most once per `milliseconds`, the last one always: for charts of runs that report faster. */
export function useThrottled<T>(value: T, milliseconds: number): T {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const last = useRef(-Infinity);

  useEffect(() => {
    latest.current = value;
    // A timer that waits is left alone: values that keep coming would put it off for ever.
    if (timer.current !== undefined) return;
    const wait = Math.max(0, last.current + milliseconds - performance.now());
    timer.current = setTimeout(() => {
      timer.current = undefined;
      last.current = performance.now();
      setShown(() => latest.current);
    }, wait);
  }, [value, milliseconds]);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return shown;
}
