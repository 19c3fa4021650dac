/** The answer to be taken along: as text, as CSV, as JSON. */
import type { Answer, Point } from '../../contracts/answer.ts';
import type { ExperimentSettings } from '../../contracts/codec.ts';
import { csvText, type Cell } from '../../platform/csvText.ts';

interface AnswerRow {
  contender: string;
  tolerance: number;
  /** The smallest sufficient size as the test records judge it; null where none is. */
  point: Point | null;
}

/** One row for each contender and tolerance. */
export function answerRows({ tolerances, found, judged }: Answer): AnswerRow[] {
  return found.flatMap(({ contender, betas }) =>
    tolerances.map((tolerance, k) => ({
      contender,
      tolerance,
      point: judged.find((one) => one.contender === contender && one.beta === betas[k]) ?? null,
    })),
  );
}

export function answerCsv(answer: Answer): string {
  const header = [
    ...['contender', 'tolerance', 'beta', 'samples', 'share', 'ratio_to_full', 'ratio_lower_quartile'],
    ...['ratio_upper_quartile', 'ratios', 'metric', 'train_rows'],
  ];
  const lines = answerRows(answer).map(({ contender, tolerance, point }): Cell[] => [
    contender,
    tolerance,
    ...(point === null
      ? Array.from({ length: 7 }, () => '')
      : [
          ...[point.beta, point.samples, point.samples / answer.trainRows, point.ratio],
          ...[...point.quartiles, point.count],
        ]),
    answer.metric,
    answer.trainRows,
  ]);
  return csvText([header, ...lines]);
}

interface AnswerRecord {
  dataset: { id: string; name: string; rows: number };
  settings: ExperimentSettings;
  answer: Answer;
  rivals: readonly Point[];
}

/** Everything that the card rests on; a ratio that is not finite is null. */
export function answerJson(record: AnswerRecord, appVersion: string): string {
  return `${JSON.stringify({ app: appVersion, ...record }, null, 2)}\n`;
}

/** The card as plain text: its sentences, then what is to be bewared of. */
export function answerText(name: string, sentences: readonly string[], warnings: readonly string[]): string {
  const lines = [`Can ${name} be shrunk and still be learned from?`, ...sentences];
  if (warnings.length > 0) lines.push('', ...warnings.map((warning) => `- ${warning}`));
  return `${lines.join('\n').replace(/\u202f/g, ' ')}\n`;
}
