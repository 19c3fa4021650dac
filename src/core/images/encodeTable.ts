/**
 * One base table of an image archive: the pictures of a class, or of all, from pixels to sections. What goes in and
 * what comes out is plain data, so that any worker can do it.
 */
import { SECTION } from '../archive/sections.ts';
import { encodeMask } from '../archive/smallSections.ts';
import { countOnes, emptyPlanes, type BitPlanes } from '../bits/bitPlanes.ts';
import { BytePlanes } from '../bits/bytePlanes.ts';
import { ByteWriter } from '../bits/bytes.ts';
import { crc32c } from '../bits/crc32c.ts';
import { layOut, type Layout } from '../bits/lanes.ts';
import type { EncodedGroup, SearchTrace } from '../codecs/codec.ts';
import { CODECS } from '../codecs/registry.ts';
import type { Pulse } from '../pulse.ts';
import { packTable } from '../codecs/baseDeviation/sparseTable.ts';
import { CoefficientPlanes } from './coefficientPlanes.ts';
import { measureError, noErrors, type ErrorSums } from './fidelity.ts';
import { pictureBytes, type ImageShape } from './imageSet.ts';
import { REPRESENTATIONS } from './representations/registry.ts';
import type { ColumnForms } from './representations/representation.ts';
import type { ImageSettings } from './settings.ts';
import { TRANSFORMS } from './transforms/registry.ts';
import type { TransformPlan } from './transforms/transform.ts';
import { valueArray } from './values.ts';

/** Pictures of one base table. */
export interface TableJob {
  shape: ImageShape;
  settings: ImageSettings;
  /** Number of the table. */
  table: number;
  /** Pixels of its training and of its test pictures, each in original order. */
  train: Uint8Array;
  test: Uint8Array;
}

/** What decoding will give, of a group of pictures. */
export interface DecodedFacts {
  errors: ErrorSums;
  /** CRC-32C of all decoded pixels, picture after picture. */
  checksum: number;
}

/** Which bits of one table's records are in the base. */
interface SearchedTable {
  /** Bits per column, and count of ones per position over the training pictures. */
  widths: Uint8Array;
  ones: Uint32Array;
  /** One flag per position. */
  inBase: Uint8Array;
  trace: SearchTrace;
  recordBits: number;
  /** v, l_b and l_d. */
  constantBits: number;
  baseBits: number;
  deviationBits: number;
}

export interface EncodedTable extends SearchedTable {
  table: number;
  /** Base mask; and forms, empty where values are the pixels. */
  mask: Uint8Array;
  forms: Uint8Array;
  train: EncodedGroup;
  test: EncodedGroup;
  decoded: { train: DecodedFacts; test: DecodedFacts };
}

export type TableEncoder = (job: TableJob, pulse: Pulse) => Promise<EncodedTable>;

/** Pictures that are treated together: one word of a plane. */
const TILE = 32;

/** Values are kept between the two passes over the pictures up to this many bytes, and computed again beyond. */
const KEPT_BYTES = 1 << 26;

/** A table's planes with what they were made from. */
interface PreparedTable {
  layout: Layout;
  widths: Uint8Array;
  /** Null where values are the pixels. */
  forms: ColumnForms | null;
  train: BitPlanes;
  test: BitPlanes;
  decoded: { train: DecodedFacts; test: DecodedFacts };
}

/**
 * Encodes the pictures of one base table. The same job gives the same bytes everywhere.
 *
 * @throws TRANSFORM_UNKNOWN, REPRESENTATION_UNKNOWN, CODEC_UNKNOWN, IMAGES_TOO_LARGE
 */
export async function encodeTable(job: TableJob, pulse: Pulse): Promise<EncodedTable> {
  const { settings } = job;
  const codec = CODECS.byName(settings.codec);
  const prepared = await prepare(job, pulse);
  const searched = await search(prepared, settings, pulse);
  const { layout, forms } = prepared;
  const encode = async (planes: BitPlanes): Promise<EncodedGroup> => {
    const group = { records: planes.records, layout, planes };
    return withPackedTable(await codec.encode(group, searched.inBase, settings.blockBytes, pulse));
  };
  const written = new ByteWriter();
  forms?.write(written);
  return {
    ...searched,
    table: job.table,
    mask: encodeMask(searched.inBase),
    forms: written.finish(),
    train: await encode(prepared.train),
    test: await encode(prepared.test),
    decoded: prepared.decoded,
  };
}

/** The base table in the form in which an archive of pictures keeps it. */
function withPackedTable(encoded: EncodedGroup): EncodedGroup {
  const { baseCount: rows, tableBits: columns } = encoded;
  const sections = encoded.sections.map(({ type, blocks }) =>
    type === SECTION.bases
      ? { type, blocks: blocks.map((bytes) => packTable({ rows, columns, bytes })) }
      : { type, blocks },
  );
  return { ...encoded, sections };
}

/** Buffers of an encoded table that can be handed over instead of copied. */
export function transferablesOf(encoded: EncodedTable): ArrayBuffer[] {
  const { widths, ones, inBase, trace, mask, forms, train, test } = encoded;
  const views: ArrayBufferView[] = [widths, ones, inBase, mask, forms];
  views.push(trace.added, trace.baseBits, trace.baseCounts, trace.size);
  for (const { sections } of [train, test]) for (const { blocks } of sections) views.push(...blocks);
  return [...new Set(views.map(({ buffer }) => buffer as ArrayBuffer))];
}

async function search(
  { layout, widths, train }: PreparedTable,
  { codec, tau, objective }: ImageSettings,
  pulse: Pulse,
): Promise<SearchedTable> {
  const group = { records: train.records, layout, planes: train };
  const { inBase, trace } = await CODECS.byName(codec).search(group, { tau, objective }, pulse);
  const baseBits = trace.baseBits[trace.chosen];
  return {
    widths,
    ones: countOnes(train),
    inBase,
    trace,
    recordBits: layout.recordBits,
    constantBits: trace.baseBits[0],
    baseBits,
    deviationBits: layout.recordBits - baseBits,
  };
}

async function prepare(job: TableJob, pulse: Pulse): Promise<PreparedTable> {
  const plan = TRANSFORMS.byName(job.settings.transform).plan(job.shape);
  return plan.isIdentity ? preparePixels(job, pulse) : prepareCoefficients(job, plan, pulse);
}

const fields = (widths: Uint8Array): Layout =>
  layOut(Array.from(widths, (width, column) => ({ column, width })));

/** Pixels are the codes: eight bits each, and planes are made from them as they stand. */
async function preparePixels({ shape, train, test }: TableJob, pulse: Pulse): Promise<PreparedTable> {
  const columns = pictureBytes(shape);
  const filler = new BytePlanes(columns);
  const planesOf = async (pixels: Uint8Array): Promise<BitPlanes> => {
    const planes = emptyPlanes(8 * columns, pixels.length / columns);
    for (let w = 0; w < planes.words; w++) {
      filler.fill(planes, pixels, w);
      if (pulse.due()) await pulse.beat(progress('Turning pictures into bit planes', w, planes));
    }
    return planes;
  };
  const exact = (pixels: Uint8Array): DecodedFacts => ({
    errors: { ...noErrors(), values: pixels.length, exact: pixels.length },
    checksum: crc32c(pixels),
  });
  const widths = new Uint8Array(columns).fill(8);
  return {
    layout: fields(widths),
    widths,
    forms: null,
    train: await planesOf(train),
    test: await planesOf(test),
    decoded: { train: exact(train), test: exact(test) },
  };
}

/** Values in two passes: first the range of every column, then codes, planes and what decoding will give. */
async function prepareCoefficients(job: TableJob, plan: TransformPlan, pulse: Pulse): Promise<PreparedTable> {
  const { shape, settings } = job;
  const { columns } = plan;
  const bytes = pictureBytes(shape);
  const groups = [job.train, job.test].map((pixels) => ({ pixels, records: pixels.length / bytes }));
  const all = groups[0].records + groups[1].records;
  const scratch = valueArray(shape, TILE * columns);
  const isKept = all * columns * scratch.BYTES_PER_ELEMENT <= KEPT_BYTES;
  const kept = isKept ? groups.map(({ records }) => valueArray(shape, records * columns)) : null;

  const least = new Int32Array(columns).fill(all === 0 ? 0 : 0x7fffffff);
  const greatest = new Int32Array(columns).fill(all === 0 ? 0 : -0x80000000);
  for (const [g, { pixels, records }] of groups.entries()) {
    for (let first = 0; first < records; first += TILE) {
      const count = Math.min(TILE, records - first);
      const values = kept?.[g].subarray(first * columns, (first + count) * columns) ?? scratch;
      plan.forward(pixels, first, count, values);
      widenRanges(values, count, least, greatest);
      if (pulse.due()) {
        await pulse.beat({ phase: 'Transforming pictures', done: first, total: records, unit: 'pictures' });
      }
    }
  }

  const forms = REPRESENTATIONS.byName(settings.representation).fit(least, greatest);
  const layout = fields(forms.widths);
  const filler = new CoefficientPlanes(forms);
  const decodedTile = new Uint8Array(TILE * bytes);
  const facts: DecodedFacts[] = [];
  const planes: BitPlanes[] = [];
  for (const [g, { pixels, records }] of groups.entries()) {
    const made = emptyPlanes(layout.recordBits, records);
    const errors = noErrors();
    let checksum = 0;
    for (let w = 0; w < made.words; w++) {
      const first = w * TILE;
      const count = Math.min(TILE, records - first);
      const values = kept?.[g].subarray(first * columns, (first + count) * columns) ?? scratch;
      if (kept === null) plan.forward(pixels, first, count, values);
      filler.fill(made, values, 0, w);
      plan.inverse(values, count, decodedTile, 0);
      const decoded = decodedTile.subarray(0, count * bytes);
      measureError(pixels.subarray(first * bytes, (first + count) * bytes), decoded, errors);
      checksum = crc32c(decoded, checksum);
      if (pulse.due()) await pulse.beat(progress('Turning coefficients into bit planes', w, made));
    }
    planes.push(made);
    facts.push({ errors, checksum });
  }
  return {
    layout,
    widths: forms.widths,
    forms,
    train: planes[0],
    test: planes[1],
    decoded: { train: facts[0], test: facts[1] },
  };
}

const progress = (phase: string, w: number, planes: BitPlanes) => ({
  phase,
  done: Math.min(w * TILE, planes.records),
  total: planes.records,
  unit: 'pictures',
});

/** Takes the values of `count` records into the ranges of their columns. */
function widenRanges(
  values: Int16Array | Int32Array,
  count: number,
  least: Int32Array,
  greatest: Int32Array,
): void {
  const columns = least.length;
  for (let i = 0, k = 0; i < count; i++) {
    for (let column = 0; column < columns; column++, k++) {
      const value = values[k];
      if (value < least[column]) least[column] = value;
      if (value > greatest[column]) greatest[column] = value;
    }
  }
}
