/** What can be chosen, as the page sees it: what plug-ins say of themselves, never what they do. */
export type { PluginMeta } from '../core/registry.ts';
export { secondsToEncode } from '../core/codecs/codec.ts';
export { CODEC_METAS } from '../core/codecs/registry.ts';
export { CONTENDER_METAS } from '../core/contenders/registry.ts';
export { condenserOf, hasBases } from '../core/experiment/settings.ts';
export { REPRESENTATION_METAS } from '../core/images/representations/registry.ts';
export { NEAR_LOSSLESS, representationOf, transformOf } from '../core/images/settings.ts';
export { TRANSFORM_METAS } from '../core/images/transforms/registry.ts';
