/** How the parts of a link are packed: percent-encoding, and deflate + base64url with a cap on what comes out. */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';

/** Most bytes that a deflated value may hold after inflating. */
export const MAX_INFLATED = 65_536;

/** Readable where the address allows it: only what would be taken apart is encoded. */
export function encodePart(text: string): string {
  const wellFormed = text.replace(/[\ud800-\udfff]/gu, '\ufffd');
  return encodeURIComponent(wellFormed)
    .replace(/%(?:2C|3A|3B)/g, decodeURIComponent)
    .replace(/%20/g, '+');
}

export function decodePart(text: string): string | null {
  return decodePercent(text.replace(/\+/g, ' '));
}

export function decodePercent(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** A text deflated, in base64url. */
export function deflateText(text: string): string {
  return toBase64Url(deflateSync(strToU8(text), { level: 9 }));
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Inflates at most MAX_INFLATED bytes; null when there are more or the data is damaged. */
export function inflateText(base64Url: string): string | null {
  if (!/^[\w-]*$/.test(base64Url)) return null;
  try {
    const bytes = strToU8(atob(base64Url.replace(/-/g, '+').replace(/_/g, '/')), true);
    const chunks: Uint8Array[] = [];
    let length = 0;
    let isWhole = false;
    const inflate = new Inflate((chunk, final) => {
      length += chunk.length;
      if (length > MAX_INFLATED) throw new RangeError('too long');
      chunks.push(chunk);
      isWhole = final;
    });
    // A small slice at a time, so that a bomb is noticed before it is unpacked.
    const slice = 256;
    for (let at = 0; at === 0 || at < bytes.length; at += slice) {
      inflate.push(bytes.subarray(at, at + slice), at + slice >= bytes.length);
    }
    if (!isWhole) return null;
    const whole = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return strFromU8(whole);
  } catch {
    return null;
  }
}
