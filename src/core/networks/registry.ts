/** All networks. A new one is a file that lists its layers, and a line here. */
import { MetaRegistry } from '../registry.ts';
import { lenet5 } from './lenet5.ts';
import type { NetworkDesign } from './network.ts';
import { resnet18 } from './resnet18.ts';
import { softmax } from './softmax.ts';

/** Layers are plain data and small: the page has them whole. */
export const NETWORKS = /* @__PURE__ */ new MetaRegistry<NetworkDesign>(
  { word: 'network', code: 'NETWORK_UNKNOWN' },
  [lenet5, resnet18, softmax],
);
