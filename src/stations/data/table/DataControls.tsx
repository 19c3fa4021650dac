import type { ColumnSummary, DatasetSummary } from '../../../contracts/codec.ts';
import { TABLE_SETTINGS } from '../../../contracts/settings.ts';
import { Button } from '../../../ui/controls/index.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { OF_TABLE } from '../../settings/homes.ts';
import { SettingControl, SettingsOn } from '../../settings/SettingControl.tsx';
import { useLab, useLabParts } from '../../useLab.ts';
import { featuresInUse } from '../../roles.ts';
import { modelWords } from './targetWords.ts';

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
            weight: <WeightField />,
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

/** The target, and the way to another one: the question lists the columns with what speaks for each. */
function TargetField({ columns }: { columns: readonly ColumnSummary[] }) {
  const { target, model, askTarget } = useLabParts((lab) => ({
    target: lab.settings.target,
    model: lab.settings.model,
    askTarget: lab.askTarget,
  }));
  const column = columns.find(({ name }) => name === target);
  return (
    <div className="field">
      <p className="field-label">{TABLE_SETTINGS.of('target').label}</p>
      <p className="target-line">
        <strong>{target ?? 'None'}</strong>
        <Button onPress={askTarget}>{target === null ? 'Choose one' : 'Change'}</Button>
      </p>
      <p className="field-hint">{modelWords(column, model)}</p>
    </div>
  );
}

/** How many features there are; which ones is said by the roles in the table of columns. */
function FeaturesField({ columns }: { columns: readonly ColumnSummary[] }) {
  const settings = useLab((lab) => lab.settings);
  const { target, weight, drop } = settings;
  const able = columns.filter(
    ({ name, featureEligible }) =>
      featureEligible && name !== target && name !== weight && !drop.includes(name),
  );
  const used = featuresInUse(columns, settings).length;
  const dropped = drop.length === 0 ? '' : ` ${formatPlural(drop.length, 'column')} left out of the archive.`;
  return (
    <div className="field">
      <p className="field-label">{TABLE_SETTINGS.of('features').label}</p>
      <p className="field-hint">
        {formatCount(used)} of {formatCount(able.length)} columns go into the model; the rest is only stored.
        {dropped} Choose by their roles in the table of columns.
      </p>
    </div>
  );
}

/** The column that says how many records each stands for, and the way back; without one there is nothing to say. */
function WeightField() {
  const { weight, change } = useLabParts((lab) => ({ weight: lab.settings.weight, change: lab.change }));
  if (weight === null) return null;
  const { label, hint } = TABLE_SETTINGS.of('weight');
  return (
    <div className="field">
      <p className="field-label">{label}</p>
      <p className="target-line">
        <strong>{weight}</strong>
        <Button onPress={() => change({ weight: null })}>Count each record once</Button>
      </p>
      <p className="field-hint">{typeof hint === 'string' && hint}</p>
    </div>
  );
}
