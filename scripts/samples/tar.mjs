// Reads the files of a tar archive that is in memory.

const BLOCK = 512;

/**
 * @param {Uint8Array} header
 * @param {number} from
 * @param {number} length
 */
function text(header, from, length) {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

/**
 * The plain files of an archive by their path; what is no plain file is left out.
 *
 * @param {Uint8Array} tar
 * @returns {Map<string, Uint8Array>} views of the archive
 */
export function tarFiles(tar) {
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  for (let at = 0; at + BLOCK <= tar.length;) {
    const header = tar.subarray(at, at + BLOCK);
    // Two blocks of zeros end an archive.
    if (header[0] === 0) break;
    const size = Number.parseInt(text(header, 124, 12).trim(), 8);
    const end = at + BLOCK + size;
    if (!(size >= 0) || end > tar.length) throw new Error('The package is no whole tar archive.');
    const isPlain = header[156] === 0x30 || header[156] === 0;
    if (isPlain) files.set(text(header, 0, 100), tar.subarray(at + BLOCK, end));
    at = at + BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  return files;
}
