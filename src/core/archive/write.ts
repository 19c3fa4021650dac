/** Writing an archive: coded table in, container out, with every byte accounted for. */
import type { Codec, EncodedGroup, EncodedSection } from '../codecs/codec.ts';
import type { WeightedSamples } from '../condense/clusters.ts';
import type { Pulse } from '../pulse.ts';
import type { Split } from '../random.ts';
import type { Mapping } from '../table/mapping.ts';
import { breakDown, breakdownBytes, type StorageBreakdown } from './breakdown.ts';
import { entryBytes, layOutContainer, type ContainerImage, type Section } from './container.ts';
import { encodeSchema, type Schema } from './schema.ts';
import { GROUP, SECTION } from './sections.ts';
import {
  encodeAnalytics,
  encodeSamples,
  encodeSplit,
  encodeTimes,
  type Analytics,
  type SplitRule,
} from './smallSections.ts';

export interface ArchiveParts {
  codec: Codec;
  schema: Schema;
  rule: SplitRule;
  split: Split;
  /** The strings of its categories as the codec keeps them, where that is smaller; null where the schema has them. */
  strings: Uint8Array | null;
  /** What all tables share, of a codec that has such a thing. */
  shared: Uint8Array | null;
  /** What the codec keeps once for both groups. */
  table: readonly EncodedSection[];
  train: EncodedGroup;
  test: EncodedGroup;
  analytics: Analytics;
  /** Condensed samples when they are stored, else null. */
  samples: WeightedSamples | null;
  /** Settings as canonical JSON. */
  experiment: string;
}

export interface WrittenArchive {
  image: ContainerImage;
  breakdown: { train: StorageBreakdown; test: StorageBreakdown };
  bytes: { train: number; test: number };
  /** Bytes of everything but bases and records, for Equation 1's S_params. */
  parameterBytes: number;
}

/** A codec's sections as an archive has them. */
export function codecSections(
  { meta }: Codec,
  sections: readonly EncodedSection[],
  group: number,
): Section[] {
  return sections.map(({ type, blocks }) => ({ type, codec: meta.id, group, required: true, blocks }));
}

/** The section of what all tables of an archive share: there is one where the codec fits such a thing. */
export function sharedSections(codec: Codec, shared: Uint8Array | null): Section[] {
  const place = codec.sections.find(({ at }) => at === 'archive');
  if (place === undefined || shared === null) return [];
  return codecSections(codec, [{ type: place.type, blocks: [shared] }], GROUP.all);
}

function stringSections(codec: Codec, strings: Uint8Array | null): Section[] {
  if (codec.strings === undefined || strings === null) return [];
  return codecSections(codec, [{ type: codec.strings.section.type, blocks: [strings] }], GROUP.all);
}

/**
 * The strings of a table's categories as a codec keeps them.
 *
 * @returns null where the schema takes no more bytes for them
 */
export async function codeStrings(
  codec: Codec,
  mappings: readonly Mapping[],
  pulse: Pulse,
): Promise<Uint8Array | null> {
  const columns = mappings.flatMap((mapping) => (mapping.kind === 'category' ? [mapping.dictionary] : []));
  if (codec.strings === undefined || columns.every(({ length }) => length === 0)) return null;
  const made = await codec.strings.encode(columns, pulse);
  if (made === null) return null;
  const { coded, textBytes } = made;
  // The schema has a length for each string, of a byte or more, where the text has its end.
  return coded.length + entryBytes({ blocks: [coded] }) < textBytes ? coded : null;
}

const single = (type: number, bytes: Uint8Array): Section => ({
  type,
  codec: 0,
  group: GROUP.all,
  required: true,
  blocks: [bytes],
});

/** Lays the parts out; sections that a change of β rewrites stand last, so that all others keep their place. */
export function writeArchive(parts: ArchiveParts): WrittenArchive {
  const { codec, train, test, analytics, samples } = parts;
  const times = encodeTimes(parts.schema.columns);
  const sections: Section[] = [
    single(SECTION.schema, encodeSchema(parts.schema, parts.strings !== null)),
    ...(times === null ? [] : [{ ...single(SECTION.times, times), required: false }]),
    single(SECTION.split, encodeSplit(parts.rule, parts.split)),
    ...stringSections(codec, parts.strings),
    ...sharedSections(codec, parts.shared),
    ...codecSections(codec, parts.table, GROUP.all),
    ...codecSections(codec, train.sections, GROUP.train),
    ...codecSections(codec, test.sections, GROUP.test),
    { ...single(SECTION.analytics, encodeAnalytics(analytics)), required: false },
    { ...single(SECTION.experiment, new TextEncoder().encode(parts.experiment)), required: false },
  ];
  if (samples !== null) {
    sections.push({ ...single(SECTION.samples, encodeSamples(samples)), required: false });
  }
  const image = layOutContainer(sections);
  const breakdown = breakDown(codec, sections, (group) =>
    group === GROUP.train
      ? { records: parts.split.train.length, bases: train.bases }
      : { records: parts.split.test.length, bases: test.bases },
  );
  const bytes = { train: breakdownBytes(breakdown.train), test: breakdownBytes(breakdown.test) };
  const { container, parameters, masks } = breakdown.train;
  return { image, breakdown, bytes, parameterBytes: container + parameters + masks };
}
