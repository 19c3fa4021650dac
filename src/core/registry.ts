/**
 * Plug-ins of one kind by name and number. A kind (codec, transform, representation, network, method, contender) has a
 * contract in its folder and two registries beside it: what the plug-ins are called and can do, which the page lists,
 * and what they do, which the workers run. Nothing else knows a plug-in by its name but its own file, the defaults and
 * the paper's table.
 */
import { LabError, type ErrorCode } from './errors.ts';

/** What a plug-in of any kind says of itself. */
export interface PluginMeta {
  /** Name in settings and links; never reused. */
  name: string;
  /** Number in archives, of a kind that archives name; never reused. */
  id?: number;
  label: string;
  /** One sentence for the control that chooses it. */
  sentence: string;
}

/** What a kind is called in a sentence, and how an unknown one of it is refused. */
export interface PluginKind {
  /** "codec" */
  word: string;
  code: ErrorCode;
}

class Registry<Entry> {
  readonly #kind: PluginKind;
  readonly #metaOf: (entry: Entry) => PluginMeta;
  readonly #entries: Entry[];

  constructor(kind: PluginKind, metaOf: (entry: Entry) => PluginMeta, entries: readonly Entry[]) {
    this.#kind = kind;
    this.#metaOf = metaOf;
    this.#entries = [...entries];
  }

  /** In the order in which they are offered. */
  get all(): readonly Entry[] {
    return this.#entries;
  }

  get names(): string[] {
    return this.#entries.map((entry) => this.#metaOf(entry).name);
  }

  has(name: unknown): name is string {
    return this.#entries.some((entry) => this.#metaOf(entry).name === name);
  }

  find(name: string): Entry | undefined {
    return this.#entries.find((entry) => this.#metaOf(entry).name === name);
  }

  /** @throws the kind's code */
  byName(name: string): Entry {
    const found = this.find(name);
    if (found !== undefined) return found;
    const { word, code } = this.#kind;
    throw new LabError(code, `There is no ${word} "${name}"; there is ${this.names.join(', ')}.`);
  }

  /** @throws the kind's code for a number that this version does not know */
  byId(id: number): Entry {
    const found = this.#entries.find((entry) => this.#metaOf(entry).id === id);
    if (found !== undefined) return found;
    const { word, code } = this.#kind;
    throw new LabError(code, `The archive uses ${word} number ${id}, which this version does not know.`);
  }

  /**
   * Takes one more in, behind the others.
   *
   * @returns takes it out again
   * @throws Error where its name or number is taken
   */
  add(entry: Entry): () => void {
    const { name, id } = this.#metaOf(entry);
    const isTaken = (other: PluginMeta): boolean =>
      other.name === name || (id !== undefined && other.id === id);
    if (this.#entries.some((one) => isTaken(this.#metaOf(one)))) {
      throw new Error(`There is already a ${this.#kind.word} "${name}" or one of number ${id}.`);
    }
    this.#entries.push(entry);
    return () => {
      const at = this.#entries.indexOf(entry);
      if (at >= 0) this.#entries.splice(at, 1);
    };
  }
}

/** What plug-ins of a kind say of themselves. */
export class MetaRegistry<Meta extends PluginMeta> extends Registry<Meta> {
  constructor(kind: PluginKind, metas: readonly Meta[]) {
    super(kind, (meta) => meta, metas);
  }
}

/** Plug-ins of a kind, each with its meta. */
export class PluginRegistry<Plugin extends { meta: PluginMeta }> extends Registry<Plugin> {
  constructor(kind: PluginKind, plugins: readonly Plugin[]) {
    super(kind, ({ meta }) => meta, plugins);
  }
}
