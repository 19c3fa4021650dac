/** Pictures by what files of labels call them: whole paths, ends of paths, with the ending of the file or without. */
import { cleanPath } from '../zip/names.ts';

/** What may stand behind the point of a file's name. "img.001" and "img.002" are two names without one. */
const ENDING = /\.[a-z][a-z\d]{1,4}$/i;

function withoutEnding(path: string): string {
  return path.replace(ENDING, '');
}

/** The last two parts of a path, or the one that there is. */
function lastTwo(path: string): string {
  const last = path.lastIndexOf('/');
  return path.slice(path.lastIndexOf('/', last - 1) + 1);
}

/** The last part of a path. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A name in a file of labels as paths are: "/" between its parts, no drive, nothing absolute, letters composed. */
export function cleanPictureName(name: string): string {
  return cleanPath(name.trim());
}

/** Numbers by keys of which several have the same; in chains, so that a million of them take little room. */
class Chains {
  private readonly heads = new Map<string, number>();
  private readonly next: Int32Array;

  constructor(length: number) {
    this.next = new Int32Array(length).fill(-1);
  }

  add(key: string, number: number): void {
    this.next[number] = this.heads.get(key) ?? -1;
    this.heads.set(key, number);
  }

  has(key: string): boolean {
    return this.heads.has(key);
  }

  *of(key: string): Generator<number> {
    for (let number = this.heads.get(key) ?? -1; number >= 0; number = this.next[number]) yield number;
  }
}

export class PictureNames {
  readonly paths: readonly string[];
  private readonly byPath = new Map<string, number>();
  private readonly byStem: Chains;
  private readonly byLastTwo: Chains;

  /** @param paths clean paths of the pictures */
  constructor(paths: readonly string[]) {
    this.paths = paths;
    this.byStem = new Chains(paths.length);
    this.byLastTwo = new Chains(paths.length);
    paths.forEach((path, number) => {
      const stem = withoutEnding(path);
      this.byPath.set(path, number);
      this.byStem.add(lastName(stem), number);
      this.byLastTwo.add(lastTwo(stem), number);
    });
  }

  /** Number of the picture with this very path; −1 where there is none. */
  at(path: string): number {
    return this.byPath.get(path) ?? -1;
  }

  /** Number of one of the pictures that a name may mean, its folders aside; −1 where there is none. */
  anyNamed(name: string): number {
    const last = lastName(name);
    for (const key of [last, withoutEnding(last)])
      if (this.byStem.has(key)) for (const number of this.byStem.of(key)) return number;
    return -1;
  }

  /**
   * The pictures whose paths end in a name: those that have its very ending, else those that it names without one, else
   * those that have another one.
   *
   * @param name a clean path
   * @returns numbers, ascending
   */
  endingIn(name: string): number[] {
    const stem = withoutEnding(name);
    for (const [key, isWhole] of [
      [stem, true],
      [name, false],
      [stem, false],
    ] as const) {
      const found: number[] = [];
      const chain = key.includes('/') ? this.byLastTwo.of(lastTwo(key)) : this.byStem.of(key);
      for (const number of chain) {
        const path = isWhole ? this.paths[number] : withoutEnding(this.paths[number]);
        const end = isWhole ? name : key;
        if (path === end || path.endsWith(`/${end}`)) found.push(number);
      }
      if (found.length > 0) return found.reverse();
    }
    return [];
  }
}
