/** From a set of pictures to its archive: base tables encoded by whoever is free, laid out and accounted for. */
import type { StorageBreakdown } from '../archive/breakdown.ts';
import type { ContainerImage } from '../archive/container.ts';
import type { SearchTrace } from '../codecs/codec.ts';
import { equation1Bits } from '../codecs/baseDeviation/objective.ts';
import { LabError } from '../errors.ts';
import { MAX_PICTURE_BYTES } from '../limits.ts';
import type { Pulse } from '../pulse.ts';
import type { Split } from '../random.ts';
import type { ImageSchema } from './archive/schema.ts';
import { writeImageArchive } from './archive/write.ts';
import { encodeAllTables } from './encodeAllTables.ts';
import { fitShared, tableLists } from './tableJobs.ts';
import type { EncodedTable, TableEncoder } from './encodeTable.ts';
import { addErrors, fidelityOf, noErrors, type Fidelity } from './fidelity.ts';
import { pictureBytes, type ImageSet } from './imageSet.ts';
import { transformOf, type ImageSettings } from './settings.ts';

/** What an archive is called and where its pictures came from. */
export interface ImageLabel {
  datasetId: string;
  name: string;
  fileName: string;
  /** What else is kept with the settings, for whoever opens the archive: how the files were read. */
  recorded?: object;
}

/** What became of one base table. */
export interface MadeTable {
  /** Number of its class, or null for the table of all classes. */
  label: number | null;
  trainRecords: number;
  testRecords: number;
  /** Bytes of its training part: masks, forms, bases and records, with their entries in the table of contents. */
  bytes: number;
  /** l_t: bits of a record. */
  recordBits: number;
  bases: MadeBases | null;
}

/** What a codec with bases made of the training pictures of a table. */
export interface MadeBases {
  baseCount: number;
  /** l_b with the constant bits, v and l_d. */
  baseBits: number;
  constantBits: number;
  deviationBits: number;
  trace: SearchTrace;
}

export interface MadeImageArchive {
  image: ContainerImage;
  breakdown: { train: StorageBreakdown; test: StorageBreakdown };
  /** The training part with everything that is not the test groups' own; the test groups' part; the sum is the file. */
  bytes: { train: number; test: number };
  /** Equation 1's S in bits with m = 0 and S_params = 0, summed over the tables; null of a codec without bases. */
  equation1Bits: number | null;
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
  const { recorded, ...names } = label;
  const schema: ImageSchema = {
    ...names,
    shape,
    records,
    classNames,
    transform: transformOf(settings),
    representation: settings.representation,
    classWise: settings.classWise,
    blockBytes: settings.blockBytes,
  };
  const lists = tableLists(set, split, settings);
  const shared = await fitShared(set, lists, settings, pulse);
  const tables = await encodeAllTables(set, lists, settings, shared, encoders, pulse);
  const written = writeImageArchive({
    schema,
    settings,
    recorded,
    split,
    isGiven: set.givenTest !== null,
    labels,
    shared,
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
    equation1Bits: equation1(tables, lists),
    tables: tables.map((table, t) => ({
      label: settings.classWise ? t : null,
      trainRecords: lists[t].train.length,
      testRecords: lists[t].test.length,
      bytes: written.tableBytes[t],
      recordBits: table.recordBits,
      bases: madeBases(table),
    })),
    fidelity: fidelityOf(errors),
    encodeSeconds: (performance.now() - started) / 1000,
    workers: encoders.length,
  };
}

function madeBases({ bases, train }: EncodedTable): MadeBases | null {
  if (bases === null || train.bases === null) return null;
  const { trace, baseBits, constantBits, deviationBits } = bases;
  return { baseCount: train.bases.baseCount, baseBits, constantBits, deviationBits, trace };
}

/** Equation 1 over all tables. */
function equation1(tables: readonly EncodedTable[], lists: readonly Split[]): number | null {
  let sum = 0;
  for (const [t, table] of tables.entries()) {
    const made = madeBases(table);
    if (made === null) return null;
    const { recordBits } = table;
    sum += equation1Bits({ records: lists[t].train.length, recordBits, ...made }, 0, 0);
  }
  return sum;
}
