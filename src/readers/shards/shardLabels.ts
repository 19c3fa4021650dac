/** Which column of the shards says the classes, and the class of every row by it. */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { ReadNotice } from '../imageReading.ts';
import { isLabelHeader } from '../labels/labelColumns.ts';
import { cleanName, type Label } from '../labels/labels.ts';
import { listed } from '../pictures/places.ts';
import { readLabels, type ParquetShard } from './parquetShard.ts';

/** The labels of all rows of all shards. */
export interface ShardLabels {
  column: string;
  /** By shard and row; null where there is none. */
  labels: (Label | null)[][];
  /** Names of the classes in their order, where these are known: labels are among them. */
  names: readonly string[] | null;
  notices: ReadNotice[];
}

/** "fine_label", "coarse label", "label2". */
const SOME_LABEL = /^(?:.*[_ -])?labels?\d*$/i;
/** Names of columns that number or describe pictures. */
const OTHER_NAME =
  /^(?:.*[_ -])?(?:id|index|idx|name|file|filename|path|url|width|height|caption|text|record|hash|key)$/i;
/** Most columns of labels that are read to find the finest. */
const MOST_READ = 8;

interface Candidate {
  name: string;
  names: readonly string[] | null;
  labels: (Label | null)[][];
  /** How many different labels it has. */
  classes: number;
}

/** Numbers as the names that a file gives to them; −1 stands for none. @throws LabError IMAGES_LABELS_MISMATCH */
function named(
  shard: ParquetShard,
  column: string,
  labels: readonly (Label | null)[],
  names: readonly string[],
): (Label | null)[] {
  return labels.map((label, row) => {
    if (label === null || label === -1) return null;
    if (typeof label === 'number' && label in names) return names[label];
    throw new LabError(
      'IMAGES_LABELS_MISMATCH',
      `Row ${row + 1} of ${cleanName(shard.path)} has ${label} in "${cleanName(column)}", but ${names.length} classes are named.`,
    );
  });
}

/** A column with all its labels; null where its cells are none. */
async function readCandidate(
  shards: readonly ParquetShard[],
  name: string,
  pulse: Pulse,
): Promise<Candidate | null> {
  const names = shards[0].columns.others.find((column) => column.name === name)?.names ?? null;
  const labels: (Label | null)[][] = [];
  const different = new Set<Label>();
  for (const shard of shards) {
    const read = await readLabels(shard, name, pulse);
    if (read === null) return null;
    labels.push(names === null ? read : named(shard, name, read, names));
    for (const label of labels.at(-1)!) if (label !== null) different.add(label);
  }
  return { name, names, labels, classes: different.size };
}

/** Whether a column may be one of classes: of some labels there are several pictures. */
function mayBeClasses({ labels, classes }: Candidate): boolean {
  const filled = labels.reduce((sum, some) => sum + some.filter((label) => label !== null).length, 0);
  return classes > 1 && 2 * classes <= filled;
}

function missing(shards: readonly ParquetShard[], what: string): LabError {
  const { columns, path } = shards[0];
  const others = columns.others.map(({ name }) => cleanName(name));
  const has = others.length === 0 ? 'it has no other' : `its others are ${listed(others, 12)}`;
  return new LabError(
    'IMAGES_LABELS_MISSING',
    `${cleanName(path)} has pictures in "${cleanName(columns.image.name)}", and ${what}; ${has}.`,
  );
}

/** The finest of several columns of classes, and what is said of the others. */
function finest(candidates: readonly Candidate[]): { chosen: Candidate; notices: ReadNotice[] } {
  const sizeOf = ({ names, classes }: Candidate): number => Math.max(names?.length ?? 0, classes);
  const [chosen, ...others] = [...candidates].sort((a, b) => sizeOf(b) - sizeOf(a));
  const notices = others.map((other) => ({
    code: 'label-column-finest',
    text: `The classes are ${sizeOf(chosen)} in the column "${cleanName(chosen.name)}". By "${cleanName(other.name)}" there would be ${sizeOf(other)}.`,
    column: other.name,
  }));
  return { chosen, notices };
}

/**
 * The labels of all rows: of the column that is asked for, else of the one that is stated or called as labels are, else
 * of the only one that may be of classes.
 *
 * @returns null where no column may be
 * @throws LabError COLUMN_UNKNOWN, IMAGES_LABELS_MISSING where several may be, IMAGES_LABELS_MISMATCH, those of Parquet
 */
export async function shardLabels(
  shards: readonly ParquetShard[],
  without: string | null,
  asked: string | undefined,
  pulse: Pulse,
): Promise<ShardLabels | null> {
  const read = async (name: string): Promise<Candidate> => {
    const candidate = await readCandidate(shards, name, pulse);
    if (candidate === null) throw missing(shards, `"${cleanName(name)}" holds neither numbers nor text`);
    return candidate;
  };
  const found = ({ name, names, labels }: Candidate, notices: ReadNotice[] = []): ShardLabels => ({
    column: name,
    labels,
    names,
    notices,
  });
  if (asked !== undefined) return found(await read(asked));
  const others = shards[0].columns.others.filter(({ name }) => name !== without);
  const stated = others.filter(({ names }) => names !== null);
  const called = others.filter(({ name }) => isLabelHeader(name) || SOME_LABEL.test(name));
  const telling = (stated.length > 0 ? stated : called).slice(0, MOST_READ);
  if (telling.length > 0) {
    const candidates: Candidate[] = [];
    for (const { name } of telling) candidates.push(await read(name));
    const { chosen, notices } = finest(candidates);
    return found(chosen, notices);
  }
  const possible: Candidate[] = [];
  for (const { name, leaf } of others.slice(0, MOST_READ)) {
    if (OTHER_NAME.test(name) || leaf.node.element.type === 'DOUBLE') continue;
    const candidate = await readCandidate(shards, name, pulse);
    if (candidate !== null && mayBeClasses(candidate)) possible.push(candidate);
  }
  if (possible.length > 1)
    throw missing(shards, 'more than one of its other columns may be of classes, none of which is called so');
  if (possible.length === 0) return null;
  const [chosen] = possible;
  const text = `Classes are taken from the column "${cleanName(chosen.name)}", the only one that looks like them.`;
  return found(chosen, [{ code: 'label-column-guessed', text }]);
}

/** Refuses shards of which nothing says the classes. */
export function noLabels(shards: readonly ParquetShard[]): LabError {
  return missing(shards, 'no column of classes');
}
