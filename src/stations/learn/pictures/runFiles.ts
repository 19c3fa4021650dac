/** A run's log as files: everything as JSON, its epochs as CSV. */
import { csvText } from '../../../platform/csvText.ts';
import { resultOf, type Evaluation, type TrainingRun } from '../../../contracts/training.ts';

/** The run with its results, with plain lists for typed arrays; of the worst pictures what they are, not their pixels. */
export function runJson(run: TrainingRun, appVersion: string): string {
  const { evaluation, ...rest } = run;
  const log = {
    app: `dreaMLearning Lab ${appVersion}`,
    result: resultOf(run),
    run: { ...rest, evaluation: evaluation === null ? null : plainEvaluation(evaluation) },
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function plainEvaluation({ confusion, worst, ...rest }: Evaluation): object {
  const { pictures, predicted, confidence, truth } = worst;
  return {
    ...rest,
    confusion: [...confusion],
    worst: Array.from(pictures.records, (record, k) => ({
      record,
      class: pictures.labels[k],
      predicted: predicted[k],
      confidence: confidence[k],
      truth: truth[k],
    })),
  };
}

const COLUMNS = [
  ...['epoch', 'steps', 'pictures', 'rate', 'train_loss', 'train_accuracy', 'test_accuracy', 'test_loss'],
  ...['distinct_records', 'fetch_seconds', 'wait_seconds', 'train_seconds', 'evaluate_seconds'],
];

/** One line for every epoch; what was not measured in it is empty. */
export function epochsCsv({ epochs }: TrainingRun): string {
  const lines = epochs.map((one) => {
    const { seconds, test } = one;
    return [
      ...[one.epoch, one.steps, one.pictures, one.rate, one.loss, one.trainAccuracy],
      ...[test?.accuracy ?? '', test?.loss ?? '', one.distinctRecords],
      ...[seconds.fetch, seconds.wait, seconds.train, seconds.evaluate],
    ];
  });
  return csvText([COLUMNS, ...lines]);
}
