import {
  axisDomain,
  SWEEP_AXES,
  type AxisValue,
  type SweepAxis,
  type SweepAxisName,
} from '../../../contracts/link.ts';
import { TABLE_SETTINGS } from '../../../contracts/settings.ts';
import { CheckboxGroup, Select } from '../../../ui/controls/index.ts';
import type { Lab } from '../../lab.ts';
import { useLab } from '../../useLab.ts';
import { AXIS_WORDS, axisLabel, axisNoun, usualValues, valueWords } from './axes.ts';
import { RangeField } from '../RangeField.tsx';

/** Upper end of β while the bits have not been counted. */
const UNKNOWN_MOST = 64;

/** The largest β that the bits allow. */
export function mostBits({ bits }: Lab): number {
  return Math.min(bits.value?.order.length ?? UNKNOWN_MOST, TABLE_SETTINGS.of('beta').max);
}

interface AxisControlProps {
  /** "Sweep over" or "and over": what the choice says above it. */
  label: string;
  hint: string;
  /** Null while there is no such axis. */
  axis: SweepAxis | null;
  /** The other axis, which cannot be chosen here. */
  other: SweepAxisName | null;
  /** Most values. */
  most: number;
  isOptional?: boolean;
  onChange: (axis: SweepAxis | null) => void;
}

/** What to sweep over, and its values. */
export function AxisControl(props: AxisControlProps) {
  const { label, hint, axis, other, most, isOptional = false, onChange } = props;
  const bits = useLab(mostBits);
  const beta = useLab((lab) => lab.settings.beta);
  const names: (SweepAxisName | 'none')[] = [...(isOptional ? (['none'] as const) : []), ...SWEEP_AXES];
  return (
    <>
      <Select
        label={label}
        hint={hint}
        value={axis?.name ?? 'none'}
        options={names
          .filter((name) => name !== other)
          .map((name) => ({
            value: name,
            label: name === 'none' ? 'Nothing else' : axisLabel(name),
          }))}
        onChange={(name) =>
          onChange(name === 'none' ? null : { name, values: usualValues(name, beta, bits).slice(0, most) })
        }
      />
      {axis !== null && (
        <AxisValues
          key={axis.name}
          axis={axis}
          most={most}
          mostBeta={bits}
          onChange={(values) => onChange({ name: axis.name, values })}
        />
      )}
    </>
  );
}

interface AxisValuesProps {
  axis: SweepAxis;
  most: number;
  mostBeta: number;
  onChange: (values: AxisValue[]) => void;
}

function AxisValues({ axis: { name, values }, most, mostBeta, onChange }: AxisValuesProps) {
  const domain = axisDomain(name);
  const noun = axisNoun(name);
  const { hint } = AXIS_WORDS[name];
  if (domain.kind === 'choice') {
    return (
      <CheckboxGroup
        label={`Values: ${noun}`}
        hint={hint}
        value={values.map(String)}
        options={domain.choices.map((choice) => ({ value: String(choice), label: valueWords(name, choice) }))}
        onChange={(chosen) => onChange(domain.choices.filter((choice) => chosen.includes(String(choice))))}
      />
    );
  }
  const { min, max, whole } = domain;
  return (
    <RangeField
      label={name === 'beta' ? 'Values of β' : `Values: ${axisLabel(name)}`}
      hint={hint}
      values={values as number[]}
      limits={{
        ...{ name: name === 'beta' ? 'β' : noun, min, whole, count: most },
        max: name === 'beta' ? mostBeta : max,
      }}
      onChange={onChange}
    />
  );
}
