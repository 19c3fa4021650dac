/** Where the bytes of an archive went, as parts of one bar. */
import type { StorageBreakdown } from '../../contracts/codec.ts';

type PartName = keyof StorageBreakdown;

export interface BytePart {
  name: PartName;
  label: string;
  /** What is in it, one sentence. */
  about: string;
  bytes: number;
  /** Share of the same records as they were. */
  share: number;
}

const PARTS: readonly { name: PartName; label: string; about: string }[] = [
  { name: 'bases', label: 'bases', about: 'Bits that many records share, once per base.' },
  { name: 'baseIds', label: 'base IDs', about: 'Which base each record uses.' },
  { name: 'deviations', label: 'deviations', about: 'The bits that stay with each record.' },
  {
    name: 'masks',
    label: 'masks',
    about: 'Which bits are constant or in the base, and the constant ones’ values.',
  },
  {
    name: 'parameters',
    label: 'parameters',
    about: 'Column names, mappings, dictionaries, the split and the settings.',
  },
  {
    name: 'samples',
    label: 'samples',
    about: 'The condensed samples and their weights, or the positions that regenerate them.',
  },
  { name: 'container', label: 'container', about: 'Header, table of contents and checksums.' },
];

/** What parts are called, and what they are, where it is something else; null leaves a part out. */
export type PartWords = Partial<Record<PartName, { label?: string; about: string } | null>>;

/** The parts that a codec without bases has. */
export const WITHOUT_BASES: PartWords = {
  masks: {
    label: 'model',
    about: 'What all records share, with the form of the columns: read once, when the archive is opened.',
  },
  bases: { label: 'index', about: 'Where the bytes of each record, or of a few together, begin.' },
  baseIds: null,
  deviations: { label: 'records', about: 'Every record, coded under the model.' },
};

/**
 * The parts of the training records' share of the archive, in the order of the bar.
 *
 * @param rawBytes of the same records as they were
 * @param words of parts that are something else than in the table of a codec with bases
 */
export function byteParts(breakdown: StorageBreakdown, rawBytes: number, words: PartWords = {}): BytePart[] {
  return PARTS.filter(({ name }) => words[name] !== null).map((part) => {
    const bytes = breakdown[part.name];
    return { ...part, ...words[part.name], bytes, share: bytes / rawBytes };
  });
}
