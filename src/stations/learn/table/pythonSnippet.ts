/** The lines of Python that fit the lab's model to a saved file of condensed samples. */
import type { SamplesOutline } from '../../../contracts/codec.ts';

/** Control and format characters: they would be invisible in the source, or turn it around. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A text as a Python string literal, with the same characters that the file has. */
export function pythonString(text: string): string {
  const spelt = text
    // In a file of UTF-8 half a surrogate pair is U+FFFD.
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .replace(/["\\]/g, '\\$&')
    .replace(UNSEEN, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return code > 0xffff
        ? `\\U${code.toString(16).padStart(8, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`;
    });
  return `"${spelt}"`;
}

function list(items: readonly string[]): string {
  return `[${items.join(', ')}]`;
}

/**
 * A program for pandas and scikit-learn that reads the CSV of the outline and trains with its weights: least squares,
 * or logistic regression with next to no penalty. It needs nothing else of the lab.
 */
export function pythonSnippet(outline: SamplesOutline): string {
  const { stem, targets, weight, part, classes } = outline;
  const others = list([part.column, ...targets, weight].map(pythonString));
  const reading = [
    `samples = pd.read_csv(${pythonString(`${stem}.csv`)}, float_precision="round_trip")`,
    `samples = samples[samples[${pythonString(part.column)}] == ${pythonString(part.train)}]`,
    `X = samples.drop(columns=${others})`,
    `w = samples[${pythonString(weight)}]`,
  ];
  const lines =
    classes === null ? regression(reading, targets[0]) : classification(reading, targets, classes);
  return `${lines.join('\n')}\n`;
}

function regression(reading: readonly string[], target: string): string[] {
  return [
    'import pandas as pd',
    'from sklearn.linear_model import LinearRegression',
    '',
    ...reading,
    `y = samples[${pythonString(target)}]`,
    '',
    'model = LinearRegression().fit(X, y, sample_weight=w)',
    'print(pd.Series(model.coef_, X.columns), model.intercept_)',
  ];
}

function classification(
  reading: readonly string[],
  targets: readonly string[],
  classes: readonly (string | number)[],
): string[] {
  const share = (target: string) => `samples[${pythonString(target)}]`;
  const shares = classes.length === 2 ? [`1 - ${share(targets[0])}`, share(targets[0])] : targets.map(share);
  const labels = classes.map((label) => (typeof label === 'number' ? String(label) : pythonString(label)));
  return [
    'import numpy as np',
    'import pandas as pd',
    'from sklearn.linear_model import LogisticRegression',
    'from sklearn.pipeline import make_pipeline',
    'from sklearn.preprocessing import StandardScaler',
    '',
    ...reading,
    '',
    '# A sample stands for records of several classes: it becomes a row for each, weighted by its share.',
    `classes = ${list(labels)}`,
    `shares = ${list(shares)}`,
    'X = pd.concat([X] * len(classes), ignore_index=True)',
    'y = np.repeat(classes, len(samples))',
    'w = np.concatenate([w * share for share in shares])',
    'X, y, w = X[w > 0], y[w > 0], w[w > 0]',
    '',
    '# C is so large that there is hardly a penalty, as in the lab.',
    'model = make_pipeline(StandardScaler(), LogisticRegression(C=1e6, max_iter=1000))',
    'model.fit(X, y, standardscaler__sample_weight=w, logisticregression__sample_weight=w)',
  ];
}
