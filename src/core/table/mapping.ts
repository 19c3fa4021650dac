/**
 * Lossless mappings from a column to unsigned integers of minimal width. Fitted on all records; decoding gives the
 * identical double or string. Widths are never padded: constant bits are charged once, noise bits every time.
 */
import { bitsFor } from '../bits/width.ts';
import type { Column, NumberColumn } from './table.ts';
import { exactRatio } from './rational.ts';

/** v = (code + min) / 10^decimals. */
export interface DecimalMapping {
  kind: 'decimal';
  decimals: number;
  /** Smallest v·10^decimals. */
  min: number;
  /** Number of value codes, max − min + 1 (0 when every cell is missing). */
  values: number;
  missing: boolean;
}

/** v = (p + pMin) / (q + qMin), p and q being two fields. */
export interface RatioMapping {
  kind: 'ratio';
  pMin: number;
  pValues: number;
  qMin: number;
  qValues: number;
  missing: boolean;
}

/** IEEE bits, order-preserving; the missing code is the largest code seen plus one. */
export interface FloatMapping {
  kind: 'float32' | 'float64';
  missing: boolean;
  /** Code of a missing cell as high and low word (high is 0 for float32). */
  missingHigh: number;
  missingLow: number;
}

/** code = index into the dictionary. */
export interface CategoryMapping {
  kind: 'category';
  dictionary: string[];
  missing: boolean;
}

export type Mapping = DecimalMapping | RatioMapping | FloatMapping | CategoryMapping;

/** Exact powers of ten. */
export const POWER_OF_TEN: readonly number[] = Array.from({ length: 16 }, (_, p) => Number(`1e${p}`));

const MAX_EXACT = 2 ** 53;

/**
 * Smallest number of decimals with which every value is an integer over a power of ten, exactly.
 *
 * @returns the mapping, or null when there is none: some value needs more than 15 decimals, is −0, NaN or infinite,
 * or the range does not fit 53 bits
 */
function fitDecimal(column: NumberColumn, hasMissing: boolean): DecimalMapping | null {
  const { values, missing } = column;
  const n = values.length;
  for (let decimals = 0; decimals <= 15; decimals++) {
    const scale = POWER_OF_TEN[decimals];
    let min = Infinity;
    let max = -Infinity;
    let i = 0;
    for (; i < n; i++) {
      if (hasMissing && missing![i] === 1) continue;
      const v = values[i];
      // + 0 turns −0 into +0, so that −0 fails the test below.
      const integer = Math.round(v * scale) + 0;
      const back = integer / scale;
      if (back !== v || (v === 0 && 1 / v < 0) || integer > MAX_EXACT || integer < -MAX_EXACT) break;
      if (integer < min) min = integer;
      if (integer > max) max = integer;
    }
    if (i < n) continue;
    if (min > max) return { kind: 'decimal', decimals: 0, min: 0, values: 0, missing: hasMissing };
    // code + min and the count of codes have to be exact doubles.
    if (max - min > MAX_EXACT - 2) return null;
    return { kind: 'decimal', decimals, min, values: max - min + 1, missing: hasMissing };
  }
  return null;
}

function isFloat32(column: NumberColumn, hasMissing: boolean): boolean {
  const { values, missing } = column;
  for (let i = 0; i < values.length; i++) {
    if (hasMissing && missing![i] === 1) continue;
    if (!Object.is(Math.fround(values[i]), values[i])) return false;
  }
  return true;
}

/** p and q of every record of a ratio column; made while fitting and needed again for the codes. */
export interface RatioParts {
  p: Int32Array;
  q: Int32Array;
}

/** Of most columns that are none the first values say so: nothing needs to be allocated for them. */
function startsAsRatios({ values, missing }: NumberColumn): boolean {
  const out = { p: 0, q: 1 };
  for (let i = 0; i < Math.min(values.length, 100); i++) {
    if (missing !== null && missing[i] === 1) continue;
    if (!exactRatio(values[i], out)) return false;
  }
  return true;
}

/** Splits every value into its exact quotient, or returns null at the first value without one. */
export function ratioParts(column: NumberColumn): RatioParts | null {
  const { values, missing } = column;
  const n = values.length;
  if (!startsAsRatios(column)) return null;
  const p = new Int32Array(n);
  const q = new Int32Array(n);
  const out = { p: 0, q: 1 };
  for (let i = 0; i < n; i++) {
    if (missing !== null && missing[i] === 1) continue;
    if (!exactRatio(values[i], out)) return null;
    p[i] = out.p;
    q[i] = out.q;
  }
  return { p, q };
}

function fitRatio(column: NumberColumn, hasMissing: boolean, parts: RatioParts): RatioMapping {
  const { p, q } = parts;
  let pMin = Infinity;
  let pMax = -Infinity;
  let qMin = Infinity;
  let qMax = -Infinity;
  for (let i = 0; i < p.length; i++) {
    if (hasMissing && column.missing![i] === 1) continue;
    if (p[i] < pMin) pMin = p[i];
    if (p[i] > pMax) pMax = p[i];
    if (q[i] < qMin) qMin = q[i];
    if (q[i] > qMax) qMax = q[i];
  }
  return {
    kind: 'ratio',
    pMin,
    pValues: pMax - pMin + 1,
    qMin,
    qValues: qMax - qMin + 1,
    missing: hasMissing,
  };
}

/** Widths in bits of the fields that a mapping makes: one, or two for a ratio (p, then q). */
export function fieldWidths(mapping: Mapping): number[] {
  const extra = mapping.missing ? 1 : 0;
  switch (mapping.kind) {
    case 'decimal':
      return [bitsFor(mapping.values + extra)];
    case 'ratio':
      // A missing cell is the reserved code of p; its q is 0.
      return [bitsFor(mapping.pValues + extra), bitsFor(mapping.qValues)];
    case 'float32':
      return [32];
    case 'float64':
      return [64];
    case 'category':
      return [bitsFor(mapping.dictionary.length + extra)];
  }
}

/** Total width of a mapping in bits. */
export function mappingBits(mapping: Mapping): number {
  return fieldWidths(mapping).reduce((sum, width) => sum + width, 0);
}

export interface FittedColumn {
  mapping: Mapping;
  /** Present for ratio columns. */
  parts: RatioParts | null;
}

/**
 * Chooses the mapping of a column: decimal, else ratio where it is narrower than the float (and allowed), else float;
 * text is a category.
 *
 * @param allowRatio whether exact ratios may be used
 */
export function fitMapping(column: Column, allowRatio: boolean): FittedColumn {
  const hasMissing = column.missing !== null && column.missing.includes(1);
  if (column.kind === 'text') {
    return { mapping: { kind: 'category', dictionary: column.dictionary, missing: hasMissing }, parts: null };
  }
  const decimal = fitDecimal(column, hasMissing);
  if (decimal !== null) return { mapping: decimal, parts: null };
  const kind = isFloat32(column, hasMissing) ? 'float32' : 'float64';
  if (allowRatio) {
    const parts = ratioParts(column);
    if (parts !== null) {
      const ratio = fitRatio(column, hasMissing, parts);
      if (mappingBits(ratio) < (kind === 'float32' ? 32 : 64)) return { mapping: ratio, parts };
    }
  }
  return { mapping: { kind, missing: hasMissing, missingHigh: 0, missingLow: 0 }, parts: null };
}

/** A mapping in words: "2 decimals, 10 bits". */
export function describeMapping(mapping: Mapping): string {
  const bits = mappingBits(mapping);
  const width = `${bits} ${bits === 1 ? 'bit' : 'bits'}`;
  switch (mapping.kind) {
    case 'decimal':
      if (mapping.values === 0) return `all missing, ${width}`;
      if (mapping.decimals === 0) return `integer, ${width}`;
      return `${mapping.decimals} ${mapping.decimals === 1 ? 'decimal' : 'decimals'}, ${width}`;
    case 'ratio': {
      const [p, q] = fieldWidths(mapping);
      return `ratio p/q, ${p} + ${q} bits`;
    }
    case 'float32':
    case 'float64':
      return `${mapping.kind}, ${width}`;
    case 'category':
      return `${mapping.dictionary.length} ${mapping.dictionary.length === 1 ? 'value' : 'values'}, ${width}`;
  }
}
