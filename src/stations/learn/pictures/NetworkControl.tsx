import { useMemo } from 'react';
import { NETWORK_WIDTHS } from '../../../contracts/networks.ts';
import { ErrorNotice, Select } from '../../../ui/controls/index.ts';
import { useLabParts } from '../../useLab.ts';
import {
  hasWidth,
  networkOptions,
  plannedNetwork,
  planWords,
  type PicturesShape,
} from './trainingChoices.ts';
import { formatPlural } from '../../../ui/format.ts';
import { usePicturesShape, usePlannedNetwork } from './useTraining.ts';

/** Which network, and how wide where it comes in widths; says what it has for these pictures, or why it does not fit. */
export function NetworkControl() {
  const { network, width, planTraining } = useLabParts((lab) => ({
    network: lab.images.training.settings.network,
    width: lab.images.training.settings.width,
    planTraining: lab.planTraining,
  }));
  const shape = usePicturesShape();
  const planned = usePlannedNetwork();
  const options = useMemo(() => networkOptions(shape, width), [shape, width]);
  return (
    <>
      <Select
        label="Network"
        value={network}
        options={options}
        onChange={(next) => planTraining({ network: next })}
        hint={planned?.plan == null ? 'What learns from the pictures.' : planWords(planned.plan)}
        more={
          <p>
            LeNet5 is the classic for small grey pictures, ResNet18 the paper’s network for colour, and
            softmax regression the least that learns at all. The first weights are drawn from the seed: two
            runs of one seed begin with the same ones.
          </p>
        }
      />
      {planned?.error != null && (
        <div className="field">
          <ErrorNotice error={planned.error} />
        </div>
      )}
      {hasWidth(network) && <WidthControl shape={shape} />}
    </>
  );
}

function WidthControl({ shape }: { shape: PicturesShape | null }) {
  const { network, width, planTraining } = useLabParts((lab) => ({
    network: lab.images.training.settings.network,
    width: lab.images.training.settings.width,
    planTraining: lab.planTraining,
  }));
  const options = useMemo(
    () =>
      NETWORK_WIDTHS.map((one) => {
        const plan = shape === null ? null : plannedNetwork(network, shape, one).plan;
        return {
          value: String(one),
          label: String(one),
          ...(plan !== null && { description: formatPlural(plan.parameters, 'parameter') }),
        };
      }),
    [shape, network],
  );
  return (
    <Select
      label="Width"
      value={String(width)}
      options={options}
      onChange={(next) => {
        const chosen = NETWORK_WIDTHS.find((one) => String(one) === next);
        if (chosen !== undefined) planTraining({ width: chosen });
      }}
      hint={
        width === 64
          ? 'Channels of the first stage; 64 is the paper’s network.'
          : 'Channels of the first stage. The paper’s network has 64 and wants a graphics card.'
      }
    />
  );
}
