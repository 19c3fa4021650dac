/**
 * Keeps what plug-ins do out of the page: it lists them by what they say of themselves, and the workers run them. The
 * two stand in one file, and the bundler leaves out of the page what it does not use; this plug-in of the build fails
 * it where that has not worked.
 */
import type { Plugin } from 'vite';
import { entriesOf, loadedWith } from './bundle.ts';

/** Folders of plug-ins; a file directly in one belongs to it too. */
const PLUGINS =
  /\/src\/core\/(?:codecs|images\/transforms|images\/representations|coresets|methods|contenders)\//;

/** Packages that only code brings, and that the page loads when a file is read. */
const LATER = /\/node_modules\/(?:pako|fast-png|hyparquet|hyparquet-compressors)\//;

/** What the page may have of them: metas, their registries, and words. */
const FOR_THE_PAGE = /(?:Meta|_METAS|Words)$/;

export function pageCode(): Plugin {
  return {
    name: 'page-code',
    apply: 'build',
    generateBundle(_options, bundle) {
      const atOnce = loadedWith(bundle, entriesOf(bundle));
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const [id, { renderedExports }] of Object.entries(chunk.modules)) {
          if (LATER.test(id) && atOnce.has(chunk.fileName))
            this.error(`${chunk.fileName}: the page begins with ${id}.`);
          if (!PLUGINS.test(id)) continue;
          const code = renderedExports.filter((name) => !FOR_THE_PAGE.test(name));
          if (code.length > 0) this.error(`${chunk.fileName}: the page has ${code.join(', ')} of ${id}.`);
        }
      }
    },
  };
}
