import { createContext, useContext, type ReactNode } from 'react';
import './stationLayout.css';

/** Whether the station's controls are shown; a link can hide them. */
export const ControlsShown = createContext(true);

interface StationLayoutProps {
  title: string;
  /** What this station shows, one or two sentences. */
  lead: ReactNode;
  controls: ReactNode;
  /** Under the controls: legends. Shown even when the controls are hidden. */
  aside?: ReactNode;
  children: ReactNode;
}

/** Controls on the left, the station's picture on the right; stacked on a narrow screen. */
export function StationLayout({ title, lead, controls, aside, children }: StationLayoutProps) {
  const shown = useContext(ControlsShown);
  return (
    <div className="station">
      <section className="station-controls" aria-label={`${title}: controls`}>
        <h2>{title}</h2>
        <p className="station-lead">{lead}</p>
        {shown && <div className="station-fields">{controls}</div>}
        {aside}
      </section>
      <section className="station-picture" aria-label={`${title}: results`}>
        {children}
      </section>
    </div>
  );
}
