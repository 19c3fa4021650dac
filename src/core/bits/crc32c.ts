/**
 * CRC-32C (Castagnoli, reflected polynomial 0x82F63B78), the checksum of every block: it detects every error burst of
 * up to 32 bits, hence every flipped byte. Four bytes a step from four tables.
 */
const TABLES = ((): Uint32Array => {
  const tables = new Uint32Array(4 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    tables[byte] = crc;
  }
  for (let byte = 0; byte < 256; byte++) {
    for (let k = 1; k < 4; k++) {
      const before = tables[(k - 1) * 256 + byte];
      tables[k * 256 + byte] = (before >>> 8) ^ tables[before & 0xff];
    }
  }
  return tables;
})();

/** CRC-32C of the bytes as an unsigned 32-bit integer; "123456789" gives 0xE3069283. */
export function crc32c(bytes: Uint8Array): number {
  const t = TABLES;
  let crc = 0xffffffff;
  const end = bytes.length & ~3;
  let i = 0;
  for (; i < end; i += 4) {
    crc ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    crc =
      t[768 + (crc & 0xff)] ^ t[512 + ((crc >>> 8) & 0xff)] ^ t[256 + ((crc >>> 16) & 0xff)] ^ t[crc >>> 24];
  }
  for (; i < bytes.length; i++) crc = (crc >>> 8) ^ t[(crc ^ bytes[i]) & 0xff];
  return (crc ^ 0xffffffff) >>> 0;
}
