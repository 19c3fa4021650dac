/**
 * A codec that divides records into shared bases and deviations of their own: whatever its search, this is how it
 * stores them and reads them back. In an archive of pictures, where every reader of a table reads them whole, the mask
 * and the heads are deflated and the base tables are kept by their gaps (docs/FORMAT.md).
 */
import { pack, unpack } from '../../bits/packing.ts';
import { LabError } from '../../errors.ts';
import type { Pulse } from '../../pulse.ts';
import {
  stored,
  type BasePlan,
  type Codec,
  type CodecMeta,
  type EncodedSection,
  type OpenedGroup,
  type OpenedTable,
  type RecordGroup,
  type RecordKind,
  type StoredSections,
  type StoredTable,
} from '../codec.ts';
import { openGroup } from './decode.ts';
import { encodeGroup } from './encode.ts';
import { readHead, type GroupSizes } from './head.ts';
import { decodeMask, encodeMask } from './mask.ts';
import { openRows } from './rows.ts';
import type { SearchOptions } from './prefixes.ts';
import { BASE_DEVIATION_SECTIONS, BASES, HEAD, MASK } from './sections.ts';
import { packTable, unpackTable } from './sparseTable.ts';

/** Chooses the base positions on the training records. */
export type BaseSearch = (group: RecordGroup, options: SearchOptions, pulse: Pulse) => Promise<BasePlan>;

/** Most bytes of the counts at the start of a head. */
const MOST_COUNT_BYTES = 64;

/** Bytes that the program of a RowReader takes for a bit of the record, at most, while it is put together. */
const PROGRAM_BYTES = 12;

export function baseDeviationCodec(meta: CodecMeta, search: BaseSearch): Codec {
  return {
    meta,
    sections: BASE_DEVIATION_SECTIONS,
    async fit(train, options, pulse) {
      const bases = await search(train, options, pulse);
      const { inBase } = bases;
      const mask = encodeMask(inBase);
      return {
        bases,
        sections: [{ type: MASK.type, blocks: [isPacked(train) ? pack(mask) : mask] }],
        async encode(group, blockBytes, encoding) {
          const encoded = await encodeGroup(group, inBase, blockBytes, encoding);
          if (!isPacked(group)) return encoded;
          const { baseCount, tableBits } = encoded.bases;
          const sections = encoded.sections.map((section) => packed(section, baseCount, tableBits));
          return { ...encoded, sections };
        },
      };
    },
    open: openTable,
  };
}

const isPacked = ({ of }: RecordKind): boolean => of === 'pictures';

function packed({ type, blocks }: EncodedSection, rows: number, columns: number): EncodedSection {
  if (type === HEAD.type) return { type, blocks: blocks.map(pack) };
  if (type === BASES.type)
    return { type, blocks: blocks.map((bytes) => packTable({ rows, columns, bytes })) };
  return { type, blocks };
}

/** Opens a base table: the mask is kept as it is stored, and spread out when it is wanted. */
function openTable(from: StoredTable): OpenedTable {
  const layout = from.layout();
  const { recordBits } = layout;
  const given = stored(from.table, MASK);
  const mask = isPacked(from) ? unpack(given, Math.ceil(recordBits / 8), MASK.what) : given;
  const inBase = decodeMask(mask, recordBits);
  const groups = from.groups.map((sections): OpenedGroup => {
    const packedHead = stored(sections, HEAD);
    const most = MOST_COUNT_BYTES + Math.ceil(recordBits / 4);
    const head = isPacked(from) ? unpack(packedHead, most, HEAD.what) : packedHead;
    const { sizes } = readHead(layout, inBase, head);
    const { records, recordsPerBlock, stride, baseCount, baseBytes } = sizes;
    const ground = () => {
      const own = from.layout();
      const flags = decodeMask(mask, recordBits);
      return { layout: own, inBase: flags, head: readHead(own, flags, head) };
    };
    return {
      records,
      recordsPerBlock,
      blocks: stride === 0 ? 0 : Math.ceil(records / recordsPerBlock),
      checkBlocks: (bytes) => checkBlocks(bytes, sizes),
      bases: sizes,
      readerBytes: baseBytes + layout.lanes.length * baseCount * 4,
      rowReaderBytes: baseBytes + recordBits * PROGRAM_BYTES,
      read: (body) => openGroup(ground(), tableOf(body, sizes, isPacked(from))),
      readRows: (body, fieldBits) => openRows(ground(), tableOf(body, sizes, isPacked(from)), fieldBits),
    };
  });
  return { groups, inBase: () => decodeMask(mask, recordBits), laneBits: null };
}

/** The bits of the base table, as long as the head claims. */
function tableOf(body: StoredSections, { baseBytes, baseCount, tableBits }: GroupSizes, isSparse: boolean) {
  const bytes = stored(body, BASES);
  if ((bytes.length === 0) !== (baseBytes === 0)) throw wrongTable();
  const table = isSparse && baseBytes > 0 ? unpackTable(bytes, baseCount, tableBits) : bytes;
  if (table.length !== baseBytes) throw wrongTable();
  return table;
}

const wrongTable = (): LabError =>
  new LabError('ARCHIVE_CORRUPT', 'The archive is damaged: the base table has not the size its head claims.');

/** The records have to have just the bytes that the head's counts ask for, block by block. */
function checkBlocks(bytes: readonly number[], { records, recordsPerBlock, stride }: GroupSizes): void {
  const expected = stride === 0 ? 0 : Math.ceil(records / recordsPerBlock);
  let fits = bytes.length === expected;
  for (let b = 0; fits && b < expected; b++) {
    const count = Math.min(recordsPerBlock, records - b * recordsPerBlock);
    fits = bytes[b] === Math.ceil((count * stride) / 8);
  }
  if (fits) return;
  throw new LabError(
    'ARCHIVE_CORRUPT',
    'The archive is damaged: its records have not the size its heads claim.',
  );
}
