import { useMemo } from 'react';
import type { ColumnSummary } from '../../../contracts/codec.ts';
import { SETTING_RANGES } from '../../../contracts/link.ts';
import {
  CheckboxGroup,
  Disclosure,
  NumberField,
  Select,
  Slider,
  type Option,
} from '../../../ui/controls/index.ts';
import { formatCount, formatPercent } from '../../../ui/format.ts';
import { useLabParts } from '../../useLab.ts';
import { featuresInUse, namedFeatures } from './roles.ts';
import { modelWords, taskWords } from './targetWords.ts';

/** No column has this name: names come from text without control characters. */
const NO_TARGET = '\u0000none';

/** Longer lists of columns are looked through in the table, page by page. */
const MOST_CHOICES = 100;
const SEE_TABLE = 'Choose among all of them by their roles in the table of columns.';

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
        {dataset.columns.length <= MOST_CHOICES && <DropField columns={dataset.columns} />}
      </>
    )
  );
}

function TargetField({ columns }: { columns: readonly ColumnSummary[] }) {
  const { settings, change } = useLabParts((lab) => ({ settings: lab.settings, change: lab.change }));
  const { target, drop } = settings;
  const eligible = useMemo(() => {
    const dropped = new Set(drop);
    return columns.filter(({ targetEligible, name }) => targetEligible && !dropped.has(name));
  }, [columns, drop]);
  const options = useMemo<Option[]>(() => {
    // Of very many the chosen one is always among those listed.
    const listed = eligible.filter(({ name }, index) => index < MOST_CHOICES || name === target);
    return [
      ...listed.map((column) => ({
        value: column.name,
        label: column.name,
        description: `${taskWords(column)} · ${column.mapping.label}`,
      })),
      { value: NO_TARGET, label: 'None', description: 'Compress only; nothing is learned.' },
    ];
  }, [eligible, target]);
  const more = eligible.length > MOST_CHOICES ? ` ${SEE_TABLE}` : '';
  return (
    <Select
      label="Target"
      value={target ?? NO_TARGET}
      options={options}
      onChange={(value) => change({ target: value === NO_TARGET ? null : value })}
      hint={
        modelWords(
          columns.find(({ name }) => name === target),
          settings.model,
        ) + more
      }
    />
  );
}

function FeaturesField({ columns }: { columns: readonly ColumnSummary[] }) {
  const { settings, change } = useLabParts((lab) => ({ settings: lab.settings, change: lab.change }));
  const used = featuresInUse(columns, settings);
  const dropped = new Set(settings.drop);
  const free = columns.filter(({ name }) => name !== settings.target && !dropped.has(name));
  const eligible = free.filter(({ featureEligible }) => featureEligible);
  const words = `${formatCount(used.length)} of ${formatCount(eligible.length)} columns go into the model; the rest is only stored.`;
  if (columns.length > MOST_CHOICES) {
    return (
      <div className="field">
        <p className="field-label">Features</p>
        <p className="field-hint">
          {words} {SEE_TABLE}
        </p>
      </div>
    );
  }
  return (
    <CheckboxGroup
      label="Features"
      value={used}
      options={free.map<Option>(({ name, featureEligible, reason }) => ({
        value: name,
        label: name,
        isDisabled: !featureEligible,
        ...(featureEligible || reason === null ? {} : { description: reason }),
      }))}
      onChange={(names) => change({ features: namedFeatures(columns, settings, names) })}
      hint={words}
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
