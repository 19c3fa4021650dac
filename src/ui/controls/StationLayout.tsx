import { createContext, useContext, type ReactNode } from 'react';
import { Later } from '../Later.tsx';
import { Disclosure } from './Disclosure.tsx';
import { usePhone } from './usePhone.ts';
import './stationLayout.css';

/** Whether the station's controls are shown; a link can hide them. */
export const ControlsShown = createContext(true);

interface StationLayoutProps {
  title: string;
  /** What this station shows, one or two sentences. */
  lead: ReactNode;
  controls: ReactNode;
  /** Before and after the controls, and never folded: opening a file, starting a run. */
  first?: ReactNode;
  last?: ReactNode;
  /** Under the controls: legends. Shown even when the controls are hidden. */
  aside?: ReactNode;
  /** On a phone the controls are one tap away, so that the picture comes first. */
  foldOnPhone?: boolean;
  children: ReactNode;
}

/** Controls on the left, the station's picture on the right; stacked on a narrow screen. */
export function StationLayout({
  title,
  lead,
  controls,
  first,
  last,
  aside,
  foldOnPhone = false,
  children,
}: StationLayoutProps) {
  const shown = useContext(ControlsShown);
  const isFolded = usePhone() && foldOnPhone;
  return (
    <div className="station">
      <section className="station-controls" aria-label={`${title}: controls`}>
        <h2>{title}</h2>
        <p className="station-lead">{lead}</p>
        {shown && (
          <div className="station-fields">
            {first}
            <Later>{isFolded ? <Disclosure title="Settings">{controls}</Disclosure> : controls}</Later>
            {last}
          </div>
        )}
        {aside}
      </section>
      <section className="station-picture" aria-label={`${title}: results`}>
        <Later>{children}</Later>
      </section>
    </div>
  );
}
