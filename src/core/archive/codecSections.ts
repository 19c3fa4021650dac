/** What an archive's table of contents says of its codec, and the codec's own sections in it. */
import type { Codec, CodecSection } from '../codecs/codec.ts';
import { CODECS } from '../codecs/registry.ts';
import { LabError } from '../errors.ts';
import type { SectionEntry } from './container.ts';
import { SECTION } from './sections.ts';

const OF_ARCHIVES = new Set<number>(Object.values(SECTION));

/** Whether a section is one that archives have whatever their codec. */
export function isOfArchives(type: number): boolean {
  return OF_ARCHIVES.has(type);
}

/**
 * The codec that an archive was made by: its sections name it.
 *
 * @throws CODEC_UNKNOWN, ARCHIVE_CORRUPT where no section names one
 */
export function codecOf(sections: readonly SectionEntry[]): Codec {
  const own = sections.find(({ codec }) => codec !== 0);
  if (own === undefined) {
    throw new LabError('ARCHIVE_CORRUPT', 'The archive is damaged: the sections of its codec are missing.');
  }
  return CODECS.byId(own.codec);
}

/** @throws ARCHIVE_NEWER for a required section that neither archives nor the codec know */
export function checkKnown(sections: readonly SectionEntry[], codec: Codec): void {
  for (const { type, required } of sections) {
    if (!required || isOfArchives(type) || codec.sections.some((own) => own.type === type)) continue;
    throw new LabError(
      'ARCHIVE_NEWER',
      `The archive has a section of type ${type}, which this version cannot read.`,
    );
  }
}

/** The sections that a codec reads at a time. */
export function sectionsAt({ sections }: Codec, at: CodecSection['at']): CodecSection[] {
  return sections.filter((section) => section.at === at);
}
