/** Whether a file holds JSON records, by its first bytes and its name. */
import { LabError } from '../../core/errors.ts';
import { markedEncoding, unmarkedUtf16 } from '../csv/encoding.ts';
import { RecordSplitter } from './recordSplitter.ts';

const LINES_NAME = /\.(?:jsonl|ndjson)(?:\.gz)?$/i;
const JSON_NAME = /\.json(?:\.gz)?$/i;
/** An object with a key or none, by itself or the first of a list; no table of another kind begins so. */
const RECORD = /^\s*(?:\[\s*)?\{\s*(?:\}|"(?:[^"\\\r\n]|\\.)*"\s*:)/;
/** Characters that are looked at: a long key is cut. */
const LOOKED_AT = 4096;

/** The start of a text in its encoding, without a mark. */
function startOf(head: Uint8Array): string {
  const mark = markedEncoding(head);
  const encoding = mark?.encoding ?? unmarkedUtf16(head) ?? 'utf-8';
  const bytes = head.subarray(mark?.bytes ?? 0, 2 * LOOKED_AT);
  return new TextDecoder(encoding).decode(bytes).trimStart();
}

/**
 * Whether JSON holds records rather than settings or a description: a list of objects, or several of them.
 *
 * @param head the first bytes of the text, unpacked
 */
export function looksLikeRecords(head: Uint8Array): boolean {
  const start = startOf(head);
  if (!RECORD.test(start)) return false;
  if (start.startsWith('[')) return true;
  let records = 0;
  try {
    new RecordSplitter('').push(new TextEncoder().encode(start), { take: () => records++ });
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown;
  }
  return records > 1;
}

/**
 * @param head the first bytes of the text, unpacked
 * @param name of the file: what is called JSON Lines is read as such, so that what is wrong in it is said so
 */
export function looksLikeJson(head: Uint8Array, name: string): boolean {
  const start = startOf(head);
  if (start === '') return false;
  if (LINES_NAME.test(name)) return true;
  return RECORD.test(start) || (JSON_NAME.test(name) && /^[[{]/.test(start));
}
