/**
 * Columns to lane codes and back: the two directions of the lossless mappings, over whole columns.
 */
import { emptyCodes, layOut, type Lane, type LaneCodes, type Layout } from '../bits/lanes.ts';
import { LabError } from '../errors.ts';
import {
  fieldWidths,
  fitMapping,
  POWER_OF_TEN,
  ratioParts,
  type FittedColumn,
  type Mapping,
} from './mapping.ts';
import { orderFloat32, orderFloat64, unorderFloat32, unorderFloat64 } from './orderedBits.ts';
import type { Column, Table } from './table.ts';

/** How the records of a table become bits, and are undone. */
export interface TableCoding {
  rows: number;
  mappings: Mapping[];
  layout: Layout;
}

/** A column as codes, lane by lane. */
export interface CodedColumn {
  lanes: readonly Lane[];
  codes: readonly LaneCodes[];
}

const TWO_32 = 0x100000000;

/** Record layout of a list of mappings. */
export function layoutOf(mappings: readonly Mapping[]): Layout {
  return layOut(
    mappings.flatMap((mapping, column) => fieldWidths(mapping).map((width) => ({ column, width }))),
  );
}

/** Splits integers below 2^53 into the lanes of their field. */
function pushInteger(codes: LaneCodes[], width: number, rows: number, code: (row: number) => number): void {
  if (width === 0) return;
  if (width <= 32) {
    const all = emptyCodes(width, rows);
    for (let i = 0; i < rows; i++) all[i] = code(i);
    codes.push(all);
    return;
  }
  const high = emptyCodes(width - 32, rows);
  const low = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) {
    const value = code(i);
    high[i] = Math.floor(value / TWO_32);
    low[i] = value;
  }
  codes.push(high, low);
}

function pushColumn(codes: LaneCodes[], column: Column, fitted: FittedColumn, rows: number): void {
  const { mapping } = fitted;
  const missing = mapping.missing ? column.missing : null;
  if (column.kind === 'text') {
    if (mapping.kind !== 'category') throw new LabError('INTERNAL', 'A text column has a numeric mapping.');
    const reserved = mapping.dictionary.length;
    const [width] = fieldWidths(mapping);
    pushInteger(codes, width, rows, (i) =>
      missing !== null && missing[i] === 1 ? reserved : column.codes[i],
    );
    return;
  }
  const { values } = column;
  switch (mapping.kind) {
    case 'decimal': {
      const scale = POWER_OF_TEN[mapping.decimals];
      const { min } = mapping;
      const [width] = fieldWidths(mapping);
      if (missing === null) pushInteger(codes, width, rows, (i) => Math.round(values[i] * scale) - min);
      else {
        const reserved = mapping.values;
        pushInteger(codes, width, rows, (i) =>
          missing[i] === 1 ? reserved : Math.round(values[i] * scale) - min,
        );
      }
      return;
    }
    case 'ratio': {
      const parts = fitted.parts ?? ratioParts(column);
      if (parts === null) throw new LabError('INTERNAL', `Column ${column.name} is no ratio column.`);
      const [pWidth, qWidth] = fieldWidths(mapping);
      const { pMin, qMin, pValues } = mapping;
      pushInteger(codes, pWidth, rows, (i) =>
        missing !== null && missing[i] === 1 ? pValues : parts.p[i] - pMin,
      );
      pushInteger(codes, qWidth, rows, (i) => (missing !== null && missing[i] === 1 ? 0 : parts.q[i] - qMin));
      return;
    }
    case 'float32': {
      const code = new Uint32Array(rows);
      orderFloat32(values, code);
      if (missing !== null) {
        // The reserved code is one above the largest: no number needs it, as canonical NaN is not all ones.
        let largest = 0;
        for (let i = 0; i < rows; i++) if (missing[i] === 0 && code[i] > largest) largest = code[i];
        mapping.missingLow = largest + 1;
        for (let i = 0; i < rows; i++) if (missing[i] === 1) code[i] = mapping.missingLow;
      }
      codes.push(code);
      return;
    }
    case 'float64': {
      const high = new Uint32Array(rows);
      const low = new Uint32Array(rows);
      orderFloat64(values, high, low);
      if (missing !== null) {
        let h = 0;
        let l = 0;
        for (let i = 0; i < rows; i++) {
          if (missing[i] === 1) continue;
          if (high[i] > h || (high[i] === h && low[i] > l)) {
            h = high[i];
            l = low[i];
          }
        }
        mapping.missingLow = (l + 1) >>> 0;
        mapping.missingHigh = l === 0xffffffff ? h + 1 : h;
        for (let i = 0; i < rows; i++) {
          if (missing[i] === 0) continue;
          high[i] = mapping.missingHigh;
          low[i] = mapping.missingLow;
        }
      }
      codes.push(high, low);
      return;
    }
    case 'category':
      throw new LabError('INTERNAL', 'A numeric column has a category mapping.');
  }
}

/**
 * Fits mappings on all records, and codes the columns.
 *
 * @param allowRatio whether exact ratios of integers may be stored as such
 * @returns the columns one after the other, so that the codes of no more than one have to be held. A float's mapping
 * knows its code of a missing cell when its column has come
 */
export function codeTable(
  { rows, columns }: Table,
  allowRatio: boolean,
): { coding: TableCoding; columns: Iterable<CodedColumn> } {
  const fitted = columns.map((column) => fitMapping(column, allowRatio));
  const mappings = fitted.map(({ mapping }) => mapping);
  const layout = layoutOf(mappings);
  function* coded(): Generator<CodedColumn> {
    let first = 0;
    for (let c = 0; c < columns.length; c++) {
      const codes: LaneCodes[] = [];
      pushColumn(codes, columns[c], fitted[c], rows);
      fitted[c].parts = null;
      const lanes = layout.lanes.slice(first, first + codes.length);
      first += codes.length;
      yield { lanes, codes };
    }
  }
  return { coding: { rows, mappings, layout }, columns: coded() };
}

/** What is known of a column before its values: enough to allocate it. */
export interface ColumnShape {
  name: string;
  mapping: Mapping;
  /** Pattern of a column of dates or times. */
  time?: string;
}

/** Bytes of one record in such columns: what `allocateColumns` takes, in whole. */
export function columnBytes(shapes: readonly ColumnShape[]): number {
  let bytes = 0;
  for (const { mapping } of shapes)
    bytes += (mapping.kind === 'category' ? 4 : 8) + (mapping.missing ? 1 : 0);
  return bytes;
}

/** Columns of the right size and kind for `rows` records, to be filled by decodeColumn. */
export function allocateColumns(shapes: readonly ColumnShape[], rows: number): Column[] {
  return shapes.map(({ name, mapping, time }): Column => {
    const missing = mapping.missing ? new Uint8Array(rows) : null;
    if (mapping.kind === 'category')
      return { kind: 'text', name, codes: new Uint32Array(rows), dictionary: mapping.dictionary, missing };
    const column: Column = { kind: 'number', name, values: new Float64Array(rows), missing };
    if (time !== undefined) column.time = time;
    return column;
  });
}

function corrupt(name: string): LabError {
  return new LabError(
    'ARCHIVE_CORRUPT',
    `The archive is damaged: column ${name} holds a code beyond its range.`,
  );
}

/**
 * Decodes one column from its lanes.
 *
 * @param lanes the column's lane codes in order (none for a constant column, whose code is 0)
 * @param count number of codes
 * @param rows where to write: record k of the lanes is row rows[k] of the column
 * @throws ARCHIVE_CORRUPT for a code outside the mapping
 */
export function decodeColumn(
  mapping: Mapping,
  lanes: readonly LaneCodes[],
  count: number,
  rows: Uint32Array,
  column: Column,
): void {
  const { missing } = column;
  if (column.kind === 'text') {
    if (mapping.kind !== 'category') throw corrupt(column.name);
    const k = mapping.dictionary.length;
    const code = lanes.length === 0 ? null : lanes[0];
    for (let i = 0; i < count; i++) {
      const c = code === null ? 0 : code[i];
      if (c < k) column.codes[rows[i]] = c;
      else if (c === k && missing !== null) missing[rows[i]] = 1;
      else throw corrupt(column.name);
    }
    return;
  }
  const { values } = column;
  switch (mapping.kind) {
    case 'decimal': {
      const scale = POWER_OF_TEN[mapping.decimals];
      const { min, values: reserved } = mapping;
      if (lanes.length === 2) {
        const [high, low] = lanes;
        for (let i = 0; i < count; i++) {
          const code = high[i] * TWO_32 + low[i];
          if (code < reserved) values[rows[i]] = (code + min) / scale;
          else if (code === reserved && missing !== null) missing[rows[i]] = 1;
          else throw corrupt(column.name);
        }
        return;
      }
      const low = lanes.length === 0 ? null : lanes[0];
      for (let i = 0; i < count; i++) {
        const code = low === null ? 0 : low[i];
        if (code < reserved) values[rows[i]] = (code + min) / scale;
        else if (code === reserved && missing !== null) missing[rows[i]] = 1;
        else throw corrupt(column.name);
      }
      return;
    }
    case 'ratio': {
      const [pWidth, qWidth] = fieldWidths(mapping);
      const p = pWidth > 0 ? lanes[0] : null;
      const q = qWidth > 0 ? lanes[lanes.length - 1] : null;
      const { pMin, qMin, pValues, qValues } = mapping;
      for (let i = 0; i < count; i++) {
        const pc = p === null ? 0 : p[i];
        const qc = q === null ? 0 : q[i];
        if (pc < pValues && qc < qValues) values[rows[i]] = (pc + pMin) / (qc + qMin);
        else if (pc === pValues && missing !== null) missing[rows[i]] = 1;
        else throw corrupt(column.name);
      }
      return;
    }
    case 'float32': {
      const [code] = lanes;
      for (let i = 0; i < count; i++) {
        if (missing !== null && code[i] === mapping.missingLow) missing[rows[i]] = 1;
        else values[rows[i]] = unorderFloat32(code[i]);
      }
      return;
    }
    case 'float64': {
      const [high, low] = lanes;
      for (let i = 0; i < count; i++) {
        if (missing !== null && high[i] === mapping.missingHigh && low[i] === mapping.missingLow) {
          missing[rows[i]] = 1;
        } else {
          values[rows[i]] = unorderFloat64(high[i], low[i]);
        }
      }
      return;
    }
    case 'category':
      throw corrupt(column.name);
  }
}
