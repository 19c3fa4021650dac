/** How the rest of the page speaks to its user. */
import type { MessageActions } from '../stations/lab/messages.ts';

export interface Messages extends MessageActions {
  /** A thrown value as a message, of an opening if it is of one; a cancel is none. */
  sayError: (thrown: unknown, opening?: number) => void;
  /** Another dataset is on the page: what was said of earlier openings than this one is over. */
  forgetOpenings: (before: number) => void;
  /** "Deleted." with Undo: after a while, or when the message goes, `carryOut` runs; Undo runs `takeBack` instead. */
  offerUndo: (what: string, carryOut: () => void, takeBack: () => void) => number;
  /** Carries out everything that is still held open. */
  settle: () => void;
}
