/** Command-line options of the bench: `--name value`, `--name=value`, `--flag`, and the rest in order. */

export class Options {
  readonly rest: string[] = [];
  private readonly values = new Map<string, string>();
  private readonly asked = new Set<string>();

  constructor(args: readonly string[], flags: ReadonlySet<string>) {
    for (let k = 0; k < args.length; k++) {
      const arg = args[k];
      if (!arg.startsWith('--')) {
        this.rest.push(arg);
        continue;
      }
      const equals = arg.indexOf('=');
      const name = equals < 0 ? arg.slice(2) : arg.slice(2, equals);
      if (equals >= 0) this.values.set(name, arg.slice(equals + 1));
      else if (flags.has(name)) this.values.set(name, '');
      else if (k + 1 < args.length) this.values.set(name, args[++k]);
      else throw new Error(`--${name} wants a value.`);
    }
  }

  flag(name: string): boolean {
    this.asked.add(name);
    return this.values.has(name);
  }

  text(name: string): string | null {
    this.asked.add(name);
    return this.values.get(name) ?? null;
  }

  oneOf<T extends string>(name: string, choices: readonly T[], standard: T): T {
    const value = this.text(name) ?? standard;
    if (!choices.includes(value as T))
      throw new Error(`--${name} is ${value}; it can be ${choices.join(', ')}.`);
    return value as T;
  }

  number(name: string, standard: number): number {
    const text = this.text(name);
    if (text === null) return standard;
    const value = Number(text);
    if (text.trim() === '' || Number.isNaN(value))
      throw new Error(`--${name} is ${text}; it has to be a number.`);
    return value;
  }

  /** "3", "3..8" or "1,2,5..7" as whole numbers. */
  wholes(name: string, standard: number[]): number[] {
    const text = this.text(name);
    if (text === null) return standard;
    return text.split(',').flatMap((part) => {
      const match = /^(\d+)(?:\.\.(\d+))?$/.exec(part.trim());
      if (match === null) throw new Error(`--${name} is ${text}; it has to be like 12, 8..16 or 1,2,3.`);
      const from = Number(match[1]);
      const to = Number(match[2] ?? match[1]);
      if (to < from) throw new Error(`--${name} is ${text}; ${part.trim()} runs backwards.`);
      return Array.from({ length: to - from + 1 }, (_, k) => from + k);
    });
  }

  names(name: string): string[] | null {
    const text = this.text(name);
    return text === null ? null : text.split(',').map((part) => part.trim());
  }

  /** Refuses options that no one has asked for. */
  end(): void {
    for (const name of this.values.keys())
      if (!this.asked.has(name)) throw new Error(`There is no option --${name}.`);
  }
}
