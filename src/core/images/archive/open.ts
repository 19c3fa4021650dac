/** Opening an image archive: its small sections are read and checked, its records left where they are. */
import {
  readBlocks,
  readContents,
  type BlockEntry,
  type ByteSource,
  type SectionEntry,
} from '../../archive/container.ts';
import { GROUP, SECTION, testGroup, trainGroup } from '../../archive/sections.ts';
import { checkKnown, codecOf, isOfArchives, sectionsAt } from '../../archive/codecSections.ts';
import { ByteReader } from '../../bits/bytes.ts';
import { layOut, type Layout } from '../../bits/lanes.ts';
import type {
  Codec,
  CodecSection,
  FieldBits,
  OpenedGroup,
  OpenedTable,
  RowReader,
  StoredSections,
} from '../../codecs/codec.ts';
import { LabError } from '../../errors.ts';
import type { Pulse } from '../../pulse.ts';
import { addErrors, fidelityOf, noErrors, type Fidelity } from '../fidelity.ts';
import { pictureBytes, type ImageShape } from '../imageSet.ts';
import { REPRESENTATIONS } from '../representations/registry.ts';
import type { ColumnForms } from '../representations/representation.ts';
import { TRANSFORMS } from '../transforms/registry.ts';
import type { TransformPlan } from '../transforms/transform.ts';
import { valueBits } from '../values.ts';
import { ImageClaim } from './claim.ts';
import { decodeFidelity, type TableFacts } from './fidelitySection.ts';
import { decodeImageIndex } from './index.ts';
import { unpack } from '../../bits/packing.ts';
import { decodeImageSchema, tableCount, type ImageSchema } from './schema.ts';

/** What is read of a group before its first picture. */
interface GroupBody {
  sections: Sections;
  /** Sections of the codec's own, with what each of them is stored in. */
  parts: { section: CodecSection; entry: SectionEntry }[];
  /** Known only when every table has been looked at. */
  fieldBits: () => FieldBits;
}

/** A base table's training or test pictures. */
export class ImageGroup {
  readonly records: number;
  readonly recordsPerBlock: number;
  /** Sizes of its bases, of a codec with bases. */
  readonly bases: OpenedGroup['bases'];
  readonly blocks: readonly BlockEntry[];
  private readonly group: OpenedGroup;
  private readonly body: GroupBody;
  private opened: Promise<RowReader> | null = null;
  private kept = 0;

  constructor(group: OpenedGroup, blocks: readonly BlockEntry[], body: GroupBody) {
    this.records = group.records;
    this.recordsPerBlock = group.recordsPerBlock;
    this.bases = group.bases;
    this.group = group;
    this.blocks = blocks;
    this.body = body;
  }

  /** Bytes of its body as it is stored: of bases and deviations, the base table. */
  get bodyBytes(): number {
    return this.body.parts.reduce((sum, { entry }) => sum + (entry.blocks[0]?.length ?? 0), 0);
  }

  /** Whether the body is read, or on its way. */
  get isKept(): boolean {
    return this.opened !== null;
  }

  /** Bytes of the body that are kept: none before it is read. */
  get residentBytes(): number {
    return this.kept;
  }

  /**
   * Reads the body the first time; it is kept until it is released.
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

  /** Keeps the body no longer. */
  release(): void {
    this.opened = null;
    this.kept = 0;
  }

  private async open(): Promise<RowReader> {
    const { sections, parts, fieldBits } = this.body;
    const read = await sections.read(parts.map(({ entry }) => entry));
    const body = new Map(parts.map(({ section }, k) => [section.type, read[k]]));
    const rows = this.group.readRows(body, fieldBits());
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
  /** Of a codec with bases: one flag per bit position, made at every call. */
  inBase: (() => Uint8Array) | null;
  /** Where the bits of pictures go, of a codec that can tell. */
  laneBits: OpenedTable['laneBits'];
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

/** Most bytes of the counts at the start of a list of forms, and of a column's form. */
const MOST_COUNT_BYTES = 64;
const MOST_FORM_BYTES = 16;

function corrupt(what: string): LabError {
  return new LabError('ARCHIVE_CORRUPT', `The archive is damaged: ${what}.`);
}

/** Sections by type and group. */
class Sections {
  private readonly byKey = new Map<number, SectionEntry>();
  private readonly source: ByteSource;

  constructor(source: ByteSource, sections: readonly SectionEntry[]) {
    this.source = source;
    for (const section of sections) {
      const { type, group, required } = section;
      const key = type * 65_536 + group;
      if ((required || isOfArchives(type)) && this.byKey.has(key))
        throw corrupt(`it has two sections of type ${type}`);
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
 * @throws ARCHIVE_CORRUPT, ARCHIVE_NEWER, ARCHIVE_HOLDS_TABLE, ARCHIVE_TOO_LARGE, CODEC_UNKNOWN, TRANSFORM_UNKNOWN,
 *   REPRESENTATION_UNKNOWN
 */
export async function openSections(source: ByteSource, pulse: Pulse): Promise<OpenedArchive> {
  const contents = await readContents(source);
  const sections = new Sections(source, contents);
  if (sections.find(SECTION.imageSchema, GROUP.all) === null) {
    if (sections.find(SECTION.schema, GROUP.all) === null) throw corrupt('its schema is missing');
    throw new LabError('ARCHIVE_HOLDS_TABLE', 'The archive holds a table, not pictures.');
  }
  const codec = codecOf(contents);
  checkKnown(contents, codec);
  const [schemaBytes, indexBytes, testLabels, factBytes, experiment] = await sections.read([
    sections.need(SECTION.imageSchema, GROUP.all, 'its schema'),
    sections.need(SECTION.imageIndex, GROUP.all, 'its index'),
    sections.need(SECTION.imageIndex, GROUP.test, 'its index'),
    sections.need(SECTION.fidelity, GROUP.all, 'its list of checksums'),
    sections.find(SECTION.experiment, GROUP.all),
  ]);
  const schema = decodeImageSchema(schemaBytes);
  const { shape, classNames, records } = schema;
  const claim = new ImageClaim(source, schema);
  const { isGiven, labels, isTest } = decodeImageIndex(indexBytes, testLabels, records, classNames.length);
  // Millions of labels take a second or two, and so do their places.
  if (pulse.due())
    await pulse.beat({ phase: 'Opening the archive', done: 0, total: records, unit: 'pictures' });
  const { places, counts } = placeRecords(labels, isTest, tableCount(schema), schema.classWise);
  const bytes = pictureBytes(shape);
  const facts = decodeFidelity(
    factBytes,
    counts.map(({ train, test }) => ({ train: train * bytes, test: test * bytes })),
  );
  const plan = TRANSFORMS.byName(schema.transform).plan(shape);
  const { tables, fieldBits } = await openTables(
    { sections, schema, plan, codec, claim },
    counts,
    facts,
    pulse,
  );
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

/** What every base table is opened on. */
interface Ground {
  sections: Sections;
  schema: ImageSchema;
  plan: TransformPlan;
  codec: Codec;
  claim: ImageClaim;
}

/** Opens every base table: forms and the codec's sections are read and checked against the counts and the blocks. */
async function openTables(
  { sections, schema, plan, codec, claim }: Ground,
  counts: readonly GroupCounts[],
  facts: readonly TableFacts[],
  pulse: Pulse,
): Promise<{ tables: ImageTable[]; fieldBits: FieldBits }> {
  /** A codec's sections of many groups, read together: group after group. */
  const every = async (at: CodecSection['at'], groups: readonly number[]): Promise<StoredSections[]> => {
    const own = sectionsAt(codec, at);
    const entries = groups.flatMap((group) => own.map(({ type, what }) => sections.need(type, group, what)));
    const read = await sections.read(entries);
    return groups.map((_, g) => new Map(own.map(({ type }, k) => [type, read[g * own.length + k]])));
  };
  const numbers = counts.map((_, t) => t);
  const [archive] = await every('archive', [GROUP.all]);
  const own = await every('table', numbers.map(trainGroup));
  const trainHeads = await every('head', numbers.map(trainGroup));
  const testHeads = await every('head', numbers.map(testGroup));
  const forms = plan.isIdentity
    ? []
    : await sections.read(
        numbers.map((t) => sections.need(SECTION.columnForms, trainGroup(t), 'a list of forms')),
      );
  const pixelWidths = new Uint8Array(plan.isIdentity ? plan.columns : 0).fill(8);
  const [recordSection] = sectionsAt(codec, 'records');
  const bodySections = sectionsAt(codec, 'body');
  let widest = 0;
  const tables: ImageTable[] = [];
  for (const [t, count] of counts.entries()) {
    if (pulse.due())
      await pulse.beat({ phase: 'Opening the archive', done: t, total: counts.length, unit: 'base tables' });
    const tableForms = plan.isIdentity ? null : readForms(forms[t], schema, plan.columns);
    const widths = tableForms?.widths ?? pixelWidths;
    for (const width of widths) if (width > widest) widest = width;
    const { groups, inBase, laneBits } = codec.open({
      of: 'pictures',
      picture: plan.isIdentity ? schema.shape : null,
      layout: () => layoutOf(widths),
      archive,
      table: own[t],
      groups: [trainHeads[t], testHeads[t]],
    });
    const open = (number: number, group: OpenedGroup, records: number): ImageGroup => {
      if (group.records !== records) {
        throw corrupt(`group ${number} has ${group.records} pictures and not ${records}, as the index says`);
      }
      claim.add(group);
      const { blocks } = sections.need(recordSection.type, number, recordSection.what);
      group.checkBlocks(blocks.map(({ length }) => length));
      const parts = bodySections.map((section) => ({
        section,
        entry: sections.need(section.type, number, section.what),
      }));
      return new ImageGroup(group, blocks, { sections, parts, fieldBits: () => fieldBits });
    };
    tables.push({
      label: schema.classWise ? t : null,
      widths,
      forms: tableForms,
      inBase,
      laneBits,
      train: open(trainGroup(t), groups[0], count.train),
      test: open(testGroup(t), groups[1], count.test),
      facts: facts[t],
    });
  }
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
