// npm run -s reproduce -- DATASET … or table N …: trains networks in the built lab and prints what each run came to.
import { sampleById } from '../src/contracts/gallery.ts';
import type { RecordedResult } from '../src/contracts/results.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild, ROOT } from './reproduce/build.ts';
import { withLab, type Bench, type Train } from './reproduce/drive.ts';
import { listTable, makeTable } from './reproduce/makeTable.ts';
import { tableMarkdown } from './reproduce/markdown.ts';
import { readReproduction, USAGE, type Dataset, type Reproduction } from './reproduce/plan.ts';
import { recorded, subjectOf } from './reproduce/record.ts';
import { tableOfResults } from './reproduce/report.ts';
import { readResultsFile, writeResult } from './reproduce/resultsFile.ts';
import { readTable, TABLE_USAGE, type TableReproduction } from './reproduce/table.ts';

const say = (text: string): void => console.error(`reproduce: ${text}`);

/** Refuses a sample whose files have not been made. */
function requireSample(dataset: Dataset): void {
  const sample = dataset.kind === 'sample' ? sampleById(dataset.id) : undefined;
  if (sample?.kind !== 'images') return;
  const missing = sample.files.find((file) => !existsSync(join(ROOT, 'public/samples', file)));
  if (missing === undefined) return;
  const command = sample.optional === true ? `npm run samples -- ${sample.id}` : 'npm run samples';
  throw new Error(`public/samples/${missing} is missing. Run: ${command}`);
}

/** Trains with a browser on the lab as it is built, until a signal stops it; says what goes wrong, and prints the results. */
async function trainWith(
  bench: Bench,
  isJsonOnly: boolean,
  work: (train: Train, tell: (result: RecordedResult) => void) => Promise<string[]>,
): Promise<void> {
  const stop = new AbortController();
  const next = bench.profile === null ? 'begins again next time' : 'goes on from its checkpoint next time';
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => stop.abort(new Error(`stopped by ${signal}; the run at work ${next}`)));
  }
  const results: RecordedResult[] = [];
  const tell = (result: RecordedResult): void => {
    results.push(result);
    console.log(JSON.stringify(result));
  };
  try {
    await ensureBuild(say);
    requireSample(bench.dataset);
    const failed = await withLab(bench, stop.signal, (train) => work(train, tell));
    for (const one of failed) say(one);
    if (failed.length > 0) process.exitCode = 1;
  } catch (error) {
    const reason: unknown = stop.signal.aborted ? stop.signal.reason : error;
    say(reason instanceof Error ? reason.message : String(reason));
    process.exitCode = 1;
  }
  if (!isJsonOnly && results.length > 0) console.log(`\n${tableOfResults(results)}`);
}

async function reproduceGrid(plan: Reproduction): Promise<void> {
  const subject = subjectOf(plan.dataset);
  await trainWith(plan, plan.isJsonOnly, async (train, tell) => {
    await train(plan, {
      say,
      async result(saved) {
        const result = recorded(saved, subject);
        if (plan.out !== null) await writeResult(plan.out, result);
        tell(result);
      },
    });
    return [];
  });
}

async function reproduceTable(plan: TableReproduction): Promise<void> {
  const { action, dataset, isJsonOnly } = plan;
  if (action === 'markdown') {
    console.log(tableMarkdown(plan, await readResultsFile(plan.out)));
    return;
  }
  const list = await listTable(plan);
  if (action === 'list' || dataset === null) console.log(list);
  else {
    say(list);
    await trainWith({ ...plan, dataset }, isJsonOnly, (train, result) =>
      makeTable(plan, train, { say, result }),
    );
  }
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const isTable = args[0] === 'table';
  const usage = isTable ? TABLE_USAGE : USAGE;
  if (args.includes('--help')) {
    console.log(usage);
    return;
  }
  let work: () => Promise<void>;
  try {
    if (isTable) {
      const plan = readTable(args.slice(1));
      work = () => reproduceTable(plan);
    } else {
      const plan = readReproduction(args);
      work = () => reproduceGrid(plan);
    }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  await work();
}

await main();
