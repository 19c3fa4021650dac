/**
 * One base table of an image archive: the pictures of a class, or of all, from pixels to sections. What goes in and
 * what comes out is plain data, so that any worker can do it.
 */
import { countOnes, emptyPlanes, type BitPlanes } from '../bits/bitPlanes.ts';
import { BytePlanes } from '../bits/bytePlanes.ts';
import { ByteWriter } from '../bits/bytes.ts';
import { crc32c } from '../bits/crc32c.ts';
import { layOut, type Layout } from '../bits/lanes.ts';
import type { BasePlan, EncodedGroup, EncodedSection, RecordGroup, SearchTrace } from '../codecs/codec.ts';
import { CODECS } from '../codecs/registry.ts';
import type { Pulse } from '../pulse.ts';
import { CoefficientPlanes } from './coefficientPlanes.ts';
import { measureError, noErrors, type ErrorSums } from './fidelity.ts';
import { pictureBytes, type ImageShape } from './imageSet.ts';
import { REPRESENTATIONS } from './representations/registry.ts';
import type { ColumnForms } from './representations/representation.ts';
import { transformOf, type ImageSettings } from './settings.ts';
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
  /** What all tables of the archive share, of a codec that has such a thing. */
  shared: Uint8Array | null;
}

/** What decoding will give, of a group of pictures. */
export interface DecodedFacts {
  errors: ErrorSums;
  /** CRC-32C of all decoded pixels, picture after picture. */
  checksum: number;
}

/** What a codec with bases found for a table. */
export interface TableBases {
  /** One flag per position. */
  inBase: Uint8Array;
  trace: SearchTrace;
  /** v, l_b and l_d. */
  constantBits: number;
  baseBits: number;
  deviationBits: number;
}

export interface EncodedTable {
  table: number;
  /** Bits per column, and count of ones per position over the training pictures. */
  widths: Uint8Array;
  ones: Uint32Array;
  /** l_t: bits of a record. */
  recordBits: number;
  bases: TableBases | null;
  /** What the codec keeps once for both groups; and forms, empty where values are the pixels. */
  sections: EncodedSection[];
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
  const { layout, widths, forms } = prepared;
  const train = groupOf(job, prepared, 'train');
  const fitted = await codec.fit(train, { ...settings, shared: job.shared }, pulse);
  const written = new ByteWriter();
  forms?.write(written);
  return {
    table: job.table,
    widths,
    ones: countOnes(train.planes),
    recordBits: layout.recordBits,
    bases: fitted.bases === null ? null : basesOf(fitted.bases, layout.recordBits),
    sections: fitted.sections,
    forms: written.finish(),
    train: await fitted.encode(train, settings.blockBytes, pulse),
    test: await fitted.encode(groupOf(job, prepared, 'test'), settings.blockBytes, pulse),
    decoded: prepared.decoded,
  };
}

/** The training pictures of a table as a codec sees them. */
export async function trainingGroup(job: TableJob, pulse: Pulse): Promise<RecordGroup> {
  const { shape, settings, train } = job;
  if (CODECS.byName(settings.codec).meta.takesPixels) {
    // It has no use for bit planes.
    const records = train.length / pictureBytes(shape);
    const layout = fields(new Uint8Array(pictureBytes(shape)).fill(8));
    const planes = emptyPlanes(0, records);
    return { of: 'pictures', picture: shape, records, layout, planes, codes: null, pixels: train };
  }
  return groupOf(job, await prepare(job, pulse), 'train');
}

function groupOf(
  { shape, ...job }: TableJob,
  { layout, forms, ...prepared }: PreparedTable,
  group: 'train' | 'test',
): RecordGroup {
  const planes = prepared[group];
  const arePixels = forms === null;
  return {
    of: 'pictures',
    picture: arePixels ? shape : null,
    records: planes.records,
    layout,
    planes,
    codes: null,
    pixels: arePixels ? job[group] : null,
  };
}

function basesOf({ inBase, trace }: BasePlan, recordBits: number): TableBases {
  const baseBits = trace.baseBits[trace.chosen];
  return { inBase, trace, constantBits: trace.baseBits[0], baseBits, deviationBits: recordBits - baseBits };
}

/** Buffers of an encoded table that can be handed over instead of copied. */
export function transferablesOf(encoded: EncodedTable): ArrayBuffer[] {
  const { widths, ones, bases, forms, sections: own, train, test } = encoded;
  const views: ArrayBufferView[] = [widths, ones, forms];
  if (bases !== null) {
    const { inBase, trace } = bases;
    views.push(inBase, trace.added, trace.baseBits, trace.baseCounts, trace.size);
  }
  for (const sections of [own, train.sections, test.sections])
    for (const { blocks } of sections) views.push(...blocks);
  return [...new Set(views.map(({ buffer }) => buffer as ArrayBuffer))];
}

async function prepare(job: TableJob, pulse: Pulse): Promise<PreparedTable> {
  const plan = TRANSFORMS.byName(transformOf(job.settings)).plan(job.shape);
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
