/** Whether a file is an archive, by its first bytes (docs/FORMAT.md). */

/** "DMLA". */
const MAGIC = [0x44, 0x4d, 0x4c, 0x41] as const;

/** False also for a file that cannot be read: whoever opens it says why. */
export async function isArchiveFile(file: Blob): Promise<boolean> {
  if (file.size < MAGIC.length) return false;
  try {
    const start = new Uint8Array(await file.slice(0, MAGIC.length).arrayBuffer());
    return MAGIC.every((byte, k) => start[k] === byte);
  } catch {
    return false;
  }
}
