/**
 * A record as bits. Every column becomes one unsigned integer (a ratio column two), a *field*; the record is the
 * concatenation of its fields, most significant bit first. A field wider than 32 bits is held as two *lanes* of at
 * most 32 bits, high lane first, so that every hot loop works on 32-bit words.
 */

/** Up to 32 consecutive bits of a record. */
export interface Lane {
  column: number;
  /** Field of the record that it belongs to, counted over all columns. */
  field: number;
  /** Bits in this lane, 1 … 32. */
  width: number;
  /** Position in the record of the lane's most significant bit. */
  start: number;
}

/** One code per record for one lane, in an array that its width fits; only the lane's low `width` bits may be set. */
export type LaneCodes = Uint8Array | Uint16Array | Uint32Array;

/** Codes of a lane, all 0 yet, in the narrowest array that fits: most lanes are narrow, and a table's are many. */
export function emptyCodes(width: number, records: number): LaneCodes {
  if (width <= 8) return new Uint8Array(records);
  return width <= 16 ? new Uint16Array(records) : new Uint32Array(records);
}

/** Record layout: lanes in order of position. */
export interface Layout {
  lanes: Lane[];
  /** Width in bits of each field, in order; a field of a constant column has width 0 and no lane. */
  fieldWidths: number[];
  /** Column of each field. */
  fieldColumns: number[];
  /** l_t: bits in a record. */
  recordBits: number;
}

/**
 * Lays fields out one after the other.
 *
 * @param fields width in bits (0 … 64) and column of each field, in record order
 */
export function layOut(fields: readonly { column: number; width: number }[]): Layout {
  const lanes: Lane[] = [];
  let start = 0;
  fields.forEach(({ column, width }, field) => {
    if (width > 32) {
      lanes.push({ column, field, width: width - 32, start });
      lanes.push({ column, field, width: 32, start: start + width - 32 });
    } else if (width > 0) {
      lanes.push({ column, field, width, start });
    }
    start += width;
  });
  return {
    lanes,
    fieldWidths: fields.map((field) => field.width),
    fieldColumns: fields.map((field) => field.column),
    recordBits: start,
  };
}
