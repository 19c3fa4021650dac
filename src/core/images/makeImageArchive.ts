/** From a set of pictures to its archive: base tables encoded by whoever is free, laid out and accounted for. */
import type { Breakdown } from '../archive/breakdown.ts';
import type { ContainerImage } from '../archive/container.ts';
import type { SearchTrace } from '../codecs/codec.ts';
import { equation1Bits } from '../codecs/baseDeviation/objective.ts';
import { LabError } from '../errors.ts';
import type { Pulse } from '../pulse.ts';
import type { Split } from '../random.ts';
import { MAX_PICTURE_BYTES, tableCount, type ImageSchema } from './archive/schema.ts';
import { writeImageArchive } from './archive/write.ts';
import { encodeTables } from './encodeTables.ts';
import type { EncodedTable, TableEncoder } from './encodeTable.ts';
import { addErrors, fidelityOf, noErrors, type Fidelity } from './fidelity.ts';
import { pictureBytes, type ImageSet } from './imageSet.ts';
import type { ImageSettings } from './settings.ts';
import { recordsByClass } from './split.ts';

/** What an archive is called and where its pictures came from. */
export interface ImageLabel {
  datasetId: string;
  name: string;
  fileName: string;
}

/** What became of one base table. */
export interface MadeTable {
  /** Number of its class, or null for the table of all classes. */
  label: number | null;
  trainRecords: number;
  testRecords: number;
  /** Bytes of its training part: masks, forms, bases and records, with their entries in the table of contents. */
  bytes: number;
  /** Distinct bases of the training pictures. */
  baseCount: number;
  /** l_b with the constant bits, v, l_d and l_t. */
  baseBits: number;
  constantBits: number;
  deviationBits: number;
  recordBits: number;
  trace: SearchTrace;
}

export interface MadeImageArchive {
  image: ContainerImage;
  breakdown: { train: Breakdown; test: Breakdown };
  /** The training part with everything that is not the test groups' own; the test groups' part; the sum is the file. */
  bytes: { train: number; test: number };
  /** Equation 1's S in bits with m = 0 and S_params = 0, summed over the tables. */
  equation1Bits: number;
  tables: MadeTable[];
  /** Of all pictures. */
  fidelity: Fidelity;
  /** Seconds from pixels to the container. */
  encodeSeconds: number;
  /** Encoders that were at hand. */
  workers: number;
}

/**
 * Encodes a set of pictures and lays its archive out in memory. The bytes do not depend on the encoders.
 *
 * @param encoders the first is the caller's own and is relied upon; each of the others may die without an answer
 * @throws IMAGES_TOO_LARGE for pictures with too many columns, and what `encodeTable` throws
 */
export async function makeImageArchive(
  set: ImageSet,
  split: Split,
  settings: ImageSettings,
  label: ImageLabel,
  encoders: readonly TableEncoder[],
  pulse: Pulse,
): Promise<MadeImageArchive> {
  const started = performance.now();
  const { shape, classNames, labels, records } = set;
  const size = pictureBytes(shape);
  if (size > MAX_PICTURE_BYTES) {
    throw new LabError(
      'IMAGES_TOO_LARGE',
      `A picture of ${shape.width} × ${shape.height} has ${size} values; an archive takes up to ${MAX_PICTURE_BYTES}.`,
    );
  }
  const schema: ImageSchema = {
    ...label,
    shape,
    records,
    classNames,
    transform: settings.transform,
    representation: settings.representation,
    classWise: settings.classWise,
    blockBytes: settings.blockBytes,
  };
  const lists = tableLists(set, split, tableCount(schema));
  const tables = await encodeTables(set, lists, settings, encoders, pulse);
  const written = writeImageArchive({
    schema,
    settings,
    split,
    isGiven: set.givenTest !== null,
    labels,
    tables,
  });
  const errors = noErrors();
  for (const { decoded } of tables) {
    addErrors(errors, decoded.train.errors);
    addErrors(errors, decoded.test.errors);
  }
  return {
    image: written.image,
    breakdown: written.breakdown,
    bytes: written.bytes,
    equation1Bits: tables.reduce((sum, table, t) => sum + tableBits(table, lists[t].train.length), 0),
    tables: tables.map((table, t) => ({
      label: settings.classWise ? t : null,
      trainRecords: lists[t].train.length,
      testRecords: lists[t].test.length,
      bytes: written.tableBytes[t],
      baseCount: table.train.baseCount,
      baseBits: table.baseBits,
      constantBits: table.constantBits,
      deviationBits: table.deviationBits,
      recordBits: table.recordBits,
      trace: table.trace,
    })),
    fidelity: fidelityOf(errors),
    encodeSeconds: (performance.now() - started) / 1000,
    workers: encoders.length,
  };
}

/** Numbers of the pictures of every table, each list in original order. */
function tableLists({ labels, classNames }: ImageSet, split: Split, tables: number): Split[] {
  if (tables === 1) return [split];
  const part = (list: Uint32Array): Uint32Array[] => {
    const own = Uint16Array.from(list, (record) => labels[record]);
    const { starts, order } = recordsByClass(own, classNames.length, list.length);
    return classNames.map((_, c) => order.subarray(starts[c], starts[c + 1]).map((k) => list[k]));
  };
  const train = part(split.train);
  const test = part(split.test);
  return train.map((list, t) => ({ train: list, test: test[t] }));
}

/** Equation 1 of one table. */
function tableBits(table: EncodedTable, records: number): number {
  const { recordBits, constantBits, baseBits, train } = table;
  return equation1Bits({ records, recordBits, constantBits, baseBits, baseCount: train.baseCount }, 0, 0);
}
