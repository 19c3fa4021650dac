import { useMemo } from 'react';
import { NETWORK_WIDTHS } from '../../../contracts/networks.ts';
import { ErrorNotice } from '../../../ui/controls/index.ts';
import { formatPlural } from '../../../ui/format.ts';
import { OF_TRAINING } from '../../settings/homes.ts';
import { SettingControl } from '../../settings/SettingControl.tsx';
import { useLab } from '../../useLab.ts';
import { networkOptions, plannedNetwork, planWords } from './trainingChoices.ts';
import { usePicturesShape, usePlannedNetwork } from './useTraining.ts';

/** Which network; says what it has for these pictures, or why it does not fit. */
export function NetworkControl() {
  const width = useLab((lab) => lab.images.training.settings.width);
  const shape = usePicturesShape();
  const planned = usePlannedNetwork();
  const options = useMemo(() => networkOptions(shape, width), [shape, width]);
  return (
    <>
      <SettingControl
        home={OF_TRAINING}
        name="network"
        options={() => options}
        {...(planned?.plan != null && { hint: planWords(planned.plan) })}
      />
      {planned?.error != null && (
        <div className="field">
          <ErrorNotice error={planned.error} />
        </div>
      )}
    </>
  );
}

/** How wide a network is that comes in widths, each with its parameters. */
export function WidthControl() {
  const network = useLab((lab) => lab.images.training.settings.network);
  const shape = usePicturesShape();
  const parameters = useMemo(
    () =>
      new Map(
        NETWORK_WIDTHS.map((width) => {
          const plan = shape === null ? null : plannedNetwork(network, shape, width).plan;
          return [String(width), plan?.parameters];
        }),
      ),
    [shape, network],
  );
  return (
    <SettingControl
      home={OF_TRAINING}
      name="width"
      options={(options) =>
        options.map((option) => {
          const count = parameters.get(option.value);
          return count === undefined ? option : { ...option, description: formatPlural(count, 'parameter') };
        })
      }
    />
  );
}
