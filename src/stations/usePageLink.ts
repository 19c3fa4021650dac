import type { MouseEvent } from 'react';
import type { PageName } from '../contracts/link.ts';
import { useLab } from './useLab.ts';

interface PageLink {
  href: string;
  'aria-current': 'page' | undefined;
  onClick: (event: MouseEvent) => void;
}

/** What an anchor needs to lead to a page: with a key held it opens elsewhere, as any link does. */
export function usePageLink(page: PageName): PageLink {
  const isCurrent = useLab((lab) => lab.station === page);
  const goTo = useLab((lab) => lab.goTo);
  return {
    href: `#station=${page}`,
    'aria-current': isCurrent ? 'page' : undefined,
    onClick(event) {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      goTo(page);
    },
  };
}
