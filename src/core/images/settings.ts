/**
 * What one experiment on pictures is: every choice that its archive depends on, and nothing else. The same settings on
 * the same dataset give the same archive bytes everywhere.
 */
import type { Objective } from '../codecs/codec.ts';
import { TRANSFORM_METAS } from './transforms/registry.ts';

/** Colour and frequency transform in front of the codec, by its registered name. */
export type TransformName = string;

/** How a signed coefficient becomes an unsigned integer, by its registered name. */
export type RepresentationName = string;

export interface ImageSettings {
  /** Codec by its registered name. */
  codec: string;
  transform: TransformName;
  /** Without effect where the transform gives unsigned values. */
  representation: RepresentationName;
  /** Whether every class has a base table of its own, or all share one. */
  classWise: boolean;
  /** Plateau threshold τ: steps without improvement before the base search stops. */
  tau: number;
  objective: Objective;
  /** Bytes that a block of records aims at: what is fetched for one picture. */
  blockBytes: number;
  /** Analytics bits β of the condensed pictures, per class. */
  beta: number;
  /** Seed of the split, where the dataset brings none. */
  split: number;
  /** Share of test pictures of every class, where the dataset brings no split. */
  testFraction: number;
  /** Seed of everything random but the split: which pictures a sample draws. */
  seed: number;
}

/** The transform that suits a number of channels: pixels of grey pictures as they are, colour in frequencies. */
export function usualTransform(channels: 1 | 3): TransformName {
  return channels === 1 ? 'none' : 'dct';
}

/** The representation that decides anything: null where the transform needs none. */
export function representationOf({
  transform,
  representation,
}: Pick<ImageSettings, 'transform' | 'representation'>): RepresentationName | null {
  return TRANSFORM_METAS.find(transform)?.usesRepresentation === false ? null : representation;
}

/** Block sizes that are offered, in bytes. */
export const BLOCK_BYTES_CHOICES = [4_096, 16_384, 65_536, 262_144] as const;

export const DEFAULT_IMAGE_SETTINGS: Readonly<ImageSettings> = Object.freeze({
  codec: 'entrogede',
  transform: 'none',
  representation: 'zigzag',
  classWise: true,
  tau: 64,
  objective: 'true',
  blockBytes: 65_536,
  beta: 5,
  split: 1,
  testFraction: 0.2,
  seed: 1,
});
