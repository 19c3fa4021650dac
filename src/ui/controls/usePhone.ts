import { useSyncExternalStore } from 'react';

const PHONE = '(max-width: 640px)';

/** Whether the page is as narrow as on a phone. */
export function usePhone(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const query = matchMedia(PHONE);
      query.addEventListener('change', onChange);
      return () => query.removeEventListener('change', onChange);
    },
    () => matchMedia(PHONE).matches,
  );
}
