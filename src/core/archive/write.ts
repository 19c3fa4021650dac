/** Writing an archive: coded table in, container out, with every byte accounted for. */
import type { Codec, EncodedGroup } from '../codecs/codec.ts';
import type { WeightedSamples } from '../condense/clusters.ts';
import type { Split } from '../random.ts';
import {
  entryBytes,
  FIXED_CONTAINER_BYTES,
  layOutContainer,
  type ContainerImage,
  type Section,
} from './container.ts';
import { encodeSchema, type Schema } from './schema.ts';
import { GROUP, SECTION } from './sections.ts';
import {
  encodeAnalytics,
  encodeMask,
  encodeSamples,
  encodeSplit,
  encodeTimes,
  type Analytics,
  type SplitRule,
} from './smallSections.ts';

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

export interface ArchiveParts {
  codec: Codec;
  schema: Schema;
  rule: SplitRule;
  split: Split;
  inBase: Uint8Array;
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
  breakdown: { train: Breakdown; test: Breakdown };
  bytes: { train: number; test: number };
  /** Bytes of everything but bases and records, for Equation 1's S_params. */
  parameterBytes: number;
}

const single = (type: number, codec: number, bytes: Uint8Array): Section => ({
  type,
  codec,
  group: GROUP.all,
  required: true,
  blocks: [bytes],
});

/** Lays the parts out; sections that a change of β rewrites stand last, so that all others keep their place. */
export function writeArchive(parts: ArchiveParts): WrittenArchive {
  const { codec, train, test, analytics, samples } = parts;
  const codecId = codec.meta.id;
  const groupSections = (encoded: EncodedGroup, group: number): Section[] =>
    encoded.sections.map(({ type, blocks }) => ({ type, codec: codecId, group, required: true, blocks }));
  const times = encodeTimes(parts.schema.columns);
  const sections: Section[] = [
    single(SECTION.schema, 0, encodeSchema(parts.schema)),
    ...(times === null ? [] : [{ ...single(SECTION.times, 0, times), required: false }]),
    single(SECTION.split, 0, encodeSplit(parts.rule, parts.split)),
    single(SECTION.baseMask, codecId, encodeMask(parts.inBase)),
    ...groupSections(train, GROUP.train),
    ...groupSections(test, GROUP.test),
    { ...single(SECTION.analytics, 0, encodeAnalytics(analytics)), required: false },
    { ...single(SECTION.experiment, 0, new TextEncoder().encode(parts.experiment)), required: false },
  ];
  if (samples !== null) {
    sections.push({ ...single(SECTION.samples, 0, encodeSamples(samples)), required: false });
  }
  const image = layOutContainer(sections);
  const breakdown = {
    train: breakDown(
      sections,
      (group) => group !== GROUP.test,
      train,
      parts.split.train.length,
      FIXED_CONTAINER_BYTES,
    ),
    test: breakDown(sections, (group) => group === GROUP.test, test, parts.split.test.length, 0),
  };
  const bytes = { train: total(breakdown.train), test: total(breakdown.test) };
  const { container, parameters, masks } = breakdown.train;
  return { image, breakdown, bytes, parameterBytes: container + parameters + masks };
}

function total(b: Breakdown): number {
  return b.container + b.parameters + b.masks + b.bases + b.baseIds + b.deviations + b.samples;
}

/** Sums the sections of one part; a record's bytes are divided between base ID and deviation by their bits. */
function breakDown(
  sections: readonly Section[],
  belongs: (group: number) => boolean,
  encoded: EncodedGroup,
  records: number,
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
    if (!belongs(section.group)) continue;
    b.container += entryBytes(section);
    const bytes = section.blocks.reduce((sum, block) => sum + block.length, 0);
    switch (section.type) {
      case SECTION.baseMask:
      case SECTION.groupHead:
        b.masks += bytes;
        break;
      case SECTION.bases:
        b.bases += bytes;
        break;
      case SECTION.records:
        b.baseIds = Math.min(bytes, Math.round((records * encoded.idBits) / 8));
        b.deviations = bytes - b.baseIds;
        break;
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
