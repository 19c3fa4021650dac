import { formatCount } from '../../../ui/format.ts';
import { OF_PICTURES } from '../../settings/homes.ts';
import { SettingControl, SettingsOn } from '../../settings/SettingControl.tsx';
import { useLabParts } from '../../useLab.ts';
import { classShares } from './balance.ts';

/** What is decided about the pictures before they are compressed: the split, where they do not bring their own. */
export function ImageControls() {
  const { dataset, settings } = useLabParts((lab) => ({
    dataset: lab.images.dataset.value,
    settings: lab.images.settings,
  }));
  if (dataset === null) return null;
  const shares = classShares(dataset, settings);
  const test = shares.reduce((sum, share) => sum + share.test, 0);
  if (dataset.split === 'given') {
    return (
      <div className="field">
        <p className="field-label">Training and test</p>
        <p className="field-hint">
          The dataset brings its own split: {formatCount(dataset.records - test)} training and{' '}
          {formatCount(test)} test pictures. It can be read without it under “How they were read”.
        </p>
      </div>
    );
  }
  return (
    <SettingsOn
      home={OF_PICTURES}
      panel="data"
      own={{
        testFraction: (
          <SettingControl
            home={OF_PICTURES}
            name="testFraction"
            hint={`${formatCount(test)} of ${formatCount(dataset.records)} pictures are kept for testing, the same share of every class.`}
          />
        ),
      }}
    />
  );
}
