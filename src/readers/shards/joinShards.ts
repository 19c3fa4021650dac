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

/** Whether the classes are said inside: by folders or by files beside the pictures. Else the tar itself may be one. */
function saysClasses({ files: { files } }: FolderPart): boolean {
  return (
    files.some(({ path }) => /\.(?:cls|json)$/i.test(path)) || files.every(({ path }) => path.includes('/'))
  );
}

/**
 * Puts shards of the same name into one folder; where each counts its files anew, they are numbered by shard.
 *
 * @param parts each with the name of its file, without ending, as its folder
 */
export function joinShards(parts: readonly FolderPart[]): FolderPart[] {
  const names = parts.map((part) => (saysClasses(part) ? shardName(`${part.folder}.tar`) : null));
  const sharing = new Map<string, FolderPart[]>();
  for (const [p, name] of names.entries())
    if (name !== null) sharing.set(name.of, [...(sharing.get(name.of) ?? []), parts[p]]);
  const areClashing = new Map([...sharing].map(([of, own]) => [of, haveSamePath(own)]));
  return parts.map((part, p) => {
    const name = names[p];
    if (name === null) return part;
    const files = areClashing.get(name.of) === true ? numbered(part.files, name.number) : part.files;
    return { folder: name.of, files };
  });
}
