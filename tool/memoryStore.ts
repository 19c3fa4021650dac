/** The store of archives for the length of one command: in memory, and gone with it. */
import { LabError } from '../src/core/errors.ts';
import type { ArchiveManifest, ArchiveStore } from '../src/platform/archiveStore.ts';
import { createArchiveReader } from '../src/platform/archiveReader.ts';

interface Kept {
  manifest: ArchiveManifest;
  chunks: Map<string, Uint8Array>;
}

const notFound = () => new LabError('ARCHIVE_NOT_FOUND', 'The archive is not there.');

export function createMemoryStore(): ArchiveStore {
  const archives = new Map<string, Kept>();
  const find = (id: string): Kept => {
    const kept = archives.get(id);
    if (kept === undefined) throw notFound();
    return kept;
  };
  return {
    async write(manifest, toWrite) {
      const chunks = new Map<string, Uint8Array>();
      for await (const { name, bytes } of toWrite) chunks.set(name, bytes);
      archives.set(manifest.id, { manifest, chunks });
    },
    list: () => Promise.resolve([...archives.values()].map(({ manifest }) => manifest).reverse()),
    get: (id) => Promise.resolve(archives.get(id)?.manifest ?? null),
    async reader(id, { cacheBytes = 0 } = {}) {
      const { manifest, chunks } = find(id);
      const fetchChunks = (names: string[]) =>
        // The reader hands out what it is given where nobody else has it.
        Promise.resolve(names.map((name) => chunks.get(name)?.slice().buffer));
      return Promise.resolve(createArchiveReader(manifest, fetchChunks, cacheBytes));
    },
    async keep(id, kept) {
      const entry = find(id);
      entry.manifest = { ...entry.manifest, kept };
      return Promise.resolve();
    },
    delete(ids) {
      if (ids === 'all') archives.clear();
      else for (const id of ids) archives.delete(id);
      return Promise.resolve();
    },
    sweepOrphans: () => Promise.resolve(0),
    close: () => archives.clear(),
  };
}
