/** Checking an archive as a whole: every checksum, every record decoded, and the table that comes out of it. */
import { LabError } from './errors.ts';
import { SILENT_PULSE, type Pulse } from './pulse.ts';
import { datasetIdInPieces } from './table/datasetId.ts';
import { verifyPictures } from './images/archive/verify.ts';
import { readBlock, readContents, type ByteSource } from './archive/container.ts';
import { decodeTable, openArchive } from './archive/read.ts';
import { SECTION } from './archive/sections.ts';

/** What was checked, and found to be right. */
export interface ArchiveVerification {
  sections: number;
  blocks: number;
  /** Bytes of the whole archive. */
  bytes: number;
  records: number;
  /** Columns of the table, or values of a picture. */
  columns: number;
  /** Id of what was decoded, by its content: class names and labels are part of it. */
  datasetId: string;
  /**
   * Id that the archive names and that nothing proves: it holds those pictures only nearly, by losses that it states
   * itself. Null where what was decoded is the dataset that it names.
   */
  claims: string | null;
  seconds: number;
}

/**
 * Verifies an archive of either kind: the checksum of every block, of sections that this version does not know too; a
 * full decode; and that what is decoded is the dataset that the schema names or, of pictures that are held only nearly,
 * has the checksums that it states. What an archive is called, and what it keeps for whoever opens it, proves nothing.
 *
 * @throws ARCHIVE_CORRUPT, ARCHIVE_NEWER, ARCHIVE_TOO_LARGE, CODEC_UNKNOWN, TRANSFORM_UNKNOWN, REPRESENTATION_UNKNOWN
 */
export async function verifyArchive(
  source: ByteSource,
  pulse: Pulse = SILENT_PULSE,
): Promise<ArchiveVerification> {
  const started = performance.now();
  const sections = await readContents(source);
  let blocks = 0;
  let bytes = 0;
  for (const section of sections) {
    for (const block of section.blocks) {
      await readBlock(source, block);
      blocks++;
      bytes += block.length;
      if (pulse.due())
        await pulse.beat({ phase: 'Checking checksums', done: bytes, total: source.size, unit: 'bytes' });
    }
  }
  const holdsPictures = sections.some(({ type }) => type === SECTION.imageSchema);
  const content = await (holdsPictures ? verifyPictures(source, pulse) : verifyTable(source, pulse));
  return {
    sections: sections.length,
    blocks,
    bytes: source.size,
    ...content,
    seconds: (performance.now() - started) / 1000,
  };
}

async function verifyTable(
  source: ByteSource,
  pulse: Pulse,
): Promise<Pick<ArchiveVerification, 'records' | 'columns' | 'datasetId' | 'claims'>> {
  const archive = await openArchive(source, pulse);
  const table = await decodeTable(archive, pulse);
  const id = await datasetIdInPieces(table, pulse);
  if (id !== archive.schema.datasetId)
    throw new LabError(
      'ARCHIVE_CORRUPT',
      'The archive is damaged: its table is not the dataset that it names.',
    );
  return { records: table.rows, columns: table.columns.length, datasetId: id, claims: null };
}
