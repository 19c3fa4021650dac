/** What the files are that somebody dropped or chose, as far as their first bytes tell. */
import type { DroppedFile } from '../contracts/images.ts';
import { isArchiveFile } from './archiveFile.ts';
import { imageFileOf } from './droppedFiles.ts';

/** "pixels": a table that may as well be meant as pictures. */
export type KindOfFiles = 'images' | 'table' | 'pixels' | 'archive';

/** Bytes of a table that are looked at. */
const HEAD_BYTES = 65_536;

/** @returns 'table' also for what nobody can read: its reader says best what is wrong with it */
export async function kindOfFiles(files: readonly DroppedFile[]): Promise<KindOfFiles> {
  if (files.length === 1 && (await isArchiveFile(files[0].file))) return 'archive';
  // The readers of pictures are fetched when somebody may have some.
  const { looksLikeImages, looksLikePixelCsv } = await import('../readers/readImages.ts');
  const given = files.map(imageFileOf);
  if ((await looksLikeImages(given)) === 'images') return 'images';
  if (given.length > 1) return 'table';
  const [file] = given;
  const head = await file.slice(0, Math.min(HEAD_BYTES, file.bytes));
  return looksLikePixelCsv(head, head.length === file.bytes) ? 'pixels' : 'table';
}
