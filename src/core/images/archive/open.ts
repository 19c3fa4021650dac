/** Opening an image archive: its small sections are read and checked, its records left where they are. */
import {
  readBlocks,
  readContents,
  type BlockEntry,
  type ByteSource,
  type SectionEntry,
} from '../../archive/container.ts';
import { GROUP, SECTION, testGroup, trainGroup } from '../../archive/sections.ts';
import { decodeMask } from '../../archive/smallSections.ts';
import { ByteReader } from '../../bits/bytes.ts';
import { layOut, type Layout } from '../../bits/lanes.ts';
import type { Codec, FieldBits, GroupSize, RowReader } from '../../codecs/codec.ts';
import { CODECS } from '../../codecs/registry.ts';
import { LabError } from '../../errors.ts';
import { addErrors, fidelityOf, noErrors, type Fidelity } from '../fidelity.ts';
import { pictureBytes, type ImageShape } from '../imageSet.ts';
import { REPRESENTATIONS } from '../representations/registry.ts';
import type { ColumnForms } from '../representations/representation.ts';
import { TRANSFORMS } from '../transforms/registry.ts';
import type { TransformPlan } from '../transforms/transform.ts';
import { valueBits } from '../values.ts';
import { decodeFidelity, type TableFacts } from './fidelitySection.ts';
import { decodeImageIndex } from './index.ts';
import { unpack } from '../../bits/packing.ts';
import { decodeImageSchema, tableCount, type ImageSchema } from './schema.ts';
import { unpackTable } from '../../codecs/baseDeviation/sparseTable.ts';

/** What a group's base table is read from. */
interface GroupSource {
  sections: Sections;
  codec: Codec;
  widths: Uint8Array;
  /** Known only when every table has been looked at. */
  fieldBits: () => FieldBits;
  mask: Uint8Array;
  head: Uint8Array;
  bases: SectionEntry;
}

/** A base table's training or test pictures. */
export class ImageGroup {
  readonly size: GroupSize;
  readonly blocks: readonly BlockEntry[];
  private readonly from: GroupSource;
  private opened: Promise<RowReader> | null = null;
  private kept = 0;

  constructor(size: GroupSize, blocks: readonly BlockEntry[], from: GroupSource) {
    this.size = size;
    this.blocks = blocks;
    this.from = from;
  }

  /** Bytes of the base table as it is stored. */
  get storedBaseBytes(): number {
    return this.from.bases.blocks[0]?.length ?? 0;
  }

  /** Whether the base table is read, or on its way. */
  get isKept(): boolean {
    return this.opened !== null;
  }

  /** Bytes of the base table that are kept: none before it is read. */
  get residentBytes(): number {
    return this.kept;
  }

  /**
   * Reads the base table the first time; it is kept, packed, until it is released.
   *
   * @throws ARCHIVE_CORRUPT
   */
  rows(): Promise<RowReader> {
    this.opened ??= this.open().catch((thrown: unknown) => {
      this.opened = null;
      throw thrown;
    });
    return this.opened;
  }

  /** Keeps the base table no longer. */
  release(): void {
    this.opened = null;
    this.kept = 0;
  }

  private async open(): Promise<RowReader> {
    const { sections, codec, widths, fieldBits, mask, head, bases } = this.from;
    const [packed] = await sections.read([bases]);
    const { baseBytes, baseCount, tableBits } = this.size;
    if ((packed.length === 0) !== (baseBytes === 0)) throw corrupt('a base table is missing');
    const bytes = baseBytes === 0 ? packed : unpackTable(packed, baseCount, tableBits);
    const layout = layoutOf(widths);
    const rows = codec.openRows(layout, decodeMask(mask, layout.recordBits), head, bytes, fieldBits());
    this.kept = rows.residentBytes;
    return rows;
  }
}

export interface ImageTable {
  /** Number of its class, or null for the table of all classes. */
  label: number | null;
  widths: Uint8Array;
  /** Null where values are the pixels. */
  forms: ColumnForms | null;
  /** One flag per bit position. */
  inBase(): Uint8Array;
  train: ImageGroup;
  test: ImageGroup;
  facts: TableFacts;
}

export interface OpenedArchive {
  source: ByteSource;
  schema: ImageSchema;
  shape: ImageShape;
  classNames: string[];
  codec: Codec;
  plan: TransformPlan;
  /** Bits of a decoded code: eight of a pixel, sixteen or more of a value that is to be transformed. */
  fieldBits: FieldBits;
  /** Class of every picture. */
  labels: Uint16Array;
  /** Whether the dataset brought the split. */
  isSplitGiven: boolean;
  /** Per picture twice its position in its group, plus 1 for a test picture. */
  places: Uint32Array;
  trainRecords: number;
  testRecords: number;
  tables: ImageTable[];
  /** Of all pictures, as it was measured when they were encoded. */
  fidelity: Fidelity;
  /** Settings as JSON, as written; not validated here. */
  experiment: string | null;
}

/** Most bytes of the counts at the start of a head or of a list of forms, and of a column's form. */
const MOST_COUNT_BYTES = 64;
const MOST_FORM_BYTES = 16;

const KNOWN = new Set<number>(Object.values(SECTION));

function corrupt(what: string): LabError {
  return new LabError('ARCHIVE_CORRUPT', `The archive is damaged: ${what}.`);
}

/** Sections by type and group, all of them known if they are required. */
class Sections {
  private readonly byKey = new Map<number, SectionEntry>();
  private readonly source: ByteSource;

  constructor(source: ByteSource, sections: readonly SectionEntry[]) {
    this.source = source;
    for (const section of sections) {
      const { type, group, required } = section;
      if (required && !KNOWN.has(type)) {
        throw new LabError(
          'ARCHIVE_NEWER',
          `The archive has a section of type ${type}, which this version cannot read.`,
        );
      }
      const key = type * 65_536 + group;
      if (KNOWN.has(type) && this.byKey.has(key)) throw corrupt(`it has two sections of type ${type}`);
      this.byKey.set(key, section);
    }
  }

  find(type: number, group: number): SectionEntry | null {
    return this.byKey.get(type * 65_536 + group) ?? null;
  }

  /** Sections of one block, read together; an absent or empty one is no bytes. */
  async read(wanted: readonly (SectionEntry | null)[]): Promise<Uint8Array[]> {
    const present = wanted.filter((section) => section !== null && section.blocks.length > 0);
    const read = await readBlocks(
      this.source,
      present.map((section) => section!.blocks[0]),
    );
    let at = 0;
    return wanted.map((section) =>
      section === null || section.blocks.length === 0 ? new Uint8Array(0) : read[at++],
    );
  }

  need(type: number, group: number, what: string): SectionEntry {
    const section = this.find(type, group);
    if (section === null) throw corrupt(`${what} is missing`);
    return section;
  }
}

/**
 * Opens what an image archive has besides its records.
 *
 * @throws ARCHIVE_CORRUPT, ARCHIVE_NEWER, ARCHIVE_HOLDS_TABLE, CODEC_UNKNOWN, TRANSFORM_UNKNOWN, REPRESENTATION_UNKNOWN
 */
export async function openSections(source: ByteSource): Promise<OpenedArchive> {
  const contents = await readContents(source);
  const sections = new Sections(source, contents);
  if (sections.find(SECTION.imageSchema, GROUP.all) === null) {
    if (sections.find(SECTION.schema, GROUP.all) === null) throw corrupt('its schema is missing');
    throw new LabError('ARCHIVE_HOLDS_TABLE', 'The archive holds a table, not pictures.');
  }
  const [schemaBytes, indexBytes, testLabels, factBytes, experiment] = await sections.read([
    sections.need(SECTION.imageSchema, GROUP.all, 'its schema'),
    sections.need(SECTION.imageIndex, GROUP.all, 'its index'),
    sections.need(SECTION.imageIndex, GROUP.test, 'its index'),
    sections.need(SECTION.fidelity, GROUP.all, 'its list of checksums'),
    sections.find(SECTION.experiment, GROUP.all),
  ]);
  const schema = decodeImageSchema(schemaBytes);
  const { shape, classNames, records } = schema;
  const { isGiven, labels, isTest } = decodeImageIndex(indexBytes, testLabels, records, classNames.length);
  const { places, counts } = placeRecords(labels, isTest, tableCount(schema), schema.classWise);
  const bytes = pictureBytes(shape);
  const facts = decodeFidelity(
    factBytes,
    counts.map(({ train, test }) => ({ train: train * bytes, test: test * bytes })),
  );
  const plan = TRANSFORMS.byName(schema.transform).plan(shape);
  const codec = CODECS.byId(sections.need(SECTION.baseMask, trainGroup(0), 'a base mask').codec);
  const { tables, fieldBits } = await openTables(sections, schema, plan, codec, counts, facts);
  const errors = noErrors();
  for (const { train, test } of facts) {
    addErrors(errors, train.errors);
    addErrors(errors, test.errors);
  }
  const trainRecords = counts.reduce((sum, { train }) => sum + train, 0);
  return {
    source,
    schema,
    shape,
    classNames,
    codec,
    plan,
    fieldBits,
    labels,
    isSplitGiven: isGiven,
    places,
    trainRecords,
    testRecords: records - trainRecords,
    tables,
    fidelity: fidelityOf(errors),
    experiment: experiment.length === 0 ? null : new TextDecoder().decode(experiment),
  };
}

interface GroupCounts {
  train: number;
  test: number;
}

/** Position of every picture in its group: by its rank among the pictures of its table and group. */
function placeRecords(
  labels: Uint16Array,
  isTest: Uint8Array,
  tables: number,
  classWise: boolean,
): { places: Uint32Array; counts: GroupCounts[] } {
  const next = new Uint32Array(2 * tables);
  const places = new Uint32Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const group = 2 * (classWise ? labels[i] : 0) + isTest[i];
    places[i] = 2 * next[group]++ + isTest[i];
  }
  return {
    places,
    counts: Array.from({ length: tables }, (_, t) => ({ train: next[2 * t], test: next[2 * t + 1] })),
  };
}

/** Opens every base table: masks, forms and heads are read and checked against the counts and the blocks. */
async function openTables(
  sections: Sections,
  schema: ImageSchema,
  plan: TransformPlan,
  codec: Codec,
  counts: readonly GroupCounts[],
  facts: readonly TableFacts[],
): Promise<{ tables: ImageTable[]; fieldBits: FieldBits }> {
  const every = (type: number, group: (table: number) => number, what: string): Promise<Uint8Array[]> =>
    sections.read(counts.map((_, t) => sections.need(type, group(t), what)));
  const masks = await every(SECTION.baseMask, trainGroup, 'a base mask');
  const trainHeads = await every(SECTION.groupHead, trainGroup, 'a record group');
  const testHeads = await every(SECTION.groupHead, testGroup, 'a record group');
  const forms = plan.isIdentity ? [] : await every(SECTION.columnForms, trainGroup, 'a list of forms');
  const pixelWidths = new Uint8Array(plan.isIdentity ? plan.columns : 0).fill(8);
  let widest = 0;
  const tables = counts.map((count, t): ImageTable => {
    const tableForms = plan.isIdentity ? null : readForms(forms[t], schema, plan.columns);
    const widths = tableForms?.widths ?? pixelWidths;
    for (const width of widths) if (width > widest) widest = width;
    const layout = layoutOf(widths);
    const { recordBits } = layout;
    const mask = unpack(masks[t], Math.ceil(recordBits / 8), 'a base mask');
    const inBase = decodeMask(mask, recordBits);
    const open = (number: number, packedHead: Uint8Array, records: number): ImageGroup => {
      const head = unpack(packedHead, MOST_COUNT_BYTES + Math.ceil(recordBits / 4), 'a record group');
      const size = codec.measure(layout, inBase, head);
      if (size.records !== records) {
        throw corrupt(`group ${number} has ${size.records} pictures and not ${records}, as the index says`);
      }
      const blocks = checkBlocks(sections.need(SECTION.records, number, 'a record group').blocks, size);
      const bases = sections.need(SECTION.bases, number, 'a base table');
      return new ImageGroup(size, blocks, {
        sections,
        codec,
        widths,
        fieldBits: () => fieldBits,
        mask,
        head,
        bases,
      });
    };
    return {
      label: schema.classWise ? t : null,
      widths,
      forms: tableForms,
      inBase: () => decodeMask(mask, layoutOf(widths).recordBits),
      train: open(trainGroup(t), trainHeads[t], count.train),
      test: open(testGroup(t), testHeads[t], count.test),
      facts: facts[t],
    };
  });
  const fieldBits = plan.isIdentity ? 8 : valueBits(schema.shape, plan.columns, widest);
  return { tables, fieldBits };
}

function layoutOf(widths: Uint8Array): Layout {
  return layOut(Array.from(widths, (width, column) => ({ column, width })));
}

function readForms(packed: Uint8Array, schema: ImageSchema, columns: number): ColumnForms {
  const bytes = unpack(packed, MOST_COUNT_BYTES + columns * MOST_FORM_BYTES, 'a list of forms');
  const reader = new ByteReader(bytes, 'a list of forms');
  const forms = REPRESENTATIONS.byName(schema.representation).read(reader, columns);
  reader.end();
  return forms;
}

/** The records section has to have just the bytes that the head's counts ask for, block by block. */
function checkBlocks(blocks: readonly BlockEntry[], size: GroupSize): readonly BlockEntry[] {
  const { records, recordsPerBlock, stride } = size;
  const expected = stride === 0 ? 0 : Math.ceil(records / recordsPerBlock);
  let fits = blocks.length === expected;
  for (let b = 0; fits && b < expected; b++) {
    const count = Math.min(recordsPerBlock, records - b * recordsPerBlock);
    fits = blocks[b].length === Math.ceil((count * stride) / 8);
  }
  if (!fits) throw corrupt('its records have not the size its heads claim');
  return blocks;
}
