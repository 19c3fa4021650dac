/** Writing an archive: coded table in, container out, with every byte accounted for. */
import type { Codec, EncodedGroup } from '../codecs/codec.ts';
import type { WeightedSamples } from '../condense/clusters.ts';
import type { Split } from '../random.ts';
import { breakDown, breakdownBytes, type Breakdown } from './breakdown.ts';
import { layOutContainer, type ContainerImage, type Section } from './container.ts';
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
  const breakdown = breakDown(sections, (group) =>
    group === GROUP.train
      ? { records: parts.split.train.length, idBits: train.idBits }
      : { records: parts.split.test.length, idBits: test.idBits },
  );
  const bytes = { train: breakdownBytes(breakdown.train), test: breakdownBytes(breakdown.test) };
  const { container, parameters, masks } = breakdown.train;
  return { image, breakdown, bytes, parameterBytes: container + parameters + masks };
}
