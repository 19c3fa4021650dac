/** How the rest of the page speaks to its user. */
import type { LabActions } from '../stations/lab.ts';

export interface Messages extends Pick<LabActions, 'say' | 'dismiss'> {
  /** A thrown value as a message; a cancel is none. */
  sayError: (thrown: unknown) => void;
  /** "Deleted." with Undo: after a while, or when the message goes, `carryOut` runs; Undo runs `takeBack` instead. */
  offerUndo: (what: string, carryOut: () => void, takeBack: () => void) => number;
  /** Carries out everything that is still held open. */
  settle: () => void;
}
