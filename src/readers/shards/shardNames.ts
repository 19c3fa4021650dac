/** Names of shards: "train-00000-of-00002.parquet", "cifar10-train-0007.tar". */

/** What the name of a shard says. */
export interface ShardName {
  /** What it is a shard of, its folders with it: the name without its number and ending. */
  of: string;
  /** Its number among the shards, as it is written. */
  number: string;
  /** How many there are, where the name says so. */
  count: number | null;
}

/** @returns null where the name has no number of a shard */
export function shardName(path: string): ShardName | null {
  const stem = path.replace(/(?:\.tar)?\.[^./]*$/i, '');
  const found = /^(.*?)[-_.]?(\d{3,8})(?:-of-(\d{3,8}))?$/.exec(stem);
  if (found === null) return null;
  const [, of, number, count] = found;
  return { of, number, count: count === undefined ? null : Number(count) };
}

/**
 * What is missing of the shards that names say there are, in words: "1 of the 2 shards of train".
 *
 * @param paths of all shards
 */
export function missingShards(paths: readonly string[]): string[] {
  const there = new Map<string, { count: number; numbers: Set<number> }>();
  for (const path of paths) {
    const name = shardName(path);
    if (name?.count == null) continue;
    const key = `${name.of} ${name.count}`;
    const known = there.get(key) ?? { count: name.count, numbers: new Set<number>() };
    known.numbers.add(Number(name.number));
    there.set(key, known);
  }
  return [...there]
    .filter(([, { count, numbers }]) => numbers.size < count)
    .map(([key, { count, numbers }]) => {
      const of = key.slice(key.lastIndexOf('/') + 1, key.lastIndexOf(' '));
      return `${count - numbers.size} of the ${count} shards of ${of}`;
    });
}
