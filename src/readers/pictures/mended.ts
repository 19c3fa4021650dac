/** Pictures that break the rules of their format without losing a pixel: counted, the first of them named. */
import type { ReadNotice } from '../imageReading.ts';
import { shortPath } from '../zip/names.ts';

/** Pictures that are named. */
const NAMED = 3;

export class MendedList {
  private readonly named = new Map<string, string>();
  private readonly paths = new Set<string>();

  /** A picture that was read all the same, and what is wrong with it. */
  add(path: string, what: string): void {
    this.paths.add(path);
    if (this.named.has(path) || this.named.size < NAMED) {
      const before = this.named.get(path);
      this.named.set(path, before === undefined ? what : `${before}; ${what}`);
    }
  }

  notices(): ReadNotice[] {
    const count = this.paths.size;
    if (count === 0) return [];
    const some = [...this.named].map(([path, what]) => `"${shortPath(path)}" (${what})`);
    if (count > some.length) some.push(`${count - some.length} more`);
    const said =
      count === 1
        ? '1 picture breaks the rules of PNG, has all its pixels and was read'
        : `${count} pictures break the rules of PNG, have all their pixels and were read`;
    const text = `${said}: ${some.join(', ')}.`;
    return [{ code: 'pictures-mended', text }];
  }
}
