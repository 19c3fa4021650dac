/**
 * The archive of pictures that is being read from the store. It stays open between calls, so that a fresh sample for
 * every epoch reads its own blocks alone; base tables are held packed, and blocks not at all.
 */
import type { Fidelity } from '../../contracts/images.ts';
import { LabError } from '../../core/errors.ts';
import { openImageArchive, type ImageArchive } from '../../core/images/archive/read.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { ArchiveReader, ArchiveStore } from '../../platform/archiveStore.ts';

export interface ShelvedArchive {
  id: string;
  /** As the store has them: what an archive says of itself may be more than it proves. */
  datasetId: string;
  fidelity: Fidelity;
  createdAt: number;
  archive: ImageArchive;
  source: ArchiveReader;
}

export class Shelf {
  private readonly store: () => Promise<ArchiveStore>;
  private opened: ShelvedArchive | null = null;

  constructor(store: () => Promise<ArchiveStore>) {
    this.store = store;
  }

  /** @throws ARCHIVE_NOT_FOUND, ARCHIVE_HOLDS_TABLE, ARCHIVE_CORRUPT, ARCHIVE_NEWER, STORAGE_* */
  async open(id: string, pulse: Pulse): Promise<ShelvedArchive> {
    const store = await this.store();
    const manifest = await store.get(id);
    if (manifest === null) {
      this.opened = null;
      throw new LabError('ARCHIVE_NOT_FOUND', 'The archive is not in this browser any more.');
    }
    const { createdAt } = manifest;
    if (this.opened?.id === id && this.opened.createdAt === createdAt) return this.opened;
    this.opened = null;
    const source = await store.reader(id, { cacheBytes: 0 });
    const archive = await openImageArchive(source, pulse);
    const { datasetId, images } = manifest;
    this.opened = {
      id,
      createdAt,
      archive,
      source,
      datasetId,
      fidelity: images?.fidelity ?? archive.fidelity,
    };
    return this.opened;
  }
}
