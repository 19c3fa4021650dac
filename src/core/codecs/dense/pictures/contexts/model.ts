/**
 * The model of pictures of few tones, or of flat ground: every value in the context of its neighbours. Where all of them
 * are ground, the context goes by the place alone; else by the leaf of a tree, which is walked, or looked up where it
 * asks for no more than the nearest neighbours.
 */
import type { PictureShape } from '../../../codec.ts';
import { BinaryDecoder, BinaryEncoder } from '../../binaryCoder.ts';
import { readSteps, SymbolTables, writeSteps, type TableForm } from '../symbolTables.ts';
import { CHANNEL, FramedPicture, NEAR, NEIGHBOURS, X, Y } from './neighbours.ts';
import { readTree, type ContextTree } from './tree.ts';

const SYMBOLS = 256;
const FREQUENCY_BITS = 13;
/** Most entries of the table that contexts are looked up in. */
export const MOST_LOOKED_UP = 1 << 16;

/** What a model of this kind is, before its frequencies. */
export interface ContextPlan {
  /** The value that most pixels have. */
  ground: number;
  isLookedUp: boolean;
  /** Where all neighbours are ground; and elsewhere. */
  groundTree: ContextTree;
  tree: ContextTree;
  fineness: number;
}

export function tableForm({
  groundTree,
  tree,
  fineness,
}: Omit<ContextPlan, 'isLookedUp' | 'ground'>): TableForm {
  return { contexts: groundTree.leaves + tree.leaves, symbols: SYMBOLS, bits: FREQUENCY_BITS, fineness };
}

export function writeContextModel(plan: ContextPlan, steps: Uint8Array): Uint8Array {
  const encoder = new BinaryEncoder();
  encoder.plain(plan.ground, 8);
  encoder.plain(plan.isLookedUp ? 1 : 0, 1);
  encoder.plain(plan.fineness, 2);
  plan.groundTree.write(encoder);
  plan.tree.write(encoder);
  writeSteps(encoder, tableForm(plan), steps);
  return encoder.finish();
}

/** @throws ARCHIVE_CORRUPT */
export function readContextModel(bytes: Uint8Array, shape: PictureShape): ContextModel {
  const decoder = new BinaryDecoder(bytes, 'its model');
  const ground = decoder.plain(8);
  const isLookedUp = decoder.plain(1) === 1;
  const fineness = decoder.plain(2);
  const groundTree = readTree(decoder, asksForPlace);
  const tree = readTree(decoder, (feature) => !isLookedUp || feature < NEAR);
  const plan: ContextPlan = { ground, isLookedUp, groundTree, tree, fineness };
  if (isLookedUp && (shape.channels > 1 || entriesOf(tree) > MOST_LOOKED_UP)) {
    throw decoder.corrupt('has a table that is too large');
  }
  const steps = readSteps(decoder, tableForm(plan));
  decoder.end();
  return new ContextModel(plan, shape, steps);
}

const asksForPlace = (feature: number): boolean => feature === X || feature === Y || feature === CHANNEL;

function entriesOf(tree: ContextTree): number {
  let entries = 1;
  for (let feature = 0; feature < NEAR; feature++) entries *= tree.thresholdsOf(feature).length + 1;
  return entries;
}

/** Values as the model sees them: 0 is ground, and near the ground is near 0 from one side. */
export interface GroundMap {
  to: Uint8Array;
  from: Uint8Array;
}

export function groundMap(ground: number): GroundMap {
  const to = Uint8Array.from({ length: 256 }, (_, v) => (ground < 128 ? v - ground : ground - v) & 255);
  const from = new Uint8Array(256);
  to.forEach((value, v) => (from[value] = v));
  return { to, from };
}

export class ContextModel {
  readonly isLookedUp: boolean;
  readonly shape: PictureShape;
  readonly map: GroundMap;
  readonly tree: ContextTree;
  readonly tables: SymbolTables | null;
  /** Context of every value of a picture, were all its neighbours ground. */
  readonly groundContexts: Uint16Array;
  /** Neighbours that have to be ground for that. */
  readonly groundNeighbours: number;
  /** Contexts before those of the tree. */
  readonly first: number;
  /** Of the k-th near neighbour from 256 × k on: what each value adds to the place in `contexts`. */
  readonly shares = new Uint16Array(NEAR * 256);
  readonly contexts: Uint16Array;

  /** @param steps null while frequencies are still to be counted */
  constructor(plan: ContextPlan, shape: PictureShape, steps: Uint8Array | null) {
    this.isLookedUp = plan.isLookedUp;
    this.shape = shape;
    this.map = groundMap(plan.ground);
    this.tree = plan.tree;
    this.first = plan.groundTree.leaves;
    this.groundNeighbours = plan.isLookedUp ? NEAR : NEIGHBOURS;
    this.tables = steps === null ? null : new SymbolTables(tableForm(plan), steps);
    this.groundContexts = placeContexts(plan.groundTree, shape);
    this.contexts = plan.isLookedUp ? this.#fillTable() : new Uint16Array(0);
  }

  get residentBytes(): number {
    return (
      (this.tables?.residentBytes ?? 0) +
      this.tree.residentBytes +
      this.groundContexts.byteLength +
      this.shares.byteLength +
      this.contexts.byteLength
    );
  }

  /** The leaf of the tree for whatever values the near neighbours have. */
  #fillTable(): Uint16Array {
    const thresholds = Array.from({ length: NEAR }, (_, feature) => this.tree.thresholdsOf(feature));
    let entries = 1;
    for (let feature = 0; feature < NEAR; feature++) {
      for (let value = 0, level = 0; value < 256; value++) {
        while (level < thresholds[feature].length && value > thresholds[feature][level]) level++;
        this.shares[feature * 256 + value] = level * entries;
      }
      entries *= thresholds[feature].length + 1;
    }
    const contexts = new Uint16Array(entries);
    const values = new Int32Array(NEAR);
    for (let entry = 0; entry < entries; entry++) {
      for (let feature = 0, rest = entry; feature < NEAR; feature++) {
        const levels = thresholds[feature].length + 1;
        const level = rest % levels;
        rest = (rest - level) / levels;
        values[feature] = level === 0 ? 0 : thresholds[feature][level - 1] + 1;
      }
      contexts[entry] = this.first + this.tree.find(values);
    }
    return contexts;
  }
}

function placeContexts(tree: ContextTree, shape: PictureShape): Uint16Array {
  const picture = new FramedPicture(shape);
  const contexts = new Uint16Array(shape.width * shape.height * shape.channels);
  for (let y = 0, k = 0; y < shape.height; y++) {
    for (let x = 0; x < shape.width; x++) {
      for (let channel = 0; channel < shape.channels; channel++, k++) {
        picture.place(x, y, channel);
        contexts[k] = tree.find(picture.features);
      }
    }
  }
  return contexts;
}
