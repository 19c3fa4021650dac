/** A table as it stands in docs/REPRODUCTION.md: the paper's numbers, those of the results file, and their commands. */
import type { RecordedResult } from '../../src/contracts/results.ts';
import { DEFAULT_TRAINING_SETTINGS, usesFraction, widthOf } from '../../src/contracts/training.ts';
import {
  evidenceOf,
  fullSecondsOf,
  shippedEvidence,
  valuesOf,
  type Evidence,
} from '../../src/stations/paper/evidence.ts';
import { recordedTraining } from '../../src/stations/paper/sets.ts';
import { labelOf, MEASURE_WORDS, valueWords } from '../../src/stations/paper/words.ts';
import { paperValue, type PaperMeasure } from '../../src/stations/training/paper/tables.ts';
import { fractionWords, networkWords } from '../../src/stations/training/words.ts';
import { formatPlural } from '../../src/ui/format.ts';
import { commandOf } from './record.ts';
import { resultsOfGroup, tableSubject, type TableReproduction } from './table.ts';

const NOTHING = '–';

/** Texts, each once, in the order in which they came. */
const distinct = (texts: readonly string[]): string => [...new Set(texts)].join('; ');

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Rows of methods at shares that the plan has; one that is in no table of the paper only where there are results. */
export function tableMarkdown(plan: TableReproduction, results: readonly RecordedResult[]): string {
  const { table, set, runs } = plan;
  const { measures } = table;
  const places = new Map(runs.map((run) => [`${run.method} ${run.fraction}`, run]));
  const evidence: Evidence[] = [];
  const lines: string[] = [];
  const commands: string[] = [];
  const own = [...places.values()].map((run) => {
    const all = resultsOfGroup(plan, run, results);
    // Times of several backends have no mean.
    const found = all.filter(({ backend }) => backend === all[0].backend);
    evidence.push(...found.map((one) => shippedEvidence(one, recordedTraining(set, one))));
    return { run, found };
  });
  const full = fullSecondsOf(evidence);
  for (const { run, found } of own) {
    const { method, fraction } = run;
    const seeds = evidenceOf(evidence, method, fraction);
    const isOfPaper = table.rows.some((one) => one.method === method);
    if (!isOfPaper && found.length === 0) continue;
    const values = valuesOf(seeds, full);
    const cells = measures.map((measure: PaperMeasure) => {
      const paper = paperValue(set, method, fraction, measure);
      const ours = values[measure];
      const words = [paper, ours].map((value) => (value == null ? NOTHING : valueWords(measure, value)));
      return words.join(' / ');
    });
    const share = usesFraction(method) ? fractionWords(fraction) : NOTHING;
    lines.push(row([labelOf(method), share, ...cells, seeds.length === 0 ? NOTHING : String(seeds.length)]));
    if (found.length > 0) {
      const { settings = {} } = found[0];
      const looks = run.evaluateEvery < run.epochs && { evaluateEvery: run.evaluateEvery };
      const all = found.map(({ seed }) => seed);
      commands.push(commandOf(tableSubject(plan).opening, found[0], all, { ...settings, ...looks }));
    }
  }
  const [{ network, epochs, batch }] = runs.length > 0 ? runs : [DEFAULT_TRAINING_SETTINGS];
  const width = runs.length > 0 ? widthOf(runs[0]) : null;
  const measured = own.flatMap(({ found }) => found);
  const where = distinct(measured.map(({ machine, backend }) => `${machine} (${backend})`));
  const isPartlyTimed = measured.some(({ untimed }) => untimed === true);
  const when = distinct(measured.map(({ date }) => date).sort());
  return [
    row(['method', 'share', ...measures.map((one) => `${MEASURE_WORDS[one].head}: paper / ours`), 'seeds']),
    row(['---', ...[...measures, 'seeds', 'share'].map(() => '---:')]),
    ...lines,
    '',
    `Ours: ${networkWords(network, width)}, ${formatPlural(epochs, 'epoch')}, batches of ${batch}` +
      (measured.length === 0 ? '; nothing is measured yet.' : `; ${where}; ${when}.`) +
      (isPartlyTimed ? ' Times are of the seeds that had the machine to themselves.' : ''),
    ...(commands.length === 0 ? [] : ['', ...commands.map((command) => `    ${command}`)]),
  ].join('\n');
}
