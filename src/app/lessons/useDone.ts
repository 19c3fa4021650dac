import { useContext, useEffect, useState } from 'react';
import { NAMED_BUTTONS, type NamedButton } from '../../stations/namedButtons.ts';
import { LabContext } from '../../stations/useLab.ts';
import { isDone, type Check } from './checks.ts';

/** The named button that an event is on, or null. */
function buttonAt({ target }: Event): NamedButton | null {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-button]') : null;
  return NAMED_BUTTONS.find((name) => name === button?.dataset.button) ?? null;
}

/**
 * Whether the check of a step has been met since the step began; once it was, it stays so.
 *
 * @param step names the step, so that another one begins anew
 * @param isBegun whether the step's link has been followed
 */
export function useDone(check: Check | undefined, step: string, isBegun: boolean): boolean {
  const store = useContext(LabContext);
  const [done, setDone] = useState<string | null>(null);
  useEffect(() => {
    if (check === undefined || store === null || !isBegun) return undefined;
    const begun = store.getState();
    const pressed = new Set<NamedButton>();
    const listeners = new AbortController();
    const look = (): void => {
      if (!isDone(check, { lab: store.getState(), begun, pressed })) return;
      stop();
      setDone(step);
    };
    const onPress = (event: Event): void => {
      const button = buttonAt(event);
      if (button === null) return;
      pressed.add(button);
      look();
    };
    const leave = store.subscribe(look);
    function stop(): void {
      leave();
      listeners.abort();
    }
    const options = { capture: true, signal: listeners.signal };
    addEventListener('click', onPress, options);
    // A press by the keyboard is no click everywhere.
    addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter' || event.key === ' ') onPress(event);
      },
      options,
    );
    // What is there already is done.
    const first = setTimeout(look);
    return () => {
      clearTimeout(first);
      stop();
    };
  }, [check, step, isBegun, store]);
  return done === step;
}
