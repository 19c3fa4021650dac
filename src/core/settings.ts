/**
 * Settings as data. A table of settings says of each one everything that is known of it: its default, its range or its
 * choices, its key in links, its words, and what has to be computed again when it changes. Links, clamping, staleness,
 * what is stored and the controls follow from it, so that a setting is said once.
 */
import { LabError } from './errors.ts';
import type { MetaRegistry, PluginMeta } from './registry.ts';

/** Where a setting can be changed: a station, the options of a method there, or the settings that most people leave alone. */
export type Panel = 'data' | 'bits' | 'archive' | 'learn' | 'method' | 'details';

/** A value that is chosen from a few, in words. */
export interface Offer<T> {
  value: T;
  label: string;
  /** One line in the list of choices. */
  description?: string;
  /** In a list of settings, where its label would not do: "cosine decay". */
  said?: string;
}

/** A number in a range. */
export interface Amount {
  kind: 'amount';
  default: number;
  /** Both included. */
  min: number;
  max: number;
  whole: boolean;
  /** The only values that are offered and that links give. */
  offered?: readonly Offer<number>[];
  /** Whether there are no others: else what is stored may hold any in the range. */
  isOnlyOffered?: true;
  /** Usual values: the list to choose from, which takes in whatever is set. */
  usual?: readonly number[];
  /** Largest usual value: beyond, the number is said, but not reached by dragging. */
  usualMost?: number;
  /** Role of the bits that it is about, which colours its slider. */
  role?: 'base';
  /** What the number is: the seed of a generator is typed and has no thousands, a share is said in per cent. */
  is?: 'seed' | 'share';
  /** A word in place of a number that is worked out from the data. */
  word?: Offer<string>;
  /** In a list of settings: "20 epochs". */
  said?: (value: number) => string;
}

/** One of a few words. */
export interface Choice<T extends string = string> {
  kind: 'choice';
  default: T;
  choices: readonly Offer<T>[];
  /** Whether all choices are seen at once, with their descriptions. */
  isOpen?: true;
}

/** Yes or no. */
export interface Flag {
  kind: 'flag';
  default: boolean;
  /** How links spell no and yes, where not 0 and 1. */
  spelt?: readonly [no: string, yes: string];
  /** In a list of settings: "without Nesterov", "Nesterov". */
  said?: readonly [no: string, yes: string];
}

/** A plug-in by its registered name. */
export interface Named {
  kind: 'plugin';
  default: string;
  registry: Pick<MetaRegistry<PluginMeta>, 'all' | 'names' | 'has' | 'find' | 'byName'>;
  /** Whether an unknown name is let pass, to be refused where the plug-in is used. */
  isRefusedLater?: true;
}

/** A column of the table by its name, or none. */
export interface Column {
  kind: 'column';
  default: null;
}

/** Columns of the table by their names; null leaves them to the table. */
export interface Columns<T extends string[] | null = string[] | null> {
  kind: 'columns';
  default: T;
}

/** What is said of a setting of any kind. */
interface Said<S, Part extends string> {
  /** Above its control. */
  label: string;
  /** In a sentence: "seed of the split". */
  noun: string;
  /** One sentence on what it does. */
  hint?: string | ((settings: Readonly<S>) => string | undefined);
  /** The longer explanation, by paragraphs. */
  more?: readonly string[];
  /** Where its control stands. */
  panels: readonly Panel[];
  /** Key in links, never reused; null where links say it in another way. */
  key: string | null;
  /** Whether links say it even where it is the default: what is usual may depend on the data. */
  isAlwaysLinked?: true;
  /** Whether no value of it makes any work longer than the usual one does. */
  sparesTime?: true;
  /** What has to be computed again when it changes, given the settings after the change. */
  affects: readonly Part[] | ((settings: Readonly<S>) => readonly Part[]);
  /**
   * What it comes to beside the others, by default its value: null where it decides nothing. Settings that come to the
   * same give the same results.
   */
  comesTo?: (settings: Readonly<S>) => unknown;
}

type KindOf<T> = [T] extends [boolean]
  ? Flag
  : [T] extends [number]
    ? Amount
    : [T] extends [string]
      ? [string] extends [T]
        ? Named
        : Choice<T>
      : [T] extends [number | string]
        ? Amount & { word: Offer<Extract<T, string>> }
        : [T] extends [string[] | null]
          ? Columns<T>
          : Column;

/** Everything that is said of one setting. */
export type Setting<S = never, Part extends string = string, T = unknown> = Said<S, Part> & KindOf<T>;

/** What values a setting takes. */
export type Kind = Amount | Choice | Flag | Named | Column | Columns;

/** A setting of whatever kind, as code sees it that goes through all of them. */
export type AnySetting<S = never, Part extends string = string> = Said<S, Part> & Kind;

type Field<S> = keyof S & string;

export class SettingsTable<S extends object, Part extends string> {
  /** Every setting at its default; read by spreading it, never changed. */
  readonly defaults: Readonly<S>;
  readonly #settings: Map<Field<S>, AnySetting<S, Part>>;
  /** What carries the settings themselves: any change puts it out of date. */
  readonly #carriers: readonly Part[];

  constructor(settings: { [K in Field<S>]: Setting<S, Part, S[K]> }, carriers: readonly Part[] = []) {
    const entries = Object.entries(settings) as unknown as [Field<S>, AnySetting<S, Part>][];
    this.#settings = new Map(entries);
    this.#carriers = carriers;
    this.defaults = Object.fromEntries(entries.map(([name, setting]) => [name, setting.default])) as S;
  }

  /** Names and settings, in the order in which links and panels list them. */
  get all(): readonly (readonly [Field<S>, AnySetting<S, Part>])[] {
    return [...this.#settings];
  }

  get names(): readonly Field<S>[] {
    return [...this.#settings.keys()];
  }

  /** A setting of whatever kind. */
  any(name: Field<S>): AnySetting<S, Part> {
    const setting = this.#settings.get(name);
    if (setting === undefined) throw new Error(`There is no setting "${name}".`);
    return setting;
  }

  of<K extends Field<S>>(name: K): Setting<S, Part, S[K]> {
    return this.any(name) as unknown as Setting<S, Part, S[K]>;
  }

  /** What a setting is that another table has too: its values, key and name, not its use. */
  shared<K extends Field<S>>(
    name: K,
  ): Omit<Setting<S, Part, S[K]>, 'hint' | 'more' | 'panels' | 'affects' | 'comesTo'> {
    const { hint: _, more: __, panels: ___, affects: ____, comesTo: _____, ...shared } = this.of(name);
    return shared;
  }

  /** Names of the settings that are changed there, in their order. */
  on(panel: Panel): Field<S>[] {
    return this.all.flatMap(([name, { panels }]) => (panels.includes(panel) ? [name] : []));
  }

  /** What one of them comes to: null where it decides nothing. */
  outcome(name: Field<S>, settings: Readonly<S>): unknown {
    const { comesTo } = this.any(name);
    return comesTo === undefined ? settings[name] : comesTo(settings);
  }

  /** Whether it decides anything beside the others. */
  decides(name: Field<S>, settings: Readonly<S>): boolean {
    return this.any(name).comesTo === undefined || this.outcome(name, settings) !== null;
  }

  /** What it puts out of date when it changes to what it is in these settings. */
  affectedBy(name: Field<S>, settings: Readonly<S>): readonly Part[] {
    const { affects } = this.any(name);
    return typeof affects === 'function' ? affects(settings) : affects;
  }

  /** What has to be computed again after a change from one set of settings to another. */
  outdated(before: Readonly<S>, after: Readonly<S>): Set<Part> {
    const outdated = new Set<Part>();
    for (const name of this.names) {
      if (isSame(before[name], after[name])) continue;
      for (const part of this.#carriers) outdated.add(part);
      if (isSame(this.outcome(name, before), this.outcome(name, after))) continue;
      for (const part of this.affectedBy(name, after)) outdated.add(part);
    }
    return outdated;
  }

  /** Settings that may make this part take longer than it does with the usual ones. */
  longer(part: Part, settings: Readonly<S>, usual: Readonly<S>): Field<S>[] {
    return this.names.filter((name) => {
      const { kind, sparesTime } = this.any(name);
      if (sparesTime || !this.affectedBy(name, settings).includes(part)) return false;
      if (kind === 'amount' && settings[name] < usual[name]) return false;
      return !isSame(this.outcome(name, settings), this.outcome(name, usual));
    });
  }

  /** A text that is the same for settings that give the same in this part, and in no others. */
  keyOf(part: Part, settings: Readonly<S>): string {
    const deciding = this.names.filter((name) => this.affectedBy(name, settings).includes(part));
    return JSON.stringify(deciding.map((name) => [name, this.outcome(name, settings)]));
  }

  /** Numbers inside their ranges and whole where they have to be, words that are offered, else the default. */
  tidy(settings: Readonly<S>): S {
    const tidied = this.all.map(([name, setting]) => [name, tidyValue(setting, settings[name])]);
    return { ...settings, ...Object.fromEntries(tidied) } as S;
  }

  /**
   * Checks every setting, taking nothing of them on trust.
   *
   * @throws SETTING_OUT_OF_RANGE, or the code of an unknown plug-in
   */
  check(settings: Readonly<S>): void {
    for (const [name, setting] of this.all) checkValue(name, setting, settings[name]);
  }

  /**
   * Takes one more in, behind the others.
   *
   * @returns takes it out again
   * @throws Error where its name is taken
   */
  add(name: string, setting: AnySetting<S, Part>): () => void {
    if (this.#settings.has(name as Field<S>)) throw new Error(`There is already a setting "${name}".`);
    this.#settings.set(name as Field<S>, setting);
    Object.assign(this.defaults, { [name]: setting.default });
    return () => {
      this.#settings.delete(name as Field<S>);
      Reflect.deleteProperty(this.defaults, name);
    };
  }
}

/** The values of two settings, lists of names by their entries. */
export function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}

/** A number inside the range, whole where it has to be; what is no number has the default. */
export function tidyAmount({ default: usual, min, max, whole }: Amount, value: number): number {
  const finite = Number.isFinite(value) ? value : usual;
  return Math.min(max, Math.max(min, whole ? Math.round(finite) : finite));
}

/** "a whole number from 1 to 4096", "from 0.05 to 0.5" */
export function rangeWords({ min, max, whole, word }: Amount): string {
  return `${whole ? 'a whole number ' : ''}from ${min} to ${max}${word === undefined ? '' : ` or ${word.value}`}`;
}

/** Whether a value is the setting's word in place of a number. */
export function isWord({ word }: Amount, value: unknown): boolean {
  return word !== undefined && value === word.value;
}

/** Whether a number can be the setting's value. */
export function isAllowed(setting: Amount, value: unknown): value is number {
  const { min, max, whole, offered, isOnlyOffered = false } = setting;
  if (isOnlyOffered) return offered?.some((offer) => offer.value === value) ?? false;
  return typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value));
}

function tidyValue(setting: Kind, value: unknown): unknown {
  switch (setting.kind) {
    case 'amount': {
      if (isWord(setting, value)) return value;
      const tidied = tidyAmount(setting, value as number);
      const isOffered = setting.offered?.some((offer) => offer.value === tidied) ?? true;
      return isOffered ? tidied : setting.default;
    }
    case 'choice':
      return setting.choices.some((choice) => choice.value === value) ? value : setting.default;
    case 'flag':
      return typeof value === 'boolean' ? value : setting.default;
    case 'plugin':
      return setting.isRefusedLater || setting.registry.has(value) ? value : setting.default;
    case 'column':
    case 'columns':
      return value;
  }
}

/** A value as it stands in a sentence; what is no number or text is only named by its kind. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
}

function checkValue(name: string, setting: Kind, value: unknown): void {
  const refuse = (allowed: string): never => {
    throw new LabError('SETTING_OUT_OF_RANGE', `${name} is ${shown(value)}; it has to be ${allowed}.`);
  };
  const isNames = (names: unknown): boolean =>
    Array.isArray(names) && names.every((one) => typeof one === 'string');
  switch (setting.kind) {
    case 'amount':
      if (!isAllowed(setting, value) && !isWord(setting, value)) refuse(rangeWords(setting));
      return;
    case 'choice':
      if (!setting.choices.some((choice) => choice.value === value)) {
        refuse(`one of ${setting.choices.map((choice) => choice.value).join(', ')}`);
      }
      return;
    case 'flag':
      if (typeof value !== 'boolean') refuse('true or false');
      return;
    case 'plugin':
      if (setting.isRefusedLater) {
        if (typeof value !== 'string') refuse('a name');
      } else if (!setting.registry.has(value)) {
        setting.registry.byName(typeof value === 'string' ? value.slice(0, 40) : typeof value);
      }
      return;
    case 'column':
      if (value !== null && typeof value !== 'string') refuse('the name of a column, or null');
      return;
    case 'columns':
      if (!isNames(value) && !(value === null && setting.default === null)) refuse('names of columns');
  }
}
