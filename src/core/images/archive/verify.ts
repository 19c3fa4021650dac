/** Checking an archive of pictures as a whole: every picture decoded, and the pixels that come out. */
import type { ByteSource } from '../../archive/container.ts';
import { crc32c } from '../../bits/crc32c.ts';
import { LabError } from '../../errors.ts';
import type { Pulse } from '../../pulse.ts';
import { pictureBytes } from '../imageSet.ts';
import { imageSetIdInPieces } from '../statistics.ts';
import { decodeAll, openImageArchive } from './read.ts';

/** Pictures between two questions whether it is time to beat. */
const PIECE = 4096;

/**
 * Decodes all pictures and compares the checksum of every group's pixels; where decoding is exact the pictures have to
 * be the dataset that the archive names, too.
 *
 * @throws ARCHIVE_CORRUPT, ARCHIVE_TOO_LARGE
 */
export async function verifyPictures(
  source: ByteSource,
  pulse: Pulse,
): Promise<{ records: number; columns: number; datasetId: string; claims: string | null }> {
  const archive = await openImageArchive(source, pulse);
  const set = await decodeAll(archive, pulse);
  const { records, pixels, labels } = set;
  const bytes = pictureBytes(set.shape);
  const checksums = new Uint32Array(2 * archive.tables.length);
  for (let i = 0; i < records; i++) {
    const table = archive.schema.classWise ? labels[i] : 0;
    const group = 2 * table + (archive.places[i] & 1);
    checksums[group] = crc32c(pixels.subarray(i * bytes, (i + 1) * bytes), checksums[group]);
    if (i % PIECE === 0 && pulse.due())
      await pulse.beat({ phase: 'Checking pictures', done: i, total: records, unit: 'pictures' });
  }
  archive.tables.forEach(({ facts }, t) => {
    if (checksums[2 * t] !== facts.train.checksum || checksums[2 * t + 1] !== facts.test.checksum) {
      throw new LabError(
        'ARCHIVE_CORRUPT',
        `The archive is damaged: the pictures of base table ${t} are not those that were encoded.`,
      );
    }
  });
  const named = archive.schema.datasetId;
  const datasetId = await imageSetIdInPieces(set, pulse);
  const isNear = archive.fidelity.kind === 'near';
  if (!isNear && datasetId !== named) {
    throw new LabError(
      'ARCHIVE_CORRUPT',
      'The archive is damaged: its pictures are not the dataset that it names.',
    );
  }
  return { records, columns: bytes, datasetId, claims: isNear ? named : null };
}
