import { memo, useContext } from 'react';
import type { AxisColumn, ScatterCloud } from '../../contracts/scatter.ts';
import { TABLE_SETTINGS } from '../../contracts/settings.ts';
import { Checkbox, CompactSelect, ControlsShown, Slider, type Option } from '../../ui/controls/index.ts';
import { formatCount, formatPlural, formatValue } from '../../ui/format.ts';
import { useLabParts } from '../useLab.ts';
import type { Axes } from './words.ts';

interface ScatterControlsProps {
  cloud: ScatterCloud;
  axes: Axes;
  hasCells: boolean;
  onCells: (hasCells: boolean) => void;
}

/** Which columns, what stands over the records, and β. New samples, which come while β is dragged, leave them alone. */
export const ScatterControls = memo(function ScatterControls(props: ScatterControlsProps) {
  const { cloud, axes, hasCells, onCells } = props;
  const { choice, withRandom, isCondensed, changeScatter } = useLabParts((lab) => ({
    choice: lab.scatter.choice,
    withRandom: lab.scatter.withRandom,
    isCondensed: lab.scatter.samples !== null,
    changeScatter: lab.changeScatter,
  }));
  const options = cloud.columns.map(optionOf);
  // What is chosen is said at once; the records along it may take a moment.
  const chosen = (asked: string | null, drawn: string): string =>
    options.some(({ value }) => value === asked) && asked !== null ? asked : drawn;
  return (
    <div className="condensing-controls">
      <span className="condensing-choice">
        <span aria-hidden="true">Across</span>
        <CompactSelect
          label="Column across"
          value={chosen(choice.x, axes.x.column)}
          options={options}
          onChange={(x) => changeScatter({ x })}
        />
      </span>
      <span className="condensing-choice">
        <span aria-hidden="true">Upwards</span>
        <CompactSelect
          label="Column upwards"
          value={chosen(choice.y, axes.y.column)}
          options={options}
          onChange={(y) => changeScatter({ y })}
        />
      </span>
      {isCondensed && (
        <>
          <Checkbox label="Cells" value={hasCells} onChange={onCells} />
          <Checkbox
            label="Random sample of the same size"
            value={withRandom}
            onChange={(next) => changeScatter({ withRandom: next })}
          />
          <BetaSlider />
        </>
      )}
    </div>
  );
});

function optionOf({ name, use, strength }: AxisColumn): Option {
  if (use === 'target') return { value: name, label: `${name} · target` };
  return { value: name, label: strength === null ? name : `${name} · ${formatValue(strength, 2)}` };
}

/** β beside the picture that it changes; a link that hides the station's controls hides it too. */
function BetaSlider() {
  const isShown = useContext(ControlsShown);
  const { bits, settings, change } = useLabParts((lab) => ({
    bits: lab.bits.value,
    settings: lab.settings,
    change: lab.change,
  }));
  const most = Math.min(bits?.order.length ?? 0, TABLE_SETTINGS.of('beta').max);
  if (!isShown || bits === null || most < 1) return null;
  return (
    <div className="condensing-beta">
      <Slider
        label="β"
        value={Math.min(settings.beta, most)}
        min={1}
        max={most}
        format={(beta) =>
          settings.order === 'pool'
            ? formatCount(beta)
            : `${formatCount(beta)}: ${formatPlural(bits.condensedSamples[beta] ?? 1, 'condensed sample')}`
        }
        onChange={(beta) => change({ beta })}
      />
    </div>
  );
}
