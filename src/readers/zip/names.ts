/**
 * Names of files as strangers wrote them. They become class names and words in messages, never a place to write to:
 * what would lead out of a folder, is invisible or turns the reading direction is taken out, and length is bounded.
 */

/** Upper half of code page 437, in which names of zip entries are written where nothing else is said. */
const CODE_PAGE_437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** Most characters of a path. */
const PATH_LENGTH = 1024;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte >= 0x80) return false;
  return true;
}

function fromCodePage437(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : CODE_PAGE_437[byte - 0x80];
  return text;
}

/**
 * Text of an entry's name. Names without the UTF-8 flag are UTF-8 all the same where they can be: some systems write
 * them so; else they are code page 437.
 */
export function decodeName(bytes: Uint8Array, isUtf8: boolean): string {
  // What is longer than any path may be is not decoded to be thrown away.
  const name = bytes.length > 4 * PATH_LENGTH ? bytes.subarray(0, 4 * PATH_LENGTH) : bytes;
  if (isUtf8 || isAscii(name)) return utf8.decode(name);
  try {
    return strictUtf8.decode(name);
  } catch {
    return fromCodePage437(name);
  }
}

/** Control characters, marks that turn the reading direction or take no room, and halves of surrogate pairs. */
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/** A path with "/" alone as separator, without empty, "." and ".." parts or a drive, and of bounded length. */
export function cleanPath(path: string): string {
  const bounded = path.length > PATH_LENGTH ? `${path.slice(0, PATH_LENGTH - 1)}…` : path;
  // Composed letters, so that a folder packed by macOS is the one packed elsewhere.
  const text = bounded.replaceAll('\\', '/').replace(INVISIBLE, '\ufffd').normalize('NFC');
  if (!/(^|\/)(\.{0,2}\/|\.{1,2}$|[a-z]:)/i.test(text)) return text;
  return text
    .split('/')
    .filter((part, i) => part !== '' && part !== '.' && part !== '..' && !(i === 0 && /^[a-z]:$/i.test(part)))
    .join('/');
}

/** A name for a message: the end of a long path, which tells pictures apart. */
export function shortPath(path: string): string {
  return path.length <= 120 ? path : `…${path.slice(-119)}`;
}

/** Whether a path is housekeeping of an operating system and no part of the dataset. */
export function isHousekeeping(path: string): boolean {
  return /(^|\/)(\.|__MACOSX(\/|$)|Thumbs\.db$|desktop\.ini$)/i.test(path);
}
