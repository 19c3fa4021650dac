/** What the files are that somebody dropped or chose, as far as their first bytes tell. */
import type { Openings } from '../contracts/codec.ts';
import type { DroppedFile } from '../contracts/images.ts';
import { isArchiveFile } from './archiveFile.ts';
import { imageFileOf } from './droppedFiles.ts';

/** "pixels": a table that may as well be meant as pictures; "tables": one of several, or in a zip or tar. */
export type KindOfFiles = 'images' | 'table' | 'tables' | 'pixels' | 'archive';

/** @returns 'table' also for what nobody can read: its reader says best what is wrong with it */
export async function kindOfFiles(files: readonly DroppedFile[]): Promise<KindOfFiles> {
  if (files.length === 1 && (await isArchiveFile(files[0].file))) return 'archive';
  // The readers of pictures are fetched when somebody may have some.
  const { FORMAT_BYTES, isContainer, looksLikeImages, looksLikePixelCsv, openSource } =
    await import('../readers/readImages.ts');
  const given = files.map(imageFileOf);
  if ((await looksLikeImages(given)) === 'images') return 'images';
  const [file] = given;
  if (given.length > 1) return 'tables';
  const source = await openSource(file, FORMAT_BYTES).catch(() => null);
  if (source === null) return 'table';
  if (await isContainer(source)) return 'tables';
  const { head } = source;
  return looksLikePixelCsv(head, head.length < FORMAT_BYTES) ? 'pixels' : 'table';
}

/**
 * The tables among files in which there are no pictures.
 *
 * @returns rejects with LabError where a zip or tar among them is damaged
 */
export async function tablesOfFiles(files: readonly DroppedFile[]): Promise<Openings> {
  const { findOpenings } = await import('../readers/openings.ts');
  return findOpenings(files.map(imageFileOf));
}
