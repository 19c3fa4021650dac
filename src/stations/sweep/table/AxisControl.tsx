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

const WITHOUT_EFFECT =
  'Without effect beside the other settings: every value gives the same archive and the same samples. Sweep over something else.';

/** Upper end of β while the bits have not been counted. */
const UNKNOWN_MOST = 64;

/** The largest β that the bits allow. */
export function mostBits({ bits }: Lab): number {
  return Math.min(bits.value?.order.length ?? UNKNOWN_MOST, TABLE_SETTINGS.of('beta').max);
}

/** Whether a setting changes nothing beside the others: then there is nothing to sweep, unless the codec changes too. */
function decidesNothing({ settings }: Lab, name: SweepAxisName, other: SweepAxisName | null): boolean {
  return other !== 'codec' && !TABLE_SETTINGS.decides(name, settings);
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
  // Joined, so that the control is rendered again only where what is offered is something else.
  const idle = useLab((lab) => SWEEP_AXES.filter((name) => decidesNothing(lab, name, other)).join(' '));
  const isIdle = (name: SweepAxisName): boolean => idle.split(' ').includes(name);
  const offered = SWEEP_AXES.filter((name) => name === axis?.name || !isIdle(name));
  const names: (SweepAxisName | 'none')[] = [...(isOptional ? (['none'] as const) : []), ...offered];
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
          isIdle={isIdle(axis.name)}
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
  /** Whether it changes nothing beside the other settings. */
  isIdle: boolean;
  onChange: (values: AxisValue[]) => void;
}

function AxisValues({ axis: { name, values }, most, mostBeta, isIdle, onChange }: AxisValuesProps) {
  const domain = axisDomain(name);
  const noun = axisNoun(name);
  const hint = isIdle ? WITHOUT_EFFECT : AXIS_WORDS[name].hint;
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
