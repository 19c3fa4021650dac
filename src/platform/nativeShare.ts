/** The device's own way to send a link on, as phones have it. */

/** Null where there is none. What it gives never rejects: whoever closes it has changed their mind. */
export function findNativeShare(): ((title: string, url: string) => Promise<void>) | null {
  if (!('share' in navigator)) return null;
  return async (title, url) => {
    try {
      await navigator.share({ title, url });
    } catch {
      // Nothing was sent, and the link is still there to be copied.
    }
  };
}
