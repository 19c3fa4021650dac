import { createContext, useContext, useId, type ReactNode } from 'react';
import type { FigureName } from '../../contracts/figures.ts';
import './panel.css';

/** The name of the one figure that is shown, or null where all panels are; the others stay as they are, hidden. */
export const FigureAlone = createContext<string | null>(null);

interface PanelProps {
  /** By which links show it alone. */
  name?: FigureName;
  title: string;
  /** What the numbers are: units, denominators, how many runs. */
  caption?: ReactNode;
  /** Buttons at the right of the title: exports, view switches. */
  actions?: ReactNode;
  /** Its value is out of date: something upstream changed and it has not been computed again yet. */
  stale?: boolean;
  children: ReactNode;
}

/** A framed figure of a station's picture. */
export function Panel({ name, title, caption, actions, stale = false, children }: PanelProps) {
  const id = useId();
  const alone = useContext(FigureAlone);
  return (
    <section
      className={stale ? 'panel panel-stale' : 'panel'}
      aria-labelledby={id}
      data-figure={name}
      hidden={alone !== null && alone !== name}
    >
      <header className="panel-head">
        <h3 id={id}>
          {title}
          {caption !== undefined && <small>{caption}</small>}
        </h3>
        {stale && <span className="panel-mark">out of date</span>}
        {actions !== undefined && <div className="panel-actions">{actions}</div>}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  );
}

interface StatProps {
  label: ReactNode;
  value: ReactNode;
  /** Denominator, unit or comparison. */
  note?: ReactNode;
  tone?: 'analytics' | 'base' | 'deviation';
}

/** One headline number. */
export function Stat({ label, value, note, tone }: StatProps) {
  return (
    <div className="stat">
      <dt>{label}</dt>
      <dd className={tone === undefined ? 'stat-value' : `stat-value role-${tone}`}>{value}</dd>
      {note !== undefined && <dd className="stat-note">{note}</dd>}
    </div>
  );
}

/** A row of headline numbers; wide ones carry longer notes. */
export function Stats({ isWide = false, children }: { isWide?: boolean; children: ReactNode }) {
  return <dl className={isWide ? 'stats stats-wide' : 'stats'}>{children}</dl>;
}
