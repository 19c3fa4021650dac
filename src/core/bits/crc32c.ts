/**
 * CRC-32C (Castagnoli, reflected polynomial 0x82F63B78), the checksum of every block: it detects every error burst of
 * up to 32 bits, hence every flipped byte. Sixteen bytes a step from sixteen tables; words are read as such, which on
 * the little-endian engines that there are gives the bytes in order (see bitStream.ts).
 */
const TABLES = ((): Int32Array => {
  const tables = new Int32Array(16 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    tables[byte] = crc;
  }
  for (let byte = 0; byte < 256; byte++) {
    for (let k = 1; k < 16; k++) {
      const before = tables[(k - 1) * 256 + byte];
      tables[k * 256 + byte] = (before >>> 8) ^ tables[before & 0xff];
    }
  }
  return tables;
})();

/**
 * CRC-32C of the bytes as an unsigned 32-bit integer; "123456789" gives 0xE3069283.
 *
 * @param before CRC-32C of the bytes in front of these, where a message comes in pieces
 */
export function crc32c(bytes: Uint8Array, before = 0): number {
  const t = TABLES;
  let crc = ~before;
  let i = 0;
  // Up to the first whole word.
  const head = Math.min(bytes.length, -bytes.byteOffset & 3);
  for (; i < head; i++) crc = (crc >>> 8) ^ t[(crc ^ bytes[i]) & 0xff];
  const end = ((bytes.length - head) >>> 4) << 2;
  // A view of no words may not begin between two of them.
  const words = new Int32Array(bytes.buffer, end === 0 ? 0 : bytes.byteOffset + head, end);
  for (let k = 0; k < end; k += 4) {
    const a = crc ^ words[k];
    const b = words[k + 1];
    const c = words[k + 2];
    const d = words[k + 3];
    // What does not wait for the step before stands first.
    const rest =
      t[2816 + (b & 0xff)] ^
      t[2560 + ((b >>> 8) & 0xff)] ^
      t[2304 + ((b >>> 16) & 0xff)] ^
      t[2048 + (b >>> 24)] ^
      t[1792 + (c & 0xff)] ^
      t[1536 + ((c >>> 8) & 0xff)] ^
      t[1280 + ((c >>> 16) & 0xff)] ^
      t[1024 + (c >>> 24)] ^
      t[768 + (d & 0xff)] ^
      t[512 + ((d >>> 8) & 0xff)] ^
      t[256 + ((d >>> 16) & 0xff)] ^
      t[d >>> 24];
    crc =
      rest ^
      t[3840 + (a & 0xff)] ^
      t[3584 + ((a >>> 8) & 0xff)] ^
      t[3328 + ((a >>> 16) & 0xff)] ^
      t[3072 + (a >>> 24)];
  }
  for (i += 4 * end; i < bytes.length; i++) crc = (crc >>> 8) ^ t[(crc ^ bytes[i]) & 0xff];
  return ~crc >>> 0;
}
