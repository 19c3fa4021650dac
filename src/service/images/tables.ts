/**
 * What is known of the base tables of the open pictures, so that looking at bits and compressing do not search twice:
 * the bits of every table searched lately, and one encoded table that was looked at and not yet taken.
 */
import type { ImageSettings } from '../../contracts/images.ts';
import { encodeTable, type EncodedTable, type TableEncoder } from '../../core/images/encodeTable.ts';
import type { ImageSet } from '../../core/images/imageSet.ts';
import { effortOf, representationOf, transformOf } from '../../core/images/settings.ts';
import { fitShared, tableJob, tableLists } from '../../core/images/tableJobs.ts';
import { splitImages } from '../../core/images/split.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { OpenImages } from './datasets.ts';

/** Settings whose tables are remembered. */
const REMEMBERED = 2;
/** Bytes of an encoded table that waits to be taken: what is larger is encoded again. */
const WAITING_BYTES = 1 << 27;

/** Bits of one base table. */
export interface TableBits {
  /** Bits per column. */
  widths: Uint8Array;
  /** Count of ones per position over the training pictures, and of a codec with bases a flag whether it is in them. */
  ones: Uint32Array;
  inBase: Uint8Array | null;
  baseCount: number | null;
}

/** A name for everything that a table's bytes depend on. */
function keyOf({ key, set }: OpenImages, s: ImageSettings): string {
  const split = set.givenTest === null ? [s.split, s.testFraction] : null;
  const own = [
    s.codec,
    transformOf(s),
    representationOf(s),
    s.classWise,
    s.tau,
    s.objective,
    s.blockBytes,
    effortOf(s),
  ];
  return JSON.stringify([key, ...own, split]);
}

function bitsOf({ widths, ones, bases, train }: EncodedTable): TableBits {
  return { widths, ones, inBase: bases?.inBase ?? null, baseCount: train.bases?.baseCount ?? null };
}

function encodedBytes({ sections: own, train, test }: EncodedTable): number {
  let bytes = 0;
  for (const sections of [own, train.sections, test.sections])
    for (const { blocks } of sections) for (const block of blocks) bytes += block.length;
  return bytes;
}

export class Tables {
  /** Bits by table, by key; the settings used last stand at the end. */
  private readonly known = new Map<string, Map<number, TableBits>>();
  private waiting: { key: string; encoded: EncodedTable } | null = null;
  /** What the tables of the settings looked at last share. */
  private shared: { key: string; bytes: Uint8Array | null } | null = null;

  private remember(key: string, encoded: EncodedTable): void {
    const tables = this.known.get(key) ?? new Map<number, TableBits>();
    this.known.delete(key);
    this.known.set(key, tables.set(encoded.table, bitsOf(encoded)));
    for (const oldest of this.known.keys()) {
      if (this.known.size <= REMEMBERED) break;
      this.known.delete(oldest);
    }
  }

  /** The bits of one table, searched unless they are known. */
  async bits(images: OpenImages, settings: ImageSettings, table: number, pulse: Pulse): Promise<TableBits> {
    const key = keyOf(images, settings);
    const known = this.known.get(key)?.get(table);
    if (known !== undefined) return known;
    this.waiting = null;
    const { set } = images;
    const lists = tableLists(set, splitImages(set, settings), settings);
    if (this.shared?.key !== key) {
      this.shared = { key, bytes: await fitShared(set, lists, settings, pulse) };
    }
    const job = { ...tableJob(set, lists[table], table, settings, true), shared: this.shared.bytes };
    const encoded = await encodeTable(job, pulse);
    this.remember(key, encoded);
    if (encodedBytes(encoded) <= WAITING_BYTES) this.waiting = { key, encoded };
    return bitsOf(encoded);
  }

  /** The encoder with what is known here: it gives a table that waits, and tells of every one that it gives. */
  remembering(images: OpenImages, settings: ImageSettings, encode: TableEncoder): TableEncoder {
    const key = keyOf(images, settings);
    return async (job, pulse) => {
      const { waiting } = this;
      let encoded: EncodedTable;
      if (waiting?.key === key && waiting.encoded.table === job.table) {
        encoded = waiting.encoded;
        this.waiting = null;
      } else {
        encoded = await encode(job, pulse);
      }
      this.remember(key, encoded);
      return encoded;
    };
  }
}

/** The records of one table: of class `table`, or all. */
export function recordsOf(
  { labels }: Pick<ImageSet, 'labels'>,
  records: Uint32Array,
  classWise: boolean,
  table: number,
): Uint32Array {
  return classWise ? records.filter((record) => labels[record] === table) : records;
}
