/**
 * The keys of records, in the order in which they were first seen, and those of the objects inside of them. Keys are
 * looked up by their bytes where a record has them in the order of the one before, which nearly all do.
 */
import { LabError } from '../../core/errors.ts';
import { counted } from '../../core/limits.ts';
import { MAX_COLUMNS } from '../csv/rowScanner.ts';

/** A key of an object, wherever that lies in its record. */
export interface Key {
  /** From the record down to it. */
  path: readonly string[];
  /** As it stands in the file, without its quotes. */
  raw: Uint8Array;
  /** Its place among the keys of its object. */
  place: number;
  /** When it was first seen, among all keys. */
  order: number;
  /** Number of its column; −1 before it has one. */
  column: number;
  /** Keys of the object that it holds in some record. */
  inner: KeyNode | null;
  /** The last record that has it. */
  record: number;
}

/** The keys of an object. */
export class KeyNode {
  readonly keys: Key[] = [];
  readonly byText = new Map<string, Key>();
  /** Place of the key that comes next, where the order is that of the record before. */
  next = 0;
  readonly path: readonly string[];

  constructor(path: readonly string[]) {
    this.path = path;
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function isSame(raw: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (raw.length !== to - from) return false;
  for (let k = 0; k < raw.length; k++) if (raw[k] !== bytes[from + k]) return false;
  return true;
}

export class KeyTree {
  readonly root = new KeyNode([]);
  /** Number of the record that is read, over all readings. */
  record = -1;
  private count = 0;
  private readonly fileName: string;

  constructor(fileName: string) {
    this.fileName = fileName;
  }

  /**
   * The key that stands in bytes from … to − 1.
   *
   * @param unescape gives its text where it is spelt with escapes; null where it is not
   * @throws JSON_TOO_LARGE beyond as many keys as a table may have columns
   */
  find(node: KeyNode, bytes: Uint8Array, from: number, to: number, unescape: (() => Uint8Array) | null): Key {
    const guess = node.keys[node.next] as Key | undefined;
    if (guess !== undefined && isSame(guess.raw, bytes, from, to)) {
      node.next++;
      return guess;
    }
    const text = decoder.decode(unescape === null ? bytes.subarray(from, to) : unescape());
    const known = node.byText.get(text) ?? this.add(node, text, bytes.slice(from, to));
    node.next = known.place + 1;
    return known;
  }

  private add(node: KeyNode, text: string, raw: Uint8Array): Key {
    if (this.count >= MAX_COLUMNS)
      throw new LabError(
        'JSON_TOO_LARGE',
        `The records of ${this.fileName} have more than ${counted(MAX_COLUMNS)} different keys, which is the limit.`,
      );
    const key: Key = {
      path: [...node.path, text],
      raw,
      place: node.keys.length,
      order: this.count++,
      column: -1,
      inner: null,
      record: -1,
    };
    node.keys.push(key);
    node.byText.set(text, key);
    return key;
  }

  /** Keys that are columns or never held anything, in the order in which they were first seen. */
  leaves(): Key[] {
    const found: Key[] = [];
    const visit = (node: KeyNode): void => {
      for (const key of node.keys) {
        if (key.column >= 0 || key.inner === null) found.push(key);
        if (key.inner !== null) visit(key.inner);
      }
    };
    visit(this.root);
    return found.sort((a, b) => a.order - b.order);
  }
}

/** What the column of a key is called: "user.name". */
export const nameOfKey = ({ path }: Key): string => path.join('.');
