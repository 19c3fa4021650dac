import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { TRAINING_GRID_LIMITS } from '../../../contracts/link.ts';
import { TRAINING_SETTINGS } from '../../../contracts/training.ts';
import { fractionWords } from '../../training/words.ts';
import { RangeField } from '../RangeField.tsx';

/** The shares of the paper, one tap each. */
const USUAL = [0.01, 0.05, 0.1, 0.2, 1] as const;

/** Without the noise of decimals: 0.07 is 7 %, not 7.000000000000001 %. */
const tidy = (value: number) => Number(value.toPrecision(12));

interface FractionsFieldProps {
  values: readonly number[];
  isDisabled: boolean;
  onChange: (fractions: number[]) => void;
}

/** Shares of the training pictures: the paper's as buttons, and any others in the field below them. */
export function FractionsField({ values, isDisabled, onChange }: FractionsFieldProps) {
  const { min, max } = TRAINING_SETTINGS.of('fraction');
  const ascending = (fractions: Iterable<number>) => [...new Set(fractions)].sort((a, b) => a - b);
  return (
    <div className="field training-fractions">
      <RangeField
        label="Shares of the pictures in %"
        hint="How much of the training part an epoch sees: 1, 5, 10."
        values={values.map((fraction) => tidy(fraction * 100))}
        limits={{
          ...{ name: 'a share in %', min: min * 100, max: max * 100 },
          ...{ count: TRAINING_GRID_LIMITS.fractions, whole: false },
        }}
        isDisabled={isDisabled}
        onChange={(percents) => onChange(ascending(percents.map((percent) => tidy(percent / 100))))}
      />
      <ToggleButtonGroup
        className="training-chips"
        aria-label="Usual shares"
        selectionMode="multiple"
        isDisabled={isDisabled}
        selectedKeys={values.map(String)}
        onSelectionChange={(keys) => {
          const others = values.filter((value) => !USUAL.some((usual) => usual === value));
          onChange(ascending([...others, ...USUAL.filter((usual) => keys.has(String(usual)))]));
        }}
      >
        {USUAL.map((fraction) => (
          <ToggleButton key={fraction} id={String(fraction)} className="training-chip">
            {fractionWords(fraction)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
