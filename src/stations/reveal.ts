/** Milliseconds after which a part of the page that has not appeared is no longer waited for. */
const PATIENCE = 4000;

/**
 * Brings a part of the page into view and gives it the focus, as soon as it is there: the station that holds it may
 * still have to be fetched and mounted.
 *
 * @param id of an element that can take focus
 */
export function reveal(id: string): void {
  if (show(id)) return;
  const observer = new MutationObserver(() => {
    if (show(id)) stop();
  });
  const timer = setTimeout(() => stop(), PATIENCE);
  observer.observe(document.body, { childList: true, subtree: true });

  function stop(): void {
    observer.disconnect();
    clearTimeout(timer);
  }
}

function show(id: string): boolean {
  const element = document.getElementById(id);
  if (element === null) return false;
  element.scrollIntoView({ block: 'start' });
  element.focus({ preventScroll: true });
  return true;
}

/** The inspector of a picture, at the Archive station. */
export const PICTURE_INSPECTOR = 'picture-inspector';
