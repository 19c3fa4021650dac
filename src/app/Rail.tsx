import type { MouseEvent } from 'react';
import { STATION_NAMES, type StationName } from '../contracts/link.ts';
import { useLab, useLabParts } from '../stations/useLab.ts';
import { usePhone, WarningIcon } from '../ui/controls/index.ts';
import { HEADLINES, PAGE_TITLES } from './headlines.ts';
import { workAt } from './running.ts';
import { WorkButtons } from './WorkButtons.tsx';
import './rail.css';

/** The pipeline: the way from station to station and the display of what each has found or is at. */
export function Rail() {
  return (
    <nav className="rail" aria-label="Pipeline">
      <ol>
        {STATION_NAMES.map((station) => (
          <Stop key={station} station={station} />
        ))}
      </ol>
    </nav>
  );
}

function Stop({ station }: { station: StationName }) {
  const { value, short, note, isBusy, busyWith, share, isStale, error } = useLabParts((lab) =>
    HEADLINES[station](lab),
  );
  const isPhone = usePhone();
  const { canPause, canCancel, isHeld } = useLabParts((lab) => workAt(lab, station));
  const isCurrent = useLab((lab) => lab.station === station);
  const goTo = useLab((lab) => lab.goTo);

  function follow(event: MouseEvent): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    goTo(station);
  }

  return (
    <li>
      <a
        href={`#station=${station}`}
        className={`stop${isBusy ? ' stop-busy' : ''}${isStale && !isBusy ? ' stop-stale' : ''}`}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={follow}
      >
        <span className="stop-name">
          {PAGE_TITLES[station]}
          {error !== null && (
            <span className="stop-error">
              <WarningIcon />
              <span className="stop-words">failed</span>{' '}
              <span className="visually-hidden">with code {error.code}</span>
            </span>
          )}
          {isBusy && <span className="stop-busy-with">{busyWith}</span>}
          {isHeld && !isBusy && <StopMark>waits</StopMark>}
          {error === null && isStale && !isBusy && !isHeld && <StopMark>out of date</StopMark>}
        </span>
        <b className="stop-value">{(isPhone ? short : undefined) ?? value}</b>
        <span className="stop-note">{note}</span>
        <span
          className="stop-track"
          data-busy={isBusy || undefined}
          data-unknown={(isBusy && share === null) || undefined}
        >
          <span style={{ transform: `scaleX(${isBusy ? (share ?? 1) : 0})` }} />
        </span>
      </a>
      {canCancel && !isPhone && (
        <span className="stop-buttons">
          <WorkButtons station={station} canPause={canPause} />
        </span>
      )}
    </li>
  );
}

/** A word on what is shown; on a phone a dot. */
function StopMark({ children }: { children: string }) {
  return (
    <span className="stop-mark">
      <span className="stop-words">{children}</span>
    </span>
  );
}
