/**
 * Files that were opened since the page was, by the dataset that they are: Back opens one again without asking for it.
 * A file is a handle on what lies on the disk, so that holding it takes no memory.
 */
import type { DatasetSource } from '../contracts/codec.ts';
import type { ImageSource } from '../contracts/images.ts';

type FileSource = Extract<DatasetSource, { kind: 'file' }> | Extract<ImageSource, { kind: 'files' }>;

/** Most datasets whose files are held; the one that was opened longest ago goes first. */
const MOST = 16;

export interface HeldFiles {
  hold: (datasetId: string, source: DatasetSource | ImageSource) => void;
  find: (datasetId: string) => FileSource | null;
}

export function createHeldFiles(): HeldFiles {
  const held = new Map<string, FileSource>();
  return {
    hold(datasetId, source) {
      if (source.kind !== 'file' && source.kind !== 'files') return;
      held.delete(datasetId);
      held.set(datasetId, source);
      if (held.size > MOST) held.delete([...held.keys()][0]);
    },
    find: (datasetId) => held.get(datasetId) ?? null,
  };
}
