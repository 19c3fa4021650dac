/** The subset methods that a network can be trained with, as the page sees them: what they are called and how they look. */
export { METHOD_METAS } from '../core/methods/registry.ts';
export type { MethodMeta } from '../core/selection/method.ts';
