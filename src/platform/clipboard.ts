/** The clipboard, which the browser may refuse: outside secure contexts, without a click, by permission. */

/** Copies the text. Resolves to whether the browser let it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
