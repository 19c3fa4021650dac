/** Where the bytes of an archive went: every one of them is counted once. */
import { entryBytes, FIXED_CONTAINER_BYTES } from './container.ts';
import { isTestGroup, SECTION } from './sections.ts';

/** Where the bytes of one part of an archive went. */
export interface Breakdown {
  container: number;
  parameters: number;
  masks: number;
  bases: number;
  baseIds: number;
  deviations: number;
  samples: number;
}

/** A section as it is written, or as a table of contents has it. */
interface SizedSection {
  type: number;
  group: number;
  blocks: readonly { length: number }[];
}

/** What divides a group's record bytes between base IDs and deviations. */
interface GroupSize {
  records: number;
  idBits: number;
}

/**
 * Divides an archive's bytes: the test groups' own sections on one side, all others on the other.
 *
 * @param sizeOf size of a group that has records
 */
export function breakDown(
  sections: readonly SizedSection[],
  sizeOf: (group: number) => GroupSize,
): { train: Breakdown; test: Breakdown } {
  const isTest = ({ group }: SizedSection): boolean => isTestGroup(group);
  return {
    train: sum(
      sections.filter((section) => !isTest(section)),
      sizeOf,
      FIXED_CONTAINER_BYTES,
    ),
    test: sum(sections.filter(isTest), sizeOf, 0),
  };
}

/** Bytes of all parts together. */
export function breakdownBytes(b: Breakdown): number {
  return b.container + b.parameters + b.masks + b.bases + b.baseIds + b.deviations + b.samples;
}

/** Sums the sections of one part; a record's bytes are divided between base ID and deviation by their bits. */
function sum(
  sections: readonly SizedSection[],
  sizeOf: (group: number) => GroupSize,
  containerBytes: number,
): Breakdown {
  const b: Breakdown = {
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
    switch (section.type) {
      case SECTION.baseMask:
      case SECTION.columnForms:
      case SECTION.groupHead:
        b.masks += bytes;
        break;
      case SECTION.bases:
        b.bases += bytes;
        break;
      case SECTION.records: {
        const { records, idBits } = sizeOf(section.group);
        const ids = Math.min(bytes, Math.round((records * idBits) / 8));
        b.baseIds += ids;
        b.deviations += bytes - ids;
        break;
      }
      case SECTION.analytics:
      case SECTION.samples:
        b.samples += bytes;
        break;
      default:
        b.parameters += bytes;
    }
  }
  return b;
}
