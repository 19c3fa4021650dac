import { useMemo } from 'react';
import type { ColumnSummary, DatasetSummary } from '../../../contracts/codec.ts';
import { TABLE_SETTINGS } from '../../../contracts/settings.ts';
import { Button, CheckboxGroup, Disclosure, Select, type Option } from '../../../ui/controls/index.ts';
import { formatCount } from '../../../ui/format.ts';
import { OF_TABLE } from '../../settings/homes.ts';
import { SettingControl, SettingsOn } from '../../settings/SettingControl.tsx';
import { useLabParts } from '../../useLab.ts';
import { featuresInUse, namedFeatures } from './roles.ts';
import { modelWords, taskWords } from './targetWords.ts';

/** No column has this name: names come from text without control characters. */
const NO_TARGET = '\u0000none';

/** Longer lists of columns are looked through in the table, page by page. */
const MOST_CHOICES = 100;
const SEE_TABLE = 'Choose among all of them by their roles in the table of columns.';

export function DataControls() {
  const { dataset, testFraction } = useLabParts((lab) => ({
    dataset: lab.dataset.value,
    testFraction: lab.settings.testFraction,
  }));
  const isGiven = dataset?.testRows !== undefined;
  return (
    dataset !== null && (
      <>
        {isGiven && <GivenTest dataset={dataset} />}
        <SettingsOn
          home={OF_TABLE}
          panel="data"
          own={{
            target: <TargetField columns={dataset.columns} />,
            features: <FeaturesField columns={dataset.columns} />,
            testFraction: isGiven ? null : (
              <SettingControl
                home={OF_TABLE}
                name="testFraction"
                hint={`${formatCount(Math.round(dataset.rows * testFraction))} of ${formatCount(dataset.rows)} records are kept from training and used to judge it.`}
              />
            ),
            ...(isGiven ? { split: null } : {}),
            drop: null,
          }}
        />
        {dataset.columns.length <= MOST_CHOICES && <DropField columns={dataset.columns} />}
      </>
    )
  );
}

/** Test records that came in a file of their own. */
function GivenTest({ dataset }: { dataset: DatasetSummary }) {
  const { source, readAs } = useLabParts((lab) => ({ source: lab.source, readAs: lab.readAs }));
  const test = dataset.testRows ?? 0;
  return (
    <div className="field">
      <p className="field-label">Training and test</p>
      <p className="field-hint">
        The dataset brings its own split: {formatCount(dataset.rows - test)} training and {formatCount(test)}{' '}
        test records.
      </p>
      {source !== null && source.kind !== 'archive' && (
        <Button onPress={() => void readAs({ ...source.reading, testRows: 0 })}>Draw a split instead</Button>
      )}
    </div>
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
      label={TABLE_SETTINGS.of('target').label}
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
        <p className="field-label">{TABLE_SETTINGS.of('features').label}</p>
        <p className="field-hint">
          {words} {SEE_TABLE}
        </p>
      </div>
    );
  }
  return (
    <CheckboxGroup
      label={TABLE_SETTINGS.of('features').label}
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
          label={TABLE_SETTINGS.of('drop').label}
          value={settings.drop}
          options={columns.map(({ name }) => ({
            value: name,
            label: name,
            isDisabled: settings.drop.length === columns.length - 1 && !settings.drop.includes(name),
          }))}
          onChange={(drop) => change({ drop })}
          hint="Neither stored nor learned from, as suits a row number."
        />
      </Disclosure>
    </div>
  );
}
