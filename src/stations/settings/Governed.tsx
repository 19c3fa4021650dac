import type { ReactNode } from 'react';
import { standingIn, type ControlStanding } from '../../contracts/link.ts';
import { ControlLocked } from '../../ui/controls/index.ts';
import { useLab } from '../useLab.ts';

/** What the link makes of a control. */
export function useStanding(control: string): ControlStanding {
  return useLab((lab) => standingIn(lab.view, control));
}

interface GovernedProps {
  /** Name of the control, as links call it. */
  control: string;
  children: ReactNode;
}

/** What stands for a setting, as far as the link lets it: as it is, fixed, or not at all. */
export function Governed({ control, children }: GovernedProps) {
  const standing = useStanding(control);
  if (standing === 'hidden') return null;
  return <ControlLocked value={standing === 'locked'}>{children}</ControlLocked>;
}
