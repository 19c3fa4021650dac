/** Where the bytes of an archive went: every one of them is counted once. */
import { entryBytes, FIXED_CONTAINER_BYTES } from './container.ts';
import type { Codec, CodecSection } from '../codecs/codec.ts';
import { isTestGroup, SECTION } from './sections.ts';

/** Where the bytes of one part of an archive went. */
export interface StorageBreakdown {
  /** Header, table of contents, footer, checksums. */
  container: number;
  /** Column names, mappings, dictionaries, split and experiment. */
  parameters: number;
  /** Masks of base and constant positions, constant values. */
  masks: number;
  bases: number;
  baseIds: number;
  deviations: number;
  /** Stored condensed samples and their weights, or the analytics positions. */
  samples: number;
}

/** A section as it is written, or as a table of contents has it. */
interface SizedSection {
  type: number;
  group: number;
  blocks: readonly { length: number }[];
}

/** What divides a group's record bytes between base IDs and deviations: without bases all of them are the latter. */
interface GroupSize {
  records: number;
  bases: { idBits: number } | null;
}

/**
 * Divides an archive's bytes: the test groups' own sections on one side, all others on the other. What a codec reads
 * when the archive is opened counts as masks, what it reads before a group's first record as bases.
 *
 * @param sizeOf size of a group that has records
 */
export function breakDown(
  { sections: own }: Codec,
  sections: readonly SizedSection[],
  sizeOf: (group: number) => GroupSize,
): { train: StorageBreakdown; test: StorageBreakdown } {
  const places = new Map(own.map(({ type, at }) => [type, at]));
  const isTest = ({ group }: SizedSection): boolean => isTestGroup(group);
  return {
    train: sum(
      sections.filter((section) => !isTest(section)),
      places,
      sizeOf,
      FIXED_CONTAINER_BYTES,
    ),
    test: sum(sections.filter(isTest), places, sizeOf, 0),
  };
}

/** Bytes of all parts together. */
export function breakdownBytes(b: StorageBreakdown): number {
  return b.container + b.parameters + b.masks + b.bases + b.baseIds + b.deviations + b.samples;
}

/** Sums the sections of one part; a record's bytes are divided between base ID and deviation by their bits. */
function sum(
  sections: readonly SizedSection[],
  places: ReadonlyMap<number, CodecSection['at']>,
  sizeOf: (group: number) => GroupSize,
  containerBytes: number,
): StorageBreakdown {
  const b: StorageBreakdown = {
    container: containerBytes,
    parameters: 0,
    masks: 0,
    bases: 0,
    baseIds: 0,
    deviations: 0,
    samples: 0,
  };
  for (const section of sections) {
    b.container += entryBytes(section);
    const bytes = section.blocks.reduce((total, block) => total + block.length, 0);
    switch (places.get(section.type)) {
      case 'strings':
        b.parameters += bytes;
        continue;
      case 'archive':
      case 'table':
      case 'head':
        b.masks += bytes;
        continue;
      case 'body':
        b.bases += bytes;
        continue;
      case 'records': {
        const { records, bases } = sizeOf(section.group);
        const ids = Math.min(bytes, Math.round((records * (bases?.idBits ?? 0)) / 8));
        b.baseIds += ids;
        b.deviations += bytes - ids;
        continue;
      }
    }
    if (section.type === SECTION.columnForms) b.masks += bytes;
    else if (section.type === SECTION.analytics || section.type === SECTION.samples) b.samples += bytes;
    else b.parameters += bytes;
  }
  return b;
}
