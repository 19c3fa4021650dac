import { useMemo } from 'react';
import { LabError, type ErrorReport } from '../../../contracts/errors.ts';
import { planNetwork, type NetworkPlan } from '../../../contracts/networks.ts';
import { useLabParts } from '../../useLab.ts';

/** The network of the next trainings for the open pictures, or why there is none; both null while nothing is open. */
export function usePlannedNetwork(): { plan: NetworkPlan | null; error: ErrorReport | null } {
  const { dataset, network, width } = useLabParts(({ images }) => ({
    dataset: images.dataset.value,
    network: images.training.settings.network,
    width: images.training.settings.width,
  }));
  return useMemo(() => {
    if (dataset === null) return { plan: null, error: null };
    const shape = { width: dataset.width, height: dataset.height, channels: dataset.channels };
    try {
      return { plan: planNetwork(network, shape, dataset.classes.length, width), error: null };
    } catch (thrown) {
      return { plan: null, error: LabError.from(thrown).report() };
    }
  }, [dataset, network, width]);
}
