/** Whether the page is in front: hidden, the browser may give its workers less time. */

export interface VisibilityWatch {
  /** Whether the page has been hidden at any time since. */
  wasHidden: () => boolean;
  end: () => void;
}

export function watchVisibility(): VisibilityWatch {
  let hidden = false;
  const look = () => {
    hidden ||= document.visibilityState === 'hidden';
  };
  look();
  document.addEventListener('visibilitychange', look);
  return {
    wasHidden: () => hidden,
    end: () => document.removeEventListener('visibilitychange', look),
  };
}
