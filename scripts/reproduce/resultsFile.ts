/** The file of results: read strictly, every run in it once, in an order that does not depend on when it was made. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { METHOD_METAS } from '../../src/contracts/methods.ts';
import { readResults, type RecordedResult, type ResultsFile } from '../../src/contracts/results.ts';
import { TRAINING_SETTINGS, type BackendName, type TrainingSettings } from '../../src/contracts/training.ts';

/** What tells a run from others, but for what computes. */
export type RunIdentity = Pick<
  RecordedResult,
  'dataset' | 'model' | 'width' | 'method' | 'fraction' | 'seed' | 'epochs' | 'settings'
>;

/** A text that is the same for two results of the same run. */
export function identityOf(run: RunIdentity, backend: BackendName | null): string {
  const { dataset, model, width, method, fraction, seed, epochs, settings = {} } = run;
  return JSON.stringify([
    ...[dataset, model, width, epochs, backend],
    ...[method, Number(fraction.toFixed(6)), seed, settingsText(settings)],
  ]);
}

/** The same for the same settings, in whatever order they were written. */
function settingsText(settings: Partial<TrainingSettings>): string {
  return JSON.stringify(
    TRAINING_SETTINGS.names.flatMap((name) => (name in settings ? [[name, settings[name]]] : [])),
  );
}

/** Results with one more, which takes the place of an earlier one of the same run; in the order of the file. */
export function withResult(results: readonly RecordedResult[], added: RecordedResult): RecordedResult[] {
  const identity = identityOf(added, added.backend);
  const others = results.filter((one) => identityOf(one, one.backend) !== identity);
  return [...others, added].sort(inOrder);
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function inOrder(a: RecordedResult, b: RecordedResult): number {
  const { names } = METHOD_METAS;
  return (
    byText(a.dataset, b.dataset) ||
    byText(a.model, b.model) ||
    (a.width ?? 0) - (b.width ?? 0) ||
    a.epochs - b.epochs ||
    byText(a.backend, b.backend) ||
    names.indexOf(a.method) - names.indexOf(b.method) ||
    a.fraction - b.fraction ||
    a.seed - b.seed ||
    byText(settingsText(a.settings ?? {}), settingsText(b.settings ?? {}))
  );
}

/**
 * The results in a file; none where there is no file.
 *
 * @throws Error where it is no file of results
 */
export async function readResultsFile(path: string): Promise<RecordedResult[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return [];
  let results: RecordedResult[] | null;
  try {
    results = readResults(JSON.parse(text));
  } catch {
    results = null;
  }
  if (results === null) throw new Error(`${path} is no file of results; name another one.`);
  return results;
}

/** A result a line, so that a run changes one. */
export function resultsText(results: readonly RecordedResult[]): string {
  const lines = results.map((result) => `\n    ${JSON.stringify(result)}`);
  return `{\n  "version": 1,\n  "results": [${lines.join(',')}${lines.length > 0 ? '\n  ' : ''}]\n}\n`;
}

/**
 * Takes a result into the file, which is whole at any moment.
 *
 * @throws Error where the file is something else, or the result is none that would be read again
 */
export async function writeResult(path: string, added: RecordedResult): Promise<void> {
  // Read once more, all have their fields in one order.
  const file: ResultsFile = { version: 1, results: withResult(await readResultsFile(path), added) };
  const results = readResults(file);
  if (results === null) throw new Error(`The result of ${added.method} cannot be kept in a file.`);
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.part`;
  try {
    await writeFile(beside, resultsText(results));
    await rename(beside, path);
  } finally {
    await rm(beside, { force: true });
  }
}
