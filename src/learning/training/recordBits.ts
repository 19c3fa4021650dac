/** A set of records, one bit for each: bit i & 7 of byte i >> 3. */
export class RecordBits {
  readonly bits: Uint8Array;
  #count = 0;

  /** @param bits taken over */
  constructor(bits: Uint8Array) {
    this.bits = bits;
    for (const byte of bits) for (let left = byte; left !== 0; left &= left - 1) this.#count++;
  }

  /** Records in it. */
  get count(): number {
    return this.#count;
  }

  add(records: Uint32Array): void {
    for (const record of records) {
      const bit = 1 << (record & 7);
      if ((this.bits[record >> 3] & bit) !== 0) continue;
      this.bits[record >> 3] |= bit;
      this.#count++;
    }
  }
}
