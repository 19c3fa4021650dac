/**
 * Range asymmetric numeral systems: symbols of known frequencies in as many bits as they are worth, as one stream of
 * bytes. State of 31 bits, renormalised byte by byte. Symbols are put in the reverse of the order in which they are
 * taken.
 *
 * The encoder begins at a small state and writes nothing before the state is full, and the decoder fills up only while
 * there are bytes: so a short stream pays for its symbols alone. The decoder has to end at that state and at the last
 * byte, which tells most damage.
 */

/** Where the encoder begins and the decoder has to end. Not 0, from which a run of likely symbols leads nowhere. */
const FIRST_STATE = 163;

/** From here on the state is full. */
const FULL_STATE = 1 << 23;

/** Most bits that frequencies may add up to. */
const MOST_FREQUENCY_BITS = 14;

/** Of frequencies: a product is quicker than a quotient, and here the same. */
const RECIPROCALS = /* @__PURE__ */ Float64Array.from({ length: 1 << MOST_FREQUENCY_BITS }, (_, n) => 1 / n);

export class RansEncoder {
  #bytes = new Uint8Array(1 << 12);
  /** Bytes are written from the end towards the start. */
  #at = this.#bytes.length;
  #state = FIRST_STATE;

  /**
   * Puts a symbol before those put so far.
   *
   * @param start of its part of 0 … 2^bits − 1
   * @param frequency length of its part; one that is all of it costs nothing
   */
  put(start: number, frequency: number, bits: number): void {
    if (frequency === 1 << bits) return;
    let state = this.#state;
    // Below 2^31: the frequency is less than 2^bits.
    const limit = (FULL_STATE >>> bits) * 256 * frequency;
    while (state >= limit) {
      if (this.#at === 0) this.#grow();
      this.#bytes[--this.#at] = state;
      state >>>= 8;
    }
    const quotient = (state / frequency) | 0;
    this.#state = (quotient << bits) + (state - quotient * frequency) + start;
  }

  /**
   * Puts symbols before those put so far, the last one first: as `put` for each, and faster for many.
   *
   * @param starts of their parts, from the first one on
   * @param frequencies lengths of their parts
   */
  putAll(starts: Uint16Array, frequencies: Uint16Array, count: number, bits: number): void {
    // A symbol takes two bytes at most.
    while (this.#at < 2 * count) this.#grow();
    const bytes = this.#bytes;
    const whole = 1 << bits;
    const limitShift = 31 - bits;
    let at = this.#at;
    let state = this.#state;
    for (let k = count - 1; k >= 0; k--) {
      const frequency = frequencies[k];
      if (frequency === whole) continue;
      const limit = frequency << limitShift;
      while (state >= limit) {
        bytes[--at] = state;
        state >>>= 8;
      }
      // The half keeps a quotient that is whole from being rounded below itself.
      const quotient = ((state + 0.5) * RECIPROCALS[frequency]) | 0;
      state += Math.imul(quotient, whole - frequency) + starts[k];
    }
    this.#at = at;
    this.#state = state;
  }

  /** @returns the stream, which is the caller's; the next symbol begins another */
  finish(): Uint8Array {
    for (let state = this.#state; state > 0; state >>>= 8) {
      if (this.#at === 0) this.#grow();
      this.#bytes[--this.#at] = state;
    }
    const stream = this.#bytes.slice(this.#at);
    this.#at = this.#bytes.length;
    this.#state = FIRST_STATE;
    return stream;
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes, this.#bytes.length);
    this.#at += this.#bytes.length;
    this.#bytes = larger;
  }
}

export class RansDecoder {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  #state = 0;

  /** What follows is of the stream that is `bytes` from index `from` up to `to`. */
  load(bytes: Uint8Array, from: number, to: number): void {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = to;
    this.#state = 0;
    this.#fill();
  }

  /** A number below 2^bits that lies in the part of the next symbol. */
  peek(bits: number): number {
    return this.#state & ((1 << bits) - 1);
  }

  /** Takes the symbol, of which the part is given. */
  take(start: number, frequency: number, bits: number): void {
    if (frequency === 1 << bits) return;
    const state = this.#state;
    this.#state = frequency * (state >>> bits) + (state & ((1 << bits) - 1)) - start;
    if (this.#state < FULL_STATE) this.#fill();
  }

  /** Whether all is taken, and it was what the encoder had put. */
  get isAtEnd(): boolean {
    return this.#at === this.#end && this.#state === FIRST_STATE;
  }

  #fill(): void {
    while (this.#state < FULL_STATE && this.#at < this.#end) {
      this.#state = (this.#state << 8) | this.#bytes[this.#at++];
    }
  }
}
