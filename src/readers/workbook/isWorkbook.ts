/** Whether a zip is a workbook of Excel (XLSX): by what it holds, whatever it is called. */
import { LabError } from '../../core/errors.ts';
import type { ImageFile } from '../imageReading.ts';
import { isZip, openZip } from '../zip/zip.ts';

/** The part that lists the sheets. */
export const WORKBOOK = /^xl\/workbook\d*\.xml$/i;

/** @throws what slicing throws */
export async function isWorkbook(file: ImageFile, head: Uint8Array): Promise<boolean> {
  if (!isZip(head)) return false;
  try {
    return (await openZip(file)).entries.some(({ path }) => WORKBOOK.test(path));
  } catch (thrown) {
    // Whoever opens it says what is wrong.
    if (thrown instanceof LabError) return false;
    throw thrown;
  }
}
