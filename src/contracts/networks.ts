/** The networks that can be trained, as the page sees them: layers as data, from which sizes and counts follow. */
export { NETWORKS } from '../core/networks/registry.ts';
export { NETWORK_WIDTHS } from '../core/networks/network.ts';
export type { InputShape, NetworkPlan, NetworkWidth } from '../core/networks/network.ts';
export { planNetwork } from '../core/networks/plan.ts';
