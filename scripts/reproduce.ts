// npm run -s reproduce -- DATASET …: trains networks in the built lab and prints what each run came to.
import { sampleById } from '../src/contracts/gallery.ts';
import type { TrainingResult } from '../src/contracts/training.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild, ROOT } from './reproduce/build.ts';
import { reproduce } from './reproduce/drive.ts';
import { readReproduction, USAGE } from './reproduce/plan.ts';
import { tableOfResults } from './reproduce/report.ts';

const say = (text: string): void => console.error(`reproduce: ${text}`);

/** Refuses a sample whose files have not been made. */
function requireSample(id: string): void {
  const sample = sampleById(id);
  if (sample?.kind !== 'images') return;
  const missing = sample.files.find((file) => !existsSync(join(ROOT, 'public/samples', file)));
  if (missing === undefined) return;
  const command = sample.optional === true ? `npm run samples -- ${id}` : 'npm run samples';
  throw new Error(`public/samples/${missing} is missing. Run: ${command}`);
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(USAGE);
    return;
  }
  let plan;
  try {
    plan = readReproduction(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stop.abort(new Error(`stopped by ${signal}`)));
  }
  const results: TrainingResult[] = [];
  try {
    await ensureBuild(say);
    if (plan.dataset.kind === 'sample') requireSample(plan.dataset.id);
    const listener = {
      say,
      result(result: TrainingResult) {
        results.push(result);
        console.log(JSON.stringify(result));
      },
    };
    await reproduce(plan, listener, stop.signal);
  } catch (error) {
    const reason: unknown = stop.signal.aborted ? stop.signal.reason : error;
    say(reason instanceof Error ? reason.message : String(reason));
    process.exitCode = 1;
  }
  if (!plan.isJsonOnly && results.length > 0) console.log(`\n${tableOfResults(results)}`);
}

await main();
