/** Refusals in tests. */

/** What work throws: its code, or "taken" when it throws nothing. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'taken';
  } catch (thrown) {
    const { code } = thrown as { code?: string };
    return code ?? `uncoded: ${String(thrown)}`;
  }
}
