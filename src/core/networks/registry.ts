/** All networks. A new one is a file that lists its layers, and a line here. */
import { LabError } from '../errors.ts';
import { lenet5 } from './lenet5.ts';
import type { NetworkDesign } from './network.ts';
import { resnet18 } from './resnet18.ts';
import { softmax } from './softmax.ts';

export const NETWORKS: readonly NetworkDesign[] = [lenet5, resnet18, softmax];

/** @throws NETWORK_UNKNOWN */
export function networkByName(name: string): NetworkDesign {
  const network = NETWORKS.find((one) => one.name === name);
  if (network === undefined) {
    throw new LabError(
      'NETWORK_UNKNOWN',
      `There is no network "${name}"; there is ${NETWORKS.map((one) => one.name).join(', ')}.`,
    );
  }
  return network;
}
