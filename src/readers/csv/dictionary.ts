/**
 * Distinct texts by their bytes: a cell is looked up by a hash of its bytes, and becomes a string only once for all
 * cells that are equal.
 */

/** Bytes of an arena block; a longer text has a block of its own. */
const BLOCK_BYTES = 1 << 18;
const FIRST_BLOCK_BYTES = 1 << 9;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class Dictionary {
  size = 0;
  /** Number + 1 of the entry at each place of the hash table, 0 where it is free. */
  private table = new Uint32Array(16);
  private hashes = new Int32Array(8);
  private lengths = new Uint32Array(8);
  private blockOf = new Uint32Array(8);
  private startOf = new Uint32Array(8);
  private readonly blocks: Uint8Array[] = [];
  private used = 0;

  /** The number of the text of bytes from … to − 1, which is new when it has not been met before. */
  code(bytes: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5 ^ (to - from);
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.table.length - 1;
    let place = hash & mask;
    for (let entry = this.table[place]; entry !== 0; entry = this.table[place]) {
      if (this.hashes[entry - 1] === hash && this.equals(entry - 1, bytes, from, to)) return entry - 1;
      place = (place + 1) & mask;
    }
    this.table[place] = this.size + 1;
    return this.insert(hash, bytes, from, to);
  }

  private equals(entry: number, bytes: Uint8Array, from: number, to: number): boolean {
    const length = to - from;
    if (this.lengths[entry] !== length) return false;
    const block = this.blocks[this.blockOf[entry]];
    const start = this.startOf[entry];
    for (let k = 0; k < length; k++) if (block[start + k] !== bytes[from + k]) return false;
    return true;
  }

  private insert(hash: number, bytes: Uint8Array, from: number, to: number): number {
    const entry = this.size++;
    if (entry === this.hashes.length) this.growEntries();
    const length = to - from;
    if (this.blocks.length === 0 || this.used + length > this.blocks[this.blocks.length - 1].length) {
      const usual = this.blocks.length === 0 ? FIRST_BLOCK_BYTES : BLOCK_BYTES;
      this.blocks.push(new Uint8Array(Math.max(usual, length)));
      this.used = 0;
    }
    this.blocks[this.blocks.length - 1].set(bytes.subarray(from, to), this.used);
    this.hashes[entry] = hash;
    this.lengths[entry] = length;
    this.blockOf[entry] = this.blocks.length - 1;
    this.startOf[entry] = this.used;
    this.used += length;
    if (this.size * 2 > this.table.length) this.rehash();
    return entry;
  }

  private growEntries(): void {
    const capacity = this.hashes.length * 2;
    const grown = <T extends Int32Array | Uint32Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.hashes = grown(this.hashes, new Int32Array(capacity));
    this.lengths = grown(this.lengths, new Uint32Array(capacity));
    this.blockOf = grown(this.blockOf, new Uint32Array(capacity));
    this.startOf = grown(this.startOf, new Uint32Array(capacity));
  }

  private rehash(): void {
    const table = new Uint32Array(this.table.length * 2);
    const mask = table.length - 1;
    for (let entry = 0; entry < this.size; entry++) {
      let place = this.hashes[entry] & mask;
      while (table[place] !== 0) place = (place + 1) & mask;
      table[place] = entry + 1;
    }
    this.table = table;
  }

  /** The texts of some entries. */
  texts(entries: Uint32Array): string[] {
    return Array.from(entries, (entry) => {
      const start = this.startOf[entry];
      return decoder.decode(this.blocks[this.blockOf[entry]].subarray(start, start + this.lengths[entry]));
    });
  }
}

/** Codes by frequency, so that their high bits separate common from rare; ties by first appearance. */
export function sortDictionary(
  codes: Uint32Array,
  dictionary: Dictionary,
  missing: Uint8Array | null,
): { codes: Uint32Array; dictionary: string[] } {
  const counts = new Uint32Array(dictionary.size);
  for (let i = 0; i < codes.length; i++) if (missing === null || missing[i] === 0) counts[codes[i]]++;
  const order = byDescending(counts);
  const rank = new Uint32Array(order.length);
  for (let k = 0; k < order.length; k++) rank[order[k]] = k;
  for (let i = 0; i < codes.length; i++) if (missing === null || missing[i] === 0) codes[i] = rank[codes[i]];
  return { codes, dictionary: dictionary.texts(order) };
}

/** Numbers of the counts, the largest count first, equal ones in their order. */
function byDescending(counts: Uint32Array): Uint32Array {
  const largest = counts.reduce((most, count) => Math.max(most, count), 0);
  // By counting how many have each count: places[k] is where the next with largest − k goes.
  const places = new Uint32Array(largest + 2);
  for (let i = 0; i < counts.length; i++) places[largest - counts[i] + 1]++;
  for (let k = 1; k < places.length; k++) places[k] += places[k - 1];
  const order = new Uint32Array(counts.length);
  for (let i = 0; i < counts.length; i++) order[places[largest - counts[i]]++] = i;
  return order;
}
