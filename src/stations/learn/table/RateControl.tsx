import { formatValue } from '../../../ui/format.ts';
import { OF_TABLE } from '../../settings/homes.ts';
import { SettingControl } from '../../settings/SettingControl.tsx';
import { useLabParts } from '../../useLab.ts';
import { METHODS } from './methods.ts';

/** The step size; the automatic one with what it came to in full and condensed training. */
export function RateControl() {
  const rates = useLabParts(({ learn, settings }) =>
    METHODS.map((method) => {
      const { value, stale } = learn[method].descent;
      return settings.learningRate === 'auto' && value !== null && !stale ? value.learningRate : null;
    }),
  );
  const said = [...new Set(rates.flatMap((rate) => (rate === null ? [] : [formatValue(rate, 2)])))];
  return (
    <SettingControl
      home={OF_TABLE}
      name="learningRate"
      options={(options) =>
        options.map((option) =>
          option.value === 'auto' && said.length > 0
            ? { ...option, label: `${option.label} (${said.join(' and ')})` }
            : option,
        )
      }
    />
  );
}
