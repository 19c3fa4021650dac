/**
 * What a subset method is: a record of what it is called and how it is shown, and what picks the pictures of every
 * epoch. A new one is one file or folder and a line in each list of the registry; nothing else knows it by its name.
 */
import type { PluginMeta } from '../registry.ts';
import type { MethodOption, MethodOptions } from './options.ts';
import type { NetworkProbe } from './probe.ts';

/** How a method's line is told from the others in a figure. */
export interface MethodLook {
  /** A CSS colour. */
  colour: string;
  stroke: 'solid' | 'dashed' | 'dotted' | 'dashDotted';
  marks: 'filled' | 'hollow';
  shape: 'circle' | 'square' | 'triangle' | 'diamond';
}

export interface MethodMeta extends PluginMeta {
  /** What it is called together with its variants: "Random" of the fresh and the fixed one. */
  family: string;
  /** How pictures are picked: of two methods with the same word, seed and settings, fixed or not, the draws are alike. */
  draw: string;
  /** Its sentence in the sweep, where the methods stand below each other. */
  sweepSentence: string;
  /** Said in place of its sentence where the archive alone is open; null where the sentence is right then too. */
  archiveSentence: string | null;
  /** Where it asks its pixels to come from. */
  source: 'raw' | 'archive';
  /** Whether every epoch sees the same pictures. */
  isFixed: boolean;
  /** Whether the share of the pictures, and how it is drawn, means anything to it: not where every picture is seen. */
  usesFraction: boolean;
  /** Whether it looks at pictures through the network as trained so far; nothing is then fetched ahead. */
  needsNetwork: boolean;
  /** Its options, beside the settings of every run, in the order in which they are shown. */
  options: readonly MethodOption[];
  /** Of one that cannot do without held-out pictures, and so has no option for them. */
  alwaysHoldsOut?: true;
  /** What an option that is left to the method comes to. */
  usual?: { pretrain: number };
  /** Who published it, of one that is not the paper's own: "Killamsetty et al., 2021". */
  authors?: string;
  /** In what it is not the published one, a sentence to stand wherever its numbers do. */
  note?: string;
  look: MethodLook;
}

/** The settings of a run that a method may look at. */
export interface SelectionSettings extends MethodOptions {
  /** Share of the training pictures, above 0 and at most 1. */
  fraction: number;
  /** Every picture alike, or the same share of every class. */
  sampling: 'uniform' | 'stratified';
  epochs: number;
  /** Pictures in a step. */
  batch: number;
  /** Learning rate of the first epoch. */
  rate: number;
  /** An unsigned 32-bit integer. */
  seed: number;
}

/** What a method picks from. The arrays are lent: they are not changed. */
export interface SelectionContext {
  /** Numbers of the training records. */
  train: Uint32Array;
  /** Class of every record of the dataset. */
  labels: Uint16Array;
  classes: number;
  settings: SelectionSettings;
}

/** What an epoch sees. */
export interface Selection {
  /** As many training records as the selector counts, each at most once. */
  records: Uint32Array;
  /** Weight of every record in the loss: not negative, not all 0; null: all alike. Only their ratios matter. */
  weights: Float32Array | null;
  /**
   * True: the records come in the order in which the epoch meets them, and the pictures are let go with it. False: the
   * loop draws an order for every epoch, and the pictures are kept as long as the same object is selected again.
   */
  isOrdered: boolean;
  /** What making it took, of a method that looks at pictures. */
  account?: SelectionAccount;
}

/** What it took to make a selection, and what came of it. */
export interface SelectionAccount {
  seconds: {
    /** Fetching pictures and what the network makes of them. */
    features: number;
    /** Choosing among them. */
    pick: number;
  };
  /** Different records that were looked at. */
  seen: number;
  /** Most bytes that it held at once: gradients, features, and arrays of its own. */
  bytes: number;
  /** Records drawn at random because nothing spoke for any other. */
  filled: number;
}

/** A batch that was trained on, before its step. The arrays are overwritten by the next one. */
export interface TrainedBatch {
  /** Numbers of the records, n of them. */
  records: Uint32Array;
  /** [n × classes]: what the network gave them as it trained, augmentation and batch statistics included. */
  logits: Float32Array;
}

/** Epochs on every picture before the first selection. They are part of what selecting costs. */
export interface Pretraining {
  epochs: number;
  /** The records that they see. */
  records: Uint32Array;
  /** Whether the network has its initial weights again once the first selection is made. */
  startsAnew: boolean;
  /** Is told of every batch and of the end of every epoch; null of a method that only wants the network. */
  observer: PretrainingObserver | null;
}

export interface PretrainingObserver {
  /** An epoch begins, from 1; one that was interrupted may begin again. */
  begin(epoch: number): void;
  trained(batch: TrainedBatch): void;
  end(epoch: number): void;
}

/** What a checkpoint holds of a selector: a few arrays by short names. */
export type SelectionState = Record<string, SelectionArray>;
export type SelectionArray =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** A method at work in one run. */
export interface Selector {
  /** Pictures of an epoch, the same in all of them. */
  readonly count: number;
  /** What has to be trained before anything is selected; null: nothing. */
  readonly pretraining: Pretraining | null;
  /**
   * What an epoch sees. The very object that was returned last says "as before": then nothing is fetched.
   *
   * Asked for the same epoch again it selects the same, whether its state was restored in between or not: an epoch may
   * be selected for ahead, and one that was interrupted begins again. What is thrown on the way (CANCELLED by the probe)
   * changes nothing.
   *
   * @param epoch from 1, never less than the last one asked for
   * @param probe the network after the epoch before; null of a method that does not need it
   */
  select(epoch: number, probe: NetworkProbe | null): Selection | Promise<Selection>;
  /** What it goes on from after the epochs so far, as copies; null where settings and epoch say everything. */
  state(): SelectionState | null;
  /** Takes a state over, before anything is selected. False where it is not one of its own: the run begins anew. */
  restore(state: SelectionState): boolean;
}

/** The contract of a method. */
export interface Method {
  meta: MethodMeta;
  /** @throws TRAINING_SUBSET_EMPTY */
  create(context: SelectionContext): Selector;
}
