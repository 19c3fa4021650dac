/** Trains the runs of a table one after the other, and writes each result down before the next begins. */
import type { RecordedResult } from '../../src/contracts/results.ts';
import { usesFraction, type TrainingSettings } from '../../src/contracts/training.ts';
import { formatPercent, formatPlural, formatRoughly } from '../../src/ui/format.ts';
import { RunFailed, type Train } from './drive.ts';
import { expectedSeconds } from './estimate.ts';
import { recorded } from './record.ts';
import { readResultsFile, writeResult } from './resultsFile.ts';
import { gridOf, missingRuns, tableSubject, type TableReproduction } from './table.ts';

interface Listener {
  say: (text: string) => void;
  result: (result: RecordedResult) => void;
}

/** "glister 1 %, seed 2" */
function runWords({
  method,
  fraction,
  seed,
}: Pick<TrainingSettings, 'method' | 'fraction' | 'seed'>): string {
  const share = usesFraction(method) ? ` ${formatPercent(fraction, 2).replace(/\.?0+(?=\D*$)/, '')}` : '';
  return `${method}${share}, seed ${seed}`;
}

/** "about 3 h 5 min", of which more is not known where something was never measured. */
function timeWords(seconds: readonly (number | null)[]): string {
  const known = seconds.filter((one) => one !== null);
  if (known.length === 0) return 'for a time that is not known yet';
  const words = formatRoughly(known.reduce((sum, one) => sum + one, 0));
  return known.length === seconds.length ? words : `more than ${words}`;
}

/** A line for every run that is left, with the time that it may take, and for what is left out. */
export async function listTable(plan: TableReproduction): Promise<string> {
  const results = await readResultsFile(plan.out);
  const missing = missingRuns(plan, results);
  const times = missing.map((run) => expectedSeconds(plan.set, run, plan.backend, results));
  const [first] = plan.runs;
  const network = first === undefined ? '' : ` · ${first.network}, ${formatPlural(first.epochs, 'epoch')}`;
  return [
    `Table ${plan.table.number} · ${plan.set}${network}`,
    ...missing.map((run, k) => `  ${runWords(run).padEnd(36)}${timeWords([times[k]])}`),
    ...plan.leftOut.map(
      (one) =>
        `  ${runWords({ ...one, seed: 0 })
          .replace(/, seed.*/, '')
          .padEnd(36)}left out: ${one.reason}`,
    ),
    `${formatPlural(missing.length, 'run')} of ${plan.runs.length} to train${missing.length === 0 ? '' : `, ${timeWords(times)}`}.`,
  ].join('\n');
}

/**
 * Trains what is to be trained of a table.
 *
 * @returns the runs that failed by what the page says
 * @throws Error where the browser fails, and with the reason of a signal that stops it
 */
export async function makeTable(
  plan: TableReproduction,
  train: Train,
  { say, result: tell }: Listener,
): Promise<string[]> {
  const subject = tableSubject(plan);
  const runs = missingRuns(plan, await readResultsFile(plan.out));
  const failed: string[] = [];
  for (const [k, run] of runs.entries()) {
    const known = await readResultsFile(plan.out);
    const times = runs.slice(k).map((one) => expectedSeconds(plan.set, one, plan.backend, known));
    say(
      `run ${k + 1} of ${runs.length}: ${runWords(run)}, ${timeWords(times.slice(0, 1))}` +
        (times.length > 1 ? `; all that is left ${timeWords(times)}` : ''),
    );
    try {
      await train(gridOf(plan, run), {
        say,
        async result(saved) {
          const result = recorded(saved, subject, plan);
          await writeResult(plan.out, result);
          tell(result);
        },
      });
    } catch (error) {
      if (!(error instanceof RunFailed)) throw error;
      failed.push(`${runWords(run)}: ${error.message}`);
      say(`${runWords(run)} failed: ${error.message}`);
    }
  }
  return failed;
}
