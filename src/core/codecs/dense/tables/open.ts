/** Reads the model of a table back. */
import { type LabError } from '../../../errors.ts';
import { ByteReader, ByteWriter } from '../../../bits/bytes.ts';
import { levelsOf } from './levels.ts';
import { ModelCode, parentBins, type LaneModel } from './model.ts';
import { ModelReader } from './modelCoder.ts';
import type { Nodes } from './nodes.ts';
import { canCopyFirst, codingOrder, MOST_COPIES } from './plan.ts';

/** Nodes that a model may claim: so many, and so many more for each of its bytes. */
const FREE_NODES = 4096;
const NODES_PER_BYTE = 16;

export interface TableModel {
  widths: readonly number[];
  nodes: Nodes;
  lanes: readonly LaneModel[];
  /** Lanes in the order in which they are coded. */
  order: Uint32Array;
  residentBytes: number;
}

/** A model's bytes behind the number of its nodes, and filled up where it says more of them than its bytes allow. */
export function sealModel(bytes: Uint8Array, nodes: number): Uint8Array {
  const missing = Math.ceil((nodes - FREE_NODES) / NODES_PER_BYTE) - bytes.length;
  const writer = new ByteWriter().varint(bytes.length).bytes(bytes);
  return missing > 0 ? writer.bytes(new Uint8Array(missing)).finish() : writer.finish();
}

/** @throws ARCHIVE_CORRUPT */
export function openModel(sealed: Uint8Array, widths: readonly number[]): TableModel {
  const outer = new ByteReader(sealed, 'its model');
  const bytes = outer.bytes(outer.varint());
  const room = sealed.length;
  const reader = new ModelReader(bytes);
  const code = new ModelCode(reader, widths.length, FREE_NODES + NODES_PER_BYTE * room);
  const corrupt = (what: string): LabError => outer.corrupt(what);
  const isLane = (lane: number): boolean => lane < widths.length;

  const copies = widths.map(() => {
    const own = code.copies(null);
    if (own.length > MOST_COPIES || !own.every(({ lane }) => isLane(lane)))
      throw corrupt('copies what is not there');
    return own;
  });
  const shared = Int32Array.from(widths, (width) => code.sharedTree(levelsOf(width), null));
  const copyNodes = copies.map((own) => code.copyNodes(own.length, null));
  const lanes = widths.map((width, lane): LaneModel => {
    const levels = levelsOf(width);
    const parent = code.parent(null);
    if (parent !== null && !isLane(parent.lane)) throw corrupt('has a parent that is not there');
    const bins = parent === null ? null : parentBins(code.nodes, shared, widths, parent);
    const roots =
      bins === null
        ? Int32Array.of(shared[lane])
        : code.binTrees(levels, bins.count + (parent!.isBefore ? 1 : 0), shared[lane], null);
    return {
      levels,
      parent,
      bins,
      roots,
      copies: copies[lane],
      canCopyFirst: canCopyFirst(copies[lane]),
      copyNodes: copyNodes[lane],
    };
  });
  if (code.isFull) throw corrupt('claims more than it has room for');
  reader.end();
  const order = codingOrder(lanes);
  if (order === null) throw corrupt('has lanes that wait for each other');
  const residentBytes =
    code.nodes.bytes + lanes.reduce((sum, { bins, roots }) => sum + roots.byteLength + (bins?.bytes ?? 0), 0);
  return { widths, nodes: code.nodes, lanes, order, residentBytes };
}
