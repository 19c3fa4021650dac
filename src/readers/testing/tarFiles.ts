/** Tars for tests. */
import { joined } from './imageFiles.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A file in a tar: its header and its content. */
export function tarEntry(
  name: string,
  content: Uint8Array,
  { type = '0', prefix = '', magic = 'ustar\u000000' } = {},
): Uint8Array {
  const block = new Uint8Array(512);
  const put = (at: number, text: string): void => block.set(encode(text), at);
  put(0, name);
  put(124, `${content.length.toString(8).padStart(11, '0')}\0`);
  put(148, ' '.repeat(8));
  put(156, type);
  put(257, magic);
  put(345, prefix);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return joined(block, content, new Uint8Array((512 - (content.length % 512)) % 512));
}

export const TAR_END = new Uint8Array(1024);

/** A tar of files by their paths. */
export function tarBytes(files: Record<string, Uint8Array | string>): Uint8Array {
  const entries = Object.entries(files).map(([path, content]) =>
    tarEntry(path, typeof content === 'string' ? encode(content) : content),
  );
  return joined(...entries, TAR_END);
}
