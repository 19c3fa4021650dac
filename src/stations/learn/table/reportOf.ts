/** The experiment at hand as a report: what the page says of it, as text. */
import { ARCHIVE_FORMAT, type ExperimentSettings } from '../../../contracts/codec.ts';
import { TABLE_SETTINGS, type AnySetting } from '../../../contracts/settings.ts';
import { formatCount, formatDate, formatMeasured, formatPlural, formatRatio } from '../../../ui/format.ts';
import { adviceOf, warningsOf } from '../../answer/words.ts';
import type { Lab } from '../../lab.ts';
import type { Report, ReportFigure, ReportTable } from '../../report/reportHtml.ts';
import { settingWords, valueWords } from '../../settings/words.ts';
import {
  comparableOf,
  comparisonRows,
  contestsOf,
  isExact,
  type ComparisonRow,
  type ModelTask,
} from './compare.ts';
import { formatMetric, formatRmse } from './scores.ts';
import { disturbanceWords, medianWords, timesWords } from './timeWords.ts';
import { verdictOf } from './verdict.ts';

interface ReportExtras {
  figures: readonly ReportFigure[];
  /** When it is made, in milliseconds. */
  now: number;
  appVersion: string;
}

type Entry = readonly [name: string, value: string];

/** Null where nothing has been learned that could be reported. */
export function reportOf(lab: Lab, { figures, now, appVersion }: ReportExtras): Report | null {
  const { dataset, settings, learn, times } = lab;
  const comparable = comparableOf(learn);
  if (dataset.value === null || settings.target === null || comparable === null) return null;
  const rows = comparisonRows(comparable.full, comparable.condensed, times.value, contestsOf(lab));
  const verdict = verdictOf(rows);
  const { name, id, fileName, rows: records, columns } = dataset.value;
  const model = comparable.task === 'regression' ? 'linear regression' : 'logistic regression';
  return {
    title: `${name}: can it be condensed?`,
    question: `Predicting ${settings.target} of ${name} by ${model}, on all training records and on condensed samples. ${formatDate(now)}.`,
    answer: answerOf(lab),
    headline:
      verdict === null
        ? null
        : {
            number: verdict.headline,
            unit: `${verdict.unit}, ${verdict.solver}`,
            sentences: [
              verdict.sentence,
              ...[verdict.random, verdict.tradeOff, verdict.warning].filter((words) => words !== null),
              `${verdict.basis} ${verdict.floor}`,
              ...(times.value === null
                ? []
                : [[timesWords(times.value), disturbanceWords(times.value)].filter(Boolean).join(' ')]),
            ],
          },
    table: tableOf(comparable.task, rows),
    figures,
    lists: [
      {
        title: 'Data set',
        entries: [
          ['Name', name],
          ['File', fileName],
          ['Size', `${formatPlural(records, 'record')} of ${formatPlural(columns.length, 'column')}`],
          ['Id, SHA-256 of its columns', id],
        ],
      },
      { title: 'Settings', entries: settingEntries(settings) },
      {
        title: 'Versions',
        entries: [
          ['dreaMLearning Lab', appVersion],
          ['Format of archives', String(ARCHIVE_FORMAT)],
        ],
      },
    ],
    link: lab.link(),
  };
}

/** The card's sentences, where the search has come to its end and still stands. */
function answerOf({ answer: { task }, learn, bits, examined }: Lab): string[] {
  const { value, stale } = task;
  if (value === null || stale || task.status === 'running') return [];
  const { answer, sentences } = adviceOf(value);
  const warnings = warningsOf({
    answer: value,
    full: learn.full.closedForm.value,
    bits: bits.value,
    examined: examined.stale ? null : examined.value,
  });
  return [`${answer}.`, ...sentences, ...warnings];
}

function settingEntries(settings: ExperimentSettings): Entry[] {
  return TABLE_SETTINGS.all.map(([name, setting]): Entry => [
    setting.label,
    wordsOf(setting, settings[name]),
  ]);
}

function wordsOf(setting: AnySetting, value: unknown): string {
  if (setting.kind === 'column') return (value as string | null) ?? 'none';
  if (setting.kind !== 'columns') return valueWords(setting, value) ?? settingWords(setting, value);
  if (value === null) return 'all that can be';
  const names = value as string[];
  return names.length === 0 ? 'none' : names.join(', ');
}

interface Column {
  header: string;
  cell: (row: ComparisonRow) => string;
}

const RATIO: Column = {
  header: '× full',
  cell: ({ ratio, finished }) => (ratio !== null ? formatRatio(ratio, 3) : finished ? '–' : 'not converged'),
};

const ERRORS: Record<ModelTask, readonly Column[]> = {
  regression: [
    { header: 'Test RMSE', cell: ({ test }) => formatRmse(test.mse) },
    RATIO,
    { header: 'R²', cell: ({ method, test }) => (method === 'floor' ? '–' : formatMetric('r2', test.r2)) },
  ],
  classification: [
    { header: 'Log loss', cell: ({ test }) => formatMetric('logLoss', test.logLoss) },
    RATIO,
    { header: 'Accuracy', cell: ({ test }) => formatMetric('accuracy', test.accuracy) },
    { header: 'Balanced acc.', cell: ({ test }) => formatMetric('balancedAccuracy', test.balancedAccuracy) },
  ],
};

const COST: readonly Column[] = [
  {
    header: 'Time',
    cell: (row) => {
      if (row.seconds === null) return '–';
      return isExact(row) ? medianWords(row.seconds) : `${formatMeasured(row.seconds)}, one run`;
    },
  },
  { header: 'Trained on', cell: ({ samples }) => (samples === 0 ? '–' : formatCount(samples)) },
];

function tableOf(task: ModelTask, rows: readonly ComparisonRow[]): ReportTable {
  const columns = [...ERRORS[task], ...COST];
  return {
    caption: 'On the same test records; ratios are to full training at its optimum.',
    header: ['Training', ...columns.map(({ header }) => header)],
    rows: rows.map((row) => [
      [row.label, row.solver ?? row.guess].filter((words) => words !== null).join(', '),
      ...columns.map(({ cell }) => cell(row)),
    ]),
  };
}
