/** Which page is shown, and how much of it. */
import type { PageName } from '../../contracts/link.ts';

export interface PageState {
  station: PageName;
  /** Pages whose controls a link hides. */
  hidden: PageName[];
  /** One station without header and rail, for slides. */
  embed: boolean;
}

export interface PageActions {
  goTo: (page: PageName) => void;
}
