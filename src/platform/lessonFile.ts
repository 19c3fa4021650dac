/** Whether a file is a lesson, by its name or by how it begins. */

const NAME = /\.lesson\.json$/i;
/** Bytes that are looked at, and what a lesson has among them: a lesson begins with an object and soon comes to its steps. */
const HEAD_BYTES = 4_096;
const HEAD = /^\s*\{[\s\S]*"(?:steps|minutes)"\s*:/;

/** False also for a file that cannot be read: whoever opens it says why. */
export async function isLessonFile(file: File): Promise<boolean> {
  if (NAME.test(file.name)) return true;
  try {
    return HEAD.test(await file.slice(0, HEAD_BYTES).text());
  } catch {
    return false;
  }
}
