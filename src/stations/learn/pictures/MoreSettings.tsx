import { Disclosure } from '../../../ui/controls/index.ts';
import { OF_TRAINING } from '../../settings/homes.ts';
import { SettingsOn } from '../../settings/SettingControl.tsx';

/** What the paper fixes and most people leave alone. */
export function MoreSettings() {
  return (
    <div className="field">
      <Disclosure title="More settings" isLate>
        <div className="train-more">
          <SettingsOn home={OF_TRAINING} panel="details" />
        </div>
      </Disclosure>
    </div>
  );
}
