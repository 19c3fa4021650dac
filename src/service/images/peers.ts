/** The peers on open pictures. The compressors are loaded when they are first measured. */
import type { ImagePeerResult, ImagePeersReport, ImageSettings } from '../../contracts/images.ts';
import { entryBytes, readContents, type ByteSource } from '../../core/archive/container.ts';
import { isTestGroup } from '../../core/archive/sections.ts';
import { LabError } from '../../core/errors.ts';
import { encodeTable } from '../../core/images/encodeTable.ts';
import { makeImageArchive } from '../../core/images/makeImageArchive.ts';
import { splitImages } from '../../core/images/split.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { ArchiveStore } from '../../platform/archiveStore.ts';
import { machine } from '../peers.ts';
import { claimKey, imageArchiveId } from './archiveId.ts';
import type { OpenImages } from './datasets.ts';

/** Bytes of an archive's training part: everything but the test groups' own sections. */
async function trainingBytes(source: ByteSource): Promise<number> {
  let bytes = source.size;
  for (const section of await readContents(source)) {
    if (!isTestGroup(section.group)) continue;
    bytes -= section.blocks.reduce((sum, { length }) => sum + length, entryBytes(section));
  }
  return bytes;
}

/** The same of the experiment's archive, as it is stored; null where it is not. */
async function storedBytes(openStore: () => Promise<ArchiveStore>, id: string): Promise<number | null> {
  try {
    return await trainingBytes(await (await openStore()).reader(id));
  } catch (thrown) {
    // Without a store, or with a damaged archive in it, it is made again.
    if (thrown instanceof LabError && /^(STORAGE|ARCHIVE)_/.test(thrown.code)) return null;
    throw thrown;
  }
}

/**
 * @param onRow is told each row as it is done, the archive's first
 * @throws CANCELLED, and the codes of encoding the experiment itself
 */
export async function imagePeers(
  { set, summary, origin }: OpenImages,
  settings: ImageSettings,
  openStore: () => Promise<ArchiveStore>,
  pulse: Pulse,
  onRow: (row: ImagePeerResult) => void,
): Promise<ImagePeersReport> {
  const { runImagePeers } = await import('../../peers/images/runImagePeers.ts');
  const { browserImageLibraries } = await import('../../peers/images/browserImageLibraries.ts');
  const split = splitImages(set, settings);
  const label = { datasetId: summary.id, name: summary.name, fileName: summary.fileName };
  const isGiven = set.givenTest !== null;
  const ids = [imageArchiveId(summary.id, settings, isGiven)];
  if (origin !== null) ids.push(imageArchiveId(origin.datasetId, settings, isGiven, claimKey(origin.claims)));
  let bytes: number | null = null;
  for (const id of new Set(ids)) bytes ??= await storedBytes(openStore, id);
  bytes ??= (await makeImageArchive(set, split, settings, label, [encodeTable], pulse)).bytes.train;
  return runImagePeers(set, split.train, { settings, label, bytes }, pulse, onRow, browserImageLibraries, {
    machine: machine(),
  });
}
