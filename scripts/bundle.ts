/** What the checks of the build know of a bundle: its files by their names. */

interface BuiltChunk {
  readonly type: 'chunk';
  readonly isEntry: boolean;
  /** The module that an import of this chunk names; null where several share it. */
  readonly facadeModuleId: string | null;
  /** Chunks that are loaded before this one runs. */
  readonly imports: readonly string[];
  readonly code: string;
  readonly viteMetadata?: { readonly importedCss: ReadonlySet<string> };
}

interface BuiltAsset {
  readonly type: 'asset';
  readonly source: string | Uint8Array;
}

export type Bundle = Readonly<Record<string, BuiltChunk | BuiltAsset>>;

/** Names of the chunks that a page begins with; workers are bundles of their own. */
export function entriesOf(bundle: Bundle): string[] {
  return Object.keys(bundle).filter((name) => {
    const file = bundle[name];
    return file.type === 'chunk' && file.isEntry;
  });
}

/** These chunks and all that they import, over any number of steps. */
export function loadedWith(bundle: Bundle, names: readonly string[]): Set<string> {
  const loaded = new Set(names);
  for (const name of loaded) {
    const file = bundle[name];
    if (file?.type === 'chunk') for (const imported of file.imports) loaded.add(imported);
  }
  return loaded;
}
