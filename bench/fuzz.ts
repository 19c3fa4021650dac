/** `bench fuzz`: thousands of files that nearly follow their format's rules; none may cost more than a coded error. */
import { FUZZ_GENERATORS } from '../src/readers/testing/fuzz/registry.ts';
import { runFuzz } from '../src/readers/testing/fuzz/runFuzz.ts';
import { Options } from './options.ts';
import { round } from './timings.ts';

const NAMES = FUZZ_GENERATORS.map(({ name }) => name);

export const FUZZ_USAGE = `bench fuzz [N] [--seed S] [--only ${NAMES.join(',')}] [--json]
Makes N inputs (20000), the same number with each fuzzer, reads them, and counts what came of them by code. An error
without a code, or a wrong result, is printed with the seed that makes its input again (--only NAME --seed S 1), and fails.`;

const FLAGS = new Set(['json', 'help']);

export async function benchFuzz(args: readonly string[]): Promise<void> {
  const options = new Options(args, FLAGS);
  if (options.flag('help')) {
    console.log(FUZZ_USAGE);
    return;
  }
  const seed = options.number('seed', 1);
  const only = options.names('only');
  const isJson = options.flag('json');
  options.end();
  const inputs = Number(options.rest[0] ?? 20_000);
  if (!(Number.isInteger(inputs) && inputs >= 1))
    throw new Error(`${options.rest[0]} is no number of inputs.`);
  const unknown = only?.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw new Error(`There is no fuzzer ${unknown}; there are ${NAMES.join(', ')}.`);
  const generators = FUZZ_GENERATORS.filter(({ name }) => only === null || only.includes(name));
  let failed = 0;
  for (const generator of generators) {
    const report = await runFuzz(generator, Math.ceil(inputs / generators.length), seed);
    const { seconds, slowest } = report;
    const line = {
      ...report,
      seconds: round(seconds, 3),
      slowest: { ...slowest, seconds: round(slowest.seconds, 3) },
    };
    console.log(isJson ? JSON.stringify(line) : JSON.stringify(line, null, 2));
    failed += report.uncodedCount;
  }
  if (failed > 0) throw new Error(`${failed} inputs were neither read nor refused by a code.`);
}
