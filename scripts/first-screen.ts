/**
 * Holds the first screen to its budget: what a browser fetches before a first visit shows the opening. That is the
 * page's entry, the opening, and what either imports, with their styles. The build says what it weighs, and fails where
 * that is too much.
 */
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { entriesOf, loadedWith, type Bundle } from './bundle.ts';

const BUDGET_BYTES = 350_000;

/** The module by which the page imports the opening. */
const OPENING = '/src/stations/start/index.ts';

interface FirstScreen {
  /** The heaviest first. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** After gzip, as all sizes here. */
  readonly bytes: number;
}

/** What the first screen consists of; throws an Error where no chunk is the opening's. */
export function weighFirstScreen(bundle: Bundle): FirstScreen {
  const opening = Object.keys(bundle).find((name) => {
    const file = bundle[name];
    return file.type === 'chunk' && file.facadeModuleId?.endsWith(OPENING);
  });
  if (opening === undefined)
    throw new Error(`No chunk of the build is ${OPENING}, which a first visit shows.`);

  const names = new Set<string>();
  for (const name of loadedWith(bundle, [...entriesOf(bundle), opening])) {
    const file = bundle[name];
    if (file?.type !== 'chunk') continue;
    names.add(name);
    for (const styles of file.viteMetadata?.importedCss ?? []) names.add(styles);
  }
  const files = [...names]
    .map((name) => ({ name, bytes: gzipSize(bundle[name]) }))
    .sort((a, b) => b.bytes - a.bytes);
  return { files, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function gzipSize(file: Bundle[string]): number {
  return gzipSync(file.type === 'chunk' ? file.code : file.source).byteLength;
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);

/** What the first screen weighs, in a line: the sum, then its files. */
export function describeFirstScreen({ files, bytes }: FirstScreen): string {
  const parts = files.map((file) => `${file.name.replace(/^assets\//, '')} ${kilobytes(file.bytes)}`);
  return `First screen: ${kilobytes(bytes)} of ${kilobytes(BUDGET_BYTES)} kB gzip (${parts.join(', ')}).`;
}

export function firstScreen(): Plugin {
  return {
    name: 'first-screen',
    apply: 'build',
    // The names of what is loaded later are put into the chunks last.
    writeBundle(_options, bundle) {
      const weighed = weighFirstScreen(bundle);
      if (weighed.bytes > BUDGET_BYTES) this.error(describeFirstScreen(weighed));
      this.info(describeFirstScreen(weighed));
    },
  };
}
