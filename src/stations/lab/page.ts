/** Which page is shown, and how much of it. */
import type { LinkedView, PageName } from '../../contracts/link.ts';

export interface PageState {
  station: PageName;
  /** How a link wants things shown. */
  view: LinkedView;
}

export interface PageActions {
  goTo: (page: PageName) => void;
  /** Shows things otherwise: a figure alone, in large type, in other colours. */
  look: (changed: Partial<LinkedView>) => void;
}
