/** Laying out an image archive: encoded tables in, container out, with every byte accounted for. */
import { breakDown, breakdownBytes, type StorageBreakdown } from '../../archive/breakdown.ts';
import { entryBytes, layOutContainer, type ContainerImage, type Section } from '../../archive/container.ts';
import { GROUP, isTestGroup, SECTION, testGroup, trainGroup } from '../../archive/sections.ts';
import { codecSections, sharedSections } from '../../archive/write.ts';
import { CODECS } from '../../codecs/registry.ts';
import type { Split } from '../../random.ts';
import type { EncodedTable } from '../encodeTable.ts';
import { effortOf, type ImageSettings } from '../settings.ts';
import { encodeFidelity } from './fidelitySection.ts';
import { encodeImageIndex, encodeLabels } from './index.ts';
import { pack } from '../../bits/packing.ts';
import { encodeImageSchema, type ImageSchema } from './schema.ts';

export interface ImageArchiveParts {
  schema: ImageSchema;
  settings: ImageSettings;
  /** What else the experiment says, in fields of its own. */
  recorded?: object;
  split: Split;
  /** Whether the dataset brings the split. */
  isGiven: boolean;
  labels: Uint16Array;
  /** What all tables share, of a codec that has such a thing. */
  shared: Uint8Array | null;
  /** In the order of their numbers. */
  tables: readonly EncodedTable[];
}

export interface WrittenImageArchive {
  image: ContainerImage;
  breakdown: { train: StorageBreakdown; test: StorageBreakdown };
  bytes: { train: number; test: number };
  /** Bytes of each table's training part: its sections with their entries in the table of contents. */
  tableBytes: number[];
}

/** Codecs that know of no effort say none: their archives are the bytes that they were before there was one. */
function recordedSettings(settings: ImageSettings): Partial<ImageSettings> {
  const { effort: _, ...others } = settings;
  return effortOf(settings) === null ? others : settings;
}

/** The same bytes for the same settings, in whatever order they were put together. */
function canonicalJson(said: object): string {
  return JSON.stringify(Object.fromEntries(Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1))));
}

const sizeOf = (section: Section): number =>
  section.blocks.reduce((sum, block) => sum + block.length, entryBytes(section));

export function writeImageArchive(parts: ImageArchiveParts): WrittenImageArchive {
  const { schema, tables, settings } = parts;
  const codec = CODECS.byName(settings.codec);
  const single = (type: number, group: number, bytes: Uint8Array): Section => ({
    type,
    codec: 0,
    group,
    required: true,
    blocks: [bytes],
  });
  const { split, isGiven, labels } = parts;
  const classes = schema.classNames.length;
  const tableSections = tables.map(({ table, sections: own, forms, train, test }) => [
    ...codecSections(codec, own, trainGroup(table)),
    // Every reader of a table reads them whole.
    ...(forms.length === 0 ? [] : [single(SECTION.columnForms, trainGroup(table), pack(forms))]),
    ...codecSections(codec, train.sections, trainGroup(table)),
    ...codecSections(codec, test.sections, testGroup(table)),
  ]);
  const sections: Section[] = [
    single(SECTION.imageSchema, GROUP.all, encodeImageSchema(schema)),
    single(SECTION.imageIndex, GROUP.all, encodeImageIndex(split, isGiven, labels, classes)),
    single(SECTION.imageIndex, GROUP.test, encodeLabels(labels, split.test, classes)),
    ...sharedSections(codec, parts.shared),
    ...tableSections.flat(),
    single(SECTION.fidelity, GROUP.all, encodeFidelity(tables.map(({ decoded }) => decoded))),
    {
      ...single(
        SECTION.experiment,
        GROUP.all,
        new TextEncoder().encode(canonicalJson({ ...recordedSettings(settings), ...parts.recorded })),
      ),
      required: false,
    },
  ];
  const image = layOutContainer(sections);
  const bytesOfPicture = schema.shape.width * schema.shape.height * schema.shape.channels;
  const breakdown = breakDown(codec, sections, (group) => {
    const { train, test, decoded } = tables[Math.floor((group - 1) / 2)];
    return isTestGroup(group)
      ? { records: decoded.test.errors.values / bytesOfPicture, bases: test.bases }
      : { records: decoded.train.errors.values / bytesOfPicture, bases: train.bases };
  });
  return {
    image,
    breakdown,
    bytes: { train: breakdownBytes(breakdown.train), test: breakdownBytes(breakdown.test) },
    tableBytes: tableSections.map((own) =>
      own.filter(({ group }) => !isTestGroup(group)).reduce((sum, section) => sum + sizeOf(section), 0),
    ),
  };
}
