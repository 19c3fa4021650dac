import { createContext, useContext, type ReactNode } from 'react';
import { LockIcon } from './icons.tsx';

/** Whether a link has fixed what the controls below stand for: they are shown, and cannot be changed. */
export const ControlLocked = createContext(false);

/** Whether a control can be used: not where it is disabled, or fixed by a link. */
export function useDisabled(isDisabled: boolean): boolean {
  return useContext(ControlLocked) || isDisabled;
}

/** Under a control that a link has fixed. */
export function LockNote(): ReactNode {
  return (
    useContext(ControlLocked) && (
      <p className="field-lock">
        <LockIcon /> Fixed by the link
      </p>
    )
  );
}
