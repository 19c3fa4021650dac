/** One point of a sweep over pictures: some training pictures encoded and decoded in memory. */
import type { ImageSettings, ImageSweepCell } from '../../contracts/images.ts';
import { CODECS } from '../../core/codecs/registry.ts';
import { LabError } from '../../core/errors.ts';
import { openImageArchive } from '../../core/images/archive/read.ts';
import { encodeTable } from '../../core/images/encodeTable.ts';
import { rawBytes } from '../../core/images/imageSet.ts';
import { makeImageArchive } from '../../core/images/makeImageArchive.ts';
import { listSplit, splitImages } from '../../core/images/split.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { OpenImages } from './datasets.ts';
import { piecesSource } from './pieces.ts';
import { firstOfEveryClass, trainingSet } from './subset.ts';
import { archiveWindows } from './windows.ts';

/** @throws SETTING_OUT_OF_RANGE, CANCELLED, and the codes of encoding */
export async function imageSweepCell(
  { set, summary }: OpenImages,
  settings: ImageSettings,
  limit: number,
  pulse: Pulse,
): Promise<ImageSweepCell> {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `A sweep over ${limit} pictures was asked for; it takes a whole number from 1 on.`,
    );
  }
  CODECS.byName(settings.codec);
  const part = trainingSet(set, firstOfEveryClass(set, splitImages(set, settings).train, limit));
  const label = { datasetId: summary.id, name: summary.name, fileName: summary.fileName };
  const everything = listSplit(new Uint8Array(part.records));
  const made = await makeImageArchive(part, everything, settings, label, [encodeTable], pulse);
  const archive = await openImageArchive(piecesSource(made.image));
  let decodeSeconds = 0;
  for await (const { subset } of archiveWindows(archive, pulse)) decodeSeconds += subset.seconds.total;
  return {
    settings,
    records: part.records,
    rawBytes: rawBytes(part),
    bytes: made.bytes.train,
    equation1Bits: made.equation1Bits,
    baseCount: made.tables.reduce<number | null>(
      (sum, { bases }) => (sum === null || bases === null ? null : sum + bases.baseCount),
      0,
    ),
    fidelity: made.fidelity,
    encodeSeconds: made.encodeSeconds,
    decodeSeconds,
  };
}
