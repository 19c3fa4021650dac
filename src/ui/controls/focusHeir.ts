import { useLayoutEffect, type RefObject } from 'react';

/** What takes the focus by itself: whoever got it unasked would be pressed by the next key. */
const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex]';

/** Gives the focus to an element that is no control, for as long as it has it. */
function focusPlace(place: HTMLElement): void {
  if (!place.hasAttribute('tabindex')) {
    place.tabIndex = -1;
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
  }
  place.focus({ preventScroll: true });
}

/** Where somebody goes on who was in what has gone: what stood right before it, else what it stood in. */
function placeBeside(element: HTMLElement): () => HTMLElement | null {
  const left: { own: HTMLElement; before: Element | null; around: HTMLElement | null }[] = [];
  for (let own: HTMLElement | null = element; own !== null; own = own.parentElement)
    left.push({ own, before: own.previousElementSibling, around: own.parentElement });
  return () => {
    const gone = left.find(({ around }) => around?.isConnected === true);
    if (gone === undefined || gone.own.isConnected || gone.around === document.body) return null;
    const { before, around } = gone;
    return before instanceof HTMLElement && before.isConnected && !before.matches(CONTROLS) ? before : around;
  };
}

/**
 * A control that goes or is disabled while it has the focus leaves it nowhere: who reads by ear is at the top of the page again.
 * Here the focus goes on beside it, and the next Tab to what follows. Whoever wants it elsewhere has it first.
 */
export function useFocusHeir(ref: RefObject<HTMLElement | null>, isDisabled: boolean): void {
  useLayoutEffect(() => {
    const element = ref.current;
    return () => {
      if (element === null || document.activeElement !== element) return;
      const place = placeBeside(element);
      queueMicrotask(() => {
        if (element.isConnected || document.activeElement !== document.body) return;
        const heir = place();
        if (heir !== null) focusPlace(heir);
      });
    };
  }, [ref]);
  useLayoutEffect(() => {
    const element = ref.current;
    if (
      isDisabled &&
      element !== null &&
      element.parentElement !== null &&
      document.activeElement === element
    )
      focusPlace(element.parentElement);
  }, [ref, isDisabled]);
}
