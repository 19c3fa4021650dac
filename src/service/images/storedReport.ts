/** The report on an archive that is there already, as far as an archive tells of itself. */
import type { BaseFacts } from '../../contracts/codec.ts';
import type { ImageArchiveReport, ImageSettings, TableReport } from '../../contracts/images.ts';
import { breakDown, breakdownBytes, type StorageBreakdown } from '../../core/archive/breakdown.ts';
import { entryBytes, readContents } from '../../core/archive/container.ts';
import { isTestGroup, trainGroup } from '../../core/archive/sections.ts';
import { equation1Bits } from '../../core/codecs/baseDeviation/objective.ts';
import { pictureBytes } from '../../core/images/imageSet.ts';
import type { ImageTable } from '../../core/images/archive/open.ts';
import { recordBlocks } from './compress.ts';
import type { ShelvedArchive } from './shelf.ts';

/** Number of the base table that a group of records belongs to. */
const tableOf = (group: number): number => Math.floor((group - 1) / 2);

/** Where the bytes of a stored archive go. */
export async function storedBreakdown({ archive, source }: ShelvedArchive): Promise<{
  train: StorageBreakdown;
  test: StorageBreakdown;
}> {
  return breakDown(archive.codec, await readContents(source), (group) => {
    const table = archive.tables[tableOf(group)];
    return isTestGroup(group) ? table.test : table.train;
  });
}

/**
 * Nothing was encoded for it: no workers, no seconds, and of each search only its end.
 *
 * @param settings those that the archive was made with
 * @param decodeSeconds time it took to decode it
 */
export async function storedReport(
  shelved: ShelvedArchive,
  settings: ImageSettings,
  decodeSeconds: number,
): Promise<ImageArchiveReport> {
  const { id, archive, source, fidelity } = shelved;
  const sections = await readContents(source);
  const breakdown = await storedBreakdown(shelved);
  const bytes = pictureBytes(archive.shape);
  const tables: TableReport[] = [];
  let totalBits: number | null = 0;
  for (const [t, table] of archive.tables.entries()) {
    const { label, widths, train, test } = table;
    const own = sections.filter(({ group }) => group === trainGroup(t));
    const recordBits = widths.reduce((sum, width) => sum + width, 0);
    const { records } = train;
    const bases = basesOf(table, recordBits, settings.objective);
    totalBits = bases === null || totalBits === null ? null : totalBits + bases.curve.size[0];
    tables.push({
      className: label === null ? null : archive.classNames[label],
      trainRecords: records,
      testRecords: test.records,
      bytes: own.reduce(
        (sum, section) =>
          section.blocks.reduce((total, { length }) => total + length, sum + entryBytes(section)),
        0,
      ),
      rawBytes: records * bytes,
      recordBits,
      bases,
    });
  }
  const { trainRecords, testRecords } = archive;
  return {
    id,
    stored: true,
    storeError: null,
    trainRecords,
    testRecords,
    rawBytes: { train: trainRecords * bytes, test: testRecords * bytes },
    bytes: { train: breakdownBytes(breakdown.train), test: breakdownBytes(breakdown.test) },
    breakdown,
    equation1Bits: totalBits,
    tables,
    fidelity,
    blockBytes: archive.schema.blockBytes,
    blocks: recordBlocks({ sections }, archive.codec),
    workers: 0,
    encodeSeconds: 0,
    decodeSeconds,
  };
}

/** Of a search only its end is left: the bases that it chose, and Equation 1 of them. */
function basesOf(
  { inBase, train }: ImageTable,
  recordBits: number,
  objective: ImageSettings['objective'],
): BaseFacts | null {
  if (inBase === null || train.bases === null) return null;
  const { baseCount, tableBits } = train.bases;
  const baseBits = inBase().reduce((sum, flag) => sum + flag, 0);
  const constantBits = baseBits - tableBits;
  const bits = equation1Bits({ records: train.records, recordBits, constantBits, baseBits, baseCount }, 0, 0);
  return {
    ...{ baseCount, baseBits, constantBits, deviationBits: recordBits - baseBits },
    curve: {
      baseBits: Uint32Array.of(baseBits),
      baseCounts: Uint32Array.of(baseCount),
      size: Float64Array.of(bits),
      chosen: 0,
      stop: 'plateau',
      objective,
    },
  };
}
