/** The files that carry a table away: every number as CSV and JSON, and the table as it is shown for LaTeX. */
import { csvText, type Cell } from '../../platform/csvText.ts';
import { PAPER_SOURCE, paperSetting, type PaperMeasure } from '../training/paper/tables.ts';
import { fractionWords } from '../training/words.ts';
import { secondsOf } from './evidence.ts';
import { SOURCES, type PaperSheet, type SheetEntry, type SheetRow, type Source } from './sheet.ts';
import { entryWords, labelOf, MEASURE_WORDS, tableTitle } from './words.ts';

/** Columns of CSV: shares are from 0 to 1. */
const snake = (measure: PaperMeasure): string =>
  measure.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A line for every row: mean and deviation in every measure of every source, and why there is nothing. */
export function sheetCsv({ table, rows }: PaperSheet): string {
  const { measures } = table;
  const header = [
    ...['method', 'fraction'],
    ...measures.flatMap((measure) =>
      SOURCES.flatMap((source) => [`${source}_${snake(measure)}`, `${source}_${snake(measure)}_sd`]),
    ),
    ...SOURCES.filter((source) => source !== 'paper').map((source) => `${source}_seeds`),
    ...SOURCES.map((source) => `${source}_note`),
  ];
  const line = ({ method, fraction, entries }: SheetRow): Cell[] => [
    ...[method, fraction],
    ...measures.flatMap((measure) =>
      SOURCES.flatMap((source) => {
        const value = entries[source].values[measure];
        return [value?.mean ?? '', value?.std ?? ''];
      }),
    ),
    ...[entries.ours.evidence.length, entries.yours.evidence.length],
    ...SOURCES.map((source) => entries[source].lack),
  ];
  return csvText([header, ...rows.map(line)]);
}

/** The table with the trainings behind it, each with where, when and how it was measured. */
export function sheetJson({ table, rows }: PaperSheet, appVersion: string): string {
  const { number, set, measures } = table;
  const { network, width, epochs, batch, reselectEvery } = paperSetting(set);
  const entry = ({ values, evidence, lack }: SheetEntry) => ({
    values,
    ...(lack !== '' && { note: lack }),
    ...(evidence.length > 0 && {
      trainings: evidence.map((one) => {
        const { result, where, date, command } = one;
        return {
          ...{ seed: result.seed, accuracy: result.accuracy, seconds: secondsOf(one) },
          ...{ where, date, ...(command !== null && { command }) },
        };
      }),
    }),
  });
  const record = {
    ...{ app: appVersion, paper: PAPER_SOURCE, table: number, dataset: set, measures },
    settings: { network, width, epochs, batch, reselectEvery },
    rows: rows.map(({ method, fraction, entries }) => ({
      ...{ method, fraction },
      ...Object.fromEntries(SOURCES.map((source) => [source, entry(entries[source])])),
    })),
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '±': '$\\pm$',
  '–': '--',
  '’': "'",
  '\u202f': '\\,',
  '\u00a0': '~',
};

/** A text that LaTeX sets as it stands. */
export function latexText(text: string): string {
  return text.replace(/[\\~^±–’\u202f\u00a0&%$#_{}]/g, (letter) => ESCAPES[letter] ?? `\\${letter}`);
}

const LATEX_WORDS: Readonly<Record<Source, string>> = { paper: 'paper', ours: 'lab', yours: 'here' };

/** The table for LaTeX with booktabs, with the sources that have anything to show. */
export function sheetLatex({ table, rows }: PaperSheet): string {
  const { number, measures } = table;
  const sources = SOURCES.filter((source) => rows.some(({ entries }) => hasValues(entries[source])));
  const hasShares = new Set(rows.map(({ fraction }) => fraction)).size > 2;
  const names = hasShares ? 2 : 1;
  const groups = measures.map((measure, k) => {
    const from = names + 1 + k * sources.length;
    return {
      head: `\\multicolumn{${sources.length}}{c}{${latexText(MEASURE_WORDS[measure].head)}}`,
      rule: `\\cmidrule(lr){${from}-${from + sources.length - 1}}`,
    };
  });
  const rowLine = ({ method, fraction, entries }: SheetRow): string =>
    [
      latexText(labelOf(method)),
      ...(hasShares ? [fraction < 1 ? latexText(fractionWords(fraction)) : ''] : []),
      ...measures.flatMap((measure) =>
        sources.map((source) => latexText(entryWords(measure, entries[source]) ?? '–')),
      ),
    ].join(' & ');
  const body = rows.flatMap((row, k) => [
    ...(k > 0 && rows[k - 1].fraction !== row.fraction ? ['\\midrule'] : []),
    `${rowLine(row)} \\\\`,
  ]);
  return `${[
    '% needs \\usepackage{booktabs}',
    '\\begin{table}',
    '\\centering',
    `\\caption{Table ${number} of the paper and what was measured. ${latexText(tableTitle(table))}.}`,
    `\\begin{tabular}{${'l'.repeat(names)}${'r'.repeat(measures.length * sources.length)}}`,
    '\\toprule',
    `${['Method', ...(hasShares ? ['Share'] : []), ...groups.map(({ head }) => head)].join(' & ')} \\\\`,
    groups.map(({ rule }) => rule).join(' '),
    `${[...Array<string>(names).fill(''), ...measures.flatMap(() => sources.map((source) => LATEX_WORDS[source]))].join(' & ')} \\\\`,
    '\\midrule',
    ...body,
    '\\bottomrule',
    '\\end{tabular}',
    '\\end{table}',
  ].join('\n')}\n`;
}

function hasValues({ values }: SheetEntry): boolean {
  return Object.keys(values).length > 0;
}
