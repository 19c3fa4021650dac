/** What is computed by itself, at whatever station: started, ended and held back. */
import type { StationName } from '../../contracts/link.ts';
import type { ImagePart, TablePart } from '../../contracts/settings.ts';

/** A part that was ended unasked, since settings that came with what is open make it long: it waits for a press. */
export interface HeldWork<Part = TablePart | ImagePart> {
  part: Part;
  /** How long it takes at the measured rate, from where it was ended; null where that cannot be told. */
  seconds: number | null;
}

export interface WorkState {
  held: HeldWork<TablePart>[];
}

export interface WorkActions {
  /** Tries a failed task again. Learn and Sweep are played and run again, a dataset is opened again. */
  retry: (task: 'bits' | 'archive') => void;
  /** Stops a task; what was there before stays. */
  cancel: (task: 'bits' | 'archive' | 'examination') => void;
  /** Starts what is held back. */
  startHeld: () => void;
  /** Leaves it undone: its station can still start it. */
  leaveHeld: () => void;
  /** Pauses what runs at a station and can be gone on with. */
  pauseStation: (station: StationName) => void;
  /** Ends whatever runs at a station; what was there before stays. */
  cancelStation: (station: StationName) => void;
}
