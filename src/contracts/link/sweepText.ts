/** How the axes of a sweep are spelt in a link: `beta:8..20`, two of them with a semicolon between. */
import * as v from 'valibot';
import { TABLE_SETTINGS } from '../../core/experiment/settings.ts';
import { axisDomain, SWEEP_LIMITS, tidyAxis } from './axes.ts';
import { SWEEP_AXES, type AxisValue, type SweepAxis, type SweepAxisName } from './experiment.ts';
import { flagText, numbersText, numberText, OUTSIDE, writeNumbers, type Text } from './texts.ts';

/** An axis is named as the setting that it runs over. */
const keyOf = (name: SweepAxisName): string => TABLE_SETTINGS.of(name).key ?? name;

export const axesText: Text<SweepAxis[]> = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const axes: SweepAxis[] = [];
    for (const part of dataset.value.split(';')) {
      const colon = part.indexOf(':');
      const key = part.slice(0, Math.max(0, colon));
      const name = SWEEP_AXES.find((axis) => keyOf(axis) === key);
      if (name === undefined || axes.length === 2 || axes.some((axis) => axis.name === name)) {
        addIssue({ message: 'not one or two different axes' });
        return NEVER;
      }
      const most = axes.length === 0 ? SWEEP_LIMITS.values : SWEEP_LIMITS.series;
      const values = readValues(name, part.slice(colon + 1), most);
      if (typeof values === 'string') {
        addIssue({ message: values });
        return NEVER;
      }
      axes.push({ name, values });
    }
    return axes;
  }),
);

/** The values of an axis, or what is wrong with the text. */
function readValues(name: SweepAxisName, text: string, most: number): AxisValue[] | string {
  const domain = axisDomain(name);
  if (domain.kind === 'number' && domain.whole) {
    const result = v.safeParse(numbersText(domain.min, domain.max, most), text);
    return result.success ? result.output : worded(result.issues);
  }
  const values: AxisValue[] = [];
  for (const part of text.split(',')) {
    const result = v.safeParse(valueText(name), part);
    if (!result.success) return worded(result.issues);
    values.push(result.output);
  }
  const tidied = tidyAxis({ name, values }, values.length).values;
  return tidied.length > most ? OUTSIDE : tidied;
}

function valueText(name: SweepAxisName): Text<AxisValue> {
  const domain = axisDomain(name);
  if (domain.kind === 'number') return numberText(domain.min, domain.max);
  if (name === 'ratio') return flagText;
  return v.pipe(v.string(), v.picklist(domain.choices.map(String)));
}

function worded(issues: readonly v.BaseIssue<unknown>[]): string {
  const isOutside = issues.some(({ type, message }) =>
    ['min_value', 'max_value', 'max_length', 'picklist', OUTSIDE].some(
      (word) => word === type || word === message,
    ),
  );
  return isOutside ? OUTSIDE : 'not spelt as an axis';
}

export function writeAxes(axes: readonly SweepAxis[]): string {
  return axes.map(({ name, values }) => `${keyOf(name)}:${writeValues(name, values)}`).join(';');
}

function writeValues(name: SweepAxisName, values: readonly AxisValue[]): string {
  const domain = axisDomain(name);
  if (domain.kind === 'number' && domain.whole) return writeNumbers(values as number[]);
  return values
    .map((value) => (typeof value === 'boolean' ? String(Number(value)) : String(value)))
    .join(',');
}
