/** Tars that are shards of one data set become one folder: "train-0000.tar" and "train-0001.tar" are "train". */
import type { PictureFiles } from '../pictures/files.ts';
import { shardName } from './shardNames.ts';

export interface FolderPart {
  folder: string;
  files: PictureFiles;
}

/** The same files with the number of their shard in front of their names. */
function numbered(files: PictureFiles, number: string): PictureFiles {
  return {
    ...files,
    files: files.files.map(({ path, bytes }) => {
      const from = path.lastIndexOf('/') + 1;
      return { path: `${path.slice(0, from)}${number}-${path.slice(from)}`, bytes };
    }),
  };
}

function haveSamePath(shards: readonly FolderPart[]): boolean {
  const paths = new Set<string>();
  for (const { files } of shards)
    for (const { path } of files.files) {
      if (paths.has(path)) return true;
      paths.add(path);
    }
  return false;
}

/**
 * Puts shards of the same name into one folder; where each counts its files anew, they are numbered by shard.
 *
 * @param parts each with the name of its file, without ending, as its folder
 */
export function joinShards(parts: readonly FolderPart[]): FolderPart[] {
  const shards = new Map<string, FolderPart[]>();
  for (const part of parts) {
    const of = shardName(`${part.folder}.tar`)?.of;
    if (of !== undefined) shards.set(of, [...(shards.get(of) ?? []), part]);
  }
  const areClashing = new Map([...shards].map(([of, own]) => [of, haveSamePath(own)]));
  return parts.map((part) => {
    const name = shardName(`${part.folder}.tar`);
    if (name === null || (shards.get(name.of)?.length ?? 0) < 2) return part;
    return {
      folder: name.of,
      files: areClashing.get(name.of) === true ? numbered(part.files, name.number) : part.files,
    };
  });
}
