/** Archives of pictures for tests. */
import { joinPieces, memorySource, type ByteSource } from '../../archive/container.ts';
import { SILENT_PULSE } from '../../pulse.ts';
import type { ImageSet } from '../imageSet.ts';
import { encodeTable, type TableEncoder } from '../encodeTable.ts';
import { makeImageArchive, type MadeImageArchive } from '../makeImageArchive.ts';
import { DEFAULT_IMAGE_SETTINGS, type ImageSettings } from '../settings.ts';
import { splitImages } from '../split.ts';
import { imageSetId } from '../statistics.ts';

export async function madeFrom(
  set: ImageSet,
  changes: Partial<ImageSettings> = {},
  encoders: readonly TableEncoder[] = [encodeTable],
): Promise<MadeImageArchive & { file: Uint8Array; source: ByteSource; settings: ImageSettings }> {
  const settings = { ...DEFAULT_IMAGE_SETTINGS, ...changes };
  const label = { datasetId: imageSetId(set), name: 'Pictures', fileName: 'pictures.zip' };
  const split = splitImages(set, settings);
  const made = await makeImageArchive(set, split, settings, label, encoders, SILENT_PULSE);
  const file = joinPieces(made.image);
  return { ...made, file, source: memorySource(file), settings };
}
