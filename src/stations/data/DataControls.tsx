import { useMemo } from 'react';
import type { ColumnSummary } from '../../contracts/codec.ts';
import { SETTING_RANGES } from '../../contracts/link.ts';
import {
  CheckboxGroup,
  Disclosure,
  NumberField,
  Select,
  Slider,
  type Option,
} from '../../ui/controls/index.ts';
import { formatCount, formatPercent } from '../../ui/format.ts';
import { useLabParts } from '../useLab.ts';
import { featuresInUse } from './roles.ts';

/** No column has this name: names come from text without control characters. */
const NO_TARGET = '\u0000none';

export function DataControls() {
  const { dataset, settings, change } = useLabParts((lab) => ({
    dataset: lab.dataset.value,
    settings: lab.settings,
    change: lab.change,
  }));
  return (
    dataset !== null && (
      <>
        <TargetField columns={dataset.columns} />
        <FeaturesField columns={dataset.columns} />
        <Slider
          label="Test share"
          value={Math.round(settings.testFraction * 100)}
          min={SETTING_RANGES.testFraction.min * 100}
          max={SETTING_RANGES.testFraction.max * 100}
          step={5}
          format={(value) => formatPercent(value / 100, 0)}
          onChange={(value) => change({ testFraction: value / 100 })}
          hint={`${formatCount(Math.round(dataset.rows * settings.testFraction))} of ${formatCount(dataset.rows)} records are kept from training and used to judge it.`}
        />
        <NumberField
          label="Split seed"
          value={settings.split}
          min={SETTING_RANGES.split.min}
          max={SETTING_RANGES.split.max}
          step={1}
          format={{ useGrouping: false }}
          onChange={(split) => change({ split })}
          hint="Which records are test records; the same seed picks the same ones."
          more={
            <p>
              A single split can be lucky. The Sweep station repeats an experiment over several splits and
              shows how far they lie apart.
            </p>
          }
        />
        <DropField columns={dataset.columns} />
      </>
    )
  );
}

function TargetField({ columns }: { columns: readonly ColumnSummary[] }) {
  const { settings, change } = useLabParts((lab) => ({ settings: lab.settings, change: lab.change }));
  const options = useMemo<Option[]>(
    () => [
      ...columns
        .filter(({ targetEligible, name }) => targetEligible && !settings.drop.includes(name))
        .map(({ name, mapping }) => ({ value: name, label: name, description: mapping.label })),
      { value: NO_TARGET, label: 'None', description: 'Compress only; nothing is learned.' },
    ],
    [columns, settings.drop],
  );
  return (
    <Select
      label="Target"
      value={settings.target ?? NO_TARGET}
      options={options}
      onChange={(value) => change({ target: value === NO_TARGET ? null : value })}
      hint="The column that the model learns to predict; numeric columns are offered."
    />
  );
}

function FeaturesField({ columns }: { columns: readonly ColumnSummary[] }) {
  const { settings, change } = useLabParts((lab) => ({ settings: lab.settings, change: lab.change }));
  const used = featuresInUse(columns, settings);
  const options = columns
    .filter(({ name }) => name !== settings.target && !settings.drop.includes(name))
    .map<Option>(({ name, featureEligible, reason }) => ({
      value: name,
      label: name,
      isDisabled: !featureEligible,
      ...(featureEligible || reason === null ? {} : { description: reason }),
    }));
  const eligible = options.filter((option) => option.isDisabled !== true).map(({ value }) => value);
  return (
    <CheckboxGroup
      label="Features"
      value={used}
      options={options}
      onChange={(names) => {
        const standard = columns.filter(({ featureByDefault }) => featureByDefault).map(({ name }) => name);
        const chosen = eligible.filter((name) => names.includes(name));
        const isStandard = eligible.every((name) => names.includes(name) === standard.includes(name));
        change({ features: isStandard ? null : chosen });
      }}
      hint={`${formatCount(used.length)} of ${formatCount(eligible.length)} columns go into the model; the rest is only stored.`}
    />
  );
}

/** Columns that are left out of the archive altogether: rarely needed, so one click away. */
function DropField({ columns }: { columns: readonly ColumnSummary[] }) {
  const { settings, change } = useLabParts((lab) => ({ settings: lab.settings, change: lab.change }));
  return (
    <div className="field">
      <Disclosure
        title={
          settings.drop.length === 0
            ? 'Leave columns out of the archive'
            : `Left out of the archive: ${formatCount(settings.drop.length)}`
        }
        open={settings.drop.length > 0}
      >
        <CheckboxGroup
          label="Left out"
          value={settings.drop}
          options={columns.map(({ name }) => ({
            value: name,
            label: name,
            isDisabled: settings.drop.length === columns.length - 1 && !settings.drop.includes(name),
          }))}
          onChange={(drop) => change({ drop })}
          hint="They are neither stored nor learned from, such as a row number."
        />
      </Disclosure>
    </div>
  );
}
