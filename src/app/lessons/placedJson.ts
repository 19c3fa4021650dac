/** Reads JSON and remembers on which line every value stands, so that what is wrong with a lesson is said by line. */
import { LabError } from '../../contracts/errors.ts';

export type Path = readonly (string | number)[];

export interface PlacedJson {
  value: unknown;
  /** The line of a value, from 1; of one that is not there, of what it would stand in. */
  lineOf: (path: Path) => number;
}

/** Deepest nesting that is read; a lesson has four. */
const MOST_DEPTH = 16;

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS: readonly (readonly [word: string, value: unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

function placeIn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

/** @throws LESSON_MALFORMED with line and column */
export function parsePlaced(text: string): PlacedJson {
  const starts = new Map<string, number>();
  let at = 0;

  function fail(what: string, place = at): never {
    const { line, column } = placeIn(text, place);
    throw new LabError('LESSON_MALFORMED', `Line ${line}, column ${column}: ${what}.`);
  }

  function skipSpace(): void {
    SPACE.lastIndex = at;
    SPACE.test(text);
    at = SPACE.lastIndex;
  }

  /** The next sign that is no space. */
  function nextSign(expected: string): string {
    skipSpace();
    if (at >= text.length) fail(`the file ends where ${expected} should stand`);
    return text[at];
  }

  function readValue(path: Path): unknown {
    const sign = nextSign('a value');
    if (path.length > MOST_DEPTH) fail('values are nested too deeply');
    starts.set(JSON.stringify(path), at);
    if (sign === '{') return readObject(path);
    if (sign === '[') return readList(path);
    if (sign === '"') return readText();
    const word = WORDS.find(([one]) => text.startsWith(one, at));
    if (word !== undefined) {
      at += word[0].length;
      return word[1];
    }
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(text);
    if (number === null)
      return fail('a value should stand here: a text in quotes, a number, a list or an object');
    at = NUMBER.lastIndex;
    return Number(number[0]);
  }

  function readText(): string {
    const start = at;
    at++;
    while (at < text.length && text[at] !== '"') {
      if (text[at] === '\n') fail('a text is not closed on its line');
      at += text[at] === '\\' ? 2 : 1;
    }
    if (at >= text.length) fail('a text has no closing quote', start);
    at++;
    try {
      return JSON.parse(text.slice(start, at)) as string;
    } catch {
      return fail(
        'this text has a sign that needs a backslash before it, or a backslash before a wrong one',
        start,
      );
    }
  }

  /** Whether another entry follows; else what ends the entries has been read. */
  function goesOn(end: ']' | '}'): boolean {
    const sign = nextSign(`a comma or ${end}`);
    if (sign !== ',' && sign !== end) fail(`a comma or ${end} should stand here`);
    at++;
    return sign === ',';
  }

  function readObject(path: Path): unknown {
    const entries = new Map<string, unknown>();
    at++;
    if (nextSign('a key or }') === '}') {
      at++;
      return {};
    }
    do {
      if (nextSign('a key') !== '"') fail('a key in quotes should stand here');
      const start = at;
      const key = readText();
      if (entries.has(key)) fail(`the key “${key.slice(0, 40)}” comes twice`, start);
      if (nextSign('a colon') !== ':') fail('a colon should stand here');
      at++;
      entries.set(key, readValue([...path, key]));
    } while (goesOn('}'));
    return Object.fromEntries(entries);
  }

  function readList(path: Path): unknown[] {
    const values: unknown[] = [];
    at++;
    if (nextSign('a value or ]') === ']') {
      at++;
      return values;
    }
    do values.push(readValue([...path, values.length]));
    while (goesOn(']'));
    return values;
  }

  const value = readValue([]);
  skipSpace();
  if (at < text.length) fail('nothing may follow the end of the lesson');
  return {
    value,
    lineOf(path) {
      for (let length = path.length; length > 0; length--) {
        const start = starts.get(JSON.stringify(path.slice(0, length)));
        if (start !== undefined) return placeIn(text, start).line;
      }
      return placeIn(text, starts.get('[]') ?? 0).line;
    },
  };
}
