/**
 * The few Python literals that stand in the header of a NumPy array: strings, whole numbers, True, False, None, tuples,
 * lists and dictionaries with strings as keys. Anything else is refused.
 */

type Literal = string | number | boolean | null | Literal[] | Map<string, Literal>;

const MAX_DEPTH = 8;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);

class Parser {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The whole text as one literal, or undefined. */
  whole(): Literal | undefined {
    const value = this.value(0);
    this.skipSpace();
    return this.at === this.text.length ? value : undefined;
  }

  private skipSpace(): void {
    while (this.at < this.text.length && ' \t\r\n'.includes(this.text[this.at])) this.at++;
  }

  /** Goes over a character if it comes next, white space aside. */
  private took(character: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private value(depth: number): Literal | undefined {
    if (depth > MAX_DEPTH) return undefined;
    this.skipSpace();
    const next = this.text[this.at];
    if (next === "'" || next === '"') return this.string();
    if (this.took('(')) return this.items(')', depth);
    if (this.took('[')) return this.items(']', depth);
    if (this.took('{')) return this.dictionary(depth);
    const token = /^(?:True|False|None|-?\d{1,15}L?)(?![\w.])/.exec(this.text.slice(this.at, this.at + 20));
    if (token === null) return undefined;
    this.at += token[0].length;
    return WORDS.has(token[0]) ? WORDS.get(token[0])! : Number(token[0].replace('L', ''));
  }

  /** A string without escapes: there is nothing in a header that would need them. */
  private string(): string | undefined {
    const quote = this.text[this.at];
    const end = this.text.indexOf(quote, this.at + 1);
    if (end < 0) return undefined;
    const content = this.text.slice(this.at + 1, end);
    if (content.includes('\\')) return undefined;
    this.at = end + 1;
    return content;
  }

  private items(close: string, depth: number): Literal[] | undefined {
    const items: Literal[] = [];
    while (!this.took(close)) {
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      if (!this.took(',')) return this.took(close) ? items : undefined;
    }
    return items;
  }

  private dictionary(depth: number): Map<string, Literal> | undefined {
    const entries = new Map<string, Literal>();
    while (!this.took('}')) {
      this.skipSpace();
      const key = this.value(depth + 1);
      if (typeof key !== 'string' || entries.has(key) || !this.took(':')) return undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      entries.set(key, value);
      if (!this.took(',')) return this.took('}') ? entries : undefined;
    }
    return entries;
  }
}

/** Reads a Python literal; undefined where the text is anything else. */
export function parseLiteral(text: string): Literal | undefined {
  return new Parser(text).whole();
}
