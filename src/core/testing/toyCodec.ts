/**
 * A codec for tests that has nothing of bases and deviations: records of variable length behind an index, a section for
 * the whole archive, a model for each table, and it takes the codes of tables and the pixels of pictures as they are.
 *
 * A record is the difference of each of its codes from the table's first record, as a varint whose bytes are XORed with
 * one that the whole archive shares.
 */
import { ByteReader, ByteWriter } from '../bits/bytes.ts';
import type { LaneCodes, Layout } from '../bits/lanes.ts';
import {
  ROW_TILE,
  stored,
  wordsOfRow,
  type Codec,
  type CodecMeta,
  type CodecSection,
  type OpenedGroup,
  type RecordGroup,
  type StoredTable,
} from '../codecs/codec.ts';
import { CODEC_METAS, CODECS } from '../codecs/registry.ts';
import { LabError } from '../errors.ts';

const KEY: CodecSection = { type: 901, name: 'key', at: 'archive', what: 'its key' };
const MODEL: CodecSection = { type: 902, name: 'model', at: 'table', what: 'a first record' };
const HEAD: CodecSection = { type: 903, name: 'head', at: 'head', what: 'a head' };
const INDEX: CodecSection = { type: 904, name: 'index', at: 'body', what: 'an index' };
const RECORDS: CodecSection = { type: 905, name: 'lines', at: 'records', what: 'the records' };

export const toyCodecMeta: CodecMeta = {
  name: 'toy',
  id: 900,
  label: 'Toy codec',
  sentence: 'Differences from the first record, each as long as it is.',
  bases: null,
  condenser: 'clusters',
  takesPixels: false,
  hasEffort: false,
  speed: null,
};

const corrupt = (what: string): LabError =>
  new LabError('ARCHIVE_CORRUPT', `The archive is damaged: ${what}.`);

/** Codes of a record, lane by lane: from the codes of a table, the pixels of pictures, or bit by bit. */
function codeOf({ codes, pixels, layout, planes }: RecordGroup, record: number, lane: number): number {
  if (codes !== null) return codes[lane][record];
  const { start, width } = layout.lanes[lane];
  if (pixels !== null) return pixels[record * layout.lanes.length + lane];
  let code = 0;
  for (let b = 0; b < width; b++) {
    const word = planes.data[(start + b) * planes.words + (record >>> 5)];
    code = ((code << 1) | ((word >>> (record & 31)) & 1)) >>> 0;
  }
  return code;
}

function lineOf(codes: readonly number[], first: Uint32Array, key: number): Uint8Array {
  const writer = new ByteWriter();
  codes.forEach((code, lane) => writer.varint((code ^ first[lane]) >>> 0));
  return writer.finish().map((byte) => byte ^ key);
}

function readLine(line: Uint8Array, first: Uint32Array, key: number): Uint32Array {
  const reader = new ByteReader(
    line.map((byte) => byte ^ key),
    'a record',
  );
  const codes = Uint32Array.from(first, (code) => (code ^ reader.varint()) >>> 0);
  reader.end();
  return codes;
}

function open({ layout: layoutOf, archive, table, groups }: StoredTable) {
  const [key] = stored(archive, KEY);
  const layout = layoutOf();
  const model = new ByteReader(stored(table, MODEL), MODEL.what);
  const first = Uint32Array.from(layout.lanes, () => model.uint32());
  model.end();
  return {
    inBase: null,
    laneBits: null,
    groups: groups.map((head): OpenedGroup => {
      const sizes = new ByteReader(stored(head, HEAD), HEAD.what);
      const records = sizes.varint();
      const recordsPerBlock = sizes.varint();
      sizes.end();
      if (recordsPerBlock < 1 || records > 1e6) throw sizes.corrupt('claims what cannot be');
      const blocks = Math.ceil(records / recordsPerBlock);
      /** Where each record of a block ends. */
      const lines = (body: ReadonlyMap<number, Uint8Array>) => {
        const index = new ByteReader(stored(body, INDEX), INDEX.what);
        const lengths = Uint32Array.from({ length: records }, () => index.varint());
        index.end();
        return (block: Uint8Array, number: number) => {
          const own = lengths.subarray(number * recordsPerBlock, (number + 1) * recordsPerBlock);
          const ends = own.map((_, k) => own.subarray(0, k + 1).reduce((sum, length) => sum + length, 0));
          if ((ends.at(-1) ?? 0) !== block.length) throw corrupt('a block has not the length of its records');
          return (record: number) => block.subarray(record === 0 ? 0 : ends[record - 1], ends[record]);
        };
      };
      return {
        records,
        recordsPerBlock,
        blocks,
        bases: null,
        readerBytes: 4 * records,
        rowReaderBytes: 4 * records,
        checkBlocks(bytes) {
          if (bytes.length !== blocks) throw corrupt('its blocks are not as many as its head claims');
        },
        read(body) {
          const lineIn = lines(body);
          return {
            residentBytes: 4 * records,
            constantMasks: null,
            openBlock(bytes, number) {
              const line = lineIn(bytes ?? new Uint8Array(0), number);
              return {
                baseId: null,
                bytesOf: (record) => line(record).length,
                decode(from: number, count: number, lanes: readonly LaneCodes[], at: number) {
                  for (let k = 0; k < count; k++) {
                    const codes = readLine(line(from + k), first, key);
                    lanes.forEach((lane, index) => (lane[at + k] = codes[index]));
                  }
                },
              };
            },
          };
        },
        readRows(body, fieldBits) {
          const lineIn = lines(body);
          const taken: Uint32Array[] = new Array<Uint32Array>(ROW_TILE);
          let line = (_: number): Uint8Array => new Uint8Array(0);
          return {
            residentBytes: 4 * records,
            bases: null,
            load(block, number) {
              line = lineIn((block ?? new Uint8Array(0)).slice(), number);
            },
            take: (record, row) => (taken[row] = readLine(line(record), first, key)),
            bytesOf: (record) => line(record).length,
            decode: (count, rows) => writeRows(layout, taken.slice(0, count), fieldBits, rows),
          };
        },
      };
    }),
  };
}

function writeRows(
  layout: Layout,
  records: readonly Uint32Array[],
  fieldBits: number,
  rows: Uint32Array,
): void {
  const words = wordsOfRow(layout.fieldWidths.length, fieldBits as 8);
  rows.fill(0, 0, records.length * words);
  records.forEach((codes, r) =>
    layout.lanes.forEach(({ field }, lane) => {
      const bit = field * fieldBits;
      rows[r * words + (bit >>> 5)] |= codes[lane] << (bit & 31);
    }),
  );
}

const toyCodec: Codec = {
  meta: toyCodecMeta,
  sections: [KEY, MODEL, HEAD, INDEX, RECORDS],
  /** The sum of all first codes of all tables, of which the last byte is left. */
  async fitArchive({ tables, group }) {
    let sum = 0;
    for (let table = 0; table < tables; table++) {
      const train = await group(table);
      if (train.records > 0 && train.layout.lanes.length > 0) sum += codeOf(train, 0, 0);
    }
    return Uint8Array.of(sum & 255);
  },
  async fit(train, { shared }) {
    const [key] = shared!;
    const { lanes } = train.layout;
    const first = Uint32Array.from(lanes, (_, lane) => (train.records === 0 ? 0 : codeOf(train, 0, lane)));
    const model = new ByteWriter();
    for (const code of first) model.uint32(code);
    return {
      bases: null,
      sections: [{ type: MODEL.type, blocks: [model.finish()] }],
      async encode(group, blockBytes) {
        const perBlock = Math.max(1, Math.floor(blockBytes / Math.max(1, lanes.length)));
        const index = new ByteWriter();
        const blocks: Uint8Array[] = [];
        for (let from = 0; from < group.records; from += perBlock) {
          const block = new ByteWriter();
          for (let record = from; record < Math.min(from + perBlock, group.records); record++) {
            const codes = lanes.map((_, lane) => codeOf(group, record, lane));
            const line = lineOf(codes, first, key);
            index.varint(line.length);
            block.bytes(line);
          }
          blocks.push(block.finish());
        }
        const head = new ByteWriter().varint(group.records).varint(perBlock).finish();
        return {
          bases: null,
          sections: [
            { type: HEAD.type, blocks: [head] },
            { type: INDEX.type, blocks: [index.finish()] },
            { type: RECORDS.type, blocks },
          ],
        };
      },
    };
  },
  open,
};

/** @returns takes it out again */
export function addToyCodec(): () => void {
  const removers = [CODEC_METAS.add(toyCodecMeta), CODECS.add(toyCodec)];
  return () => removers.forEach((remove) => remove());
}
