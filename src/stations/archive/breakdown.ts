/** Where the bytes of an archive went, as parts of one bar. */
import type { ArchiveReport, StorageBreakdown } from '../../contracts/codec.ts';

type PartName = keyof StorageBreakdown;

export interface BytePart {
  name: PartName;
  label: string;
  /** What is in it, one sentence. */
  about: string;
  bytes: number;
  /** Share of the same records as float64. */
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

/** The parts of the training records' share of the archive, in the order of the bar. */
export function byteParts(report: ArchiveReport): BytePart[] {
  return PARTS.map((part) => {
    const bytes = report.breakdown.train[part.name];
    return { ...part, bytes, share: bytes / report.rawFloat64Bytes.train };
  });
}

/** Share of float64 that is saved; negative when the archive is larger. */
export function savedShare(report: ArchiveReport): number {
  return 1 - report.bytes.train / report.rawFloat64Bytes.train;
}
