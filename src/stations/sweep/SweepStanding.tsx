import { Notice } from '../../ui/controls/index.ts';
import type { GridSweep } from '../lab/sweep.ts';

interface SweepStandingProps {
  status: GridSweep<unknown, unknown>['status'];
  /** What has changed since it ran, or nothing. */
  changed: string;
  /** What it consists of: "runs". */
  noun: string;
  /** "Run", "Measure" */
  verb: string;
}

/** Whether the results of a sweep are whole, and whether they are still of these settings. */
export function SweepStanding({ status, changed, noun, verb }: SweepStandingProps) {
  return (
    <>
      {changed !== '' && (
        <Notice tone="warning">
          <p>
            Out of date: this sweep ran with {changed}.{' '}
            {status === 'paused' && 'Resuming continues with the settings it began with. '}
            {verb} it again to follow the settings.
          </p>
        </Notice>
      )}
      {status === 'paused' && (
        <Notice>
          <p>Paused: what has finished is kept, even when the page is closed. Resume does the rest.</p>
        </Notice>
      )}
      {status === 'cancelled' && (
        <Notice>
          <p>Cancelled: the {noun} that had finished are kept below.</p>
        </Notice>
      )}
    </>
  );
}
